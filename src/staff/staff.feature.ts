import { nextMonth, localMonth, previousMonth, startOfMonth, type Month } from '../calendar/index.ts';
import { asJson, on, type Deciding, type Fact, type Feature, type Refusal } from '../decisions/index.ts';
import type { Json } from '../journal/index.ts';
import { houseRule } from '../procedures/index.ts';
import { evolveStaff, person, staffSlice, type Person, type Role } from './person.ts';
import { BASELINE, evolveResults, resultsSlice } from './results.ts';
import { asksForMoves, monthsJudged } from './conversion.ts';
import { allMoves, loadMoves, saveMoves } from './lead-moves.store.ts';
import { evolveMoves, movesSlice } from './lead-moves.ts';
import {
  evolveExceptions,
  exceptionsSlice,
  withdrawException,
  type ExceptionSigned,
  type ExceptionWithdrawn,
} from './exceptions.ts';
import { evolveRoster, rosterMonth, rosterSlice } from './roster.ts';
import {
  ROSTER_SUBJECT,
  rosterBegins,
  rosterConfirmDue,
  rosterDeadlines,
  rosterDue,
  rosterDueSoon,
  rosterRemind,
  rosterSend,
} from './roster-clock.ts';
import {
  confirmRoster,
  openMonths,
  submitRoster,
  type RosterConfirmed,
  type RosterSubmitted,
} from './roster-decisions.ts';
import { signedException } from './roster-judging.ts';
import { rosterInstants } from './roster-instants.ts';
import {
  allExceptions,
  allPeople,
  allResults,
  allRosterMonths,
  allRosterPlaces,
  loadMonths,
  loadPeople,
  saveStaff,
} from './staff.store.ts';

export interface PersonRegistered extends Fact {
  readonly fact: 'person.registered';
  readonly person: string;
  readonly name: string;
  readonly role: Role;
  readonly zone: string | null;
  readonly reportsTo: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly extension: string | null;
  readonly internal: boolean;
  readonly documents: Person['documents'];
  readonly grade: Person['grade'];
  readonly signed: boolean;
  /** `procedure@version` of each one signed on paper before; none unless given. */
  readonly signatures?: readonly string[];
}

export interface PersonChanged extends Fact {
  readonly fact: 'person.changed';
  readonly person: string;
  readonly name?: string;
  readonly email?: string | null;
  readonly phone?: string | null;
  readonly extension?: string | null;
  readonly role?: Role;
  readonly zone?: string | null;
  readonly reportsTo?: string | null;
  readonly internal?: boolean;
  readonly documents?: Person['documents'];
  readonly grade?: Person['grade'];
  readonly absent?: boolean;
  readonly left?: boolean;
}

export interface MonthResults extends Fact {
  readonly fact: 'month.results';
  readonly person: string;
  readonly month: Month;
  readonly sales: number;
  readonly leads: number;
  readonly closings: number;
}

const NOBODY: Refusal = { refused: 'no-such-person', because: [houseRule('facts')] };

function register(fact: PersonRegistered, deciding: Deciding): Refusal | void {
  if (person(deciding.world, fact.person) !== undefined)
    return { refused: 'person-exists', because: [houseRule('facts')] };
  const { fact: entry, actor: _, name, email, phone, ...fields } = fact;
  const place = deciding.world.get(staffSlice).people.ids().length + 1;
  deciding.record({
    entry,
    kind: 'fact',
    because: [],
    person: fact.person,
    fields: { ...(asJson(fields) as object), place, absent: false },
    personal: { name, email, phone },
  });
  openMonths(deciding);
  return undefined;
}

function change(fact: PersonChanged, deciding: Deciding): Refusal | void {
  if (person(deciding.world, fact.person) === undefined) return NOBODY;
  const { fact: entry, actor: _, name, email, phone, ...fields } = fact;
  const personal: { [field: string]: Json } = {
    ...(name === undefined ? {} : { name }),
    ...(email === undefined ? {} : { email }),
    ...(phone === undefined ? {} : { phone }),
  };
  deciding.record({
    entry,
    kind: 'fact',
    because: [],
    person: fact.person,
    fields: { ...(asJson(fields) as object) },
    ...(Object.keys(personal).length === 0 ? {} : { personal }),
  });
  return undefined;
}

function results(fact: MonthResults, deciding: Deciding): Refusal | void {
  if (person(deciding.world, fact.person) === undefined) return NOBODY;
  const { month, sales, leads, closings } = fact;
  const fields = { person: fact.person, month, sales, leads, closings };
  deciding.record({ entry: 'month.results', kind: 'fact', because: [], person: fact.person, fields });
  return undefined;
}

/** A version of a procedure may move the instants of months that are still to come. */
function reschedule(_fact: Fact, deciding: Deciding): void {
  const { zone } = deciding.organization;
  for (const month of deciding.world.get(rosterSlice).months.values()) {
    if (month.decided) continue;
    const instants = rosterInstants(month.month, zone, (at) => deciding.rulesAt(at));
    const same =
      instants.dueAt === month.dueAt &&
      instants.sendAt === month.sendAt &&
      instants.remindAt === month.remindAt &&
      instants.confirmBy === month.confirmBy;
    if (!same)
      deciding.record({ entry: 'roster.rescheduled', kind: 'fact', because: [], fields: { ...instants } });
  }
}

