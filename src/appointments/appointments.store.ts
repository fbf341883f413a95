import { sql } from 'kysely';

import type { World } from '../decisions/index.ts';
import type { Tx } from '../platform/database.ts';
import { saveRows } from '../platform/rows.ts';
import { appointmentsSlice, type Appointment } from './appointment.ts';

const COLUMNS =
  sql.raw(`id, lead, contact, person, booked_by, kind, place, starts_at, ends_at, booked_at, state, settled_at,
  settled_by, remind_at, remind_client_at, ask_at`);
const OWN = sql.raw('organization_id = (select pauta_organization())');

export interface AppointmentKeys {
  readonly ids?: readonly string[];
  readonly leads?: readonly string[];
  /** Booked ones of these people: what could be in the way. */
  readonly people?: readonly string[];
}

export async function loadAppointments(tx: Tx, world: World, keys: AppointmentKeys): Promise<void> {
  const { ids = [], leads = [], people = [] } = keys;
  const branches = [
    ...(ids.length > 0 ? [sql`id = any(${ids}::text[])`] : []),
    ...(leads.length > 0 ? [sql`lead = any(${leads}::text[])`] : []),
    ...(people.length > 0 ? [sql`state = 'booked' and person = any(${people}::text[])`] : []),
  ].map((condition) => sql`select ${COLUMNS} from appointments where ${OWN} and ${condition}`);
  if (branches.length === 0) return;
  const found = await sql<Appointment>`${sql.join(branches, sql` union all `)}`.execute(tx);
  const { appointments } = world.get(appointmentsSlice);
  for (const row of found.rows) appointments.loaded(row.id, row);
}

export async function saveAppointments(tx: Tx, organization: string, world: World): Promise<void> {
  const changed = world.get(appointmentsSlice).appointments.changed();
  await saveRows(
    tx,
    organization,
    'appointments',
    ['id'],
    changed.map(([, row]) => ({ ...row })),
  );
}

export async function allAppointments(tx: Tx): Promise<Appointment[]> {
  return (await sql<Appointment>`select ${COLUMNS} from appointments where ${OWN}`.execute(tx)).rows;
}
