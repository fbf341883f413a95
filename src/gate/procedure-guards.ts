/** What the procedures and the person's own standing say: each guard passes or gives the refusal with its clause. */
import { isOpen, nextOpening } from '../calendar/index.ts';
import type { Instant } from '../platform/time.ts';
import type { LawCheck, LawRule } from './law.ts';
import { lawReference } from './law.ts';
import type { GateRefusal } from './refusals.ts';
import type { ContactFacts, ContactRequest, GateRules } from './request.ts';

/** One question to the gate with all it may look at; `laws` are only those that speak about it. */
export interface Question {
  request: ContactRequest;
  facts: ContactFacts;
  rules: GateRules;
  laws: readonly LawRule[];
}

export interface Refusal {
  why: GateRefusal;
  because: string[];
  /** When this one guard would no longer refuse. */
  until?: Instant | null;
}

/** A guard that passed names the clauses and laws it looked at: they are the ground of an `allowed`. */
export type Verdict = Refusal | { passed: string[] };
export type Guard = (question: Question) => Verdict;

const pass = (...passed: string[]): Verdict => ({ passed });

type Clause = readonly [procedure: string, clause: string];

function cited(rules: GateRules, ...clauses: Clause[]): string[] {
  return clauses.map(([procedure, clause]) => rules.cite(procedure, clause)).filter((c) => c !== null);
}

/** Invariant: no answer without a ground; where no clause in force says it, the gate's own rule does. */
function orOwn(why: GateRefusal, because: string[]): string[] {
  return because.length > 0 ? because : [`gate#${why}`];
}

function lawIds(question: Question, check: LawCheck): string[] {
  return question.laws.filter((law) => law.check === check).map(lawReference);
}

export const notErased: Guard = (question) =>
  question.facts.erased ? { why: 'erased', because: orOwn('erased', lawIds(question, 'erasure')) } : pass();

/** lead-reassignment L1: without registration no contact by any channel; before it, the CRM is the mandatory tool (P5). */
export const registered: Guard = ({ facts, rules }) => {
  const [because] = cited(rules, ['lead-reassignment', 'L1'], ['contact-center-policy', 'P5']);
  const clauses = because === undefined ? [] : [because];
  if (facts.registered) return pass(...clauses);
  return { why: 'not-registered', because: orOwn('not-registered', clauses) };
};

/** lead-reassignment L4: forbidden to everyone, the administrator and the product itself included. */
export const notFrozen: Guard = ({ request, facts, rules }) => {
  const { frozen } = facts;
  if (frozen === null) return pass();
  const because = orOwn('frozen', cited(rules, ['lead-reassignment', 'L4']));
  const isHolder = request.by !== 'system' && request.by.person === facts.holder;
  const excepted = frozen.exceptHolderUntil !== undefined && request.at <= frozen.exceptHolderUntil;
  if (isHolder && excepted) return pass(...cited(rules, ['lead-reassignment', 'R6']));
  return { why: 'frozen', because };
};

/**
 * A person's no holds whatever its date and our purpose, `requested` included: who asked and then said no has said no.
 * A later yes lifts the hold through holds.ts, so that the journal shows it; it is never inferred here.
 */
export const notOptedOut: Guard = (question) => {
  const { channel } = question.request;
  const out = question.facts.optOuts.some((o) => o.channel === 'all' || o.channel === channel);
  return out ? { why: 'opted-out', because: orOwn('opted-out', lawIds(question, 'opt-out')) } : pass();
};

/**
 * Only the holder, the holder's line or the administrator (lead-reassignment L7; before it, leads are assigned directly
 * to an advisor: contact-center-policy P1, lead-assignment P8). No such procedure, no holders: campaigns.
 */
export const byHolder: Guard = ({ request, facts, rules }) => {
  const [because] = cited(
    rules,
    ['lead-reassignment', 'L7'],
    ['contact-center-policy', 'P1'],
    ['lead-assignment', 'P8'],
  );
  if (because === undefined || request.by === 'system') return pass();
  const { person, role } = request.by;
  const may =
    person === facts.holder ||
    role === 'administrator' ||
    (facts.holder !== null && facts.holderManagerChain.includes(person));
  return may ? pass(because) : { why: 'not-holder', because: [because] };
};

export const authorizedChannel: Guard = ({ request, facts, rules }) => {
  if (facts.authorizedChannels === null) return pass();
  const clauses = cited(rules, ['lead-assignment', 'P9'], ['contact-center-policy', 'P3']);
  if (facts.authorizedChannels.includes(request.channel)) return pass(...clauses);
  return { why: 'channel-not-authorized', because: orOwn('channel-not-authorized', clauses) };
};

export const throughPbx: Guard = ({ request, facts, rules }) => {
  const clauses = cited(rules, ['lead-assignment', 'P10'], ['contact-center-policy', 'P5']);
  if (request.channel !== 'call' || clauses.length === 0) return pass();
  return facts.viaPbx ? pass(...clauses) : { why: 'not-through-pbx', because: clauses };
};

export const inAgreedHours: Guard = ({ request, facts, rules }) => {
  if (facts.agreedHours === null) return pass();
  const clauses = cited(rules, ['contact-center-policy', 'P3']);
  if (isOpen(facts.agreedHours, request.at)) return pass(...clauses);
  const until = nextOpening(facts.agreedHours, request.at);
  return { why: 'outside-agreed-hours', because: orOwn('outside-agreed-hours', clauses), until };
};
