import { tell, type Deciding, type Fact, type Refusal } from '../decisions/index.ts';
import type { SaleClosed } from '../leads/index.ts';
import { houseRule } from '../procedures/index.ts';
import { mayHoldLeads, person } from '../staff/index.ts';
import { isZero, plusAmounts, readAmount } from './amounts.ts';
import { book, type Changed } from './book.ts';
import { linesOfSale, type LinePart } from './ledger.ts';
import { managerOfSeller, sale as saleOf, salesOfLead, type Sale } from './sale.ts';
import { deductionsOf, supportWeights } from './share-commission.ts';

/** What was told of a closing was wrong; what is not named stays. */
export interface SaleCorrected extends Fact {
  readonly fact: 'sale.corrected';
  readonly sale: string;
  readonly by: string;
  readonly price?: string | null;
  readonly advisorCommission?: string | null;
  readonly managerCommission?: string | null;
  readonly reasons: string;
}

/** It came to nothing. */
export interface SaleCanceled extends Fact {
  readonly fact: 'sale.canceled';
  readonly sale: string;
  readonly by: string;
  readonly reasons: string;
}

/** It is somebody else's: a person says so, with reasons. A ruling says it by `creditSale`. */
export interface SaleCredited extends Fact {
  readonly fact: 'sale.credited';
  readonly sale: string;
  readonly by: string;
  readonly to: string;
  readonly reasons: string;
}

/** Nobody of support was there on the day: a person says among whom its share is split now. */
export interface SupportNamed extends Fact {
  readonly fact: 'sale.support-named';
  readonly sale: string;
  readonly by: string;
  readonly people: readonly string[];
  readonly reasons: string;
}

const AMOUNTS = ['price', 'advisorCommission', 'managerCommission'] as const;

/** Money that cannot be read, or a closing told twice, stops the fact before anything is written. */
export function beforeClosing(fact: SaleClosed, deciding: Deciding): Refusal | void {
  const because = [houseRule('facts')];
  if (saleOf(deciding.world, fact.sale) !== undefined) return { refused: 'sale-exists', because };
  return badAmount(fact) ?? undefined;
}

function badAmount(told: { readonly [A in (typeof AMOUNTS)[number]]?: string | null }): Refusal | null {
  const bad = AMOUNTS.find((name) => told[name] != null && readAmount(told[name]) === null);
  return bad === undefined
    ? null
    : { refused: 'bad-amount', because: [houseRule('facts')], detail: { field: bad } };
}

/** A closing was recorded: what each one earns of it and gives of that. */
export function bookClosing(fact: SaleClosed, deciding: Deciding): void {
  book(deciding, fact.sale, null);
}

function standing(deciding: Deciding, id: string): Sale | Refusal {
  const sale = saleOf(deciding.world, id);
  if (sale === undefined) return { refused: 'no-such-sale', because: [houseRule('facts')] };
  return sale.canceledAt === null ? sale : { refused: 'sale-canceled', because: [houseRule('sales')] };
}

export function correctSale(fact: SaleCorrected, deciding: Deciding): Refusal | void {
  const sale = standing(deciding, fact.sale);
  if ('refused' in sale) return sale;
  const because = [houseRule('sales')];
  const bad = badAmount(fact);
  if (bad !== null) return bad;
  if (fact.reasons.trim() === '') return { refused: 'reasons-missing', because };
  const read = (name: (typeof AMOUNTS)[number]): string | null => {
    const told = fact[name];
    return told === undefined ? sale[name] : told === null ? null : readAmount(told);
  };
  const [price, advisorCommission, managerCommission] = AMOUNTS.map(read);
  const after = {
    price: price ?? null,
    advisorCommission: advisorCommission ?? null,
    managerCommission: managerCommission ?? null,
  };
  if (AMOUNTS.every((name) => after[name] === sale[name])) return { refused: 'nothing-changed', because };
  const before = Object.fromEntries(AMOUNTS.map((name) => [name, sale[name]]));
  deciding.record({
    entry: 'sale.corrected',
    kind: 'fact',
    because: [],
    lead: sale.lead,
    person: sale.seller,
    fields: { sale: sale.id, by: fact.by, ...after, before },
    personal: { reasons: fact.reasons },
  });
  changed(deciding, sale.id, { why: 'corrected', because });
  return undefined;
}

