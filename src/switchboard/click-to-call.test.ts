import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { startCallpicker, type CallpickerServer } from '../../simulator/fakes/callpicker-server.ts';
import { emailOf, openFloor, PASSWORD, type Floor } from '../../tests/journeys/floor.ts';
import { openBrowser, type Browser } from '../access/access-cases.ts';
import { verifyOrganization } from '../decisions/index.ts';
import { features } from '../features.ts';

const COMPANY_LINE = '525511112222';
let floor: Floor;
let pbx: CallpickerServer;
let ana: Browser;
let administrator: Browser;
let webhook: string;

beforeAll(async () => {
  pbx = await startCallpicker({
    clientId: 'id-1',
    clientSecret: 'secret-of-the-pbx',
    zone: 'America/Mexico_City',
    companyLine: COMPANY_LINE,
    nowMs: () => Date.parse(floor.now()),
  });
  floor = await openFloor({
    settings: { pbx: { accessNumber: '+525550001000', clickToCall: true } },
    outside: { callpickerBase: pbx.url },
  });
  administrator = await signedIn('administrator');
  ana = await signedIn('ana');
  const source = { kind: 'pbx', name: 'Central', settings: { companyLines: [`+${COMPANY_LINE}`] } };
  await administrator.send('PUT', '/api/sources/central', source);
  const sources = (await administrator.get('/api/sources')).body['sources'] as { address: string }[];
  webhook = sources.find(({ address }) => address?.includes('/hooks/callpicker/'))?.address ?? '';
  const person = { person: 'ana', extension: '101', from: '2026-01-01T00:00:00Z' };
  await administrator.post('/api/sources/central/extensions', person);
  await floor.receive({ lead: 'A1', name: 'Carla Ruiz', phone: '55 1234 5678' });
});
afterAll(async () => {
  await floor.stop();
  await pbx.close();
});

async function signedIn(person: string): Promise<Browser> {
  const browser = openBrowser(floor.program.http, '203.0.113.9');
  expect((await browser.signIn(emailOf(person), PASSWORD)).status).toBe(200);
  return browser;
}

function intent(id: string): Promise<{ state: string; call: string | null } | undefined> {
  return floor.program.database.inOrganization(floor.organization, async (tx) => {
    const found = await sql<{ state: string; call: string | null }>`
      select state, call from call_intents where id = ${id}`.execute(tx);
    return found.rows[0];
  });
}

/** The PBX tells of the call it made last. */
function tellOfCall(shape: 'v2-json' | 'old-form', at: number, callId?: string): Promise<number[]> {
  const call = { direction: 'out', ringSeconds: 3, talkSeconds: 20, otherParty: '5512345678' } as const;
  const id = callId === undefined ? {} : { callId };
  return pbx.sendCall(webhook, { ...call, ...id, startedAt: at, advisor: '101' }, shape, 2);
}

describe('the credentials', () => {
  test('without them «Llamar» goes by the access number', async () => {
    expect((await administrator.get('/api/pbx')).body).toMatchObject({ state: 'not-set-up' });
    expect((await ana.post('/api/leads/A1/call', {})).body).toMatchObject({ way: 'tel' });
    expect(await administrator.post('/api/pbx/test', {})).toMatchObject({ code: 'no-such-channel' });
    expect(await administrator.send('PUT', '/api/pbx', { clientId: 'id-1' })).toMatchObject({
      status: 400,
      code: 'secret-missing',
    });
  });

  test('an advisor neither sees nor sets them', async () => {
    expect((await ana.get('/api/pbx')).status).toBe(403);
    expect((await ana.post('/api/pbx/test', {})).status).toBe(403);
  });

  test('wrong ones are said to be wrong, right ones work; the secret is never shown, nor kept in clear', async () => {
    await administrator.send('PUT', '/api/pbx', { clientId: 'id-1', clientSecret: 'wrong' });
    const no = await administrator.post('/api/pbx/test', {});
    expect(no.body).toMatchObject({ works: false, remedy: expect.stringMatching(/CLIENT SECRET/) });
    floor.move(1_000);
    await administrator.send('PUT', '/api/pbx', { clientId: 'id-1', clientSecret: 'secret-of-the-pbx' });
    expect((await administrator.post('/api/pbx/test', {})).body).toMatchObject({ works: true });
    const shown = await administrator.get('/api/pbx');
    expect(shown.body).toMatchObject({ state: 'set-up', clientId: 'id-1' });
    expect(JSON.stringify(shown.body)).not.toContain('secret-of-the-pbx');
    const stored = await floor.program.database.inOrganization(floor.organization, (tx) =>
      sql<{ settings: string }>`select settings from pbx_access`.execute(tx),
    );
    expect(stored.rows[0]?.settings).not.toContain('secret');
  });
});

