import { z } from 'zod';

import { mayDo, reachedPeople, reaches, scopeFor, type Permission, type SignedIn } from '../access/index.ts';
import { localDate } from '../calendar/index.ts';
import { readOrganization } from '../decisions/index.ts';
import { refuse, type HttpApp } from '../platform/http.ts';
import { clauseText, packOf, rulesOn, type Pack, type Saying } from '../procedures/index.ts';
import { mayHoldLeads } from '../staff/index.ts';
import { actOn, leadNames, reasonsText, within, type MoneyRouteParts } from './money.routes.ts';
import { cases, type CaseRow } from './views.store.ts';

const CASES_MAX = 500;
const id = z.string().min(1).max(64);
const clause = z.string().regex(/^[a-z-]+#[A-Z]\d{1,2}[a-z]?$/);

export interface SanctionRouteParts extends MoneyRouteParts {
  readonly packs: readonly Pack[];
}

/** Casos de sanción: what was reported, what the person said, what was decided and what it cost. */
export function sanctionRoutes(app: HttpApp, parts: SanctionRouteParts): void {
  const { database, house, clock, newId, signedIn, packs } = parts;
  const see = { may: 'sanctions.see' } as const;

  app.get('/api/sanctions', { config: see }, (request) => {
    const who = signedIn(request);
    return database.inOrganization(who.organization.id, async (tx) => {
      const { reached, staff, nameOf } = await within(tx, who, 'sanctions.see');
      const reporting = reachedPeople(scopeFor(who, 'sanctions.report'), who.person.id, staff);
      const ruling = reachedPeople(scopeFor(who, 'sanctions.rule'), who.person.id, staff);
      const rows = await cases(tx, reached, { limit: CASES_MAX });
      const names = await leadNames(
        tx,
        who,
        rows.flatMap(({ lead }) => lead ?? []),
      );
      const organization = await readOrganization(tx, who.organization.id);
      return {
        now: clock.now(),
        me: who.person.id,
        clauses: organization === null ? [] : breakable(packs, organization, clock.now(), request.language),
        people: mayDo(who, 'sanctions.report')
          ? staff
              .filter(
                (each) => mayHoldLeads(each) && each.id !== who.person.id && reaches(reporting, each.id),
              )
              .map(({ id: person, name }) => ({ id: person, name }))
          : [],
        rows: rows.map((row) => ({
          ...row,
          name: nameOf(row.person),
          reportedByName: nameOf(row.reportedBy),
          ruledByName: nameOf(row.ruledBy),
          overturnedByName: nameOf(row.overturnedBy),
          leadName: row.lead === null ? null : (names.get(row.lead) ?? null),
          mayAnswer: row.person === who.person.id && row.answeredAt === null && isOpen(row),
          mayRule: isOpen(row) && mayJudge(who, row.person, reaches(ruling, row.person)),
          mayRevoke: row.state === 'decided' && mayJudge(who, row.person, reaches(ruling, row.person)),
        })),
      };
    });
  });

  const report = z.strictObject({
    person: id,
    clause,
    lead: id.nullable().default(null),
    sale: id.nullable().default(null),
    text: reasonsText,
  });
  app.post(
    '/api/sanctions',
    { config: { may: 'sanctions.report' }, schema: { body: report } },
    async (request, reply) => {
      const who = signedIn(request);
      await database.inOrganization(who.organization.id, async (tx) => {
        const { reached } = await within(tx, who, 'sanctions.report');
        if (!reaches(reached, request.body.person) || request.body.person === who.person.id)
          refuse({ refused: 'person-out-of-reach', field: 'person' });
      });
      const sanction = newId();
      await actOn(house, who, { fact: 'breach.reported', sanction, ...request.body });
      return reply.code(201).send({ sanction });
    },
  );

  const params = z.object({ sanction: id });
  async function reachedCase(who: SignedIn, sanction: string, permission: Permission): Promise<CaseRow> {
    return database.inOrganization(who.organization.id, async (tx) => {
      const { reached } = await within(tx, who, permission);
      const [found] = await cases(tx, reached, { id: sanction, limit: 1 });
      return found ?? refuse({ refused: 'no-such-sanction' });
    });
  }

  app.post(
    '/api/sanctions/:sanction/answer',
    { config: see, schema: { params, body: z.strictObject({ reasons: reasonsText }) } },
    async (request) => {
      const who = signedIn(request);
      const { sanction } = request.params;
      await reachedCase(who, sanction, 'sanctions.see');
      await actOn(house, who, { fact: 'sanction.answered', sanction, ...request.body });
      return { sanction };
    },
  );

  /** `unheard`: decided although the person may still answer; the reasons say why. */
  const ruling = z.strictObject({
    percent: z.string().trim().max(8),
    reasons: reasonsText,
    unheard: z.boolean().default(false),
  });
  app.post(
    '/api/sanctions/:sanction/ruling',
    { config: { may: 'sanctions.rule' }, schema: { params, body: ruling } },
    async (request) => {
      const who = signedIn(request);
      const { sanction } = request.params;
      const { unheard, ...ruled } = request.body;
      const found = await reachedCase(who, sanction, 'sanctions.rule');
      if (found.state === 'opened' && !unheard) refuse({ refused: 'hearing-open' });
      await actOn(house, who, { fact: 'sanction.ruled', sanction, ...ruled });
      return { sanction };
    },
  );

  app.post(
    '/api/sanctions/:sanction/revocation',
    { config: { may: 'sanctions.rule' }, schema: { params, body: z.strictObject({ reasons: reasonsText }) } },
    async (request) => {
      const who = signedIn(request);
      const { sanction } = request.params;
      await reachedCase(who, sanction, 'sanctions.rule');
      await actOn(house, who, { fact: 'sanction.revoked', sanction, ...request.body });
      return { sanction };
    },
  );
}

function isOpen({ state }: CaseRow): boolean {
  return state === 'opened' || state === 'heard';
}

function mayJudge(who: SignedIn, person: string, reached: boolean): boolean {
  return reached && person !== who.person.id && mayDo(who, 'sanctions.rule');
}

type InForce = Parameters<typeof rulesOn>[1];

/** What can be broken: the clauses in force today, in words, for who reports a breach. */
function breakable(
  packs: readonly Pack[],
  { adoptions, zone }: { readonly adoptions: InForce; readonly zone: string },
  now: Parameters<typeof localDate>[0],
  language: keyof Saying,
) {
  const { procedures } = rulesOn(packs, adoptions, localDate(now, zone)).data;
  return adoptions.flatMap((adoption) => {
    const pack = packOf(packs, adoption);
    const held = procedures[adoption.procedure];
    if (pack === undefined || held?.version !== adoption.effectiveOn) return [];
    return pack.clauses.map((each) => ({
      clause: `${pack.name}#${each.id}`,
      name: `${pack.title[language]} ${each.id}`,
      text: clauseText(each, language),
    }));
  });
}