export function cancelSale(fact: SaleCanceled, deciding: Deciding): Refusal | void {
  const sale = standing(deciding, fact.sale);
  if ('refused' in sale) return sale;
  const because = [houseRule('sales')];
  if (fact.reasons.trim() === '') return { refused: 'reasons-missing', because };
  const others = salesOfLead(deciding.world, sale.lead).length - 1;
  deciding.record({
    entry: 'sale.canceled',
    kind: 'fact',
    because: [],
    lead: sale.lead,
    person: sale.seller,
    // Who counted it, and where: the month's results and the lead take it back.
    fields: {
      sale: sale.id,
      lead: sale.lead,
      by: fact.by,
      seller: sale.seller,
      closedAt: sale.closedAt,
      counts: sale.throughCenter,
      othersStand: others > 0,
    },
    personal: { reasons: fact.reasons },
  });
  changed(deciding, sale.id, { why: 'canceled', because });
  return undefined;
}

export function creditBySomebody(fact: SaleCredited, deciding: Deciding): Refusal | void {
  const because = [houseRule('sales')];
  if (fact.reasons.trim() === '') return { refused: 'reasons-missing', because };
  return creditSale(deciding, { sale: fact.sale, to: fact.to, because, reasons: fact.reasons }) ?? undefined;
}

export interface Crediting {
  readonly sale: string;
  readonly to: string;
  readonly because: readonly string[];
  readonly claim?: string | null;
  readonly reasons?: string | null;
}

/**
 * A closing counts to another person from now on: its commission, and the month's results. The difference is shown, and
 * nothing is rewritten. The door for rulings; load the lead's closings with `loadMoney` first.
 */
export function creditSale(deciding: Deciding, crediting: Crediting): Refusal | null {
  const { to, because, claim = null, reasons = null } = crediting;
  const sale = standing(deciding, crediting.sale);
  if ('refused' in sale) return sale;
  const taker = person(deciding.world, to);
  if (taker === undefined || !mayHoldLeads(taker)) return { refused: 'no-such-person', because };
  if (sale.seller === to) return { refused: 'already-credited', because };
  deciding.record({
    entry: 'sale.credited',
    kind: 'decision',
    because,
    lead: sale.lead,
    person: to,
    fields: {
      sale: sale.id,
      lead: sale.lead,
      from: sale.seller,
      to,
      manager: managerOfSeller(deciding.world, to),
      claim,
      closedAt: sale.closedAt,
      counts: sale.throughCenter,
    },
    ...(reasons === null ? {} : { personal: { reasons } }),
  });
  changed(deciding, sale.id, { why: 'credited', because });
  return null;
}

/** contact-center-policy P6: the share was taken on the day of the closing, and waited; it is split by the same rules, once. */
export function nameSupport(fact: SupportNamed, deciding: Deciding): Refusal | void {
  const sale = standing(deciding, fact.sale);
  if ('refused' in sale) return sale;
  const because = deductionsOf(deciding.rulesAt(sale.closedAt)).flatMap(({ kind, clause }) =>
    kind === 'support' ? [clause] : [],
  );
  const lines = linesOfSale(deciding.world, sale.id);
  const held = (part: LinePart) =>
    plusAmounts(lines.filter((line) => line.part === part).map(({ amount }) => amount));
  if (because.length === 0 || isZero(held('support')) || !isZero(held('split')))
    return { refused: 'no-share-waits', because: [houseRule('sales')] };
  if (fact.reasons.trim() === '') return { refused: 'reasons-missing', because };
  const people = [...new Set(fact.people)];
  const team = people.filter((id) => person(deciding.world, id)?.role === 'support');
  if (team.length === 0 || team.length < people.length) return { refused: 'not-of-support', because };
  if (supportWeights(deciding.rulesAt(sale.closedAt), team).length === 0)
    return { refused: 'without-weight', because };
  deciding.record({
    entry: 'sale.support-named',
    kind: 'fact',
    because: [],
    lead: sale.lead,
    fields: { sale: sale.id, by: fact.by, people: team },
    personal: { reasons: fact.reasons },
  });
  changed(deciding, sale.id, { why: 'support-named', because: [...new Set(because)] });
  return undefined;
}

/** Brings the lines up to date, and tells each person whose amounts of it changed. */
function changed(deciding: Deciding, id: string, change: Changed): void {
  const before = linesOfSale(deciding.world, id).length;
  book(deciding, id, change);
  const added = linesOfSale(deciding.world, id).slice(before);
  const { because } = change;
  for (const to of new Set(added.map((line) => line.person)))
    tell(deciding, { to, about: 'commission.changed', because, values: { sale: id, why: change.why } });
}
