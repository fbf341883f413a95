import { sql } from 'kysely';

import type { Month } from '../calendar/index.ts';
import type { Tx } from '../platform/database.ts';

/** Months whose roster this person is on and was sent, and has not confirmed (contact-center-policy L1); newest first. */
export async function openRosterMonths(tx: Tx, person: string): Promise<Month[]> {
  const found = await sql<{ month: Month }>`
    select month from roster_places
     where organization_id = (select pauta_organization()) and person = ${person} and decision = 'included'
       and sent_at is not null and confirmed_at is null and removed_at is null and withdrawn_at is null
     order by month desc`.execute(tx);
  return found.rows.map(({ month }) => month);
}