describe('an intent is settled by the PBX’s event', () => {
  test('the line falls while it rings: unknown, not dialed again, and the event says that it was made', async () => {
    pbx.trouble('dialed-then-hang-up');
    const press = { intent: 'press-1' };
    expect((await ana.post('/api/leads/A1/call', press)).body).toMatchObject({
      way: 'pbx',
      state: 'unknown',
    });
    expect((await ana.post('/api/leads/A1/call', press)).body).toMatchObject({ state: 'unknown' });
    expect(pbx.dialed).toHaveLength(1);
    const began = Date.parse(floor.now());
    floor.move(30_000);
    expect(await tellOfCall('v2-json', began, pbx.dialed[0]?.callId)).toEqual([200, 200]);
    const callId = pbx.dialed[0]?.callId ?? '';
    expect(await intent('press-1')).toEqual({ state: 'made', call: `${callId}#1` });
    const timeline = JSON.stringify((await ana.get('/api/leads/A1/timeline')).body['items']);
    expect(timeline).toContain('"said":"dialing"');
    expect(timeline).not.toContain('dial-unknown');
  });

  test('the process falls while it asks: the same press after it rings nobody', async () => {
    floor.move(120_000);
    pbx.trouble('silent');
    // This request never comes back, as of a process that was killed.
    const lost = ana.post('/api/leads/A1/call', { intent: 'press-2' });
    await expect.poll(() => pbx.dialed.length).toBe(2);
    expect(await intent('press-2')).toEqual({ state: 'intended', call: null });
    const again = await (await signedIn('ana')).post('/api/leads/A1/call', { intent: 'press-2' });
    expect(again.body).toMatchObject({ way: 'pbx', state: 'intended' });
    const another = await ana.post('/api/leads/A1/call', { intent: 'press-3' });
    expect(another).toMatchObject({ status: 409, code: 'call-in-hand' });
    expect(pbx.dialed).toHaveLength(2);
    // Older events name no id that was given to us: the advisor, the person and the minute tell.
    const began = Date.parse(floor.now());
    floor.move(40_000);
    expect(await tellOfCall('old-form', began)).toEqual([200, 200]);
    expect(await intent('press-2')).toMatchObject({ state: 'made' });
    pbx.endSilence();
    await lost;
    // The answer to the order, come after its event, takes nothing back.
    expect(await intent('press-2')).toMatchObject({ state: 'made' });
  });

  test('once the event has come another press rings at once', async () => {
    expect((await ana.post('/api/leads/A1/call', { intent: 'press-4' })).body).toMatchObject({
      state: 'dialing',
    });
    expect(pbx.dialed).toHaveLength(3);
  });

  test('a call of an hour later is not the one that was asked for', async () => {
    floor.move(3_600_000);
    await tellOfCall('old-form', Date.parse(floor.now()) - 60_000);
    expect(await intent('press-4')).toEqual({ state: 'dialing', call: null });
  });

  test('what was settled is what the journal says', async () => {
    const { database } = floor.program;
    const { differences } = await verifyOrganization(database, features, floor.organization, new Map());
    expect(differences).toEqual([]);
  });
});
