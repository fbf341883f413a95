import { sql } from 'kysely';

import type { ReachedPeople } from '../access/index.ts';
import type { Tx } from '../platform/database.ts';
import type { LocalDate } from '../platform/time.ts';
import type { Audit } from './audit.ts';

const OWN = sql.raw('organization_id = (select pauta_organization())');
const AUDIT =
  sql.raw(`id, person, audited_by, audited_at, finding, lead, call, week, checklist, note, month, removed,
  handed_over, state, hearing_due_at, answered_at, answer, ruled_at, ruled_by, reasons`);

/** Within reach: what waits for an answer or a ruling first, then the latest. */
export async function auditsOf(
  tx: Tx,
  reached: ReachedPeople,
  { id, limit }: { readonly id?: string; readonly limit: number },
): Promise<Audit[]> {
  const found = await sql<Audit>`
    select ${AUDIT} from audits
     where ${OWN} and ${reached === 'all' ? sql`true` : sql`person = any(${[...reached]}::text[])`}
       and ${id === undefined ? sql`true` : sql`id = ${id}`}
     order by (state in ('opened', 'heard')) desc, case when state in ('opened', 'heard') then hearing_due_at end,
              audited_at desc
     limit ${limit}`.execute(tx);
  return found.rows;
}

/** What has been audited of a week's sample. */
export async function auditsOfWeek(tx: Tx, week: LocalDate): Promise<Audit[]> {
  return (await sql<Audit>`select ${AUDIT} from audits where ${OWN} and week = ${week}`.execute(tx)).rows;
}
