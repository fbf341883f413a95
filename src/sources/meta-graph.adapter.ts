import { createHmac } from 'node:crypto';
import { readExactJson, recordOf } from '../platform/exact-json.ts';
import { instant, MINUTE, SECOND, type Instant } from '../platform/time.ts';
import { idOf } from './meta-notification.ts';
import { graphRefusal, type GraphRefusal } from './meta-graph-faults.ts';
import { nextWatermark, readFromSeconds, type Taken } from './meta-backfill.ts';
import { readTime } from '../platform/wall-time.ts';
import { textOf } from './text.ts';

/** How this organization reaches Meta. The version is configuration: Meta ends each after about two years. */
export interface GraphAccess {
  baseUrl: string;
  version: string;
  pageToken: string;
  /** With it every call proves that it comes from the app (appsecret_proof). */
  appSecret?: string;
  fetch: typeof fetch;
}

export const GRAPH_TIMEOUT = 15 * SECOND;
/** Modest on purpose: pages of thousands are answered with errors. */
export const GRAPH_PAGE_LEADS = 50;
/** With pages of 50: 100,000 leads in one run. */
export const GRAPH_PAGES_MAX = 2_000;
const GRAPH_ANSWER_BYTES_MAX = 8_388_608;
const LEAD_FIELDS =
  'id,created_time,ad_id,ad_name,adset_id,adset_name,campaign_id,campaign_name,form_id,is_organic,platform,field_data,custom_disclaimer_responses';

export type LeadFetched = { lead: unknown } | GraphRefusal;

/** One lead by the id of its notification. Gives what Meta said, to be read by `readMetaLead`, or why not and what to do. */
export async function fetchMetaLead(access: GraphAccess, leadId: string): Promise<LeadFetched> {
  if (idOf(leadId) === null) return graphRefusal(400, { code: 100, message: 'not an id' }, null);
  const got = await graphGet(access, leadId, { fields: LEAD_FIELDS });
  return 'refused' in got || 'retry' in got ? got : { lead: got.body };
}

export type LeadsPage = { leads: unknown[]; after: string | null } | GraphRefusal;

/** One page of a form's leads created after `sinceSeconds` (epoch), newest first; `after` of the page before, or null. */
export async function listFormLeads(
  access: GraphAccess,
  formId: string,
  sinceSeconds: number,
  after: string | null,
): Promise<LeadsPage> {
  if (idOf(formId) === null) return graphRefusal(400, { code: 100, message: 'not an id' }, null);
  const filtering = JSON.stringify([
    { field: 'time_created', operator: 'GREATER_THAN', value: sinceSeconds },
  ]);
  const got = await graphGet(access, `${formId}/leads`, {
    fields: LEAD_FIELDS,
    filtering,
    limit: String(GRAPH_PAGE_LEADS),
    ...(after === null ? {} : { after }),
  });
  if ('refused' in got || 'retry' in got) return got;
  const data: unknown = got.body['data'];
  return { leads: Array.isArray(data) ? data : [], after: cursorOf(got.body['paging']) };
}

export interface Backfilled {
  watermark: Instant;
  read: number;
  failed: number;
  /** Why the list could not be read to its end; the watermark then stays where it was. */
  stopped: GraphRefusal | { stopped: 'too-many-pages' } | null;
}

/**
 * Reads a form again from its watermark and hands each lead over once, page by page. `take` answers whether the lead is
 * safely stored (also when it was there already); one that is not holds the watermark back.
 */
export async function backfillForm(
  access: GraphAccess,
  formId: string,
  watermark: Instant,
  take: (lead: unknown) => Promise<boolean>,
): Promise<Backfilled> {
  const taken: Taken[] = [];
  const ended = (stopped: Backfilled['stopped']): Backfilled => ({
    watermark: nextWatermark(watermark, taken, stopped === null),
    read: taken.length,
    failed: taken.filter(({ stored }) => !stored).length,
    stopped,
  });
  let after: string | null = null;
  for (let page = 0; page < GRAPH_PAGES_MAX; page++) {
    const listed: LeadsPage = await listFormLeads(access, formId, readFromSeconds(watermark), after);
    if (!('leads' in listed)) return ended(listed);
    for (const lead of listed.leads) taken.push({ createdAt: createdAtOf(lead), stored: await take(lead) });
    // A cursor that comes back unchanged would turn the walk into a circle.
    if (listed.after === null || listed.after === after || listed.leads.length === 0) return ended(null);
    after = listed.after;
  }
  return ended({ stopped: 'too-many-pages' });
}

function createdAtOf(lead: unknown): Instant | null {
  const told = textOf(recordOf(lead)?.['created_time']);
  return /^\d{10}$/.test(told) ? instant(Number(told) * 1000) : readTime(told, 'UTC');
}

/** `paging.next` holds the token in its address and could lead elsewhere: only its cursor is used. Without `next` it is the last. */
function cursorOf(paging: unknown): string | null {
  const told = recordOf(paging);
  const next = textOf(told?.['next'], 8_000);
  if (next === '') return null;
  const cursor = textOf(recordOf(told?.['cursors'])?.['after'], 4_000);
  return cursor === '' ? (URL.parse(next)?.searchParams.get('after') ?? null) : cursor;
}

type Got = { body: Record<string, unknown> } | GraphRefusal;

/** The token travels in a header: addresses end up in logs. */
async function graphGet(access: GraphAccess, path: string, query: Record<string, string>): Promise<Got> {
  const address = new URL(`${access.baseUrl.replace(/\/+$/, '')}/${access.version}/${path}`);
  for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value);
  if (access.appSecret !== undefined) {
    const proof = createHmac('sha256', access.appSecret).update(access.pageToken).digest('hex');
    address.searchParams.set('appsecret_proof', proof);
  }
  try {
    const response = await access.fetch(address, {
      headers: { authorization: `Bearer ${access.pageToken}` },
      redirect: 'error',
      signal: AbortSignal.timeout(GRAPH_TIMEOUT),
    });
    const json = readExactJson(await response.text(), GRAPH_ANSWER_BYTES_MAX);
    const body = 'value' in json ? recordOf(json.value) : null;
    if (response.ok && body !== null && body['error'] === undefined) return { body };
    return graphRefusal(response.status, recordOf(body?.['error']), regainOf(response.headers));
  } catch (error) {
    const timedOut = error instanceof Error && error.name === 'TimeoutError';
    return graphRefusal(null, { message: timedOut ? 'timeout' : 'unreachable' }, null);
  }
}

/** When Meta says to come back: Retry-After in seconds, or its usage header in minutes. */
function regainOf(headers: Headers): number | null {
  const seconds = Number(headers.get('retry-after') ?? '');
  if (seconds > 0) return seconds * SECOND;
  const minutes = [
    ...(headers.get('x-business-use-case-usage') ?? '').matchAll(/"estimated_time_to_regain_access":(\d+)/g),
  ];
  const longest = Math.max(0, ...minutes.map(([, value]) => Number(value)));
  return longest > 0 ? longest * MINUTE : null;
}
