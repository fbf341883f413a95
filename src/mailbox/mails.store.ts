import { sql } from 'kysely';

import type { Tx } from '../platform/database.ts';
import { sealWith } from '../platform/sealing.ts';
import type { Instant } from '../platform/time.ts';
import type { MailKind } from './kind-of-mail.ts';
import { mailboxSettings, type Mailbox, type MailboxFault, type MailboxSettings } from './mailbox.ts';
import type { MailFile } from './parse-mail.adapter.ts';

type Row = Omit<Mailbox, 'settings'> & { readonly settings: string };

/** Takes the key `keyFor(secret, 'channels')`. Sealed with another key it counts as not set up. */
export async function readMailbox(tx: Tx, organization: string, key: Buffer): Promise<Mailbox | null> {
  const found = await sql<Row>`
    select organization_id as organization, settings, updated_at, uid_validity::float8 as uid_validity,
           last_uid::float8 as last_uid, state, reason, seen_at
      from mailboxes where organization_id = ${organization}`.execute(tx);
  const [row] = found.rows;
  const text = row === undefined ? null : sealWith(key).open(row.settings, `${organization} mailbox`);
  const settings = text === null ? undefined : mailboxSettings.safeParse(JSON.parse(text)).data;
  return row === undefined || settings === undefined ? null : { ...row, settings };
}

/** Another server or folder is read from its beginning: what was read before is known by its Message-ID. */
export async function saveMailbox(
  tx: Tx,
  organization: string,
  key: Buffer,
  given: { readonly settings: MailboxSettings; readonly at: Instant; readonly by: string },
): Promise<void> {
  const sealed = sealWith(key).seal(JSON.stringify(given.settings), `${organization} mailbox`);
  await sql`
    insert into mailboxes (organization_id, settings, updated_at, updated_by, state)
    values (${organization}, ${sealed}, ${given.at}, ${given.by}, 'new')
    on conflict (organization_id) do update
       set settings = excluded.settings, updated_at = excluded.updated_at, updated_by = excluded.updated_by,
           state = 'new', reason = null, uid_validity = null, last_uid = 0, lease_until = null`.execute(tx);
}

/** Makes this worker the only reader until the lease ends; false while another is. */
export async function holdMailbox(
  tx: Tx,
  organization: string,
  lease: { readonly worker: string; readonly now: Instant; readonly until: Instant },
): Promise<boolean> {
  const held = await sql`
    update mailboxes set worker = ${lease.worker}, lease_until = ${lease.until}
     where organization_id = ${organization}
       and (worker is null or worker = ${lease.worker} or lease_until is null or lease_until <= ${lease.now})`.execute(
    tx,
  );
  return (held.numAffectedRows ?? 0n) > 0n;
}

export async function leaveMailbox(tx: Tx, organization: string, worker: string): Promise<void> {
  await sql`
    update mailboxes set worker = null, lease_until = null
     where organization_id = ${organization} and worker = ${worker}`.execute(tx);
}

/** What came of asking it: when it was last seen well stays where it does not answer. */
export async function noteMailbox(
  tx: Tx,
  organization: string,
  said: { readonly reason: MailboxFault | null; readonly at: Instant },
): Promise<void> {
  const seenAt = said.reason === null ? said.at : null;
  await sql`
    update mailboxes set state = ${said.reason === null ? 'ok' : 'failing'}, reason = ${said.reason},
           seen_at = coalesce(${seenAt}::timestamptz, seen_at)
     where organization_id = ${organization}`.execute(tx);
}

export interface NewMail {
  readonly id: string;
  readonly key: string;
  readonly uidValidity: number;
  readonly uid: number;
  readonly raw: Buffer;
  readonly size: number;
  readonly at: Instant;
  readonly fault: string | null;
}

/** Stores a mail as it came, once, and remembers that the mailbox was read so far: both or neither. */
export async function storeMail(tx: Tx, organization: string, mail: NewMail): Promise<boolean> {
  const { id, key, uidValidity, uid, raw, size, at, fault } = mail;
  const state = fault === null ? 'new' : 'faulty';
  const stored = await sql`
    insert into mails (organization_id, id, key, uid_validity, uid, received_at, raw, size, state, fault, retry_at)
    values (${organization}, ${id}, ${key}, ${uidValidity}, ${uid}, ${at}, ${raw}, ${size}, ${state}, ${fault}, ${at})
    on conflict do nothing`.execute(tx);
  await sql`
    update mailboxes set uid_validity = ${uidValidity}, last_uid = ${uid} where organization_id = ${organization}`.execute(
    tx,
  );
  return (stored.numAffectedRows ?? 0n) > 0n;
}

/** The server counts anew: all that it has is looked at again, and known mails are recognized. */
export async function restartMailbox(tx: Tx, organization: string, uidValidity: number): Promise<void> {
  await sql`
    update mailboxes set uid_validity = ${uidValidity}, last_uid = 0 where organization_id = ${organization}`.execute(
    tx,
  );
}

