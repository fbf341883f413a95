import { Big } from 'big.js';
import { localMonth } from '../calendar/index.ts';
import {
  tell,
  type About,
  type Deciding,
  type DueDeadline,
  type Fact,
  type Refusal,
} from '../decisions/index.ts';
import { houseRule, type Rules } from '../procedures/index.ts';
import { managerOf, person } from '../staff/index.ts';
import { book } from './book.ts';
import { hearingDueAt, judgesOf, outranks, whyNotRule } from './hearing.ts';
import { sale as saleOf, salesOfLead, salesSlice, type Sale } from './sale.ts';
import { sanction as sanctionOf, type Sanction } from './sanction.ts';

export interface BreachReported extends Fact {
  readonly fact: 'breach.reported';
  readonly sanction: string;
  readonly person: string;
  readonly by: string;
  readonly clause: string;
  readonly lead?: string | null;
  readonly sale?: string | null;
  readonly text?: string | null;
}

export interface SanctionAnswered extends Fact {
  readonly fact: 'sanction.answered';
  readonly sanction: string;
  readonly by: string;
  readonly reasons: string;
}

export interface SanctionRuled extends Fact {
  readonly fact: 'sanction.ruled';
  readonly sanction: string;
  readonly by: string;
  /** Of what the person would keep, "0" to "100"; none told: nothing is lost. */
  readonly percent: string | null;
  readonly reasons: string;
}

/** A person of the same rank or higher takes the decision back. */
export interface SanctionRevoked extends Fact {
  readonly fact: 'sanction.revoked';
  readonly sanction: string;
  readonly by: string;
  readonly reasons: string;
}

/** The clause that makes a breach cost money, with the product's own rule where none is in force. */
export function sanctionClauses(rules: Rules, breach: string): string[] {
  const l10 = breach.startsWith('lead-reassignment') ? rules.cite('lead-reassignment', 'L10') : null;
  const p15 = rules.cite('lead-assignment', 'P15');
  const cited = [l10, p15].filter((clause) => clause !== null);
  return cited.length > 0 ? cited : [houseRule('sanctions')];
}

export interface Opening {
  readonly sanction: string;
  readonly person: string;
  /** The clause that was broken: `lead-reassignment#L10`. */
  readonly breach: string;
  /** Who saw it: a person, or what found it. */
  readonly by: string;
  readonly lead?: string | null;
  readonly sale?: string | null;
  readonly claim?: string | null;
  /** What happened, in words; personal. */
  readonly account?: string | null;
  readonly because?: readonly string[];
}

/**
 * Opens a case: the person is told what of and until when to answer. It decides nothing. A case of that name that is
 * open already stays as it is. The door for other features; they load with `loadMoney` first.
 */
export function openSanction(deciding: Deciding, opening: Opening): void {
  const { sanction, breach, by, lead = null, sale = null, claim = null, account = null } = opening;
  if (sanctionOf(deciding.world, sanction) !== undefined) return;
  const because = opening.because ?? sanctionClauses(deciding.rules, breach);
  const dueAt = hearingDueAt(deciding);
  deciding.record({
    entry: 'sanction.opened',
    kind: 'decision',
    because,
    lead,
    person: opening.person,
    fields: { sanction, person: opening.person, breach, by, lead, sale, claim, hearingDueAt: dueAt },
    ...(account === null ? {} : { personal: { account } }),
  });
  const values = { sanction, breach, dueAt };
  tell(deciding, { to: opening.person, about: 'sanction.opened', because, values });
}

export function reportBreach(fact: BreachReported, deciding: Deciding): Refusal | void {
  const { world } = deciding;
  const because = sanctionClauses(deciding.rules, fact.clause);
  if (person(world, fact.person) === undefined) return { refused: 'no-such-person', because };
  if (sanctionOf(world, fact.sanction) !== undefined) return { refused: 'sanction-exists', because };
  const { sanction, by, clause, lead = null, sale = null, text = null } = fact;
  if (sale !== null && saleOf(world, sale) === undefined) return { refused: 'no-such-sale', because };
  deciding.record({
    entry: 'breach.reported',
    kind: 'fact',
    because: [],
    lead,
    person: fact.person,
    fields: { sanction, person: fact.person, by, clause, lead, sale },
    ...(text === null ? {} : { personal: { text } }),
  });
  openSanction(deciding, { sanction, person: fact.person, breach: clause, by, lead, sale, account: text });
  return undefined;
}

