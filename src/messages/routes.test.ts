import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

import { KEY, openRigs, type RigOptions, type TestRig } from '../../tests/delivery-rig.ts';
import type { SignedIn } from '../access/index.ts';
import { errorCatalog } from '../platform/errors.ts';
import { createHttp, httpErrors, type Http } from '../platform/http.ts';
import { newId } from '../platform/ids.ts';
import { silentLog } from '../platform/log.ts';
import { createMetrics } from '../platform/metrics.ts';
import { MINUTE, SECOND } from '../platform/time.ts';
import { channelRoutes } from './channels.routes.ts';
import type { Delivery } from './delivery.jobs.ts';
import { messageErrors } from './errors.ts';
import { noticeRoutes } from './routes.ts';
import { readWebhooks, type OptOutHeard, type WebhookParts } from './webhook.jobs.ts';
import { webhookPath, whatsappWebhookRoutes } from './webhook.routes.ts';
import type { InboundMessage } from './whatsapp-events.ts';
import { metaSignature } from './whatsapp-signature.ts';

let rigs: Awaited<ReturnType<typeof openRigs>>;
const doors: Http[] = [];
beforeAll(async () => {
  rigs = await openRigs();
});
afterEach(async () => {
  for (const door of doors.splice(0)) await door.stop();
});
afterAll(() => rigs.close());

interface Door extends TestRig {
  readonly http: Http;
  readonly mail: Delivery;
  readonly inbound: { readonly message: InboundMessage; readonly person: string | null }[];
  readonly optOuts: OptOutHeard[];
  /** Reads what webhooks left; gives how many bodies. */
  read(): Promise<number>;
  /** As this person. */
  ask(person: string, method: 'GET' | 'POST' | 'PUT' | 'DELETE', url: string, body?: object): Promise<Answer>;
}
interface Answer {
  readonly status: number;
  // oxlint-disable-next-line typescript/no-explicit-any -- a test looks into whatever JSON came
  readonly json: any;
}

async function open(options: RigOptions & { broken?: boolean } = {}): Promise<Door> {
  const rig = await rigs.rig(options);
  const http = await createHttp({
    log: silentLog,
    metrics: createMetrics({ processMetrics: false }),
    errors: errorCatalog({ http: httpErrors, messages: messageErrors }),
    publicUrl: 'https://pauta.example.com',
    version: '0',
    health: [],
    admit: async () => {},
  });
  doors.push(http);
  const clock = { now: () => rig.time.now() };
  const { letters } = rig.parts('door');
  const endpoints = { hosts: [], allowLoopback: true };
  // Who asks is somebody else's question; here the test says.
  const signedIn = (request: { headers: Record<string, unknown> }): SignedIn =>
    ({
      organization: { id: rig.organization },
      person: { id: String(request.headers['x-person']) },
    }) as SignedIn;
  const { database, house } = rig;
  whatsappWebhookRoutes(http.app, { database, clock, newId, key: KEY, wake: () => undefined });
  noticeRoutes(http.app, { database, house, clock, letters, signedIn, push: { publicKey: 'P', endpoints } });
  channelRoutes(http.app, { database, house, clock, key: KEY, publicUrl: letters.publicUrl, signedIn });
  await http.app.ready();
  rig.onWebhook(async (raw, headers) => {
    const url = webhookPath(rig.organization);
    return (await http.app.inject({ method: 'POST', url, headers, payload: raw })).statusCode;
  });
  const inbound: { message: InboundMessage; person: string | null }[] = [];
  const optOuts: OptOutHeard[] = [];
  let broken = options.broken === true;
  const parts: WebhookParts = {
    database,
    house,
    clock,
    log: silentLog,
    letters,
    onInbound: async (_organization, message, person) => {
      if (broken) {
        broken = false;
        throw new Error('the database went away');
      }
      inbound.push({ message, person });
    },
    onOptOut: async (_organization, heard) => void optOuts.push(heard),
  };
  const mail = rig.delivery();
  await rig.round(mail);
  await rig.time.advance(MINUTE);
  await readWebhooks(parts, new AbortController().signal);
  return {
    ...rig,
    http,
    mail,
    inbound,
    optOuts,
    read: () => readWebhooks(parts, new AbortController().signal),
    ask: async (person, method, url, body) => {
      const answer = await http.app.inject({
        method,
        url,
        headers: { 'x-person': person },
        ...(body === undefined ? {} : { payload: body }),
      });
      return { status: answer.statusCode, json: answer.json() };
    },
  };
}