export interface StoredMail {
  readonly id: string;
  readonly raw: Buffer;
  readonly size: number;
  readonly receivedAt: Instant;
  readonly tries: number;
  /** Given before the mail was told of: told again it is the same. */
  readonly draft: string | null;
}

export async function takeMails(
  tx: Tx,
  organization: string,
  at: { readonly now: Instant; readonly again: Instant },
  limit: number,
): Promise<StoredMail[]> {
  const found = await sql<StoredMail>`
    update mails set tries = tries + 1, retry_at = ${at.again}
     where organization_id = ${organization} and id in (
       select id from mails where organization_id = ${organization} and state = 'new' and retry_at <= ${at.now}
        order by received_at, uid limit ${limit} for update skip locked)
    returning id, raw, size::float8 as size, received_at, tries, draft`.execute(tx);
  return found.rows.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

export async function finishMail(
  tx: Tx,
  organization: string,
  id: string,
  said: { readonly kind: MailKind | null; readonly draft: string | null; readonly fault: string | null },
): Promise<void> {
  await sql`
    update mails set state = ${said.fault === null ? 'done' : 'faulty'}, kind = ${said.kind}, draft = ${said.draft},
           fault = ${said.fault}
     where organization_id = ${organization} and id = ${id}`.execute(tx);
}

export async function setDraft(tx: Tx, organization: string, id: string, draft: string): Promise<void> {
  await sql`update mails set draft = ${draft} where organization_id = ${organization} and id = ${id}`.execute(
    tx,
  );
}

export async function storeFile(
  tx: Tx,
  organization: string,
  mail: string,
  id: string,
  file: MailFile,
): Promise<void> {
  const { name, mime, bytes, sha256, image, takenAt } = file;
  const picture = image !== null && 'picture' in image ? image.picture.kind : null;
  const damage = image !== null && 'fault' in image ? image.fault : null;
  await sql`
    insert into mail_files (organization_id, id, mail, name, mime, size, sha256, picture, damage, taken_at)
    values (${organization}, ${id}, ${mail}, ${name}, ${mime}, ${bytes.byteLength}, ${sha256}, ${picture}, ${damage}, ${takenAt})
    on conflict do nothing`.execute(tx);
}

/** The draft that one of these Message-IDs belongs to: a mail of its thread, or a notice of ours about it. */
export async function draftOfThread(
  tx: Tx,
  organization: string,
  keys: readonly string[],
  messageIds: readonly string[],
): Promise<string | null> {
  if (messageIds.length === 0) return null;
  const found = await sql<{ draft: string }>`
    select draft from mails
     where organization_id = ${organization} and key = any(${keys}::text[]) and draft is not null
    union all
    select fields ->> 'draft' from outbox
     where organization_id = ${organization} and provider_id = any(${messageIds}::text[]) and fields ? 'draft'
    limit 1`.execute(tx);
  return found.rows[0]?.draft ?? null;
}

export interface ShownMail {
  readonly id: string;
  readonly receivedAt: Instant;
  readonly kind: MailKind | null;
  readonly fault: string | null;
  readonly raw: Buffer;
}

export async function mailsOfDraft(tx: Tx, organization: string, draft: string): Promise<ShownMail[]> {
  const found = await sql<ShownMail>`
    select id, received_at, kind, fault, raw from mails
     where organization_id = ${organization} and draft = ${draft} order by received_at, id`.execute(tx);
  return found.rows;
}

/** Mails that belong to nobody or could not be read: for a person to look at. */
export async function looseMails(tx: Tx, organization: string, limit: number): Promise<ShownMail[]> {
  const found = await sql<ShownMail>`
    select id, received_at, kind, fault, raw from mails
     where organization_id = ${organization} and (state = 'faulty' or kind = 'unknown')
     order by received_at desc limit ${limit}`.execute(tx);
  return found.rows;
}

export interface ShownFile {
  readonly id: string;
  readonly mail: string;
  readonly name: string | null;
  readonly mime: string;
  readonly size: number;
  readonly sha256: string;
  readonly picture: string | null;
  readonly damage: string | null;
  readonly takenAt: string | null;
}

export async function filesOf(tx: Tx, organization: string, mails: readonly string[]): Promise<ShownFile[]> {
  const found = await sql<ShownFile>`
    select id, mail, name, mime, size::float8 as size, sha256, picture, damage, taken_at from mail_files
     where organization_id = ${organization} and mail = any(${mails}::text[]) order by id`.execute(tx);
  return found.rows;
}

export interface MailCounts {
  readonly waiting: number;
  readonly faulty: number;
  readonly read: number;
}

export async function mailCounts(tx: Tx, organization: string): Promise<MailCounts> {
  const found = await sql<MailCounts>`
    select count(*) filter (where state = 'new')::int as waiting, count(*) filter (where state = 'faulty')::int as faulty,
           count(*) filter (where state = 'done')::int as read
      from mails where organization_id = ${organization}`.execute(tx);
  return found.rows[0] ?? { waiting: 0, faulty: 0, read: 0 };
}