/** The hearing: only the person answers, once, and until it is decided. */
export function answerSanction(fact: SanctionAnswered, deciding: Deciding): Refusal | void {
  const known = sanctionOf(deciding.world, fact.sanction);
  if (known === undefined) return { refused: 'no-such-sanction', because: [houseRule('facts')] };
  const because = sanctionClauses(deciding.rules, known.breach);
  if (fact.by !== known.person) return { refused: 'not-your-case', because };
  if (known.ruledAt !== null || known.state === 'overturned') return { refused: 'sanction-ruled', because };
  if (known.answeredAt !== null) return { refused: 'sanction-answered', because };
  deciding.record({
    entry: 'sanction.answered',
    kind: 'fact',
    because: [],
    lead: known.lead,
    person: known.person,
    fields: { sanction: known.id, by: fact.by },
    personal: { reasons: fact.reasons },
  });
  askJudges(deciding, known, because);
  return undefined;
}

function askJudges(
  deciding: Deciding,
  { id, person: about, breach }: Sanction,
  because: readonly string[],
): void {
  for (const judge of judgesOf(deciding, about))
    tell(deciding, {
      to: judge.id,
      about: 'sanction.to-rule',
      because,
      values: { sanction: id, person: about, breach },
    });
}

/** The time to answer is over without an answer: it can be decided, and who decides is told. */
export function hearingOver(deadline: DueDeadline, deciding: Deciding): void {
  const known = sanctionOf(deciding.world, deadline.subject.slice(SANCTION_SUBJECT.length));
  if (known === undefined) return;
  const because = [houseRule('hearing')];
  deciding.record({
    entry: 'sanction.hearing-closed',
    kind: 'decision',
    because,
    lead: known.lead,
    person: known.person,
    fields: { sanction: known.id, person: known.person, dueAt: deadline.dueAt },
  });
  askJudges(deciding, known, because);
}

export const SANCTION_SUBJECT = 'sanction:';

/** A person decides, with reasons: how much of the commission is lost, and of which closings. */
export function ruleSanction(fact: SanctionRuled, deciding: Deciding): Refusal | void {
  const known = sanctionOf(deciding.world, fact.sanction);
  if (known === undefined) return { refused: 'no-such-sanction', because: [houseRule('facts')] };
  const because = sanctionClauses(deciding.rules, known.breach);
  if (known.ruledAt !== null || known.state === 'overturned') return { refused: 'sanction-ruled', because };
  const impossible = whyNotRule(deciding, fact.by, known.person) ?? whyNotPercent(fact, deciding.rules);
  if (impossible !== null) return { refused: impossible, because };
  const percent = Big(fact.percent ?? '0').toString();
  deciding.record({
    entry: 'sanction.ruled',
    kind: 'fact',
    because: [],
    lead: known.lead,
    person: known.person,
    fields: { sanction: known.id, by: fact.by, percent },
    personal: { reasons: fact.reasons },
  });
  const sale = bearer(deciding, known);
  deciding.record({
    entry: 'sanction.decided',
    kind: 'decision',
    because,
    lead: known.lead,
    person: known.person,
    fields: {
      sanction: known.id,
      person: known.person,
      breach: known.breach,
      by: fact.by,
      percent,
      sale: sale?.id ?? null,
      month: sale === null ? localMonth(known.openedAt, deciding.organization.zone) : null,
      heard: known.state === 'heard',
    },
    personal: { reasons: fact.reasons },
  });
  bookBearing(deciding, fact.sanction, { why: 'sanction', because });
  tellOutcome(deciding, fact.sanction, 'sanction.decided', because);
  return undefined;
}

function whyNotPercent({ percent, reasons }: SanctionRuled, rules: Rules): string | null {
  if (reasons.trim() === '') return 'reasons-missing';
  if (percent === null) return null;
  if (!/^\d{1,3}(\.\d{1,4})?$/.test(percent)) return 'bad-percent';
  const most =
    rules.cite('lead-assignment', 'P15') === null
      ? '100'
      : rules.parameter('lead-assignment', 'P15', 'lossPercentMax');
  return Big(percent).gt(most) ? 'percent-over-max' : null;
}

