import { entriesOf, readExactJson, recordOf } from '../platform/exact-json.ts';
import type { Fault } from '../platform/fault.ts';
import { sameSecret } from '../platform/signed-body.ts';
import { instant, type Instant } from '../platform/time.ts';
import { sourceFault } from './faults.ts';
import { textOf } from './text.ts';

/** Most leads read out of one batched notification; Meta batches up to a thousand updates. */
export const NOTIFIED_LEADS_MAX = 2_000;

export type Handshake = { challenge: string } | { refused: 'not-a-handshake' | 'bad-token' };

/** Meta's GET when the webhook is set up: the bare challenge is echoed when the token is ours; else answer 403. */
export function metaHandshake(query: unknown, verifyToken: string): Handshake {
  const asked = recordOf(query) ?? {};
  const challenge = textOf(asked['hub.challenge']);
  if (asked['hub.mode'] !== 'subscribe' || challenge === '') return { refused: 'not-a-handshake' };
  return sameSecret(textOf(asked['hub.verify_token']), verifyToken)
    ? { challenge }
    : { refused: 'bad-token' };
}

/** That a lead exists. It carries no personal data: the lead itself is fetched afterwards. */
export interface MetaNotice {
  leadId: string;
  pageId: string | null;
  formId: string | null;
  adId: string | null;
  adGroupId: string | null;
  createdAt: Instant | null;
}

/** The leads told of, each once; what was in the batch and is not ours; what was broken in it. */
export type MetaNotification =
  | { notices: MetaNotice[]; otherChanges: number; faults: Fault[] }
  | { fault: Fault };

/**
 * A lead notification, its signature already checked (`signedBy` over the same raw bytes, header X-Hub-Signature-256;
 * a bad one is answered 401 and leaves nothing). Entries are batched and repeated; ids stay text. One broken change
 * does not take the others with it. Answer 200 once stored, whatever is in it: an error makes Meta send all of it again.
 */
export function readMetaNotification(raw: Uint8Array | string): MetaNotification {
  const json = readExactJson(raw);
  if ('refused' in json) return { fault: sourceFault('not-readable', undefined, json.refused) };
  const body = recordOf(json.value);
  if (body === null || body['object'] !== 'page' || !Array.isArray(body['entry'])) {
    return { fault: sourceFault('not-a-notification') };
  }
  const notices = new Map<string, MetaNotice>();
  const faults: Fault[] = [];
  let otherChanges = 0;
  for (const { change, pageId } of changesOf(body['entry'])) {
    const notice = change['field'] === 'leadgen' ? noticeOf(change['value'], pageId) : null;
    if (change['field'] !== 'leadgen') otherChanges++;
    else if (notice === null) faults.push(sourceFault('lead-id-missing', 'leadgen_id'));
    else if (notices.size < NOTIFIED_LEADS_MAX)
      notices.set(notice.leadId, notices.get(notice.leadId) ?? notice);
  }
  return { notices: [...notices.values()], otherChanges, faults };
}

function* changesOf(
  entries: readonly unknown[],
): Generator<{ change: Record<string, unknown>; pageId: string }> {
  for (const item of entries) {
    const entry = recordOf(item);
    const changes: unknown = entry?.['changes'];
    if (!Array.isArray(changes)) continue;
    for (const inner of changes) {
      const change = recordOf(inner);
      if (change !== null) yield { change, pageId: idOf(entry?.['id']) ?? '' };
    }
  }
}

function noticeOf(value: unknown, entryPageId: string): MetaNotice | null {
  if (entriesOf(value) === null) return null;
  const told = recordOf(value) ?? {};
  const leadId = idOf(told['leadgen_id']);
  if (leadId === null) return null;
  const seconds = Number(textOf(told['created_time']));
  return {
    leadId,
    pageId: idOf(told['page_id']) ?? idOf(entryPageId),
    formId: idOf(told['form_id']),
    adId: idOf(told['ad_id']),
    adGroupId: idOf(told['adgroup_id']),
    createdAt: seconds > 0 && seconds < EPOCH_SECONDS_MAX ? instant(seconds * 1000) : null,
  };
}
const EPOCH_SECONDS_MAX = 10_000_000_000;

/** Ids are digits, as text or as a number the reader kept exact. Anything else must not reach a Graph address. */
export function idOf(value: unknown): string | null {
  const text = textOf(value);
  return /^\d{1,32}$/.test(text) ? text : null;
}
