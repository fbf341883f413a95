import { Big } from 'big.js';

import type { NewEntry } from '../journal/index.ts';
import { textIn, undoneIn } from './fields.ts';

/** What a run came to for one person. */
export interface PersonTally {
  /** Leads given by turn or reassignment, less what was taken back. */
  received: number;
  /** Ten-minute terms missed, less those struck out. */
  missed: number;
  contacted: number;
  closings: number;
  /** Leads they had when the month ended. */
  holds: number;
  /** What was taken from their commissions and what they were given of others', decimal. */
  shared: Big;
}

export interface RosterTally {
  readonly month: string;
  readonly person: string;
  readonly decision: string;
  readonly failing: readonly string[];
}

export interface Tally {
  readonly people: Map<string, PersonTally>;
  /** Deadlines missed, by what had to be done. */
  readonly missed: Map<string, number>;
  /** Decisions that cite a clause, by the clause without its version. */
  readonly clauses: Map<string, number>;
  /** Leads that nobody could be given to, whenever. */
  waiting: number;
  /** Contacts that the gate refused. */
  refusedContacts: number;
  readonly roster: Map<string, RosterTally>;
  /** How often each decision was taken, as the journal's are counted. */
  readonly decisions: Map<string, number>;
}

export function tally(): Tally {
  return {
    people: new Map(),
    missed: new Map(),
    clauses: new Map(),
    waiting: 0,
    refusedContacts: 0,
    roster: new Map(),
    decisions: new Map(),
  };
}

export function personIn(of: Tally, id: string): PersonTally {
  const known = of.people.get(id);
  if (known !== undefined) return known;
  const fresh = { received: 0, missed: 0, contacted: 0, closings: 0, holds: 0, shared: new Big(0) };
  of.people.set(id, fresh);
  return fresh;
}

/** Adds an entry of the run. */
export function count(of: Tally, entry: NewEntry): void {
  if (entry.kind === 'decision')
    for (const clause of new Set(entry.because.map(withoutVersion))) bump(of.clauses, clause);
  for (const { person } of undoneIn(entry)) personIn(of, person).received -= 1;
  switch (entry.entry) {
    case 'lead.assigned':
    case 'lead.reassigned': {
      const to = textIn(entry, 'to');
      if (to !== null && entry.fields['counts'] !== false) personIn(of, to).received += 1;
      return;
    }
    case 'lead.waiting':
      of.waiting += 1;
      return;
    case 'lead.contacted':
    case 'sale.closed': {
      const by = textIn(entry, 'by');
      if (by === null) return;
      const person = personIn(of, by);
      if (entry.entry === 'sale.closed') person.closings += 1;
      else person.contacted += 1;
      return;
    }
    case 'contact.refused':
      of.refusedContacts += 1;
      return;
    case 'deadline.missed':
    case 'miss.struck':
      return countMiss(of, entry);
    case 'roster.decided':
      return countPlace(of, entry);
    case 'commission.shared':
      return countMoney(of, textIn(entry, 'from'), textIn(entry, 'amount'), -1);
    case 'commission.split':
      return countMoney(of, textIn(entry, 'to'), textIn(entry, 'amount'), 1);
    // What a correction changes of a share; the commission itself is nobody's deduction.
    case 'commission.adjusted':
      if (textIn(entry, 'part') === 'earned') return;
      return countMoney(of, textIn(entry, 'person'), textIn(entry, 'amount'), 1);
    default:
  }
}

/** A term of which no notice had reached the person is not counted against them. */
function countMiss(of: Tally, entry: NewEntry): void {
  const step = entry.entry === 'miss.struck' ? -1 : 1;
  const what = step < 0 ? 'first-contact' : (textIn(entry, 'what') ?? '');
  of.missed.set(what, (of.missed.get(what) ?? 0) + step);
  const who = textIn(entry, 'who');
  if (what === 'first-contact' && who !== null && entry.fields['told'] !== false)
    personIn(of, who).missed += step;
}

function countPlace(of: Tally, entry: NewEntry): void {
  const [month, person, decision] = [
    textIn(entry, 'month'),
    textIn(entry, 'person'),
    textIn(entry, 'decision'),
  ];
  if (month === null || person === null || decision === null) return;
  const failing = entry.fields['failing'];
  of.roster.set(`${month} ${person}`, {
    month,
    person,
    decision,
    failing: Array.isArray(failing) ? failing.map(String) : [],
  });
}

function countMoney(of: Tally, person: string | null, amount: string | null, sign: 1 | -1): void {
  if (person === null || amount === null) return;
  const own = personIn(of, person);
  own.shared = own.shared.plus(new Big(amount).times(sign));
}

function bump(of: Map<string, number>, key: string): void {
  of.set(key, (of.get(key) ?? 0) + 1);
}

/** `lead-assignment@2021-07-13#P2` → `lead-assignment#P2`: the two runs cite different versions of the same clause. */
function withoutVersion(clause: string): string {
  return clause.replace(/@[\d-]+#/, '#');
}
