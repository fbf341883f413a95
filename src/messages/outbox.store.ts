import { sql } from 'kysely';

import type { Json } from '../journal/index.ts';
import type { Tx } from '../platform/database.ts';
import type { Instant } from '../platform/time.ts';
import { CONVERSATION } from './outbox.ts';

/** A message that a worker has taken to send. */
export interface Taken {
  readonly organization: string;
  readonly id: string;
  readonly recipient: string;
  readonly channel: string;
  readonly kind: string;
  readonly lead: string | null;
  readonly fields: Json;
  readonly queuedAt: Instant;
  /** 1 for the first try. */
  readonly attempts: number;
  readonly root: string | null;
  readonly tried: readonly string[];
}

export interface Sender {
  readonly organization: string;
  readonly channel: string;
}

/** The worker's name and until when its mark is to be believed. */
export interface Lease {
  readonly worker: string;
  readonly until: Instant;
  readonly now: Instant;
}

const TAKEN = sql.raw(
  `organization_id as organization, id, recipient, channel, kind, lead, fields, queued_at, attempts, root, tried`,
);

/** Who has something to send by now, those who have waited longest first. Across organizations. */
export async function sendersDue(tx: Tx, now: Instant): Promise<Sender[]> {
  const found = await sql<Sender>`
    select organization_id as organization, channel from outbox
     where state = 'queued' and not_before <= ${now}
     group by organization_id, channel order by min(not_before)`.execute(tx);
  return found.rows;
}

/** Makes this worker the only one to send for a sender until the lease ends; false while another has it. */
export async function holdSender(tx: Tx, { organization, channel }: Sender, lease: Lease): Promise<boolean> {
  const held = await sql`
    insert into sender_leases (organization_id, channel, worker, lease_until)
    values (${organization}, ${channel}, ${lease.worker}, ${lease.until})
    on conflict (organization_id, channel) do update
       set worker = excluded.worker, lease_until = excluded.lease_until
     where sender_leases.worker = excluded.worker or sender_leases.lease_until <= ${lease.now}`.execute(tx);
  return (held.numAffectedRows ?? 0n) > 0n;
}

export async function leaveSenders(tx: Tx, worker: string): Promise<void> {
  await sql`delete from sender_leases where worker = ${worker}`.execute(tx);
}

/** Marks up to `limit` due messages of a sender as being sent: before anything leaves the house, and for one worker alone. */
export async function takeDue(
  tx: Tx,
  { organization, channel }: Sender,
  lease: Lease,
  limit: number,
): Promise<Taken[]> {
  const found = await sql<Taken>`
    update outbox set state = 'sending', worker = ${lease.worker}, lease_until = ${lease.until}, attempts = attempts + 1
     where organization_id = ${organization} and id in (
       select id from outbox
        where organization_id = ${organization} and channel = ${channel} and state = 'queued' and not_before <= ${lease.now}
        order by not_before, id limit ${limit} for update skip locked)
    returning ${TAKEN}`.execute(tx);
  return found.rows.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

/**
 * Messages whose worker has not said in time what became of them (it died, or lost the database). They are given to this
 * worker, which asks or tells; none is sent by this.
 */
export async function takeAbandoned(
  tx: Tx,
  lease: Lease,
  notThese: readonly string[],
  limit: number,
): Promise<Taken[]> {
  const found = await sql<Taken>`
    update outbox set worker = ${lease.worker}, lease_until = ${lease.until}
     where (organization_id, id) in (
       select organization_id, id from outbox
        where state = 'sending' and lease_until <= ${lease.now} and id <> all(${notThese}::text[])
        order by lease_until limit ${limit} for update skip locked)
    returning ${TAKEN}`.execute(tx);
  return found.rows;
}

/** Puts a message back for later. Only while it is this worker's; `counts` false: nothing had left the house. */
export async function putBack(
  tx: Tx,
  taken: Pick<Taken, 'organization' | 'id'>,
  worker: string,
  back: { readonly notBefore: Instant; readonly counts: boolean; readonly code: string },
): Promise<void> {
  await sql`
    update outbox set state = 'queued', not_before = ${back.notBefore}, lease_until = null,
           attempts = attempts - ${back.counts ? 0 : 1}, outcome = ${JSON.stringify({ code: back.code })}::jsonb
     where organization_id = ${taken.organization} and id = ${taken.id} and state = 'sending' and worker = ${worker}`.execute(
    tx,
  );
}

/** The message a status speaks of: by our id, else by the channel's. */
export async function findMessage(
  tx: Tx,
  organization: string,
  by: { readonly ourId?: string | undefined; readonly providerId: string },
): Promise<Taken | null> {
  const found = await sql<Taken>`
    select ${TAKEN} from outbox
     where organization_id = ${organization}
       and (id = ${by.ourId ?? null} or (${by.ourId ?? null}::text is null and provider_id = ${by.providerId}))
     limit 1`.execute(tx);
  return found.rows[0] ?? null;
}

export interface OpenMessage {
  readonly id: string;
  readonly recipient: string;
  /** Of the staff; null for whoever is not. */
  readonly recipientName: string | null;
  readonly channel: string;
  readonly kind: string;
  readonly lead: string | null;
  readonly queuedAt: Instant;
  readonly state: string;
  readonly code: string | null;
}

/** Notices that no channel took, or of which nobody knows: for a person to look at, and to send again or not. */
export async function openMessages(tx: Tx, organization: string, limit: number): Promise<OpenMessage[]> {
  const found = await sql<OpenMessage>`
    select id, recipient, (select name from people p where p.organization_id = ${organization} and p.id = recipient) as recipient_name,
           channel, kind, lead, queued_at, state, outcome ->> 'code' as code from outbox
     where organization_id = ${organization} and state in ('unknown', 'refused', 'failed') and followed_by is null
       and kind <> ${CONVERSATION}
     order by queued_at desc limit ${limit}`.execute(tx);
  return found.rows;
}
