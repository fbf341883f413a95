import { sql } from 'kysely';

import type { Tx } from '../platform/database.ts';
import type { Row } from '../platform/rows.ts';

/**
 * Everything written down about a person, oldest first: facts, decisions with their clauses, notes in their words. How somebody
 * of the staff was audited, sanctioned or paid for it is about that person, and is not handed out with it.
 */
export async function entriesAbout(
  tx: Tx,
  { contacts, leads }: { readonly contacts: readonly string[]; readonly leads: readonly string[] },
): Promise<Row[]> {
  const found = await sql<Row>`
    select j.at, j.entry, j.kind, j.actor, j.because, j.lead, j.contact, j.fields, p.fields as personal
      from journal j
      left join journal_personal p on p.organization_id = j.organization_id and p.entry_id = j.id
     where j.organization_id = (select pauta_organization())
       and (j.lead = any(${leads}::text[]) or (j.lead is null and j.contact = any(${contacts}::text[])))
       and j.entry !~ '^(audit|breach|commission|sanction)[.]'
     order by j.id`.execute(tx);
  return found.rows;
}
