import { createHmac } from 'node:crypto';
import { signatureOf } from '../../src/platform/signed-body.ts';
import { loopback, type Answered, type Received } from './loopback.ts';
import { seeded } from '../random.ts';

/** A lead as the Graph API shows it. */
export interface FakeLead {
  id: string;
  created_time: string;
  form_id: string;
  ad_id?: string;
  campaign_id?: string;
  is_organic: boolean;
  platform: 'fb' | 'ig';
  field_data: { name: string; values: string[] }[];
}

export type GraphTrouble =
  | 'rate-limited'
  | 'page-rate-limited'
  | 'server-error'
  | 'transient'
  | 'token-expired'
  | 'no-permission'
  | 'not-json'
  | 'hang-up';

export interface MetaLeadsServer {
  url: string;
  pageId: string;
  leads: FakeLead[];
  /** What was asked, in order, without its token. */
  asked: string[];
  /** A lead somebody sent now: kept, not yet told of. */
  addLead(
    formId: string,
    atMs: number,
    answers: Readonly<Record<string, string | string[]>>,
    ad?: string,
  ): FakeLead;
  /** What Meta's own testing tool sends. */
  addTestLead(formId: string, atMs: number): FakeLead;
  /** The next answers, one each, whatever is asked. */
  trouble(...kinds: GraphTrouble[]): void;
  /** The signed body of a notification: several leads in one batch, ids as bare numbers as the wire may have them. */
  notification(leads: readonly FakeLead[]): { body: string; headers: Record<string, string> };
  /** Sends it to a webhook, as often as said. Gives the statuses answered. */
  notify(webhook: string, leads: readonly FakeLead[], times?: number): Promise<number[]>;
  close(): Promise<void>;
}

const TROUBLES: Record<GraphTrouble, Answered> = {
  'rate-limited': fault(400, 4, 'Application request limit reached', 'OAuthException', {
    'retry-after': '120',
  }),
  'page-rate-limited': fault(400, 80_005, 'There have been too many leadgen api calls', 'OAuthException', {
    'x-business-use-case-usage':
      '{"1":[{"type":"leadgen","call_count":100,"estimated_time_to_regain_access":42}]}',
  }),
  'server-error': { status: 500, body: '<html>oops</html>' },
  transient: fault(503, 2, 'Service temporarily unavailable', 'OAuthException'),
  'token-expired': fault(400, 190, `Error validating access token ${'EAAfake'.repeat(8)}`, 'OAuthException'),
  'no-permission': fault(403, 200, '(#200) Requires leads_retrieval permission', 'OAuthException'),
  'not-json': { status: 200, body: '<html>maintenance</html>' },
  'hang-up': null,
};

function fault(
  status: number,
  code: number,
  message: string,
  type: string,
  headers: Record<string, string> = {},
  subcode?: number,
): Answered {
  return {
    status,
    headers,
    body: { error: { message, type, code, error_subcode: subcode, fbtrace_id: 'fake' } },
  };
}

/** Graph's lead endpoints on loopback: fetch by id, list by form with cursors, errors, limits; and signed notifications. */
export async function startMetaLeads(options: {
  appSecret: string;
  pageToken: string;
  version?: string;
  seed?: number;
}): Promise<MetaLeadsServer> {
  const random = seeded(options.seed ?? 1);
  const leads: FakeLead[] = [];
  const asked: string[] = [];
  const troubles: GraphTrouble[] = [];
  const newId = () =>
    `${1 + Math.floor(random() * 8)}${Array.from({ length: 15 }, () => Math.floor(random() * 10)).join('')}`;
  const pageId = newId();

  const server = await loopback((request) => {
    asked.push(`${request.method} ${request.url.pathname}${request.url.search}`);
    const next = troubles.shift();
    if (next !== undefined) return TROUBLES[next];
    return unauthorized(request, options) ?? answered(request, leads, options.version ?? 'v25.0');
  });

  const notification = (told: readonly FakeLead[]) => {
    const body = notificationBody(told, pageId);
    return {
      body,
      headers: {
        'content-type': 'application/json',
        'x-hub-signature-256': signatureOf(body, options.appSecret),
      },
    };
  };
  const added = (lead: FakeLead) => {
    leads.push(lead);
    return lead;
  };
  return {
    url: server.url,
    pageId,
    leads,
    asked,
    addLead: (formId, atMs, answers, ad) =>
      added({
        id: newId(),
        created_time: graphTime(atMs),
        form_id: formId,
        ...(ad === undefined ? {} : { ad_id: ad, campaign_id: newId() }),
        is_organic: ad === undefined,
        platform: random() < 0.5 ? 'fb' : 'ig',
        field_data: Object.entries(answers).map(([name, value]) => ({ name, values: [value].flat() })),
      }),
    addTestLead: (formId, atMs) =>
      added({
        id: newId(),
        created_time: graphTime(atMs),
        form_id: formId,
        is_organic: true,
        platform: 'fb',
        field_data: [
          { name: 'full_name', values: ['<test lead: dummy data for full_name>'] },
          { name: 'email', values: ['test@meta.com'] },
          { name: 'phone_number', values: ['<test lead: dummy data for phone_number>'] },
        ],
      }),
    trouble: (...kinds) => void troubles.push(...kinds),
    notification,
    async notify(webhook, told, times = 1) {
      const statuses: number[] = [];
      for (let i = 0; i < times; i++) {
        const { body, headers } = notification(told);
        statuses.push((await fetch(webhook, { method: 'POST', body, headers })).status);
      }
      return statuses;
    },
    close: () => server.close(),
  };
}

