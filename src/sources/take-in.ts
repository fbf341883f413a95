import { createHash } from 'node:crypto';

import type { Fact, House } from '../decisions/index.ts';
import type { Database, Tx } from '../platform/database.ts';
import { readExactJson, recordOf } from '../platform/exact-json.ts';
import type { Fault } from '../platform/fault.ts';
import type { NewId } from '../platform/ids.ts';
import type { Log } from '../platform/log.ts';
import { plus, SECOND, type Clock } from '../platform/time.ts';
import { localDay } from '../procedures/index.ts';
import { claimRequest, requestBefore, type Requested } from './api-requests.store.ts';
import { sourceFault } from './faults.ts';
import { readBody, type Read, type ReadingContext } from './read-body.ts';
import { readingContext, type ReadingKeys } from './reading.store.ts';
import {
  countRepeat,
  failReceipt,
  insertFaulty,
  insertReceipt,
  receiptById,
  type NewReceipt,
  type Receipt,
} from './receipts.store.ts';
import { factOf } from './told-facts.ts';

/** A body that is being decided right now is left alone by the sweeper for this long. */
export const INLINE_GRACE = 30 * SECOND;

export interface IntakeParts {
  readonly database: Database;
  readonly house: House;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly keys: ReadingKeys;
  readonly log: Log;
  /** There is work for the workers now. */
  wake(): void;
}

/** A body whose sender is known: unauthenticated ones never get here. */
export interface Given {
  readonly route: Receipt['route'];
  readonly source: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** One effect for one key of one caller. */
  readonly request?: { readonly caller: string; readonly key: string };
}

export type Taken =
  | {
      readonly taken: 'new';
      readonly receipt: string;
      readonly lead: string;
      /** What the house is told of it; null: it has to be fetched first, or only told of others. */
      readonly fact: Fact | null;
    }
  | { readonly taken: 'repeat'; readonly receipt: Receipt; readonly of: 'source-id' | 'request' }
  | { readonly taken: 'faulty'; readonly fault: Fault; readonly kept: boolean }
  | Extract<Read, { kind: 'form-faults' }>
  | { readonly taken: 'other-body' };

/**
 * The one door for everything that comes in: the body is stored as it came, in a transaction of its own, before anything
 * follows from it. A repeat finds the earlier one. Nothing is decided here: see `settleReceipt`.
 */
export async function takeIn(parts: IntakeParts, organization: string, given: Given): Promise<Taken> {
  const receivedAt = parts.clock.now();
  const bodyHash = createHash('sha256').update(given.body).digest('hex');
  // A body under a key waits for another under the same key: it needs a transaction of its own.
  const { database } = parts;
  const store: Database['together'] = (whose, work) =>
    given.request === undefined ? database.together(whose, work) : database.inOrganization(whose, work);
  return store(organization, async (tx) => {
    const id = parts.newId();
    if (given.request !== undefined) {
      const before = await requestBefore(tx, organization, given.request, bodyHash, id, receivedAt);
      const repeat = before === null ? null : await answeredBefore(tx, before);
      if (repeat !== null) return repeat;
      if (before !== null) await claimRequest(tx, given.request, id);
    }
    const context = await readingContext(tx, parts.keys, { ...given, organization, receivedAt });
    const read = context === null ? unowned(given) : carefully(parts.log, given, context);
    if (read.kind === 'form-faults') return read;
    const { route, headers, body } = given;
    const source = context === null ? NO_SOURCE : given.source;
    const base = { id, source, route, receivedAt, headers, body, bodyHash, sourceId: read.sourceId };
    if (read.kind === 'fault' || context === null) {
      const { fault } = read.kind === 'fault' ? read : noSource(given.source);
      const day = localDay(receivedAt, context?.zone ?? 'UTC');
      const kept = await insertFaulty(tx, organization, base, fault, day);
      return { taken: 'faulty', fault, kept };
    }
    return storeNew(tx, parts, organization, base, read, context);
  });
}

async function storeNew(
  tx: Tx,
  parts: IntakeParts,
  organization: string,
  base: Omit<NewReceipt, 'state' | 'lead' | 'retryAt'>,
  read: Exclude<Read, { kind: 'fault' | 'form-faults' }>,
  context: ReadingContext,
): Promise<Taken> {
  const lead = parts.newId();
  const waits = read.kind === 'lead' || read.kind === 'call' ? INLINE_GRACE : 0;
  const isNotification = read.kind === 'notices';
  const stored = await insertReceipt(tx, organization, {
    ...base,
    state: isNotification ? 'done' : 'new',
    lead: isNotification ? null : lead,
    retryAt: isNotification ? null : plus(base.receivedAt, waits),
  });
  if (!stored) {
    const earlier = base.sourceId === null ? null : await countRepeat(tx, base.source, base.sourceId);
    if (earlier === null) throw new Error(`receipt ${base.id} was neither stored nor repeated`);
    return { taken: 'repeat', receipt: earlier, of: 'source-id' };
  }
  if (isNotification) await storeNotices(tx, parts, organization, base, read.notices);
  return { taken: 'new', receipt: base.id, lead, fact: factOf(read, { ...base, lead }, context) };
}

