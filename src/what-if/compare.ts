import { Big } from 'big.js';

import type { RecordedMonth } from './recorded-month.ts';
import type { Replayed } from './replay.ts';
import { personIn, type RosterTally, type Tally } from './tally.ts';
import type { Tenures } from './tenures.ts';

/** As it was, and as it would have been. */
export type Pair<Value = number> = readonly [before: Value, after: Value];

export interface PersonDifference {
  readonly person: string;
  readonly received: Pair;
  readonly missed: Pair;
  readonly contacted: Pair;
  readonly closings: Pair;
  readonly holds: Pair;
  /** Decimal text: shares taken are negative. */
  readonly shared: Pair<string>;
}

export interface LeadDifference {
  readonly lead: string;
  readonly number: number | null;
  /** Everybody who had it, in turn. */
  readonly held: Pair<readonly string[]>;
  /** Who has it at the end; null: nobody. */
  readonly holder: Pair<string | null>;
}

export interface PlaceDifference {
  readonly month: string;
  readonly person: string;
  readonly decision: Pair<string | null>;
  readonly failing: Pair<readonly string[]>;
}

/** What a changed version would have made of a month, beside the same month under the versions that held. */
export interface Comparison {
  readonly totals: {
    readonly received: Pair;
    readonly missed: Pair;
    readonly contacted: Pair;
    readonly waiting: Pair;
    readonly refusedContacts: Pair;
    readonly closings: Pair;
    readonly shared: Pair<string>;
  };
  /** By what had to be done by then. */
  readonly breaches: readonly { readonly what: string; readonly times: Pair }[];
  readonly people: readonly PersonDifference[];
  readonly clauses: readonly { readonly clause: string; readonly times: Pair }[];
  /** Whose place on a roster would be another. */
  readonly roster: readonly PlaceDifference[];
  readonly leadsDiffering: number;
  readonly leads: readonly LeadDifference[];
  /** Decisions in which the month run again as it was agrees with what was decided then, and when; what was taken as recorded aside. */
  readonly agreement: { readonly same: number; readonly of: number };
  readonly assumed: {
    readonly byOthers: number;
    readonly notDone: number;
    readonly refused: readonly { readonly fact: string; readonly times: number }[];
    readonly failed: readonly { readonly fact: string; readonly times: number }[];
    /** Taken as recorded, because what they rested on was erased since. */
    readonly erased: readonly { readonly fact: string; readonly times: number }[];
  };
}

/** So many leads are shown one by one; the rest is a number. */
const LEADS_SHOWN_MAX = 300;

export interface Run {
  readonly tally: Tally;
  readonly had: Tenures;
  readonly replayed: Replayed;
}

export function compareRuns(
  before: Run,
  after: Run,
  recorded: Pick<RecordedMonth, 'decisions' | 'erased' | 'numbers'>,
): Comparison {
  const [one, other] = [before.tally, after.tally];
  for (const run of [before, after])
    for (const [, held] of run.had.all()) if (held !== null) personIn(run.tally, held.person).holds += 1;
  const people = peopleIn(one, other);
  const sum = (of: (person: PersonDifference) => Pair): Pair => [
    people.reduce((total, each) => total + of(each)[0], 0),
    people.reduce((total, each) => total + of(each)[1], 0),
  ];
  const leads = leadsDiffering(before.had, after.had, recorded.numbers);
  return {
    totals: {
      received: sum(({ received }) => received),
      missed: sum(({ missed }) => missed),
      contacted: sum(({ contacted }) => contacted),
      closings: sum(({ closings }) => closings),
      waiting: [one.waiting, other.waiting],
      refusedContacts: [one.refusedContacts, other.refusedContacts],
      shared: [taken(one), taken(other)],
    },
    breaches: pairs(one.missed, other.missed).map(([what, times]) => ({ what, times })),
    people,
    clauses: pairs(one.clauses, other.clauses)
      .filter(([, [was, would]]) => was !== would)
      .map(([clause, times]) => ({ clause, times })),
    roster: placesDiffering(one, other),
    leadsDiffering: leads.length,
    leads: leads.slice(0, LEADS_SHOWN_MAX),
    agreement: agreement(recorded.decisions, one.decisions),
    assumed: {
      byOthers: after.replayed.byOthers,
      notDone: after.replayed.notDone,
      refused: named(after.replayed.refused),
      failed: named(after.replayed.failed),
      erased: named(recorded.erased),
    },
  };
}

