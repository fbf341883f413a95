import { sql } from 'kysely';

import { tell, type Deciding, type Feature, type OwnDeadline, type World } from '../decisions/index.ts';
import { leadsSlice } from '../leads/index.ts';
import type { Tx } from '../platform/database.ts';
import { saveRows } from '../platform/rows.ts';
import { businessCalendar, cited, figuresOf } from './clauses.ts';
import { runningTerm, termTakenBack, type Protection, type ProtectionRules } from './protection.ts';
import { evolveProtections, protectionOf, protectionSlice } from './protection-slice.ts';

const SUBJECT = 'protection:';
const PROTECTION = sql.raw(
  'lead, holder, held_from, over, follow_ups, first_at, last_at, promised_on, frozen, term, due_at, remind_at, reminded_at, missed',
);

export async function loadProtections(tx: Tx, world: World, leads: readonly string[]): Promise<void> {
  if (leads.length === 0) return;
  const found = await sql<Protection>`
    select ${PROTECTION} from protections
     where organization_id = (select pauta_organization()) and lead = any(${leads}::text[])`.execute(tx);
  const { protections } = world.get(protectionSlice);
  for (const row of found.rows) protections.loaded(row.lead, row);
}

export function protectionRules({
  rules,
  organization,
}: Pick<Deciding, 'rules' | 'organization'>): ProtectionRules {
  return {
    zone: organization.zone,
    business: businessCalendar(rules, organization),
    figures: figuresOf(rules),
    readings: {
      'extension.from': rules.reading('lead-reassignment', 'extension.from'),
      'clock.72h': rules.reading('lead-reassignment', 'clock.72h'),
    },
  };
}

/** The clocks of every lead that the decision touched: the term that runs now, where it is another than before. */
function settle(deciding: Deciding): void {
  const slice = deciding.world.get(protectionSlice);
  const moved = slice.moved.take();
  const takenBack = new Set(slice.takenBack.take());
  if (moved.length === 0) return;
  const inForce = deciding.rules.cite('lead-reassignment', 'R4') !== null;
  for (const id of moved) {
    const at = protectionOf(deciding.world, id);
    if (at === undefined) continue;
    const term = takenBack.has(id) ? termTakenBack : runningTerm;
    const next = inForce ? term(at, protectionRules(deciding), deciding.now) : null;
    if ((next?.term ?? null) === at.term && (next?.dueAt ?? null) === at.dueAt) continue;
    deciding.record({
      entry: 'protection.set',
      kind: 'decision',
      actor: 'clock',
      because: cited(deciding.rules, 'lead-reassignment', next?.term ?? at.term ?? 'R5'),
      lead: id,
      person: at.holder,
      fields: {
        lead: id,
        holder: at.holder,
        term: next?.term ?? null,
        dueAt: next?.dueAt ?? null,
        remindAt: next?.remindAt ?? null,
      },
    });
  }
}

/** The holder hears of it before the term runs out. */
function remind(deciding: Deciding, at: Protection): void {
  const { term, dueAt, lead, holder } = at;
  if (term === null || holder === null) return;
  const because = cited(deciding.rules, 'lead-reassignment', term);
  deciding.record({
    entry: 'protection.reminded',
    kind: 'decision',
    because,
    lead,
    person: holder,
    fields: { lead, holder, term, dueAt },
  });
  tell(deciding, { to: holder, about: 'protection.soon', because, lead, values: { lead, term, dueAt } });
}

/** Nobody followed up in time: nothing is taken away, but a claim would find the lead without protection. */
function runOut(deciding: Deciding, at: Protection): void {
  const { term, dueAt, lead, holder } = at;
  if (term === null || holder === null) return;
  const because = cited(deciding.rules, 'lead-reassignment', term);
  deciding.record({
    entry: 'deadline.missed',
    kind: 'decision',
    because,
    lead,
    person: holder,
    fields: { what: 'follow-up', who: holder, lead, term, dueAt },
  });
  tell(deciding, { to: holder, about: 'protection.over', because, lead, values: { lead, term } });
}

function deadlinesOfProtection({ dueAt, remindAt, remindedAt }: Protection): OwnDeadline[] {
  if (dueAt === null) return [];
  const over = { kind: 'protection.over', dueAt };
  return remindAt === null || remindedAt !== null
    ? [over]
    : [{ kind: 'protection.soon', dueAt: remindAt }, over];
}

function forLead(
  decide: (deciding: Deciding, at: Protection) => void,
): NonNullable<ReturnType<Feature['deadlines']['get']>> {
  return ({ subject }, deciding) => {
    const at = protectionOf(deciding.world, subject.slice(SUBJECT.length));
    if (at !== undefined) decide(deciding, at);
  };
}

/** The clocks on every lead: 72 hours, 36 hours, 30 days, the client's own date (lead-reassignment R4 to R8). */
export const protectionFeature: Feature = {
  name: 'protection',
  loads: 'last',
  load: async (tx, _facts, due, { world }) => {
    const leads = [
      ...world.get(leadsSlice).leads.ids(),
      ...due.flatMap(({ subject }) => (subject.startsWith(SUBJECT) ? [subject.slice(SUBJECT.length)] : [])),
    ];
    await loadProtections(tx, world, [...new Set(leads)]);
  },
  facts: new Map(),
  settle,
  deadlines: new Map([
    ['protection.soon', forLead(remind)],
    ['protection.over', forLead(runOut)],
  ]),
  evolve: evolveProtections,
  save: (tx, organization, world) =>
    saveRows(
      tx,
      organization,
      'protections',
      ['lead'],
      world
        .get(protectionSlice)
        .protections.changed()
        .map(([, each]) => ({ ...each })),
    ),
  changedSubjects: (world) =>
    world
      .get(protectionSlice)
      .protections.changed()
      .map(([id]) => SUBJECT + id),
  deadlinesOf: (world, subject) => {
    if (!subject.startsWith(SUBJECT)) return null;
    const at = protectionOf(world, subject.slice(SUBJECT.length));
    return at === undefined ? null : deadlinesOfProtection(at);
  },
  tables: [
    {
      table: 'protections',
      key: ['lead'],
      derived: (world) =>
        world
          .get(protectionSlice)
          .protections.values()
          .map((each) => ({ ...each })),
      stored: async (tx) => {
        const found = await sql<Protection>`
          select ${PROTECTION} from protections where organization_id = (select pauta_organization())`.execute(
          tx,
        );
        return found.rows.map((row) => ({ ...row }));
      },
    },
  ],
};
