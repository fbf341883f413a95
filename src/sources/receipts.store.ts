import { sql } from 'kysely';

import type { World } from '../decisions/index.ts';
import type { Json } from '../journal/index.ts';
import type { Tx } from '../platform/database.ts';
import type { Fault } from '../platform/fault.ts';
import { storableJson } from '../platform/storable.ts';
import type { Instant } from '../platform/time.ts';
import type { LeadAnswer } from './answer.ts';
import { arrivalsSlice } from './arrivals-slice.ts';

/** Bodies with a fault that are kept for one source in one of the organization's days; more are only counted. */
export const FAULTY_KEPT_A_DAY_MAX = 1_000;

export type ReceiptRoute =
  | 'api'
  | 'meta.notification'
  | 'meta.lead'
  | 'google'
  | 'web-form'
  | 'pbx'
  | 'whatsapp';

export interface Receipt {
  readonly id: string;
  readonly source: string;
  readonly sourceId: string | null;
  readonly route: ReceiptRoute;
  readonly receivedAt: Instant;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly state: 'new' | 'done' | 'faulty' | 'repeat';
  /** The id its lead has or will have; set before the decision, so that deciding twice gives one lead. */
  readonly lead: string | null;
  readonly fault: Json;
  readonly answer: LeadAnswer | null;
  readonly tries: number;
  readonly repeats: number;
}

export interface NewReceipt {
  readonly id: string;
  readonly source: string;
  readonly sourceId: string | null;
  readonly route: ReceiptRoute;
  readonly receivedAt: Instant;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly bodyHash: string;
  readonly state: 'new' | 'done';
  readonly lead: string | null;
  readonly retryAt: Instant | null;
}

const COLUMNS = sql.raw(
  'id, source, source_id, route, received_at, headers, body, state, lead, fault, answer, tries, repeats',
);
const OWN = sql.raw('organization_id = (select pauta_organization())');

/** Stores a body as it came. Null: its source has sent it before under the same id. */
export async function insertReceipt(tx: Tx, organization: string, receipt: NewReceipt): Promise<boolean> {
  const { id, source, sourceId, route, receivedAt, body, bodyHash, state, lead, retryAt } = receipt;
  const stored = await sql`
    insert into receipts (organization_id, id, source, source_id, route, received_at, headers, body, body_hash, state, lead, retry_at)
    values (${organization}, ${id}, ${source}, ${sourceId}, ${route}, ${receivedAt}, ${storableJson(receipt.headers)}::jsonb,
            ${Buffer.from(body)}, ${bodyHash}, ${state}, ${lead}, ${retryAt})
    on conflict (organization_id, source, source_id) where source_id is not null and state in ('new', 'done') do nothing`.execute(
    tx,
  );
  return stored.numAffectedRows === 1n;
}

/** The receipt of the same source and id, with the repeat counted. */
export async function countRepeat(tx: Tx, source: string, sourceId: string): Promise<Receipt | null> {
  const found = await sql<Receipt>`
    update receipts set repeats = repeats + 1
     where ${OWN} and source = ${source} and source_id = ${sourceId} and state in ('new', 'done')
    returning ${COLUMNS}`.execute(tx);
  return found.rows[0] ?? null;
}

/** Counts a body with a fault and, up to the limit of the day, keeps it. */
export async function insertFaulty(
  tx: Tx,
  organization: string,
  receipt: Omit<NewReceipt, 'state' | 'lead' | 'retryAt'>,
  fault: Fault,
  day: string,
): Promise<boolean> {
  const counted = await sql<{ faulty: number }>`
    insert into receipt_faults as f (organization_id, source, day, faulty) values (${organization}, ${receipt.source}, ${day}, 1)
    on conflict (organization_id, source, day) do update set faulty = f.faulty + 1 returning faulty`.execute(
    tx,
  );
  if ((counted.rows[0]?.faulty ?? 0) > FAULTY_KEPT_A_DAY_MAX) return false;
  const { id, source, sourceId, route, receivedAt, body, bodyHash } = receipt;
  await sql`
    insert into receipts (organization_id, id, source, source_id, route, received_at, headers, body, body_hash, state, fault)
    values (${organization}, ${id}, ${source}, ${sourceId}, ${route}, ${receivedAt}, ${storableJson(receipt.headers)}::jsonb,
            ${Buffer.from(body)}, ${bodyHash}, 'faulty', ${storableJson(fault)}::jsonb)`.execute(tx);
  return true;
}

export async function receiptById(tx: Tx, id: string): Promise<Receipt | null> {
  const found = await sql<Receipt>`select ${COLUMNS} from receipts where ${OWN} and id = ${id}`.execute(tx);
  return found.rows[0] ?? null;
}

/** The last bodies of a source, newest first; with `state`, only those. */
export async function receiptsOfSource(
  tx: Tx,
  source: string,
  state: string | null,
  limit: number,
): Promise<Receipt[]> {
  const found = await sql<Receipt>`
    select ${COLUMNS} from receipts
     where ${OWN} and source = ${source} and (${state}::text is null or state = ${state}::text)
     order by received_at desc, id desc limit ${limit}`.execute(tx);
  return found.rows;
}

