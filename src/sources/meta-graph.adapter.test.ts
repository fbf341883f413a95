import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  startMetaLeads,
  type GraphTrouble,
  type MetaLeadsServer,
} from '../../simulator/fakes/meta-leads-server.ts';
import { recordOf } from '../platform/exact-json.ts';
import { signedBy } from '../platform/signed-body.ts';
import { instant } from '../platform/time.ts';
import { nextWatermark } from './meta-backfill.ts';
import {
  backfillForm,
  fetchMetaLead,
  GRAPH_PAGE_LEADS,
  listFormLeads,
  type GraphAccess,
} from './meta-graph.adapter.ts';
import { readMetaLead } from './meta-lead.ts';
import { readMetaNotification } from './meta-notification.ts';

const FORM = '900000000000101';
const start = Date.parse('2026-07-15T15:00:00Z');
const door = { source: 'facebook', zone: 'America/Mexico_City', now: instant('2026-07-15T18:00:00Z') };
let meta: MetaLeadsServer;
let access: GraphAccess;

beforeEach(async () => {
  meta = await startMetaLeads({ appSecret: 'app', pageToken: 'EAApage' });
  access = { baseUrl: meta.url, version: 'v25.0', pageToken: 'EAApage', appSecret: 'app', fetch };
});
afterEach(() => meta.close());
const add = (minute: number) =>
  meta.addLead(
    FORM,
    start + minute * 60_000,
    { full_name: 'José Núñez 🏡', phone_number: '+525512345678' },
    '120200000000000254',
  );

test('told, fetched and read: accents and emoji arrive whole, ids exact', async () => {
  const lead = add(0);
  const { body, headers } = meta.notification([lead, lead]);
  expect(signedBy(body, headers['x-hub-signature-256'], ['next', 'app'])).toBe(true);
  const told = readMetaNotification(body);
  if ('fault' in told) throw new Error('fault');
  expect(told.notices.map(({ leadId }) => leadId)).toEqual([lead.id]);
  const got = await fetchMetaLead(access, lead.id);
  if (!('lead' in got)) throw new Error(got.detail);
  expect(readMetaLead(got.lead, door)).toMatchObject({
    intake: {
      sourceId: lead.id,
      name: 'José Núñez 🏡',
      sentAt: '2026-07-15T15:00:00.000Z',
      campaign: { adId: '120200000000000254' },
    },
  });
});

test('what the testing tool sends is a test', async () => {
  const got = await fetchMetaLead(access, meta.addTestLead(FORM, start).id);
  if (!('lead' in got)) throw new Error(got.detail);
  expect(readMetaLead(got.lead, door)).toMatchObject({ intake: { test: true } });
});

describe('when Graph does not give it', () => {
  test.each<[GraphTrouble, object]>([
    ['rate-limited', { retry: 'rate-limited', afterMs: 900_000 }],
    ['page-rate-limited', { retry: 'rate-limited', afterMs: 2_520_000 }],
    ['server-error', { retry: 'unavailable' }],
    ['transient', { retry: 'unavailable' }],
    ['hang-up', { retry: 'unavailable' }],
    ['token-expired', { refused: 'token-invalid' }],
    ['no-permission', { refused: 'no-permission' }],
    ['not-json', { refused: 'not-understood' }],
  ])('%s', async (kind, outcome) => {
    meta.trouble(kind);
    const got = await fetchMetaLead(access, add(0).id);
    expect(got).toMatchObject(outcome);
    expect(JSON.stringify(got)).not.toMatch(/EAAfakeEAAfake|EAApage/);
  });

  test.each([
    ['a lead that is gone', {}, '9007199254740993', { refused: 'not-found' }],
    ['an id that is a path', {}, '1/../me', { refused: 'not-understood' }],
    ['another token', { pageToken: 'x' }, '1', { refused: 'token-invalid' }],
    ['an ended version', { version: 'v1.0' }, '1', { refused: 'not-understood' }],
    ['nobody there', { baseUrl: 'http://127.0.0.1:9' }, '1', { retry: 'unavailable' }],
  ])('%s', async (_name, over, id, outcome) => {
    expect(await fetchMetaLead({ ...access, ...over }, id)).toMatchObject(outcome);
  });
});

const idOfLead = (lead: unknown) => String(recordOf(lead)?.['id']);
const many = () => Array.from({ length: 2 * GRAPH_PAGE_LEADS + 1 }, (_, minute) => add(minute + 1));
describe('back-fill', () => {
  const from = instant(start);

  test('every page is followed, with modest pages and no token in any address', async () => {
    const leads = many();
    const seen = new Set<string>();
    const done = await backfillForm(access, FORM, from, async (lead) => seen.add(idOfLead(lead)).size > 0);
    expect(seen).toEqual(new Set(leads.map(({ id }) => id)));
    expect(done).toEqual({
      watermark: instant(start + leads.length * 60_000),
      read: leads.length,
      failed: 0,
      stopped: null,
    });
    expect(meta.asked).toHaveLength(3);
    expect(meta.asked.join()).not.toContain('EAApage');
  });

  test('the watermark never passes a lead that failed', async () => {
    const leads = many();
    const bad = leads[40]?.id;
    const done = await backfillForm(access, FORM, from, async (lead) => idOfLead(lead) !== bad);
    expect(done).toMatchObject({ failed: 1, watermark: instant(start + 40 * 60_000) });
    const again: string[] = [];
    await backfillForm(access, FORM, done.watermark, async (lead) => again.push(idOfLead(lead)) > 0);
    expect(again).toContain(bad);
  });

  test('a list broken off moves nothing: what was not read is the oldest', async () => {
    many();
    let pages = 0;
    const counting: typeof fetch = (...args) => {
      if (++pages === 2) meta.trouble('server-error');
      return fetch(...args);
    };
    const done = await backfillForm({ ...access, fetch: counting }, FORM, from, async () => true);
    expect(done).toMatchObject({
      watermark: from,
      read: GRAPH_PAGE_LEADS,
      stopped: { retry: 'unavailable' },
    });
  });

  test('a form without leads', async () => {
    expect(await listFormLeads(access, FORM, 0, null)).toEqual({ leads: [], after: null });
    expect(await backfillForm(access, FORM, from, async () => true)).toEqual({
      watermark: from,
      read: 0,
      failed: 0,
      stopped: null,
    });
  });

  test.each([
    ['a failed lead without a time holds everything', [{ createdAt: null, stored: false }], from],
    ['a stored lead without a time moves nothing', [{ createdAt: null, stored: true }], from],
    [
      'late arrivals before the watermark do not move it back',
      [{ createdAt: instant(start - 60_000), stored: true }],
      from,
    ],
  ])('%s', (_name, taken, watermark) => expect(nextWatermark(from, taken, true)).toBe(watermark));
});
