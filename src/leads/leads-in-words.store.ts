import { sql } from 'kysely';

import type { LeadInWords } from '../messages/index.ts';
import type { Tx } from '../platform/database.ts';

/**
 * What notices say of leads, as it stands now: of a person who has been erased, no name. The name as this source wrote it wins over
 * the contact's, since the same person may call themselves otherwise elsewhere.
 */
export async function leadsInWords(
  tx: Tx,
  organization: string,
  ids: readonly string[],
): Promise<Map<string, LeadInWords>> {
  const found = await sql<LeadInWords & { id: string }>`
    select l.id, coalesce(i.name, c.names -> 0 ->> 'value') as name, l.source, l.stage, l.holder, l.held_until,
           l.received_at, l.notice_due_at
      from leads l
      left join lead_intakes i on i.organization_id = l.organization_id and i.lead = l.id
      left join contacts c on c.organization_id = l.organization_id and c.id = l.contact
     where l.organization_id = ${organization} and l.id = any(${ids}::text[])`.execute(tx);
  return new Map(found.rows.map(({ id, ...words }) => [id, words]));
}

/** Who came by recommendation of a lead's person, the latest first. */
export interface Referral {
  readonly id: string;
  readonly number: number;
  readonly holder: string | null;
  readonly status: string;
}

export async function referralsOf(tx: Tx, lead: string): Promise<Referral[]> {
  const found = await sql<Referral>`
    select id, number, holder, status from leads
     where organization_id = (select pauta_organization()) and referred_by = ${lead} order by number desc limit ${REFERRALS_MAX}`.execute(
    tx,
  );
  return found.rows;
}

/** The lead whose person recommended this one's; null for one who came by themselves. */
export async function referrerOf(tx: Tx, lead: string): Promise<Referral | null> {
  const found = await sql<Referral>`
    select f.id, f.number, f.holder, f.status from leads l
      join leads f on f.organization_id = l.organization_id and f.id = l.referred_by
     where l.organization_id = (select pauta_organization()) and l.id = ${lead}`.execute(tx);
  return found.rows[0] ?? null;
}

const REFERRALS_MAX = 50;
