import { z } from 'zod';

import { mayDo, reachedPeople, reaches, scopeFor, type SignedIn } from '../access/index.ts';
import { addDays, localDate, startOfDay, weekOf } from '../calendar/index.ts';
import { leadsCalledBetween } from '../calls/index.ts';
import { lookUp, sealBefore } from '../journal/index.ts';
import { leadsGivenBetween } from '../leads/index.ts';
import { actOn, leadNames, reasonsText, within, type MoneyRouteParts } from '../money/index.ts';
import type { Tx } from '../platform/database.ts';
import { refuse, type HttpApp } from '../platform/http.ts';
import type { Instant, LocalDate } from '../platform/time.ts';
import { findings, type Audit } from './audit.ts';
import { auditsOf, auditsOfWeek } from './views.store.ts';
import { checklistItems } from './checklist.ts';
import { DRAWN_EACH, drawSample } from './sample.ts';

const AUDITS_MAX = 500;
const CALLS_SHOWN_MAX = 50;
const TEXT_CHARACTERS_MAX = 4_000;
const id = z.string().min(1).max(64);
const week = z.iso.date();

/** Auditorías: the week's sample with its evidence, what was found, and what became of it. */
export function auditRoutes(app: HttpApp, parts: MoneyRouteParts): void {
  const { database, house, clock, newId, signedIn } = parts;
  const see = { may: 'audits.see' } as const;

  app.get('/api/audits', { config: see }, (request) => {
    const who = signedIn(request);
    return database.inOrganization(who.organization.id, async (tx) => {
      const { reached, staff, nameOf } = await within(tx, who, 'audits.see');
      const ruling = reachedPeople(scopeFor(who, 'audits.rule'), who.person.id, staff);
      const rows = await auditsOf(tx, reached, { limit: AUDITS_MAX });
      const names = await leadNames(
        tx,
        who,
        rows.flatMap(({ lead }) => lead ?? []),
      );
      return {
        now: clock.now(),
        me: who.person.id,
        checklist: checklistItems,
        rows: rows.map((row) => shown(row, who, { nameOf, names, rules: reaches(ruling, row.person) })),
      };
    });
  });

  app.get(
    '/api/audits/sample',
    { config: { may: 'audits.record' }, schema: { querystring: z.object({ week: week.optional() }) } },
    (request) => {
      const who = signedIn(request);
      const { zone } = who.organization;
      const thisWeek = weekOf(localDate(clock.now(), zone));
      const last = addDays(thisWeek, -7);
      const asked = weekOf(request.query.week ?? last);
      // A week that is not over has no draw yet: nobody is to know beforehand.
      const shownWeek = asked > last ? last : asked;
      return database.inOrganization(who.organization.id, (tx) => sampleOf(tx, who, shownWeek, last));
    },
  );

  const params = z.object({ lead: id, person: id });
  app.get(
    '/api/audits/evidence/:person/:lead',
    { config: { may: 'audits.record' }, schema: { params } },
    (request) => {
      const who = signedIn(request);
      const { person, lead } = request.params;
      return database.inOrganization(who.organization.id, async (tx) => ({
        calls: await callsOf(tx, person, lead),
      }));
    },
  );

  const recorded = z.strictObject({
    person: id,
    finding: z.enum(findings),
    lead: id.nullable().default(null),
    call: id.nullable().default(null),
    week: week.nullable().default(null),
    checklist: z.partialRecord(z.enum(checklistItems), z.enum(['yes', 'no', 'na'])),
    note: z.string().trim().max(TEXT_CHARACTERS_MAX).default(''),
  });
  app.post(
    '/api/audits',
    { config: { may: 'audits.record' }, schema: { body: recorded } },
    async (request, reply) => {
      const who = signedIn(request);
      const { note, ...body } = request.body;
      // Somebody's place on the roster hangs on it: what was seen is written down.
      if (body.finding === 'bad-care' && note === '') refuse({ refused: 'reasons-missing', field: 'note' });
      const audit = newId();
      await actOn(house, who, { fact: 'audit.recorded', audit, ...body, note: note === '' ? null : note });
      return reply.code(201).send({ audit });
    },
  );

  const of = z.object({ audit: id });
  async function reachedAudit(
    who: SignedIn,
    audit: string,
    permission: 'audits.see' | 'audits.rule',
  ): Promise<void> {
    await database.inOrganization(who.organization.id, async (tx) => {
      const { reached } = await within(tx, who, permission);
      const [found] = await auditsOf(tx, reached, { id: audit, limit: 1 });
      if (found === undefined) refuse({ refused: 'no-such-audit' });
    });
  }
  app.post(
    '/api/audits/:audit/answer',
    { config: see, schema: { params: of, body: z.strictObject({ reasons: reasonsText }) } },
    async (request) => {
      const who = signedIn(request);
      const { audit } = request.params;
      await reachedAudit(who, audit, 'audits.see');
      await actOn(house, who, { fact: 'audit.answered', audit, ...request.body });
      return { audit };
    },
  );
  const ruling = z.strictObject({ outcome: z.enum(['upheld', 'overturned']), reasons: reasonsText });
  app.post(
    '/api/audits/:audit/ruling',
    { config: { may: 'audits.rule' }, schema: { params: of, body: ruling } },
    async (request) => {
      const who = signedIn(request);
      const { audit } = request.params;
      await reachedAudit(who, audit, 'audits.rule');
      await actOn(house, who, { fact: 'audit.ruled', audit, ...request.body });
      return { audit };
    },
  );
}