/** Bodies not used yet whose time has come, each handed to one worker until its lease ends: longer where it has to be fetched. */
export async function claimReceipts(
  tx: Tx,
  now: Instant,
  leaseUntil: { readonly decided: Instant; readonly fetched: Instant },
  limit: number,
): Promise<(Receipt & { readonly organizationId: string })[]> {
  const found = await sql<Receipt & { readonly organizationId: string }>`
    update receipts r set tries = r.tries + 1,
           retry_at = case r.route when 'meta.lead' then ${leaseUntil.fetched}::timestamptz else ${leaseUntil.decided}::timestamptz end
      from (select organization_id, id from receipts where state = 'new' and retry_at <= ${now}
             order by retry_at limit ${limit} for update skip locked) due
     where r.organization_id = due.organization_id and r.id = due.id
    returning r.organization_id, ${sql.raw('r.id, r.source, r.source_id, r.route, r.received_at, r.headers, r.body, r.state, r.lead, r.fault, r.answer, r.tries, r.repeats')}`.execute(
    tx,
  );
  return found.rows;
}

export async function nextReceiptDue(tx: Tx): Promise<Instant | null> {
  const found = await sql<{ at: Instant | null }>`
    select min(retry_at) as at from receipts where state = 'new'`.execute(tx);
  return found.rows[0]?.at ?? null;
}

/** Not used this time: again at `retryAt`, with what stood in the way. */
export async function postponeReceipt(
  tx: Tx,
  id: string,
  retryAt: Instant,
  fault: Fault | null,
): Promise<void> {
  const json = fault === null ? null : storableJson(fault);
  await sql`
    update receipts set retry_at = ${retryAt}, fault = ${json}::jsonb where ${OWN} and id = ${id} and state = 'new'`.execute(
    tx,
  );
}

/** It will never be a lead as it stands: somebody has to look. */
export async function failReceipt(tx: Tx, id: string, fault: Fault): Promise<void> {
  await sql`
    update receipts set state = 'faulty', retry_at = null, fault = ${storableJson(fault)}::jsonb
     where ${OWN} and id = ${id} and state in ('new', 'faulty')`.execute(tx);
}

export async function finishReceipt(tx: Tx, id: string): Promise<void> {
  await sql`
    update receipts set state = 'done', retry_at = null, fault = null where ${OWN} and id = ${id} and state = 'new'`.execute(
    tx,
  );
}

/** What was fetched for it, from now on the body that is read; the notification itself keeps its own receipt. */
export async function fetchedBody(tx: Tx, id: string, body: Buffer): Promise<void> {
  await sql`
    update receipts set body = ${body}, headers = headers || '{"fetched": "yes"}'::jsonb
     where ${OWN} and id = ${id} and state = 'new'`.execute(tx);
}

/**
 * A body that was put aside is to be read again, under the settings as they are now; also a call that was used though
 * something of it was not known. False: another of its id is there.
 */
export async function reopenReceipt(
  tx: Tx,
  receipt: Receipt,
  sourceId: string | null,
  lead: string,
  retryAt: Instant,
): Promise<boolean> {
  const reopened = await sql`
    update receipts r set state = 'new', lead = coalesce(r.lead, ${lead}), source_id = ${sourceId}, retry_at = ${retryAt}
     where r.${OWN} and r.id = ${receipt.id} and r.body <> ''::bytea
       and (r.state = 'faulty' or r.state = 'done' and r.route = 'pbx' and r.fault is not null)
       and not exists (
         select from receipts o where o.${OWN} and o.id <> r.id and o.source = r.source and o.source_id = ${sourceId} and o.state in ('new', 'done'))`.execute(
    tx,
  );
  return reopened.numAffectedRows === 1n;
}

export async function loadSettledReceipts(tx: Tx, world: World, ids: readonly string[]): Promise<void> {
  const state = world.get(arrivalsSlice);
  state.deciding = true;
  if (ids.length === 0) return;
  const found = await sql<{ id: string }>`
    select id from receipts where ${OWN} and id = any(${ids}::text[]) and state <> 'new'`.execute(tx);
  for (const { id } of found.rows) state.settledBefore.add(id);
}

/** The receipts and rows that this batch of decisions used up, in its transaction. */
export async function saveArrivals(tx: Tx, organization: string, world: World): Promise<void> {
  const { settled, imports } = world.get(arrivalsSlice);
  if (settled.size > 0) {
    await sql`
      update receipts r
         set state = 'done', lead = w.lead, answer = w.answer, fault = w.note, retry_at = null
        from jsonb_to_recordset(${storableJson([...settled.values()])}::jsonb) as w(id text, lead text, answer jsonb, note jsonb)
       where r.organization_id = ${organization} and r.id = w.id and r.state = 'new'`.execute(tx);
  }
  for (const [id, count] of imports) {
    await sql`
      update imports set leads = leads + ${count.leads}, duplicates = duplicates + ${count.duplicates},
             repeats = repeats + ${count.repeats}, refused = refused + ${count.refused},
             done_row = greatest(done_row, ${count.doneRow})
       where organization_id = ${organization} and id = ${id}`.execute(tx);
  }
}
