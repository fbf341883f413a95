import { sql } from 'kysely';

import type { World } from '../decisions/index.ts';
import type { Tx } from '../platform/database.ts';
import { HOUR, plus, type Instant } from '../platform/time.ts';
import {
  threadsSlice,
  type MessageMedia,
  type Thread,
  type ThreadMessage,
  type WantedMedia,
} from './thread.ts';

const OWN = sql.raw('organization_id = (select pauta_organization())');
const MESSAGE =
  sql.raw(`id, lead, direction, channel, author, at, form, template, replies_to, counted_at, subject,
  words, variables, provider_id, address`);
const THREAD = sql.raw('lead, last_at, last_direction, unread, heard_at, ad_at, ad_answered_at');
const MEDIA = sql.raw('id, message, lead, state, mime, size::float8 as size, sha256, why, voice, name');

/** WhatsApp keeps what it sent for seven days; afterwards nobody can be asked for it. */
const REMOTE_KEPT_MILLISECONDS = 7 * 24 * HOUR;

export async function loadThreadMessages(tx: Tx, world: World, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const found = await sql<ThreadMessage>`
    select ${MESSAGE} from thread_messages where ${OWN} and id = any(${ids}::text[])`.execute(tx);
  const { messages } = world.get(threadsSlice);
  for (const row of found.rows) messages.loaded(row.id, row);
}

export async function loadThreads(tx: Tx, world: World, leads: readonly string[]): Promise<void> {
  const { threads } = world.get(threadsSlice);
  const missing = leads.filter((lead) => !threads.has(lead));
  if (missing.length === 0) return;
  const found = await sql<Thread>`
    select ${THREAD} from threads where ${OWN} and lead = any(${missing}::text[])`.execute(tx);
  for (const row of found.rows) threads.loaded(row.lead, row);
}

export async function loadMedia(tx: Tx, world: World, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const found = await sql<MessageMedia>`
    select ${MEDIA} from message_media where ${OWN} and id = any(${ids}::text[])`.execute(tx);
  const { media } = world.get(threadsSlice);
  for (const row of found.rows) media.loaded(row.id, row);
}

export async function wantMedia(tx: Tx, organization: string, wanted: readonly WantedMedia[]): Promise<void> {
  for (const { media, remoteId, toldSha256, since } of wanted)
    await sql`
      insert into media_wanted (organization_id, media, remote_id, told_sha256, until, next_at)
      values (${organization}, ${media}, ${remoteId}, ${toldSha256}, ${plus(since, REMOTE_KEPT_MILLISECONDS)}, ${since})
      on conflict do nothing`.execute(tx);
}

export async function settleWanted(tx: Tx, organization: string, media: readonly string[]): Promise<void> {
  if (media.length === 0) return;
  await sql`
    delete from media_wanted where organization_id = ${organization} and media = any(${media}::text[])`.execute(
    tx,
  );
}

/** The words, names and files of people who were erased. That there were messages stays. */
export async function eraseThreads(tx: Tx, organization: string, leads: readonly string[]): Promise<void> {
  if (leads.length === 0) return;
  await sql`
    update thread_messages set subject = null, words = null, variables = null, provider_id = null, address = null
     where organization_id = ${organization} and lead = any(${leads}::text[])`.execute(tx);
  await sql`
    delete from media_bytes b using message_media m
     where b.organization_id = ${organization} and m.organization_id = b.organization_id and m.id = b.media
       and m.lead = any(${leads}::text[])`.execute(tx);
  await sql`
    delete from media_wanted b using message_media m
     where b.organization_id = ${organization} and m.organization_id = b.organization_id and m.id = b.media
       and m.lead = any(${leads}::text[])`.execute(tx);
  await sql`
    update message_media set name = null where organization_id = ${organization} and lead = any(${leads}::text[])`.execute(
    tx,
  );
}

export async function allMessages(tx: Tx): Promise<ThreadMessage[]> {
  return (await sql<ThreadMessage>`select ${MESSAGE} from thread_messages where ${OWN}`.execute(tx)).rows;
}

export async function allThreads(tx: Tx): Promise<Thread[]> {
  return (await sql<Thread>`select ${THREAD} from threads where ${OWN}`.execute(tx)).rows;
}

export async function allMedia(tx: Tx): Promise<MessageMedia[]> {
  return (await sql<MessageMedia>`select ${MEDIA} from message_media where ${OWN}`.execute(tx)).rows;
}

/** A file to be fetched, taken by this worker until `until`. */
export interface FetchTaken {
  readonly organization: string;
  readonly media: string;
  readonly remoteId: string;
  readonly toldSha256: string | null;
  readonly until: Instant;
  readonly tries: number;
}

/** Across organizations. The next try is set before anything is asked, so that a worker that dies is followed by another. */
export async function takeWanted(
  tx: Tx,
  at: { readonly now: Instant; readonly again: Instant },
  limit: number,
): Promise<FetchTaken[]> {
  const found = await sql<FetchTaken>`
    update media_wanted set tries = tries + 1, next_at = ${at.again}
     where (organization_id, media) in (
       select organization_id, media from media_wanted where next_at <= ${at.now}
        order by next_at limit ${limit} for update skip locked)
    returning organization_id as organization, media, remote_id, told_sha256, until, tries`.execute(tx);
  return found.rows;
}

export async function postponeWanted(
  tx: Tx,
  organization: string,
  media: string,
  at: Instant,
): Promise<void> {
  await sql`
    update media_wanted set next_at = ${at} where organization_id = ${organization} and media = ${media}`.execute(
    tx,
  );
}

/** Stores the bytes as they came; before the journal is told, so that a hash in it always has its file. */
export async function storeBytes(
  tx: Tx,
  organization: string,
  file: {
    readonly media: string;
    readonly sha256: string;
    readonly mime: string | null;
    readonly bytes: Uint8Array;
  },
): Promise<void> {
  const { media, sha256, mime, bytes } = file;
  await sql`
    insert into media_bytes (organization_id, media, sha256, mime, bytes)
    values (${organization}, ${media}, ${sha256}, ${mime}, ${Buffer.from(bytes)}) on conflict do nothing`.execute(
    tx,
  );
}

export interface StoredFile {
  readonly sha256: string;
  readonly mime: string | null;
  readonly bytes: Buffer;
}

export async function readBytes(tx: Tx, organization: string, media: string): Promise<StoredFile | null> {
  const found = await sql<StoredFile>`
    select sha256, mime, bytes from media_bytes where organization_id = ${organization} and media = ${media}`.execute(
    tx,
  );
  return found.rows[0] ?? null;
}
