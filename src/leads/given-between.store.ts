import { sql } from 'kysely';

import type { Tx } from '../platform/database.ts';
import type { Instant } from '../platform/time.ts';

export interface GivenLead {
  readonly person: string;
  readonly lead: string;
  /** The administrator is to look into it (contact-center-policy L4, reading reassign.by). */
  readonly listed: boolean;
}

/** Who was given which lead from `from` until before `to`, what was given in error left out. */
export async function leadsGivenBetween(tx: Tx, from: Instant, to: Instant): Promise<GivenLead[]> {
  // A lead's last giving is no earlier than any other of its givings, so the index by it finds them all.
  const found = await sql<GivenLead>`
    select distinct t.person, l.id as lead, l.audit_listed_at is not null as listed
      from leads l
      cross join lateral jsonb_to_recordset(l.tenures) as t (person text, since timestamptz, "voidAt" timestamptz)
     where l.organization_id = (select pauta_organization()) and l.assigned_at >= ${from}
       and t.since >= ${from} and t.since < ${to} and t."voidAt" is null`.execute(tx);
  return found.rows;
}