type Named = Fact & { readonly month?: Month };

/** People, their months' figures and the roster. */
export const staffFeature: Feature = {
  name: 'staff',
  load: async (tx, facts, due, { organization, world, now, rules }) => {
    const month = localMonth(now, organization.zone);
    const months = new Set([
      BASELINE,
      previousMonth(month),
      month,
      nextMonth(month),
      nextMonth(nextMonth(month)),
    ]);
    const named = (facts as readonly Named[]).flatMap((fact) => fact.month ?? []);
    const dueMonths = due
      .filter((d) => d.subject.startsWith(ROSTER_SUBJECT))
      .map((d) => d.subject.slice(ROSTER_SUBJECT.length));
    for (const each of [...named, ...dueMonths])
      if (each !== BASELINE) months.add(each).add(previousMonth(each));
    // The roster of one of these may be judged now, and who fell short be named.
    const judged = [...named, ...dueMonths].filter((each) => each !== BASELINE);
    for (const each of judged) for (const before of monthsJudged(each, rules)) months.add(before);
    const first = [...months].filter((each) => each !== BASELINE).toSorted()[0];
    const wanted = judged.length > 0 && asksForMoves(rules) && first !== undefined;
    await Promise.all([
      loadPeople(tx, world),
      loadMonths(tx, world, [...months]),
      wanted ? loadMoves(tx, world, startOfMonth(first, organization.zone)) : null,
    ]);
  },
  facts: new Map([
    on<PersonRegistered>('person.registered', register),
    on<PersonChanged>('person.changed', change),
    on<MonthResults>('month.results', results),
    on<RosterSubmitted>('roster.submitted', submitRoster),
    on<RosterConfirmed>('roster.confirmed', confirmRoster),
    on<ExceptionSigned>('roster.exception.signed', signedException),
    on<ExceptionWithdrawn>('roster.exception.withdrawn', (fact, deciding) =>
      withdrawException(fact, deciding, rosterMonth(deciding.world, fact.month)?.decided === true),
    ),
  ]),
  after: new Map([['procedure.adopted', reschedule]]),
  deadlines: new Map([
    ['roster.due-soon', rosterDueSoon],
    ['roster.due', rosterDue],
    ['roster.begins', rosterBegins],
    ['roster.send', rosterSend],
    ['roster.remind', rosterRemind],
    ['roster.confirm', rosterConfirmDue],
  ]),
  evolve: (world, entry) => {
    evolveStaff(world, entry);
    evolveRoster(world, entry);
    evolveExceptions(world, entry);
    evolveResults(world, entry);
    evolveMoves(world, entry);
  },
  save: async (tx, organization, world) => {
    await Promise.all([saveStaff(tx, organization, world), saveMoves(tx, organization, world)]);
  },
  changedSubjects: (world) =>
    world
      .get(rosterSlice)
      .months.changed()
      .map(([month]) => ROSTER_SUBJECT + month),
  deadlinesOf: (world, subject) => {
    if (!subject.startsWith(ROSTER_SUBJECT)) return null;
    const month = world.get(rosterSlice).months.get(subject.slice(ROSTER_SUBJECT.length));
    return month === undefined ? null : rosterDeadlines(month);
  },
  tables: [
    {
      table: 'people',
      key: ['id'],
      derived: (world) =>
        world
          .get(staffSlice)
          .people.values()
          .map((each) => ({ ...each })),
      stored: async (tx) => (await allPeople(tx)).map((each) => ({ ...each })),
    },
    {
      table: 'roster_places',
      key: ['month', 'person'],
      derived: (world) =>
        world
          .get(rosterSlice)
          .places.values()
          .map((each) => ({ ...each })),
      stored: async (tx) => (await allRosterPlaces(tx)).map((each) => ({ ...each })),
    },
    {
      table: 'roster_months',
      key: ['month'],
      derived: (world) =>
        world
          .get(rosterSlice)
          .months.values()
          .map((each) => ({ ...each })),
      stored: async (tx) => (await allRosterMonths(tx)).map((each) => ({ ...each })),
    },
    {
      table: 'lead_moves',
      key: ['lead', 'kind', 'person', 'at', 'since'],
      derived: (world) =>
        world
          .get(movesSlice)
          .moves.values()
          .map((each) => ({ ...each })),
      stored: async (tx) => (await allMoves(tx)).map((each) => ({ ...each })),
    },
    {
      table: 'roster_exceptions',
      key: ['month', 'person'],
      derived: (world) =>
        world
          .get(exceptionsSlice)
          .exceptions.values()
          .map((each) => ({ ...each })),
      stored: async (tx) => (await allExceptions(tx)).map((each) => ({ ...each })),
    },
    {
      table: 'person_months',
      key: ['month', 'person'],
      derived: (world) =>
        world
          .get(resultsSlice)
          .months.values()
          .map((each) => ({ ...each })),
      stored: async (tx) => (await allResults(tx)).map((each) => ({ ...each })),
    },
  ],
};
