import { sql } from 'kysely';

import type { Tx } from '../platform/database.ts';
import type { Instant } from '../platform/time.ts';

/** The seal of the last entry before an instant: nobody could know it before, and everybody can look it up afterwards. */
export async function sealBefore(tx: Tx, at: Instant): Promise<string | null> {
  // Ids rise with time, so that the walk back from the newest ends at the first one old enough.
  const found = await sql<{ hash: string }>`
    select s.hash from journal j
      join journal_seals s on s.organization_id = j.organization_id and s.entry_id = j.id
     where j.organization_id = (select pauta_organization()) and j.at < ${at}
     order by j.id desc limit 1`.execute(tx);
  return found.rows[0]?.hash ?? null;
}