const leadMessage = async (rig: TestRig) => {
  const row = (await rig.rows()).find(({ kind }) => kind === 'lead.assigned');
  if (row === undefined) throw new Error('no notice');
  return row;
};
const receipts = async (rig: TestRig) =>
  rig.database.inOrganization(rig.organization, async (tx) => {
    const found = await sql<{ state: string }>`
      select state from receipts where organization_id = ${rig.organization} order by received_at, id`.execute(
      tx,
    );
    return found.rows.map(({ state }) => state);
  });

describe('the handshake', () => {
  const query = '?hub.mode=subscribe&hub.challenge=115820&hub.verify_token=';
  test('with our token the bare challenge is answered', async () => {
    const door = await open();
    const answer = await door.http.app.inject(webhookPath(door.organization) + query + 'verify%20me');
    expect([answer.statusCode, answer.body]).toEqual([200, '115820']);
  });
  test.each([
    ['another token', (door: Door) => webhookPath(door.organization) + query + 'x'],
    ['no token', (door: Door) => webhookPath(door.organization) + query],
    ['an organization there is not', () => webhookPath('nobody') + query],
  ])('%s: 403', async (_name, path) => {
    const door = await open();
    expect((await door.http.app.inject(path(door))).statusCode).toBe(403);
  });
});

const post = (door: Door, raw: Buffer, secret: string, organization = door.organization) =>
  door.http.app.inject({
    method: 'POST',
    url: webhookPath(organization),
    headers: { 'content-type': 'application/json', 'x-hub-signature-256': metaSignature(raw, secret) },
    payload: raw,
  });

describe('a webhook', () => {
  const body = Buffer.from('{"object":"whatsapp_business_account","entry":[]}');
  test('signed: stored before it is answered; the same bytes again are a repeat', async () => {
    const door = await open();
    for (let n = 0; n < 3; n += 1) expect((await post(door, body, 'app secret')).statusCode).toBe(200);
    expect(await receipts(door)).toEqual(expect.arrayContaining(['new', 'repeat', 'repeat']));
    await door.read();
    expect((await receipts(door)).filter((state) => state === 'new')).toEqual([]);
  });
  test.each([
    ['another secret', 'x', undefined],
    ['an empty secret', '', undefined],
    ['an organization there is not', '', 'nobody'],
  ])('signed with %s: 401, and nothing is stored', async (_name, secret, organization) => {
    const door = await open();
    const before = (await receipts(door)).length;
    expect((await post(door, body, secret, organization)).statusCode).toBe(401);
    expect(await receipts(door)).toHaveLength(before);
  });
  test('signed, and no JSON: kept with its fault, and not asked for again', async () => {
    const door = await open();
    expect((await post(door, Buffer.from('{"a":'), 'app secret')).statusCode).toBe(200);
    expect(await receipts(door)).toContain('faulty');
  });
});