/** Those for whom anything was counted, most missed first. */
function peopleIn(one: Tally, other: Tally): PersonDifference[] {
  const ids = new Set([...one.people.keys(), ...other.people.keys()]);
  return [...ids]
    .map((person) => {
      const [was, would] = [personIn(one, person), personIn(other, person)];
      return {
        person,
        received: [was.received, would.received] as const,
        missed: [was.missed, would.missed] as const,
        contacted: [was.contacted, would.contacted] as const,
        closings: [was.closings, would.closings] as const,
        holds: [was.holds, would.holds] as const,
        shared: [was.shared.toFixed(2), would.shared.toFixed(2)] as const,
      };
    })
    .toSorted((a, b) => b.missed[1] - a.missed[1] || (a.person < b.person ? -1 : 1));
}

/** Everything taken from commissions, as one amount. */
function taken({ people }: Tally): string {
  let sum = new Big(0);
  for (const { shared } of people.values()) if (shared.lt(0)) sum = sum.minus(shared);
  return sum.toFixed(2);
}

function pairs(
  one: ReadonlyMap<string, number>,
  other: ReadonlyMap<string, number>,
): (readonly [key: string, times: Pair])[] {
  return [...new Set([...one.keys(), ...other.keys()])]
    .toSorted()
    .map((key) => [key, [one.get(key) ?? 0, other.get(key) ?? 0]] as const);
}

function placesDiffering(one: Tally, other: Tally): PlaceDifference[] {
  return [...new Set([...one.roster.keys(), ...other.roster.keys()])].toSorted().flatMap((key) => {
    const [was, would] = [one.roster.get(key), other.roster.get(key)];
    const place: RosterTally | undefined = was ?? would;
    const decision: Pair<string | null> = [was?.decision ?? null, would?.decision ?? null];
    if (place === undefined || decision[0] === decision[1]) return [];
    const { month, person } = place;
    return [{ month, person, decision, failing: [was?.failing ?? [], would?.failing ?? []] as const }];
  });
}

function leadsDiffering(
  before: Tenures,
  after: Tenures,
  numbers: ReadonlyMap<string, number>,
): LeadDifference[] {
  const leads = new Set([...before.all(), ...after.all()].map(([lead]) => lead));
  return [...leads]
    .flatMap((lead) => {
      const held: Pair<readonly string[]> = [before.people(lead), after.people(lead)];
      const holder: Pair<string | null> = [before.now(lead)?.person ?? null, after.now(lead)?.person ?? null];
      if (holder[0] === holder[1] && held[0].join('|') === held[1].join('|')) return [];
      return [{ lead, number: numbers.get(lead) ?? null, held, holder }];
    })
    .toSorted((a, b) => (a.number ?? 0) - (b.number ?? 0));
}

/** Of all decisions taken once or again, how many were taken both times. */
export function agreement(
  recorded: ReadonlyMap<string, number>,
  again: ReadonlyMap<string, number>,
): Comparison['agreement'] {
  let [same, all] = [0, 0];
  for (const [, [was, is]] of pairs(recorded, again)) {
    same += Math.min(was, is);
    all += Math.max(was, is);
  }
  return { same, of: all };
}

function named(of: ReadonlyMap<string, number>): { fact: string; times: number }[] {
  return [...of].map(([fact, times]) => ({ fact, times }));
}