function shown(
  row: Audit,
  who: SignedIn,
  {
    nameOf,
    names,
    rules,
  }: {
    readonly nameOf: (of: string | null) => string | null;
    readonly names: ReadonlyMap<string, string | null>;
    readonly rules: boolean;
  },
) {
  const isOpen = row.state === 'opened' || row.state === 'heard';
  return {
    ...row,
    name: nameOf(row.person),
    auditedByName: nameOf(row.auditedBy),
    ruledByName: nameOf(row.ruledBy),
    leadName: row.lead === null ? null : (names.get(row.lead) ?? null),
    mayAnswer: isOpen && row.answeredAt === null && row.person === who.person.id,
    // Neither the person nor who audited.
    mayRule:
      isOpen && rules && mayDo(who, 'audits.rule') && ![row.person, row.auditedBy].includes(who.person.id),
  };
}

async function sampleOf(tx: Tx, who: SignedIn, shownWeek: LocalDate, last: LocalDate) {
  const { zone } = who.organization;
  const [from, to] = [startOfDay(shownWeek, zone), startOfDay(addDays(shownWeek, 7), zone)];
  const { nameOf } = await within(tx, who, 'audits.record');
  const seal = await sealBefore(tx, to);
  const given = await leadsGivenBetween(tx, from, to);
  const called = await leadsCalledBetween(tx, from, to);
  const worked = [...given, ...called.map((each) => ({ ...each, listed: false }))];
  const drawn = seal === null ? [] : drawSample(worked, shownWeek, seal);
  const names = await leadNames(
    tx,
    who,
    drawn.map(({ lead }) => lead),
  );
  const done = await auditsOfWeek(tx, shownWeek);
  return {
    week: shownWeek,
    last,
    each: DRAWN_EACH,
    seal,
    rows: drawn.map(({ person, lead, why }) => {
      const audit = done.find((each) => each.person === person && each.lead === lead);
      return {
        person,
        name: nameOf(person),
        lead,
        leadName: names.get(lead) ?? null,
        why,
        audit: audit?.id ?? null,
        finding: audit?.finding ?? null,
      };
    }),
  };
}

interface HeardCall {
  readonly call: string;
  readonly startedAt: Instant;
  readonly direction: 'in' | 'out';
  readonly answered: boolean;
  readonly ringSeconds: number | null;
  readonly talkSeconds: number | null;
  readonly recordings: readonly string[];
}

const callFields = z.object({
  call: z.string(),
  by: z.string().nullish(),
  direction: z.enum(['in', 'out']).default('out'),
  startedAt: z.string().optional(),
  endedAt: z.string().optional(),
  answered: z.boolean(),
  ringSeconds: z.number().nullish(),
  talkSeconds: z.number().nullish(),
});
const recordingsShape = z.object({ recordings: z.array(z.string()).default([]) });

/** The person's calls with this lead, as the PBX told them, the latest first; and where each was recorded. */
async function callsOf(tx: Tx, person: string, lead: string): Promise<HeardCall[]> {
  const found = [
    ...(await lookUp(tx, 'all', { lead, person, entry: 'call.reported' }, CALLS_SHOWN_MAX)),
    ...(await lookUp(tx, 'all', { lead, person, entry: 'call.ended' }, CALLS_SHOWN_MAX)),
  ];
  return found
    .flatMap(({ at, fields, personal }): HeardCall[] => {
      const read = callFields.safeParse(fields);
      if (!read.success) return [];
      const { call, direction, startedAt, answered, ringSeconds = null, talkSeconds = null } = read.data;
      const kept = recordingsShape.safeParse(personal ?? {});
      const recordings = kept.success ? kept.data.recordings : [];
      const began = (startedAt as Instant | undefined) ?? at;
      return [{ call, startedAt: began, direction, answered, ringSeconds, talkSeconds, recordings }];
    })
    .toSorted((a, b) => (a.startedAt < b.startedAt ? 1 : -1));
}
