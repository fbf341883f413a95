import { sql } from 'kysely';

import type { Tx } from '../platform/database.ts';
import type { Instant } from '../platform/time.ts';
import type { MessageMedia, Thread, ThreadMessage } from './thread.ts';

const OWN = sql.raw('organization_id = (select pauta_organization())');

/** What was written, to be sent. */
export type Written = Pick<
  ThreadMessage,
  'id' | 'lead' | 'author' | 'channel' | 'at' | 'template' | 'words' | 'variables' | 'subject' | 'repliesTo'
>;

export async function writtenMessage(tx: Tx, id: string): Promise<Written | null> {
  const found = await sql<Written>`
    select id, lead, author, channel, at, template, words, variables, subject, replies_to from thread_messages
     where ${OWN} and id = ${id} and direction = 'out'`.execute(tx);
  return found.rows[0] ?? null;
}

/** What stands around it in the conversation with the person, whichever lead of theirs it was about. */
export interface Around {
  /** From where they wrote last on this channel. */
  readonly address: string | null;
  /** The channel's id of the message it answers. */
  readonly quotes: string | null;
  readonly threads: readonly Pick<Thread, 'heardAt' | 'adAt' | 'adAnsweredAt'>[];
  /** Of the e-mails before it with the same subject line, oldest first: theirs by their own id, ours by our row's. */
  readonly emailIds: readonly { readonly id: string; readonly ours: boolean }[];
}

const REFERENCES_MAX = 20;

export async function aroundMessage(tx: Tx, written: Written, leads: readonly string[]): Promise<Around> {
  const { channel, at, id, repliesTo } = written;
  const theirs = await sql<{ address: string | null }>`
    select address from thread_messages
     where ${OWN} and lead = any(${leads}::text[]) and channel = ${channel} and direction = 'in' and address is not null
     order by at desc limit 1`.execute(tx);
  const quoted = await sql<{ providerId: string | null }>`
    select provider_id from thread_messages where ${OWN} and id = ${repliesTo}`.execute(tx);
  const threads = await sql<Thread>`
    select heard_at, ad_at, ad_answered_at from threads where ${OWN} and lead = any(${leads}::text[])`.execute(
    tx,
  );
  const emails =
    channel === 'email'
      ? await sql<{ id: string; ours: boolean }>`
          select coalesce(provider_id, id) as id, direction = 'out' as ours from thread_messages
           where ${OWN} and lead = any(${leads}::text[]) and channel = 'email' and id <> ${id} and at <= ${at}
             and (direction = 'out' or provider_id is not null)
           order by at desc limit ${REFERENCES_MAX}`.execute(tx)
      : { rows: [] };
  return {
    address: theirs.rows[0]?.address ?? null,
    quotes: quoted.rows[0]?.providerId ?? null,
    threads: threads.rows,
    emailIds: emails.rows.toReversed(),
  };
}

/** A message as the conversation shows it: with what became of it, and its files. */
export interface ShownMessage extends Pick<
  ThreadMessage,
  | 'id'
  | 'lead'
  | 'direction'
  | 'channel'
  | 'author'
  | 'at'
  | 'form'
  | 'template'
  | 'subject'
  | 'words'
  | 'repliesTo'
> {
  readonly state: string | null;
  readonly code: string | null;
  /** While it may still be taken back, or waits: not before this. */
  readonly notBefore: Instant | null;
  readonly media: readonly Pick<
    MessageMedia,
    'id' | 'state' | 'mime' | 'size' | 'sha256' | 'why' | 'voice' | 'name'
  >[];
}

/** Newest last; `before` an instant, for what stands above. */
export async function conversationOf(
  tx: Tx,
  leads: readonly string[],
  page: { readonly before: Instant | null; readonly limit: number },
): Promise<ShownMessage[]> {
  const found = await sql<ShownMessage>`
    select m.id, m.lead, m.direction, m.channel, m.author, m.at, m.form, m.template, m.subject, m.words, m.replies_to,
           case o.state when 'sending' then 'queued' else o.state end as state, o.outcome ->> 'code' as code,
           case when o.state in ('queued', 'sending') then o.not_before end as not_before,
           coalesce((select jsonb_agg(jsonb_build_object('id', f.id, 'state', f.state, 'mime', f.mime, 'size', f.size,
                       'sha256', f.sha256, 'why', f.why, 'voice', f.voice, 'name', f.name) order by f.id)
                from message_media f where f.organization_id = m.organization_id and f.message = m.id), '[]') as media
      from thread_messages m
      left join outbox o on o.organization_id = m.organization_id and o.id = m.id
     where m.organization_id = (select pauta_organization()) and m.lead = any(${leads}::text[])
       and (${page.before}::timestamptz is null or m.at < ${page.before}::timestamptz)
     order by m.at desc, m.id desc limit ${page.limit}`.execute(tx);
  return found.rows.toReversed();
}

export async function threadsOf(tx: Tx, leads: readonly string[]): Promise<Thread[]> {
  const found = await sql<Thread>`
    select lead, last_at, last_direction, unread, heard_at, ad_at, ad_answered_at from threads
     where ${OWN} and lead = any(${leads}::text[])`.execute(tx);
  return found.rows;
}

/** Which message a file belongs to; null: there is no such file. */
export async function mediaOf(
  tx: Tx,
  id: string,
): Promise<{ readonly lead: string; readonly name: string | null; readonly mime: string | null } | null> {
  const found = await sql<{ lead: string; name: string | null; mime: string | null }>`
    select lead, name, mime from message_media where ${OWN} and id = ${id} and state = 'kept'`.execute(tx);
  return found.rows[0] ?? null;
}
