import { sql } from 'kysely';

import type { Json } from '../journal/index.ts';
import type { Tx } from '../platform/database.ts';
import type { Instant } from '../platform/time.ts';

export interface NoticeRow {
  readonly id: string;
  readonly kind: string;
  readonly lead: string | null;
  readonly fields: Json;
  readonly queuedAt: Instant;
  readonly seenAt: Instant | null;
  /** The channel that took it, or that was last asked. */
  readonly channel: string;
  readonly state: string;
}

/** What one person was told, newest first: one row a notice, however many channels were asked for it. */
export async function noticesOf(
  tx: Tx,
  organization: string,
  person: string,
  page: { readonly before: string | null; readonly limit: number },
): Promise<NoticeRow[]> {
  const found = await sql<NoticeRow>`
    select m.id, m.kind, m.lead, m.fields, m.queued_at, m.seen_at,
           coalesce(last.channel, m.channel) as channel,
           case coalesce(last.state, m.state) when 'sending' then 'queued' else coalesce(last.state, m.state) end as state
      from outbox m
      left join lateral (
        select channel, state from outbox c
         where c.organization_id = m.organization_id and c.root = m.id order by c.queued_at desc, c.id desc limit 1) last on true
     where m.organization_id = ${organization} and m.recipient = ${person} and m.root is null and m.state <> 'canceled'
       and (${page.before}::text is null or (m.queued_at, m.id) <
            (select queued_at, id from outbox where organization_id = ${organization} and id = ${page.before}::text))
     order by m.queued_at desc, m.id desc limit ${page.limit}`.execute(tx);
  return found.rows;
}

export async function unreadOf(tx: Tx, organization: string, person: string): Promise<number> {
  const found = await sql<{ count: number }>`
    select count(*) as count from outbox
     where organization_id = ${organization} and recipient = ${person} and root is null and seen_at is null
       and state <> 'canceled'`.execute(tx);
  return found.rows[0]?.count ?? 0;
}

/**
 * Marks notices of the person as seen, all of them when `ids` is null. Gives the messages whose channel had not taken
 * them: by seeing them here the person has been told.
 */
export async function markNoticesSeen(
  tx: Tx,
  organization: string,
  person: string,
  ids: readonly string[] | null,
  at: Instant,
): Promise<string[]> {
  const seen = await sql<{ id: string }>`
    update outbox set seen_at = ${at}
     where organization_id = ${organization} and recipient = ${person} and root is null and seen_at is null
       and (${ids}::text[] is null or id = any(${ids}::text[]))
    returning id`.execute(tx);
  const open = await sql<{ id: string }>`
    select id from outbox
     where organization_id = ${organization} and followed_by is null
       and state in ('queued', 'sending', 'unknown', 'refused', 'failed')
       and coalesce(root, id) = any(${seen.rows.map(({ id }) => id)}::text[])`.execute(tx);
  return open.rows.map(({ id }) => id);
}

/** What became of one message to this person: the test of a channel looks for it. */
export async function messageTo(
  tx: Tx,
  organization: string,
  person: string,
  id: string,
): Promise<{ readonly state: string; readonly channel: string; readonly code: string | null } | null> {
  const found = await sql<{ state: string; channel: string; code: string | null }>`
    select state, channel, outcome ->> 'code' as code from outbox
     where organization_id = ${organization} and id = ${id} and recipient = ${person}`.execute(tx);
  return found.rows[0] ?? null;
}
