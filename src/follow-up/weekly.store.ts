import { sql } from 'kysely';

import type { World } from '../decisions/index.ts';
import type { Tx } from '../platform/database.ts';
import { saveRows } from '../platform/rows.ts';
import type { LocalDate } from '../platform/time.ts';
import { reportKey, weeklySlice, type LeadsBehind, type Week, type WeeklyReport } from './weekly-report.ts';

const OWN = sql.raw('organization_id = (select pauta_organization())');
const WEEK = sql.raw('week, remind_at, cut_at, reminded, cut');
const REPORT = sql.raw(
  'week, person, version, at, sent_at, late, received, in_follow_up, appointments, opportunities, reservations, leads, comment',
);

/** Weeks that are still to be cut, and the last ones that were. */
export async function loadOpenWeeks(tx: Tx, world: World): Promise<void> {
  const found = await sql<Week>`
    select ${WEEK} from weeks where ${OWN} and not cut
    union all (select ${WEEK} from weeks where ${OWN} and cut order by week desc limit 2)`.execute(tx);
  const { weeks } = world.get(weeklySlice);
  for (const row of found.rows) weeks.loaded(row.week, row);
}

/** All versions of these weeks' reports; of everybody unless of one. */
export async function loadReports(
  tx: Tx,
  world: World,
  { weeks, person = null }: { readonly weeks: readonly LocalDate[]; readonly person?: string | null },
): Promise<void> {
  const found = await sql<WeeklyReport>`
    select ${REPORT} from weekly_reports
     where ${OWN} and week = any(${weeks}::text[]) and (${person}::text is null or person = ${person}::text)`.execute(
    tx,
  );
  put(world, found.rows);
}

/** Those that name one of these leads: the person behind one of them is being erased. */
export async function loadReportsNaming(tx: Tx, world: World, leads: readonly string[]): Promise<void> {
  if (leads.length === 0) return;
  const found = await sql<WeeklyReport>`
    select ${REPORT} from weekly_reports where ${OWN} and leads ?| ${leads}::text[]`.execute(tx);
  put(world, found.rows);
}

function put(world: World, rows: readonly WeeklyReport[]): void {
  const { reports } = world.get(weeklySlice);
  for (const row of rows) reports.loaded(reportKey(row), row);
}

export async function saveWeekly(tx: Tx, organization: string, world: World): Promise<void> {
  const { weeks, reports, behind } = world.get(weeklySlice);
  await Promise.all([
    saveRows(
      tx,
      organization,
      'weeks',
      ['week'],
      weeks.changed().map(([, row]) => ({ ...row })),
    ),
    saveRows(
      tx,
      organization,
      'weekly_reports',
      ['week', 'person', 'version'],
      reports.changed().map(([, row]) => ({ ...row })),
    ),
    saveRows(
      tx,
      organization,
      'leads_behind',
      ['week', 'person'],
      behind.changed().map(([, row]) => ({ ...row })),
    ),
  ]);
}

export async function allWeeksCut(tx: Tx): Promise<Week[]> {
  return (await sql<Week>`select ${WEEK} from weeks where ${OWN}`.execute(tx)).rows;
}

export async function allReports(tx: Tx): Promise<WeeklyReport[]> {
  return (await sql<WeeklyReport>`select ${REPORT} from weekly_reports where ${OWN}`.execute(tx)).rows;
}

export async function allBehind(tx: Tx): Promise<LeadsBehind[]> {
  return (await sql<LeadsBehind>`select week, person, leads from leads_behind where ${OWN}`.execute(tx)).rows;
}
