import { sql } from 'kysely';

import type { World } from '../decisions/index.ts';
import type { Tx } from '../platform/database.ts';
import { saveRows } from '../platform/rows.ts';
import type { Instant, LocalDate } from '../platform/time.ts';
import { followUpsSlice } from './follow-up-slice.ts';
import type { FollowUp } from './follow-up.ts';
import { interactionsSlice, type Interaction } from './interaction.ts';
import { weekKey, weeksSlice, type PersonWeek } from './person-week.ts';

const OWN = sql.raw('organization_id = (select pauta_organization())');
const FOLLOW_UP =
  sql.raw(`lead, contact, holder, holder_since, open, received_at, status, grade, graded_at, contacted_at, follow_up_at,
  appointments, opportunity_at, opportunity_by, reservation_at, reservation_by, reservation_price::text as reservation_price,
  closed_at, closed_by, sale, lost_at, lost_reason, lost_text, incubated_at, incubated_evidence, next_contact_on,
  next_contact_from, next_action, next_action_kind, next_action_by, next_action_due_at`);
const INTERACTION = sql.raw(
  'id, lead, contact, at, by, direction, channel, answered, verifiable, source, recorded_at, void_at',
);
const WEEK = sql.raw('week, person, received, appointments, opportunities, reservations');

export interface FollowUpKeys {
  readonly leads: readonly string[];
  /** Open ones that these people hold, and those graded since. */
  readonly holders?: readonly string[];
  readonly gradedSince?: Instant | null;
}

export async function loadFollowUps(
  tx: Tx,
  world: World,
  { leads, holders = [], gradedSince = null }: FollowUpKeys,
): Promise<void> {
  const branches = [
    ...(leads.length > 0 ? [sql`lead = any(${leads}::text[])`] : []),
    ...(holders.length > 0 ? [sql`open and holder = any(${holders}::text[])`] : []),
    ...(gradedSince === null
      ? []
      : [sql`not open and holder = any(${holders}::text[]) and graded_at >= ${gradedSince}`]),
  ].map((condition) => sql`select ${FOLLOW_UP} from follow_ups where ${OWN} and ${condition}`);
  if (branches.length === 0) return;
  const found = await sql<FollowUp>`${sql.join(branches, sql` union all `)}`.execute(tx);
  const { followUps } = world.get(followUpsSlice);
  for (const row of found.rows) followUps.loaded(row.lead, row);
}

/** All contact with the people of these leads, as far as the product knows of it. */
export async function loadInteractions(tx: Tx, world: World, leads: readonly string[]): Promise<void> {
  if (leads.length === 0) return;
  const { interactions } = world.get(interactionsSlice);
  for (const row of await interactionsOf(tx, leads)) interactions.loaded(row.id, row);
}

/** The same without a world, for screens and files; without those taken back, the earliest first. */
export async function interactionsOf(tx: Tx, leads: readonly string[]): Promise<Interaction[]> {
  const found = await sql<Interaction>`
    select ${INTERACTION} from interactions where ${OWN} and lead = any(${leads}::text[]) order by at, id`.execute(
    tx,
  );
  return found.rows;
}

export async function loadWeeks(tx: Tx, world: World, weeks: readonly LocalDate[]): Promise<void> {
  if (weeks.length === 0) return;
  const found = await sql<PersonWeek>`
    select ${WEEK} from person_weeks where ${OWN} and week = any(${weeks}::text[])`.execute(tx);
  const slice = world.get(weeksSlice);
  for (const row of found.rows) slice.weeks.loaded(weekKey(row.week, row.person), row);
}

export async function saveFollowUps(tx: Tx, organization: string, world: World): Promise<void> {
  const followUps = world.get(followUpsSlice).followUps.changed();
  const interactions = world.get(interactionsSlice).interactions.changed();
  const weeks = world.get(weeksSlice).weeks.changed();
  await Promise.all([
    saveRows(
      tx,
      organization,
      'follow_ups',
      ['lead'],
      followUps.map(([, row]) => ({ ...row })),
    ),
    saveRows(
      tx,
      organization,
      'interactions',
      ['id'],
      interactions.map(([, row]) => ({ ...row })),
    ),
    saveRows(
      tx,
      organization,
      'person_weeks',
      ['week', 'person'],
      weeks.map(([, row]) => ({ ...row })),
    ),
  ]);
}

export async function allFollowUps(tx: Tx): Promise<FollowUp[]> {
  return (await sql<FollowUp>`select ${FOLLOW_UP} from follow_ups where ${OWN}`.execute(tx)).rows;
}

export async function allInteractions(tx: Tx): Promise<Interaction[]> {
  return (await sql<Interaction>`select ${INTERACTION} from interactions where ${OWN}`.execute(tx)).rows;
}

export async function allWeeks(tx: Tx): Promise<PersonWeek[]> {
  return (await sql<PersonWeek>`select ${WEEK} from person_weeks where ${OWN}`.execute(tx)).rows;
}
