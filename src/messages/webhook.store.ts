import { createHash } from 'node:crypto';
import { sql } from 'kysely';

import type { Tx } from '../platform/database.ts';
import type { Instant } from '../platform/time.ts';

/** Not the route of leads: what these bodies tell is read by another worker. */
const ROUTE = 'whatsapp.webhook';

export interface WebhookBody {
  readonly organization: string;
  readonly id: string;
  readonly body: Buffer;
  readonly tries: number;
}

/**
 * Stores a webhook's body as it came, once: Meta repeats the very same bytes until it is answered, for days. Gives 'new',
 * or 'repeat' for bytes that are here already; of those only the fact that they came again is kept.
 */
export async function storeWebhook(
  tx: Tx,
  organization: string,
  given: { id: string; raw: Uint8Array; at: Instant; fault: string | null },
): Promise<'new' | 'repeat' | 'faulty'> {
  const { id, raw, at, fault } = given;
  const hash = createHash('sha256').update(raw).digest('hex');
  const state = fault === null ? 'new' : 'faulty';
  const stored = await sql`
    insert into receipts (organization_id, id, source, source_id, route, received_at, headers, body, body_hash, state, fault)
    values (${organization}, ${id}, 'whatsapp', ${hash}, ${ROUTE}, ${at}, '{}'::jsonb, ${Buffer.from(raw)}, ${hash}, ${state},
            ${fault === null ? null : JSON.stringify({ code: fault })}::jsonb)
    on conflict do nothing`.execute(tx);
  if ((stored.numAffectedRows ?? 0n) > 0n) return state;
  await sql`
    insert into receipts (organization_id, id, source, source_id, route, received_at, headers, body, body_hash, state)
    values (${organization}, ${id}, 'whatsapp', ${hash}, ${ROUTE}, ${at}, '{}'::jsonb, ''::bytea, ${hash}, 'repeat')`.execute(
    tx,
  );
  return 'repeat';
}

/** Bodies not read yet, those that failed before last; each to one worker until the lease ends. */
export async function takeWebhooks(
  tx: Tx,
  lease: { readonly now: Instant; readonly until: Instant },
  limit: number,
): Promise<WebhookBody[]> {
  const found = await sql<WebhookBody>`
    update receipts set lease_until = ${lease.until}, tries = tries + 1
     where (organization_id, id) in (
       select organization_id, id from receipts
        where route = ${ROUTE} and state = 'new' and (lease_until is null or lease_until <= ${lease.now})
        order by tries, received_at limit ${limit} for update skip locked)
    returning organization_id as organization, id, body, tries`.execute(tx);
  // Ids grow with time: what a person wrote first is read first.
  return found.rows.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

export async function finishWebhook(
  tx: Tx,
  organization: string,
  id: string,
  fault: string | null,
): Promise<void> {
  await sql`
    update receipts set state = ${fault === null ? 'done' : 'faulty'}, lease_until = null,
           fault = ${fault === null ? null : JSON.stringify({ code: fault })}::jsonb
     where organization_id = ${organization} and id = ${id}`.execute(tx);
}

/** Again at `at`. */
export async function postponeWebhook(tx: Tx, organization: string, id: string, at: Instant): Promise<void> {
  await sql`
    update receipts set lease_until = ${at} where organization_id = ${organization} and id = ${id}`.execute(
    tx,
  );
}

export async function wasSeen(tx: Tx, organization: string, id: string): Promise<boolean> {
  const found = await sql`
    select from inbound_seen where organization_id = ${organization} and channel = 'whatsapp' and id = ${hashOf(id)}`.execute(
    tx,
  );
  return found.rows.length > 0;
}

export async function markSeen(tx: Tx, organization: string, id: string, at: Instant): Promise<void> {
  await sql`
    insert into inbound_seen (organization_id, channel, id, seen_at)
    values (${organization}, 'whatsapp', ${hashOf(id)}, ${at}) on conflict do nothing`.execute(tx);
}

/** WhatsApp's ids hold the number of who wrote: that one was seen is kept without it. */
function hashOf(id: string): string {
  return createHash('sha256').update(id).digest('hex');
}

export async function forgetSeen(tx: Tx, before: Instant): Promise<void> {
  await sql`
    delete from inbound_seen where organization_id = (select pauta_organization()) and seen_at < ${before}`.execute(
    tx,
  );
}
