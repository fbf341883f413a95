import type { FastifyRequest } from 'fastify';
import { z } from 'zod';

import {
  mayDo,
  reachedPeople,
  reaches,
  scopeFor,
  type Permission,
  type ReachedPeople,
  type SignedIn,
} from '../access/index.ts';
import { localMonth, previousMonth } from '../calendar/index.ts';
import type { Fact, House } from '../decisions/index.ts';
import { leadsInWords } from '../leads/index.ts';
import type { Database, Tx } from '../platform/database.ts';
import { refuse, type HttpApp } from '../platform/http.ts';
import type { NewId } from '../platform/ids.ts';
import type { Clock } from '../platform/time.ts';
import { listPeople, mayHoldLeads, type Person } from '../staff/index.ts';
import { bySale, totalsOf } from './statement.ts';
import { plusAmounts } from './amounts.ts';
import { monthByPerson, netByMonth, saleWithLines, statementLines, waitingShares } from './views.store.ts';

export interface MoneyRouteParts {
  readonly database: Database;
  readonly house: House;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly signedIn: (request: FastifyRequest) => SignedIn;
}

/** Months drawn beside a statement. */
const MONTHS_DRAWN = 12;
const REASONS_CHARACTERS_MAX = 4_000;
const PEOPLE_NAMED_MAX = 200;

export const monthText = z.string().regex(/^\d{4}-(?:0[1-9]|1[0-2])$/);
export const reasonsText = z.string().trim().min(1).max(REASONS_CHARACTERS_MAX);
const id = z.string().min(1).max(64);

/** Whose money, cases or audits this caller reaches; and the staff by id, for names. */
export async function within(tx: Tx, who: SignedIn, permission: Permission) {
  const staff = await listPeople(tx);
  const reached: ReachedPeople = reachedPeople(scopeFor(who, permission), who.person.id, staff);
  const names = new Map(staff.map((each) => [each.id, each]));
  return {
    reached,
    staff,
    nameOf: (of: string | null) => (of === null ? null : (names.get(of)?.name ?? of)),
  };
}

/** A fact, with whatever it carries. */
export type Told = { readonly fact: string; readonly [field: string]: unknown };

/** Decides an act by the house; what it refuses, the person reads. */
export async function actOn(house: House, who: SignedIn, fact: Told): Promise<void> {
  const { refused } = await house.submit(who.organization.id, {
    ...fact,
    actor: who.person.id,
    by: who.person.id,
  } as Fact);
  if (refused === null) return;
  const { because, detail } = refused;
  refuse({ refused: refused.refused, because, ...(detail === undefined ? {} : { detail }) });
}

/** Names of people behind leads, for who may see them; a caller without them sees the lead's number. */
export async function leadNames(
  tx: Tx,
  who: SignedIn,
  leads: readonly string[],
): Promise<Map<string, string | null>> {
  const scope = scopeFor(who, 'leads.see');
  if (scope === null || scope === 'all-without-personal-data') return new Map();
  const words = await leadsInWords(tx, who.organization.id, [...new Set(leads)]);
  return new Map([...words].map(([lead, { name }]) => [lead, name]));
}

/** Dinero: a month by person, a person's statement, a closing with all its amounts and what may be done with it. */
export function moneyRoutes(app: HttpApp, parts: MoneyRouteParts): void {
  const { database, clock, signedIn } = parts;
  const see = { may: 'money.see' } as const;
  const asked = z.object({ month: monthText.optional() });

  app.get('/api/money', { config: see, schema: { querystring: asked } }, (request) => {
    const who = signedIn(request);
    const current = localMonth(clock.now(), who.organization.zone);
    const month = request.query.month ?? current;
    return database.inOrganization(who.organization.id, async (tx) => {
      const { reached, staff } = await within(tx, who, 'money.see');
      const rows = new Map((await monthByPerson(tx, month, reached)).map((row) => [row.person, row]));
      const before = new Map(
        (await monthByPerson(tx, previousMonth(month), reached)).map((row) => [row.person, row]),
      );
      const shown = staff.filter((each) => reaches(reached, each.id) && (isPaid(each) || rows.has(each.id)));
      return {
        now: clock.now(),
        month,
        current,
        me: who.person.id,
        waiting: reached === 'all' ? await waitingOf(tx, who, month, staff) : null,
        people: shown.map(({ id: person, name, role, zone }) => ({
          person,
          name,
          role,
          zone,
          closings: rows.get(person)?.closings ?? 0,
          earned: rows.get(person)?.earned ?? '0.00',
          deducted: rows.get(person)?.deducted ?? '0.00',
          received: rows.get(person)?.received ?? '0.00',
          lost: rows.get(person)?.lost ?? '0.00',
          adjusted: rows.get(person)?.adjusted ?? '0.00',
          net: rows.get(person)?.net ?? '0.00',
          netBefore: before.get(person)?.net ?? '0.00',
        })),
      };
    });
  });

  const ofPerson = z.object({ month: monthText.optional(), person: id.optional() });
  app.get('/api/money/statement', { config: see, schema: { querystring: ofPerson } }, (request) => {
    const { person, month } = request.query;
    const who = signedIn(request);
    return database.inOrganization(who.organization.id, (tx) => statement(tx, who, parts, { person, month }));
  });

  const params = z.object({ sale: id });
  app.get('/api/money/sales/:sale', { config: see, schema: { params } }, (request) => {
    const who = signedIn(request);
    return database.inOrganization(who.organization.id, async (tx) => {
      const { reached, staff, nameOf } = await within(tx, who, 'money.see');
      const found = await saleWithLines(tx, request.params.sale);
      const isSeen = found !== null && found.lines.some(({ person }) => reaches(reached, person));
      const isSold = found !== null && reaches(reached, found.sale.seller);
      if (found === null || !(isSeen || isSold)) return refuse({ refused: 'no-such-sale' });
      const { sale, lines } = found;
      const names = await leadNames(tx, who, [sale.lead]);
      const correct = reachedPeople(scopeFor(who, 'sales.correct'), who.person.id, staff);
      return {
        now: clock.now(),
        sale: {
          ...sale,
          sellerName: nameOf(sale.seller),
          managerName: nameOf(sale.manager),
          leadName: names.get(sale.lead) ?? null,
        },
        // Of others' amounts one sees what one reaches.
        lines: lines
          .filter(({ person }) => reaches(reached, person))
          .map((line) => ({ ...line, name: nameOf(line.person) })),
        mayCorrect: mayDo(who, 'sales.correct') && reaches(correct, sale.seller) && sale.canceledAt === null,
        others: staff
          .filter((each) => mayHoldLeads(each) && each.id !== sale.seller)
          .map(({ id: of, name }) => ({ id: of, name })),
      };
    });
  });

  saleActs(app, parts);
}