describe('statuses', () => {
  test('three times each, in any order and in batches: read in the end, and each told once', async () => {
    const door = await open();
    await door.lead('L1');
    await door.lead('L2');
    await door.round(door.mail);
    door.graph.webhookFaults({ times: 3, batch: 4, shuffle: true });
    await door.time.advance(MINUTE);
    await door.graph.flush();
    while ((await door.read()) > 0);
    const rows = (await door.rows()).filter(({ kind }) => kind === 'lead.assigned');
    expect(rows.map(({ state }) => state)).toEqual(['read', 'read']);
    expect(await door.entries('message.read')).toHaveLength(2);
    for (const status of ['accepted', 'delivered'])
      expect((await door.entries(`message.${status}`)).length).toBeLessThanOrEqual(5);
    expect(await door.entries('lead.notified')).toHaveLength(2);
  });

  test('one that carries our id settles what had no answer', async () => {
    const door = await open({ email: false });
    door.graph.next({ fault: 'silence', taken: true });
    await door.lead('L1');
    await door.round(door.mail);
    expect((await leadMessage(door)).state).toBe('unknown');
    expect(await door.entries('lead.notified')).toEqual([]);
    await door.time.advance(SECOND);
    await door.read();
    expect((await leadMessage(door)).state).toBe('accepted');
    expect(await door.entries('lead.notified')).toMatchObject([{ channel: 'whatsapp' }]);
  });

  test('failed after it was taken: the next channel', async () => {
    const door = await open();
    door.graph.next({ fault: 'fail-later', code: 131026 });
    await door.lead('L1');
    await door.round(door.mail);
    await door.time.advance(2 * SECOND);
    await door.read();
    await door.round(door.mail);
    const rows = (await door.rows()).filter(({ kind }) => kind === 'lead.assigned');
    expect(rows.map(({ channel, state }) => `${channel} ${state}`)).toEqual([
      'whatsapp failed',
      'email accepted',
    ]);
    expect(await door.entries('lead.notified')).toHaveLength(1);
  });

  test('failed for a bill: the sender stops', async () => {
    const door = await open();
    door.graph.next({ fault: 'fail-later', code: 131042 });
    await door.lead('L1');
    await door.round(door.mail);
    await door.time.advance(2 * SECOND);
    await door.read();
    const { json } = await door.ask('lola', 'GET', '/api/channels');
    expect(json.channels[0]).toMatchObject({
      kind: 'whatsapp',
      state: 'stopped',
      reason: '131042',
      remedy: 'billing',
    });
  });

  test('of a message that is not ours: nothing', async () => {
    const door = await open();
    const raw = Buffer.from(
      '{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{"statuses":[{"id":"wamid.x","status":"read","timestamp":"1766400000"}]}}]}]}',
    );
    await door.http.app.inject({
      method: 'POST',
      url: webhookPath(door.organization),
      headers: { 'x-hub-signature-256': metaSignature(raw, 'app secret') },
      payload: raw,
    });
    expect(await door.read()).toBe(1);
  });

  test('of another limit of people a day: it holds from now on, and a stopped channel stays stopped', async () => {
    const door = await open();
    door.graph.next({ fault: 'error', code: 190, http: 401 });
    await door.ask('lola', 'POST', '/api/channels/whatsapp/test');
    await door.round(door.mail);
    const changes = [
      { field: 'business_capability_update', value: { max_daily_conversations_per_business: 'TIER_2K' } },
    ];
    const told = { object: 'whatsapp_business_account', entry: [{ id: '1', time: 1_719_846_000, changes }] };
    await post(door, Buffer.from(JSON.stringify(told)), 'app secret');
    expect(await door.read()).toBe(1);
    const channel = async () => (await door.ask('lola', 'GET', '/api/channels')).json.channels[0];
    expect(await channel()).toMatchObject({ state: 'stopped', settings: { peopleADay: 2_000 } });
    // Whoever saves without a word of it keeps what Meta said; and may take the limit away.
    await door.ask('lola', 'PUT', '/api/channels/whatsapp', { phoneNumberId: '1001', token: 'T' });
    expect(await channel()).toMatchObject({ state: 'ok', settings: { peopleADay: 2_000 } });
    const change = { phoneNumberId: '1001', peopleADay: null };
    await door.ask('lola', 'PUT', '/api/channels/whatsapp', change);
    expect(await channel()).toMatchObject({ settings: { peopleADay: null } });
  });
});

const press = (payload: string) => ({ type: 'button', button: { text: 'Confirmo', payload } });

