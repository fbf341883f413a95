import { sql } from 'kysely';

import type { Tx } from '../platform/database.ts';
import type { Instant } from '../platform/time.ts';

/** Who called with which lead from `from` until before `to`. */
export async function leadsCalledBetween(
  tx: Tx,
  from: Instant,
  to: Instant,
): Promise<{ readonly person: string; readonly lead: string }[]> {
  const found = await sql<{ person: string; lead: string }>`
    select distinct by as person, lead from calls
     where organization_id = (select pauta_organization()) and started_at >= ${from} and started_at < ${to}
       and by is not null and lead is not null`.execute(tx);
  return found.rows;
}
