import { sql } from 'kysely';

import type { Month } from '../calendar/index.ts';
import type { World } from '../decisions/index.ts';
import type { Tx } from '../platform/database.ts';
import { saveRows } from '../platform/rows.ts';
import { exceptionsSlice, type RosterException } from './exceptions.ts';
import { staffSlice, type Person } from './person.ts';
import { monthKey, resultsSlice, type PersonMonth } from './results.ts';
import { placeKey, rosterSlice, type RosterMonth, type RosterPlace } from './roster.ts';

const PERSON =
  sql.raw(`id, place, name, role, zone, reports_to, email, phone, extension, internal, documents, grade, signed, signatures,
  absent, left_at, papers, marks`);
const PLACE =
  sql.raw(`month, person, zone, submitted_at, submitted_by, late, decision, failing, sent_at, confirmed_at,
  activated_at, removed_at, withdrawn_at`);
const MONTH =
  sql.raw(`month, due_at, begins_at, send_at, remind_at, confirm_by, due_reminded, due_passed, decided, sent,
  reminded, confirm_passed, submitted, forfeited`);
const EXCEPTION = sql.raw(
  `month, person, clauses, signed_by, full_name, reasons, signed_at, withdrawn_at, withdrawn_by`,
);
const RESULTS = sql.raw('month, person, received, closings, sales, missed, reassigned_at, stated');
const OWN = sql.raw('organization_id = (select pauta_organization())');

export async function allPeople(tx: Tx): Promise<Person[]> {
  return (await sql<Person>`select ${PERSON} from people where ${OWN} order by place`.execute(tx)).rows;
}

export async function loadPeople(tx: Tx, world: World): Promise<void> {
  const { people } = world.get(staffSlice);
  for (const row of await allPeople(tx)) people.loaded(row.id, row);
}

export async function loadMonths(tx: Tx, world: World, months: readonly Month[]): Promise<void> {
  const roster = world.get(rosterSlice);
  const [places, instants, exceptions] = await Promise.all([
    sql<RosterPlace>`select ${PLACE} from roster_places where ${OWN} and month = any(${months}::text[])`.execute(
      tx,
    ),
    sql<RosterMonth>`select ${MONTH} from roster_months where ${OWN} and month = any(${months}::text[])`.execute(
      tx,
    ),
    sql<RosterException>`select ${EXCEPTION} from roster_exceptions where ${OWN} and month = any(${months}::text[])`.execute(
      tx,
    ),
    loadFigures(tx, world, months),
  ]);
  for (const row of exceptions.rows)
    world.get(exceptionsSlice).exceptions.loaded(placeKey(row.month, row.person), row);
  for (const row of places.rows) roster.places.loaded(placeKey(row.month, row.person), row);
  for (const row of instants.rows) roster.months.loaded(row.month, row);
}

/** The figures of these months, for whoever is about to change one. */
export async function loadFigures(tx: Tx, world: World, months: readonly Month[]): Promise<void> {
  if (months.length === 0) return;
  const results = world.get(resultsSlice);
  const figures =
    await sql<PersonMonth>`select ${RESULTS} from person_months where ${OWN} and month = any(${months}::text[])`.execute(
      tx,
    );
  for (const row of figures.rows) results.months.loaded(monthKey(row.month, row.person), row);
}

export async function saveStaff(tx: Tx, organization: string, world: World): Promise<void> {
  const roster = world.get(rosterSlice);
  const people = world.get(staffSlice).people.changed();
  const figures = world.get(resultsSlice).months.changed();
  await Promise.all([
    saveRows(
      tx,
      organization,
      'people',
      ['id'],
      people.map(([, row]) => ({ ...row })),
    ),
    saveRows(
      tx,
      organization,
      'roster_places',
      ['month', 'person'],
      roster.places.changed().map(([, row]) => ({ ...row })),
    ),
    saveRows(
      tx,
      organization,
      'roster_months',
      ['month'],
      roster.months.changed().map(([, row]) => ({ ...row })),
    ),
    saveRows(
      tx,
      organization,
      'roster_exceptions',
      ['month', 'person'],
      world
        .get(exceptionsSlice)
        .exceptions.changed()
        .map(([, row]) => ({ ...row })),
    ),
    saveRows(
      tx,
      organization,
      'person_months',
      ['month', 'person'],
      figures.map(([, row]) => ({ ...row })),
    ),
  ]);
}

export async function allRosterPlaces(tx: Tx): Promise<RosterPlace[]> {
  return (await sql<RosterPlace>`select ${PLACE} from roster_places where ${OWN}`.execute(tx)).rows;
}

export async function allRosterMonths(tx: Tx): Promise<RosterMonth[]> {
  return (await sql<RosterMonth>`select ${MONTH} from roster_months where ${OWN}`.execute(tx)).rows;
}

export async function allResults(tx: Tx): Promise<PersonMonth[]> {
  return (await sql<PersonMonth>`select ${RESULTS} from person_months where ${OWN}`.execute(tx)).rows;
}

export async function allExceptions(tx: Tx): Promise<RosterException[]> {
  return (await sql<RosterException>`select ${EXCEPTION} from roster_exceptions where ${OWN}`.execute(tx))
    .rows;
}