describe('what people write', () => {
  test('a pressed button confirms the roster, by the phone it came from, once', async () => {
    const door = await open();
    await door.house.fireDue(door.organization);
    door.graph.webhookFaults({ times: 2 });
    await door.graph.inbound({ from: '525550000004', message: press('CONFIRM:2024-07') });
    await door.read();
    expect(await door.entries('roster.confirmed')).toMatchObject([
      { by: 'ana', month: '2024-07', channel: 'whatsapp' },
    ]);
    expect(door.inbound).toHaveLength(1);
    expect(door.inbound[0]?.person).toBe('ana');
  });
  test('a stranger’s button confirms nothing', async () => {
    const door = await open();
    await door.graph.inbound({ from: '525511112222', message: press('CONFIRM:2024-07') });
    await door.read();
    expect(await door.entries('roster.confirmed')).toEqual([]);
    // Nobody's lead either: a button of ours is pressed by one of the floor, with another phone.
    expect(door.inbound).toEqual([]);
  });
  test('a contact who wants no more is heard; one of the staff says it as a word among others', async () => {
    const door = await open();
    const stop = { type: 'text', text: { body: 'Baja' } };
    await door.graph.inbound({ from: '525511112222', message: stop });
    await door.graph.inbound({ from: '525550000004', message: stop });
    await door.graph.preference('525511113333', 'stop');
    await door.read();
    expect(
      door.optOuts.map(({ from }) => from ?? '').toSorted((one, other) => one.localeCompare(other)),
    ).toEqual(['+525511112222', '+525511113333']);
  });
  test('when whoever is told fails, it is told again, and then once', async () => {
    const door = await open({ broken: true });
    await door.graph.inbound({ from: '525511112222', message: { type: 'text', text: { body: 'Hola' } } });
    expect(await door.read()).toBe(1);
    expect(door.inbound).toEqual([]);
    await door.time.advance(MINUTE);
    expect(await door.read()).toBe(1);
    expect(door.inbound).toHaveLength(1);
  });
});

describe('a person’s notices', () => {
  test('each once, whatever was tried, in words; seeing them here tells the person', async () => {
    const door = await open({ email: false });
    door.graph.next({ fault: 'error', code: 131026 });
    await door.lead('L1');
    await door.round(door.mail);
    const to = (await leadMessage(door)).recipient;
    const { json } = await door.ask(to, 'GET', '/api/notices');
    expect(json.notices[0]).toMatchObject({
      about: 'lead.assigned',
      title: 'Nuevo lead: Persona L1',
      path: '/leads/L1',
      channel: 'whatsapp',
      state: 'refused',
      seenAt: null,
    });
    expect(json.unread).toBeGreaterThan(0);
    expect(await door.entries('lead.notified')).toEqual([]);
    const seen = await door.ask(to, 'POST', '/api/notices/seen', { ids: null });
    expect(seen.json).toEqual({ unread: 0 });
    expect(await door.entries('lead.notified')).toMatchObject([{ lead: 'L1', channel: 'app' }]);
    await door.ask(to, 'POST', '/api/notices/seen', { ids: null });
    expect(await door.entries('lead.notified')).toHaveLength(1);
  });
  test('nobody sees or marks another’s', async () => {
    const door = await open();
    await door.lead('L1');
    const { recipient, id } = await leadMessage(door);
    const other = recipient === 'ana' ? 'beto' : 'ana';
    const { json } = await door.ask(other, 'GET', '/api/notices');
    expect(json.notices.map((notice: { id: string }) => notice.id)).not.toContain(id);
    await door.ask(other, 'POST', '/api/notices/seen', { ids: [id] });
    expect((await door.ask(recipient, 'GET', '/api/notices')).json.notices[0].seenAt).toBeNull();
  });
});

describe('browsers that ring', () => {
  test('are added, listed and removed by their own person', async () => {
    const door = await open();
    const given = { ...door.push.subscribe(), device: 'Chrome en el teléfono' };
    const { json: added } = await door.ask('ana', 'POST', '/api/push', given);
    expect((await door.ask('ana', 'GET', '/api/push')).json).toMatchObject({
      publicKey: 'P',
      devices: [{ id: added.id, device: 'Chrome en el teléfono' }],
    });
    expect((await door.ask('beto', 'DELETE', `/api/push/${added.id}`)).json).toEqual({ removed: false });
    expect((await door.ask('ana', 'DELETE', `/api/push/${added.id}`)).json).toEqual({ removed: true });
  });
  test.each(['https://10.0.0.1/x', 'https://example.com/push', 'https://user@127.0.0.1/'])(
    'an endpoint of no push service is refused: %s',
    async (endpoint) => {
      const door = await open();
      const given = { endpoint, keys: { p256dh: 'x', auth: 'y' } };
      expect((await door.ask('ana', 'POST', '/api/push', given)).json.error.code).toBe('push-endpoint');
    },
  );
});

