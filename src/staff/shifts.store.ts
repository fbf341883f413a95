import { sql } from 'kysely';
import type { Month } from '../calendar/index.ts';
import type { World } from '../decisions/index.ts';
import type { Tx } from '../platform/database.ts';
import { saveRows, type Row } from '../platform/rows.ts';
import type { LocalDate } from '../platform/time.ts';
import { absencesSlice, type Absence } from './absences.ts';
import { dutyKey, planKey, shiftsSlice, type DutyShifts, type ShiftPlan } from './shifts.ts';
import { swapsSlice, type Swap } from './swaps.ts';

const PLAN = sql.raw('month, zone, minimum, draft, saved_at, saved_by, published_at, published_by');
const DUTY = sql.raw('month, person, zone, shifts');
const SWAP =
  sql.raw(`id, month, asked_by, asked_of, gives, takes, reason, state, asked_at, lapses_at, answered_at,
  decided_by, decided_at, answer`);
const ABSENCE =
  sql.raw(`id, person, from_on, until_on, kind, reason, state, asked_at, asked_by, decided_by, decided_at,
  answer`);
const OWN = sql.raw('organization_id = (select pauta_organization())');

export async function loadShifts(tx: Tx, world: World, months: readonly Month[]): Promise<void> {
  const { plans, duty } = world.get(shiftsSlice);
  const [planned, published] = await Promise.all([
    sql<ShiftPlan>`select ${PLAN} from shift_plans where ${OWN} and month = any(${months}::text[])`.execute(
      tx,
    ),
    sql<DutyShifts>`select ${DUTY} from duty_shifts where ${OWN} and month = any(${months}::text[])`.execute(
      tx,
    ),
  ]);
  for (const row of planned.rows) plans.loaded(planKey(row.month, row.zone), row);
  for (const row of published.rows) duty.loaded(dutyKey(row.month, row.person), row);
}

/** Absences that are not over by `from`, and those named. */
export async function loadAbsences(
  tx: Tx,
  world: World,
  from: LocalDate,
  ids: readonly string[],
): Promise<void> {
  const { absences } = world.get(absencesSlice);
  const found = await sql<Absence>`
    select ${ABSENCE} from absences where ${OWN} and (until_on >= ${from} or id = any(${ids}::text[]))`.execute(
    tx,
  );
  for (const row of found.rows) absences.loaded(row.id, row);
}

export async function loadSwaps(tx: Tx, world: World, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const found =
    await sql<Swap>`select ${SWAP} from shift_swaps where ${OWN} and id = any(${ids}::text[])`.execute(tx);
  for (const row of found.rows) world.get(swapsSlice).swaps.loaded(row.id, row);
}

export async function swapsOfMonths(tx: Tx, months: readonly Month[]): Promise<Swap[]> {
  const found = await sql<Swap>`
    select ${SWAP} from shift_swaps where ${OWN} and month = any(${months}::text[]) order by asked_at desc`.execute(
    tx,
  );
  return found.rows;
}

export async function saveShifts(tx: Tx, organization: string, world: World): Promise<void> {
  const { plans, duty } = world.get(shiftsSlice);
  await Promise.all([
    saveRows(tx, organization, 'shift_plans', ['month', 'zone'], changed(plans.changed())),
    saveRows(tx, organization, 'duty_shifts', ['month', 'person'], changed(duty.changed())),
    saveRows(tx, organization, 'shift_swaps', ['id'], changed(world.get(swapsSlice).swaps.changed())),
    saveRows(tx, organization, 'absences', ['id'], changed(world.get(absencesSlice).absences.changed())),
  ]);
}

export async function allPlans(tx: Tx): Promise<ShiftPlan[]> {
  return (await sql<ShiftPlan>`select ${PLAN} from shift_plans where ${OWN}`.execute(tx)).rows;
}
export async function allDuty(tx: Tx): Promise<DutyShifts[]> {
  return (await sql<DutyShifts>`select ${DUTY} from duty_shifts where ${OWN}`.execute(tx)).rows;
}
export async function allSwaps(tx: Tx): Promise<Swap[]> {
  return (await sql<Swap>`select ${SWAP} from shift_swaps where ${OWN}`.execute(tx)).rows;
}
export async function allAbsences(tx: Tx): Promise<Absence[]> {
  return (await sql<Absence>`select ${ABSENCE} from absences where ${OWN}`.execute(tx)).rows;
}

function changed(all: readonly [string, object][]): Row[] {
  return all.map(([, row]) => Object.fromEntries(Object.entries(row)));
}