/** Each lead of a notification waits to be fetched under the id its source gave it; one told of before stays as it is. */
async function storeNotices(
  tx: Tx,
  parts: IntakeParts,
  organization: string,
  base: Omit<NewReceipt, 'state' | 'lead' | 'retryAt'>,
  notices: Extract<Read, { kind: 'notices' }>['notices'],
): Promise<void> {
  for (const notice of notices) {
    const body = Buffer.from(JSON.stringify(notice));
    const stored = await insertReceipt(tx, organization, {
      ...base,
      id: parts.newId(),
      route: 'meta.lead',
      sourceId: notice.leadId,
      headers: { notification: base.id },
      body,
      bodyHash: createHash('sha256').update(body).digest('hex'),
      state: 'new',
      lead: parts.newId(),
      retryAt: base.receivedAt,
    });
    if (!stored) await countRepeat(tx, base.source, notice.leadId);
  }
}

async function answeredBefore(tx: Tx, before: Requested): Promise<Taken | null> {
  if (before === 'other-body') return { taken: 'other-body' };
  const receipt = await receiptById(tx, before.receipt);
  // Its body was faulty and past the limit of what is kept: it is read again.
  if (receipt === null || receipt.state === 'faulty') return null;
  return { taken: 'repeat', receipt, of: 'request' };
}

/** A body that belongs to no source of ours: what is wrong with it comes before what is missing in it. */
function unowned({ source, body, route }: Given): Extract<Read, { kind: 'fault' }> {
  const json = route === 'api' ? readExactJson(body) : null;
  const fault =
    json !== null && 'refused' in json
      ? sourceFault('not-readable', undefined, json.refused)
      : json !== null && recordOf(json.value) === null
        ? sourceFault('not-an-object')
        : source === ''
          ? sourceFault('source-missing', 'source')
          : null;
  return fault === null ? noSource(source) : { kind: 'fault', sourceId: null, fault };
}

function noSource(source: string): Extract<Read, { kind: 'fault' }> {
  const said = source.slice(0, SOURCE_CHARACTERS_SHOWN);
  return { kind: 'fault', sourceId: null, fault: sourceFault('no-such-source', 'source', said) };
}
const SOURCE_CHARACTERS_SHOWN = 63;
/** Bodies that name no source of ours stand together, so that one limit holds for all of them. */
export const NO_SOURCE = '?';

/** A reader that breaks on a body is a bug of ours, and no reason to lose the body. */
function carefully(log: Log, given: Given, context: ReadingContext): Read {
  const { source } = context;
  if (!source.enabled)
    return { kind: 'fault', sourceId: null, fault: sourceFault('source-disabled', 'source', source.key) };
  try {
    return readBody(given, context);
  } catch (error) {
    log.error('body-not-read', { source: source.key, route: given.route, error });
    return { kind: 'fault', sourceId: null, fault: sourceFault('not-readable', undefined, 'reader') };
  }
}

export type Settled = 'done' | 'faulty' | 'not-for-now';

/**
 * What follows from a stored body: the fact goes to the house, and the receipt is done in the transaction of the
 * decision (arrivals-slice.ts). Safe to call again after a crash: a settled receipt has no second effect.
 */
export async function settleReceipt(
  parts: IntakeParts,
  organization: string,
  receipt: Receipt,
): Promise<Settled> {
  const { database, keys, log } = parts;
  const context = await database.inOrganization(organization, (tx) =>
    readingContext(tx, keys, { ...receipt, organization }),
  );
  const read = context === null ? noSource(receipt.source) : carefully(log, receipt, context);
  if (read.kind === 'fault' || context === null) {
    const fault = read.kind === 'fault' ? read.fault : noSource(receipt.source).fault;
    await database.inOrganization(organization, (tx) => failReceipt(tx, receipt.id, fault));
    return 'faulty';
  }
  const fact = factOf(read, receipt, context);
  return fact === null ? 'not-for-now' : decideReceived(parts, organization, receipt.id, fact);
}

/** Tells the house; a fact it refuses leaves the body to somebody's eyes. */
export async function decideReceived(
  { house, database }: Pick<IntakeParts, 'house' | 'database'>,
  organization: string,
  receipt: string,
  fact: Fact,
): Promise<Settled> {
  const outcome = await house.submit(organization, fact);
  if (outcome.refused === null) return 'done';
  const fault = sourceFault('not-settled', undefined, outcome.refused.refused);
  await database.inOrganization(organization, (tx) => failReceipt(tx, receipt, fault));
  return 'faulty';
}

/** Takes a body in and decides it at once. `receipt` is the stored one with its answer, once there is one. */
export async function takeInAndSettle(
  parts: IntakeParts,
  organization: string,
  given: Given,
): Promise<Taken | { readonly taken: 'settled'; readonly receipt: Receipt }> {
  const taken = await takeIn(parts, organization, given);
  if (!('taken' in taken) || taken.taken !== 'new') return taken;
  const { receipt, fact } = taken;
  if (fact !== null) await decideReceived(parts, organization, receipt, fact);
  const stored = await parts.database.inOrganization(organization, (tx) => receiptById(tx, receipt));
  if (stored === null) throw new Error(`receipt ${receipt} is gone`);
  return { taken: 'settled', receipt: stored };
}