/** What of a month's support shares waits for somebody to receive it, and among whom it could be split now. */
async function waitingOf(tx: Tx, who: SignedIn, month: string, staff: readonly Person[]) {
  const shares = await waitingShares(tx, month);
  if (shares.length === 0) return null;
  const team = staff.filter(({ role, leftAt }) => role === 'support' && leftAt === null);
  return {
    closings: shares.length,
    amount: plusAmounts(shares.map(({ amount }) => amount)),
    team: team.map(({ id: of, name }) => ({ id: of, name })),
    mayName: mayDo(who, 'sales.correct'),
  };
}

function isPaid(person: Person): boolean {
  return mayHoldLeads(person) || (person.role === 'support' && person.leftAt === null);
}

function saleActs(app: HttpApp, { database, house, signedIn }: MoneyRouteParts): void {
  const params = z.object({ sale: id });
  const correct = { may: 'sales.correct' } as const;
  async function act(request: FastifyRequest, sale: string, fact: Told) {
    const who = signedIn(request);
    await database.inOrganization(who.organization.id, async (tx) => {
      const { reached } = await within(tx, who, 'sales.correct');
      const found = await saleWithLines(tx, sale);
      if (found === null || !reaches(reached, found.sale.seller)) refuse({ refused: 'no-such-sale' });
    });
    await actOn(house, who, { ...fact, sale });
    return { sale };
  }

  const naming = z.strictObject({
    month: monthText,
    people: z.array(id).min(1).max(PEOPLE_NAMED_MAX),
    reasons: reasonsText,
  });
  app.post('/api/money/support', { config: correct, schema: { body: naming } }, async (request) => {
    const who = signedIn(request);
    const { month, people, reasons } = request.body;
    const shares = await database.inOrganization(who.organization.id, async (tx) => {
      const { reached } = await within(tx, who, 'sales.correct');
      return reached === 'all' ? waitingShares(tx, month) : refuse({ refused: 'no-such-sale' });
    });
    if (shares.length === 0) return refuse({ refused: 'no-share-waits' });
    for (const { sale } of shares)
      await actOn(house, who, { fact: 'sale.support-named', sale, people, reasons });
    return { closings: shares.length };
  });

  const amount = z.string().trim().max(20).nullable().optional();
  const correction = z.strictObject({
    price: amount,
    advisorCommission: amount,
    managerCommission: amount,
    reasons: reasonsText,
  });
  app.post(
    '/api/money/sales/:sale/correction',
    { config: correct, schema: { params, body: correction } },
    (request) => act(request, request.params.sale, { fact: 'sale.corrected', ...request.body }),
  );
  app.post(
    '/api/money/sales/:sale/cancellation',
    { config: correct, schema: { params, body: z.strictObject({ reasons: reasonsText }) } },
    (request) => act(request, request.params.sale, { fact: 'sale.canceled', ...request.body }),
  );
  app.post(
    '/api/money/sales/:sale/credit',
    { config: correct, schema: { params, body: z.strictObject({ to: id, reasons: reasonsText }) } },
    (request) => act(request, request.params.sale, { fact: 'sale.credited', ...request.body }),
  );
}

/** A person's month: one's own unless another is asked for, who must be within reach. */
export async function statement(
  tx: Tx,
  who: SignedIn,
  { clock }: Pick<MoneyRouteParts, 'clock'>,
  asked: { readonly person?: string | undefined; readonly month?: string | undefined },
) {
  const current = localMonth(clock.now(), who.organization.zone);
  const { person = who.person.id, month = current } = asked;
  const { reached, staff, nameOf } = await within(tx, who, 'money.see');
  const owner = staff.find((each) => each.id === person);
  if (owner === undefined || !reaches(reached, person)) return refuse({ refused: 'no-such-person' });
  const rows = await statementLines(tx, person, month);
  const names = await leadNames(
    tx,
    who,
    rows.map(({ lead }) => lead),
  );
  return {
    now: clock.now(),
    month,
    current,
    person: { id: owner.id, name: owner.name, role: owner.role },
    totals: totalsOf(rows),
    sales: bySale(rows).map((sale) => ({
      ...sale,
      sellerName: nameOf(sale.seller),
      leadName: names.get(sale.lead) ?? null,
    })),
    months: (await netByMonth(tx, person, MONTHS_DRAWN)).toReversed(),
  };
}
