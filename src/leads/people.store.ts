import { sql, type RawBuilder } from 'kysely';

import type { KeptBy, LeadOfPerson } from '../contacts/index.ts';
import type { Tx } from '../platform/database.ts';
import type { Row } from '../platform/rows.ts';

/** The leads of these contacts, in the order in which they came, for whoever looks at people. */
export async function leadsOfPeople(tx: Tx, contacts: readonly string[]): Promise<LeadOfPerson[]> {
  const found = await sql<LeadOfPerson>`
    select id, number, contact, source, received_at, stage, queue, holder, status, grade, contacted_at, duplicate_of
      from leads
     where organization_id = (select pauta_organization()) and contact = any(${contacts}::text[])
     order by number`.execute(tx);
  return found.rows;
}

/** The contacts some of whose leads these people hold, as the list of an `in (…)`. */
export function contactsHeldBy(people: readonly string[]): RawBuilder<unknown> {
  return sql`
    select contact from leads
     where organization_id = (select pauta_organization()) and holder = any(${people}::text[]) and contact is not null`;
}

export const keptLeads: KeptBy = {
  section: 'leads',
  of: async (tx, { leads }) =>
    (
      await sql<Row>`
        select l.id, l.number, l.source, l.source_id, l.received_at, l.stage, l.status, l.grade, l.holder, l.contacted_at,
               i.name, i.phones, i.emails, i.message, i.consent, i.campaign, i.fields
          from leads l
          left join lead_intakes i on i.organization_id = l.organization_id and i.lead = l.id
         where l.organization_id = (select pauta_organization()) and l.id = any(${leads}::text[])
         order by l.number`.execute(tx)
    ).rows,
};