/** "2026-07-15T15:18:39+0000": Graph's own way, without milliseconds or a colon. */
function graphTime(atMs: number): string {
  return new Date(atMs).toISOString().replace(/\.\d{3}Z$/, '+0000');
}

/** Written as Meta writes it: ids as bare numbers, everything outside ASCII escaped. */
function notificationBody(told: readonly FakeLead[], pageId: string): string {
  const changes = told.map((lead) => {
    const seconds = Math.floor(Date.parse(lead.created_time) / 1000);
    const ad = lead.ad_id === undefined ? '' : `"ad_id":${lead.ad_id},"adgroup_id":${lead.ad_id},`;
    return `{"field":"leadgen","value":{${ad}"created_time":${seconds},"form_id":${lead.form_id},"leadgen_id":${lead.id},"page_id":${pageId}}}`;
  });
  return `{"object":"page","entry":[{"id":"${pageId}","time":0,"changes":[${changes.join(',')}]}]}`;
}

function unauthorized(
  request: Received,
  options: { appSecret: string; pageToken: string },
): Answered | undefined {
  const bearer = request.headers.authorization?.replace(/^Bearer /, '');
  const token = bearer ?? request.url.searchParams.get('access_token');
  if (token !== options.pageToken) return fault(401, 190, 'Invalid OAuth access token.', 'OAuthException');
  const proof = request.url.searchParams.get('appsecret_proof');
  const expected = createHmac('sha256', options.appSecret).update(options.pageToken).digest('hex');
  return proof === null || proof === expected
    ? undefined
    : fault(400, 100, 'Invalid appsecret_proof provided in the API argument', 'GraphMethodException');
}

function answered(request: Received, leads: readonly FakeLead[], version: string): Answered {
  const [, asked, id = '', edge] = request.url.pathname.split('/');
  if (asked !== version)
    return fault(400, 2635, `You are calling a deprecated version of the API`, 'OAuthException');
  if (edge === 'leads')
    return listed(
      request.url,
      leads.filter((lead) => lead.form_id === id),
    );
  const lead = leads.find((one) => one.id === id);
  return lead === undefined
    ? fault(
        400,
        100,
        `Unsupported get request. Object with ID '${id}' does not exist`,
        'GraphMethodException',
        {},
        33,
      )
    : { status: 200, body: escapedJson(lead) };
}

const PAGE_LEADS_MAX = 500;

function listed(url: URL, leads: readonly FakeLead[]): Answered {
  const limit = Number(url.searchParams.get('limit') ?? 25);
  if (limit > PAGE_LEADS_MAX)
    return fault(500, 1, 'Please reduce the amount of data you are asking for', 'OAuthException');
  const filters = JSON.parse(url.searchParams.get('filtering') ?? '[]') as { field: string; value: number }[];
  const since = (filters.find(({ field }) => field === 'time_created')?.value ?? 0) * 1000;
  const newestFirst = leads
    .filter((lead) => Date.parse(lead.created_time) > since)
    .toSorted((a, b) => Date.parse(b.created_time) - Date.parse(a.created_time));
  const after = url.searchParams.get('after');
  const start = after === null ? 0 : newestFirst.findIndex(({ id }) => cursor(id) === after) + 1;
  const data = newestFirst.slice(start, start + limit);
  const last = data.at(-1);
  const more = start + limit < newestFirst.length;
  const next = new URL(url);
  if (last !== undefined) next.searchParams.set('after', cursor(last.id));
  const paging =
    last === undefined
      ? {}
      : {
          paging: {
            cursors: { before: cursor(data[0]?.id ?? ''), after: cursor(last.id) },
            ...(more ? { next: next.href } : {}),
          },
        };
  return { status: 200, body: escapedJson({ data, ...paging }) };
}

function cursor(id: string): string {
  return Buffer.from(id).toString('base64url');
}

function escapedJson(value: unknown): string {
  return JSON.stringify(value).replace(
    /[^\u0020-\u007e]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
