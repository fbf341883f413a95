import { sql } from 'kysely';

import type { Tx } from '../platform/database.ts';
import { openRosterMonths } from '../staff/index.ts';
import type { Instant } from '../platform/time.ts';
import type { Asked } from './answers.ts';

/** Questions of a roster, by what they are about: the month's message, and each time it was asked again. */
const ROSTER_QUESTIONS = ['roster', 'roster.asked-again', 'roster.reminder'];

/** What this person was asked by WhatsApp since `since`, newest first. */
export async function askedOf(
  tx: Tx,
  organization: string,
  person: string,
  since: Instant,
): Promise<Asked[]> {
  const open = new Set(await openRosterMonths(tx, person));
  const found = await sql<{ id: string; providerId: string | null; month: string | null }>`
    select id, provider_id, fields ->> 'month' as month from outbox
     where organization_id = ${organization} and recipient = ${person} and kind = any(${ROSTER_QUESTIONS}::text[])
       and queued_at >= ${since} and state <> 'canceled'
     order by queued_at desc`.execute(tx);
  return found.rows.flatMap(({ id, providerId, month }) =>
    month === null ? [] : [{ message: id, providerId, month, open: open.has(month) }],
  );
}

/** How often somebody has been asked again about a month. */
export async function askedAgain(
  tx: Tx,
  organization: string,
  person: string,
  month: string,
): Promise<number> {
  const found = await sql<{ count: number }>`
    select count(*)::int as count from outbox
     where organization_id = ${organization} and recipient = ${person} and kind = 'roster.asked-again'
       and fields ->> 'month' = ${month}`.execute(tx);
  return found.rows[0]?.count ?? 0;
}

/** Whose question a message quotes: for an answer from a number that is nobody's. */
export async function questionQuoted(
  tx: Tx,
  organization: string,
  providerId: string,
): Promise<{ readonly person: string; readonly month: string } | null> {
  const found = await sql<{ person: string; month: string | null }>`
    select recipient as person, fields ->> 'month' as month from outbox
     where organization_id = ${organization} and provider_id = ${providerId} and kind = any(${ROSTER_QUESTIONS}::text[])
     limit 1`.execute(tx);
  const [row] = found.rows;
  return row === undefined || row.month === null ? null : { person: row.person, month: row.month };
}