/** The closing that bears it: the one the case names, or the one of its lead; null: those of the month of the breach. */
function bearer(deciding: Deciding, { sale, lead, person: about }: Sanction): Sale | null {
  const named = sale === null ? undefined : saleOf(deciding.world, sale);
  if (named !== undefined) return named;
  const ofLead = lead === null ? [] : salesOfLead(deciding.world, lead);
  return ofLead.find((each) => each.seller === about || each.manager === about) ?? null;
}

/** Recomputes every closing that this case bears on, and shows the difference. */
function bookBearing(
  deciding: Deciding,
  id: string,
  change: { readonly why: 'sanction' | 'overturned'; readonly because: readonly string[] },
): void {
  const known = sanctionOf(deciding.world, id);
  if (known === undefined) return;
  const { zone } = deciding.organization;
  const sales = deciding.world
    .get(salesSlice)
    .sales.values()
    .filter((each) =>
      known.sale === null
        ? (each.seller === known.person || each.manager === known.person) &&
          localMonth(each.closedAt, zone) === known.month
        : each.id === known.sale,
    )
    .toSorted((a, b) => (a.closedAt < b.closedAt ? -1 : a.closedAt > b.closedAt ? 1 : a.id < b.id ? -1 : 1));
  for (const each of sales) book(deciding, each.id, change);
}

function tellOutcome(deciding: Deciding, id: string, about: About, because: readonly string[]): void {
  const known = sanctionOf(deciding.world, id);
  if (known === undefined) return;
  const manager = managerOf(deciding.world, known.person);
  const values = { sanction: id, person: known.person, breach: known.breach, percent: known.percent };
  for (const to of new Set([known.person, ...(manager === undefined ? [] : [manager.id])]))
    tell(deciding, { to, about, because, values });
}

export function revokeSanction(fact: SanctionRevoked, deciding: Deciding): Refusal | void {
  const known = sanctionOf(deciding.world, fact.sanction);
  if (known === undefined) return { refused: 'no-such-sanction', because: [houseRule('facts')] };
  const because = sanctionClauses(deciding.rules, known.breach);
  if (known.state !== 'decided' || known.ruledBy === null) return { refused: 'sanction-not-ruled', because };
  const impossible =
    whyNotRule(deciding, fact.by, known.person) ??
    (outranks(deciding, fact.by, known.ruledBy) ? null : 'rank-too-low') ??
    (fact.reasons.trim() === '' ? 'reasons-missing' : null);
  if (impossible !== null) return { refused: impossible, because };
  deciding.record({
    entry: 'sanction.revoked',
    kind: 'fact',
    because: [],
    lead: known.lead,
    person: known.person,
    fields: { sanction: known.id, by: fact.by },
    personal: { reasons: fact.reasons },
  });
  overturn(deciding, known, { by: fact.by, because, reasons: fact.reasons });
  return undefined;
}

function overturn(
  deciding: Deciding,
  { id, person: about, breach, lead }: Sanction,
  { by, because, reasons }: { by: string; because: readonly string[]; reasons: string | null },
): void {
  deciding.record({
    entry: 'sanction.overturned',
    kind: 'decision',
    because,
    lead,
    person: about,
    fields: { sanction: id, person: about, breach, by },
    ...(reasons === null ? {} : { personal: { reasons } }),
  });
  bookBearing(deciding, id, { why: 'overturned', because });
  tellOutcome(deciding, id, 'sanction.overturned', because);
}

/**
 * Late evidence showed contact in time (contact-center-policy L4): what was opened for that miss falls with it, open or
 * decided, and what it cost comes back.
 */
export function missStruck(deadline: DueDeadline, deciding: Deciding): void {
  const known = sanctionOf(deciding.world, deadline.subject.slice(SANCTION_SUBJECT.length));
  if (known === undefined) return;
  const l4 = deciding.rules.cite('contact-center-policy', 'L4') ?? houseRule('sanctions');
  overturn(deciding, known, { by: 'clock', because: [l4], reasons: null });
}
