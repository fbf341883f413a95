import { sql } from 'kysely';

import type { Tx } from '../platform/database.ts';
import type { Instant } from '../platform/time.ts';

/** A key may be used again after this: no sender repeats a request for longer. */
export const REQUEST_KEPT_HOURS = 72;

export type Requested = 'other-body' | { readonly receipt: string };

/**
 * Claims an Idempotency-Key for a new receipt. Null: it is ours. Otherwise what the key was used for before; a request
 * under way on another connection is waited for until its body is stored (its decision is not).
 */
export async function requestBefore(
  tx: Tx,
  organization: string,
  request: { readonly caller: string; readonly key: string },
  bodyHash: string,
  receipt: string,
  now: Instant,
): Promise<Requested | null> {
  const { caller, key } = request;
  const claimed = await sql`
    insert into api_requests (organization_id, caller, key, body_hash, receipt, made_at)
    values (${organization}, ${caller}, ${key}, ${bodyHash}, ${receipt}, ${now}) on conflict do nothing`.execute(
    tx,
  );
  if (claimed.numAffectedRows === 1n) return null;
  const found = await sql<{ bodyHash: string; receipt: string }>`
    select body_hash, receipt from api_requests
     where organization_id = (select pauta_organization()) and caller = ${caller} and key = ${key} for update`.execute(
    tx,
  );
  const before = found.rows[0];
  if (before === undefined) return null;
  return before.bodyHash === bodyHash ? { receipt: before.receipt } : 'other-body';
}

/** The body under this key could not be used before and is read again, as another receipt. Call it after `requestBefore`, which holds the row. */
export async function claimRequest(
  tx: Tx,
  request: { readonly caller: string; readonly key: string },
  receipt: string,
): Promise<void> {
  await sql`
    update api_requests set receipt = ${receipt}
     where organization_id = (select pauta_organization()) and caller = ${request.caller} and key = ${request.key}`.execute(
    tx,
  );
}

/** For the daily cleaning. */
export async function forgetRequests(tx: Tx, before: Instant): Promise<void> {
  await sql`
    delete from api_requests where organization_id = (select pauta_organization()) and made_at < ${before}`.execute(
    tx,
  );
}