describe('channels', () => {
  test('are shown without their secrets, and keep those that a change leaves out', async () => {
    const door = await open();
    const change = { apiVersion: 'v25.0', phoneNumberId: '1001' };
    expect((await door.ask('lola', 'PUT', '/api/channels/whatsapp', change)).status).toBe(200);
    const { json } = await door.ask('lola', 'GET', '/api/channels');
    expect(json.channels[0]).toMatchObject({ state: 'ok', settings: { apiVersion: 'v25.0', token: true } });
    expect(JSON.stringify(json)).not.toMatch(/app secret|verify me|"T"/);
    expect(await door.entries('channel.saved')).toMatchObject([{ channel: 'whatsapp', by: 'lola' }]);
  });
  test('at rest there is nothing to read', async () => {
    const door = await open();
    const stored = await door.database.inOrganization(door.organization, (tx) =>
      sql<{ settings: Buffer }>`select settings from channels`.execute(tx),
    );
    expect(stored.rows.map(({ settings }) => settings.toString('latin1')).join()).not.toContain('app secret');
  });
  test('without a secret that nobody has given yet: said which', async () => {
    const door = await open({ email: false });
    const change = { from: { name: 'Pauta', address: 'avisos@example.com' } };
    const { status, json } = await door.ask('lola', 'PUT', '/api/channels/email', change);
    expect([status, json.error.code, json.error.field]).toEqual([400, 'secret-missing', 'url']);
  });
  test('send a test to whoever asks, and say what came of it', async () => {
    const door = await open();
    const { json } = await door.ask('lola', 'POST', '/api/channels/whatsapp/test');
    await door.round(door.mail);
    expect((await door.ask('lola', 'GET', `/api/channels/tests/${json.message}`)).json).toMatchObject({
      state: 'accepted',
    });
    expect(door.graph.taken.at(-1)?.recipient).toBe('525550000003');
  });
  test('a test goes by its own channel or not at all', async () => {
    const door = await open();
    door.graph.next({ fault: 'error', code: 131026 });
    const { json } = await door.ask('lola', 'POST', '/api/channels/whatsapp/test');
    await door.round(door.mail);
    await door.round(door.mail);
    expect((await door.ask('lola', 'GET', `/api/channels/tests/${json.message}`)).json).toMatchObject({
      state: 'refused',
      code: '131026',
    });
    expect(door.smtp.received.filter(({ to }) => to[0] === 'lola@example.com')).toEqual([]);
  });
  test('saved again, a stopped one sends', async () => {
    const door = await open();
    door.graph.next({ fault: 'error', code: 190, http: 401 });
    await door.ask('lola', 'POST', '/api/channels/whatsapp/test');
    await door.round(door.mail);
    expect((await door.ask('lola', 'GET', '/api/channels')).json.channels[0].state).toBe('stopped');
    await door.ask('lola', 'PUT', '/api/channels/whatsapp', { phoneNumberId: '1001', token: 'T' });
    const { json } = await door.ask('lola', 'POST', '/api/channels/whatsapp/test');
    await door.round(door.mail);
    expect((await door.ask('lola', 'GET', `/api/channels/tests/${json.message}`)).json.state).toBe(
      'accepted',
    );
  });
  test('what no channel took is listed, and goes again when a person says so', async () => {
    const door = await open({ email: false });
    door.graph.next({ fault: 'silence', taken: false });
    await door.lead('L1');
    await door.round(door.mail);
    const { json } = await door.ask('lola', 'GET', '/api/messages/open');
    const [row] = json.messages.filter(({ kind }: { kind: string }) => kind === 'lead.assigned');
    expect(row).toMatchObject({ channel: 'whatsapp', state: 'unknown', code: 'no-answer' });
    expect((await door.ask('lola', 'POST', `/api/messages/${row.id}/resend`)).status).toBe(200);
    expect((await door.ask('lola', 'POST', `/api/messages/${row.id}/resend`)).json.error.code).toBe(
      'message-not-open',
    );
  });
});
