import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { openRigs, type TestRig } from '../../tests/delivery-rig.ts';
import { World } from '../decisions/index.ts';
import { readEntries } from '../journal/index.ts';
import { MINUTE, plus, SECOND } from '../platform/time.ts';
import { outboxFeature } from './outbox.feature.ts';
import { UNDO_MILLISECONDS } from './outbox.ts';
import { createDelivery, LEASE_MILLISECONDS, SENDER_LEASE_MILLISECONDS } from './delivery.jobs.ts';
import { saveSubscription } from './push-subscriptions.store.ts';
import { stopChannel } from './channels.store.ts';

let rigs: Awaited<ReturnType<typeof openRigs>>;
beforeAll(async () => {
  rigs = await openRigs();
});
afterAll(() => rigs.close());

const states = async (rig: TestRig) =>
  (await rig.rows()).map(({ channel, state, kind }) => `${kind} ${channel} ${state}`);
/** The notices about leads alone, without the roster's. */
const ofLeads = async (rig: TestRig) => (await states(rig)).filter((row) => row.startsWith('lead.'));

/** What is queued at the start (the roster's notices) goes first, and is forgotten. */
async function ready(options: Parameters<typeof rigs.rig>[0] = {}): Promise<TestRig> {
  const rig = await rigs.rig(options);
  const delivery = rig.delivery('first');
  await rig.round(delivery);
  await delivery.leave();
  await rig.time.advance(MINUTE);
  return rig;
}

async function subscribe(rig: TestRig, person: string): Promise<void> {
  await rig.database.inOrganization(rig.organization, (tx) =>
    saveSubscription(tx, rig.organization, {
      person,
      subscription: rig.push.subscribe(),
      device: 'teléfono',
      at: rig.time.now(),
    }),
  );
}

/** Takes what is due and stops there, as a process that is killed between the mark and the send. */
async function die(rig: TestRig, worker: string): Promise<void> {
  const parts = rig.parts(worker);
  const never = { ...parts.senders, senderOf: () => hangs, push: hangs };
  await createDelivery({ ...parts, senders: never }).run(new AbortController().signal);
}
const hangs = { name: 'whatsapp' as const, send: () => new Promise<never>(() => undefined) };

describe('a notice goes out', () => {
  test('by WhatsApp, with the words of its template, and the advisor counts as told', async () => {
    const rig = await ready();
    const before = rig.graph.taken.length;
    await rig.lead('L1');
    expect(await rig.round(rig.delivery())).toBe(1);
    const [sent] = rig.graph.taken.slice(before);
    expect(sent?.body).toMatchObject({
      type: 'template',
      template: {
        name: 'pauta_lead_assigned',
        components: [
          { parameters: [{ text: 'Persona L1' }, { text: 'Sitio web' }, { text: '10' }, { text: '09:11' }] },
          { parameters: [{ text: 'leads/L1' }] },
        ],
      },
    });
    expect(await ofLeads(rig)).toEqual(['lead.assigned whatsapp accepted']);
    expect(await rig.entries('lead.notified')).toMatchObject([{ lead: 'L1', channel: 'whatsapp' }]);
  });

  test('personal data of the prospect stays out of the row and the journal', async () => {
    const rig = await ready();
    await rig.lead('L1');
    await rig.round(rig.delivery());
    expect(JSON.stringify([await rig.rows(), await rig.entries('told')])).not.toContain('Persona');
  });

  test('with staffChannel app it is accepted right after the commit, and rings the browsers that asked', async () => {
    const rig = await ready({ staffChannel: 'app' });
    await subscribe(rig, 'ana');
    await subscribe(rig, 'beto');
    await rig.lead('L1');
    await rig.round(rig.delivery());
    expect(await ofLeads(rig)).toEqual(['lead.assigned app accepted']);
    expect(await rig.entries('lead.notified')).toMatchObject([{ lead: 'L1', channel: 'app' }]);
    expect(rig.push.received).toMatchObject([{ payload: { title: 'Nuevo lead: Persona' } }]);
    expect(rig.graph.asked()).toBe(0);
  });
});

describe('a channel that asks to wait', () => {
  test.each([
    ['429', { fault: 'http', status: 429, retryAfterSeconds: 2 }],
    ['an error of Meta', { fault: 'error', code: 131000, http: 500 }],
  ] as const)('%s: tried again later, and once', async (_name, fault) => {
    const rig = await ready();
    const before = rig.graph.taken.length;
    const delivery = rig.delivery();
    rig.graph.next(fault);
    await rig.lead('L1');
    await rig.round(delivery);
    expect(await ofLeads(rig)).toEqual(['lead.assigned whatsapp queued']);
    expect(await rig.round(delivery)).toBe(0);
    await rig.time.advance(40 * SECOND);
    await rig.round(delivery);
    expect(await ofLeads(rig)).toEqual(['lead.assigned whatsapp accepted']);
    expect(rig.graph.taken.length - before).toBe(1);
  });

  test('our own pace is no attempt', async () => {
    const rig = await ready();
    const delivery = rig.delivery();
    for (let n = 0; n < 10; n += 1) await rig.lead(`L${n}`);
    for (let n = 0; n < 40; n += 1) {
      await rig.round(delivery);
      await rig.time.advance(3 * SECOND);
    }
    const rows = (await rig.rows()).filter(({ kind }) => kind === 'lead.assigned');
    expect(rows.map(({ state, attempts }) => `${state} ${attempts}`)).toEqual(
      Array.from({ length: 10 }, () => 'accepted 1'),
    );
  });

  test('too long for the advisor to wait: the next channel, inside the five minutes', async () => {
    const rig = await ready();
    const delivery = rig.delivery();
    rig.graph.chaos({ faulty: 1 });
    await rig.lead('L1');
    for (let n = 0; n < 10; n += 1) {
      await rig.round(delivery);
      await rig.time.advance(15 * SECOND);
      await rig.house.fireDue(rig.organization);
    }
    expect(await ofLeads(rig)).toEqual(['lead.assigned whatsapp refused', 'lead.assigned email accepted']);
    expect(await rig.entries('lead.notified')).toMatchObject([{ channel: 'email' }]);
    expect(await rig.entries('lead.notification-late')).toEqual([]);
    expect(rig.smtp.received.filter(({ raw }) => raw.includes('Nuevo lead'))).toHaveLength(1);
  });
});

describe('a channel that refuses', () => {
  test('push, then e-mail: each attempt a message of its own, of one root', async () => {
    const rig = await ready();
    await subscribe(rig, 'ana');
    await subscribe(rig, 'beto');
    const delivery = rig.delivery();
    rig.graph.next({ fault: 'error', code: 131026 });
    rig.push.next({ status: 410 });
    await rig.lead('L1');
    await rig.round(delivery);
    await rig.round(delivery);
    await rig.round(delivery);
    expect(await ofLeads(rig)).toEqual([
      'lead.assigned whatsapp refused',
      'lead.assigned push refused',
      'lead.assigned email accepted',
    ]);
    const [first, second, third] = (await rig.rows()).filter(({ kind }) => kind === 'lead.assigned');
    expect(second).toMatchObject({ root: first?.id, followedBy: third?.id });
    expect(third).toMatchObject({ root: first?.id, followedBy: null });
    expect(await rig.entries('lead.notified')).toMatchObject([{ channel: 'email' }]);
    // The browser that is gone is not asked again.
    await rig.lead('L2');
    await rig.lead('L3');
    await rig.round(delivery);
    expect(rig.push.asked()).toBe(1);
  });

  test('a token that has expired stops the sender, tells the administrators, and later notices do not ask it', async () => {
    const rig = await ready();
    const delivery = rig.delivery();
    const asked = rig.graph.asked();
    rig.graph.next({ fault: 'error', code: 190, http: 401 });
    await rig.lead('L1');
    for (let n = 0; n < 3; n += 1) await rig.round(delivery);
    await rig.lead('L2');
    for (let n = 0; n < 3; n += 1) await rig.round(delivery);
    expect(rig.graph.asked() - asked).toBe(1);
    expect(await states(rig)).toEqual(
      expect.arrayContaining(['channel.stopped whatsapp refused', 'channel.stopped email accepted']),
    );
    expect(await rig.entries('channel.stopped')).toMatchObject([{ channel: 'whatsapp', code: '190' }]);
    expect((await rig.entries('lead.notified')).map(({ channel }) => channel)).toEqual(['email', 'email']);
  });

  test('a refusal that speaks of settings saved since stops nothing', async () => {
    const rig = await ready();
    const stopped = await rig.database.inOrganization(rig.organization, (tx) =>
      stopChannel(tx, rig.organization, 'whatsapp', { reason: '190', since: rig.time.now() }),
    );
    expect(stopped).toBe(false);
  });

  test('lead-assignment P8: no channel works until later; late is said once, and told when one does', async () => {
    const rig = await ready({ email: false });
    const delivery = rig.delivery();
    rig.graph.chaos({ faulty: 1 });
    await rig.lead('L1');
    for (let n = 0; n < 6; n += 1) {
      await rig.round(delivery);
      await rig.time.advance(MINUTE);
      await rig.house.fireDue(rig.organization);
    }
    expect(await rig.entries('lead.notification-late')).toHaveLength(1);
    expect(await rig.entries('lead.notified')).toEqual([]);
    rig.graph.chaos({});
    for (let n = 0; n < 3; n += 1) {
      await rig.time.advance(MINUTE);
      await rig.round(delivery);
    }
    expect(await rig.entries('lead.notified')).toMatchObject([{ channel: 'whatsapp' }]);
    expect(await rig.entries('lead.notification-late')).toHaveLength(1);
  });
});

describe('nobody knows whether it went', () => {
  test.each([
    ['it had gone', true],
    ['it had not', false],
  ])('silence, and %s: never sent again by WhatsApp; told by e-mail', async (_name, taken) => {
    const rig = await ready();
    const delivery = rig.delivery();
    const asked = rig.graph.asked();
    rig.graph.next({ fault: 'silence', taken });
    await rig.lead('L1');
    for (let n = 0; n < 5; n += 1) {
      await rig.round(delivery);
      await rig.time.advance(MINUTE);
    }
    expect(await ofLeads(rig)).toEqual(['lead.assigned whatsapp unknown', 'lead.assigned email accepted']);
    expect(rig.graph.asked() - asked).toBe(1);
  });

  test('a person may send it again, once', async () => {
    const rig = await ready({ email: false });
    const delivery = rig.delivery();
    rig.graph.next({ fault: 'silence', taken: false });
    await rig.lead('L1');
    await rig.round(delivery);
    const [row] = (await rig.rows()).filter(({ kind }) => kind === 'lead.assigned');
    const resend = { fact: 'message.resent', actor: 'lola', by: 'lola', message: row?.id ?? '' };
    expect((await rig.submit(resend)).refused).toBeNull();
    expect((await rig.submit(resend)).refused).toMatchObject({ refused: 'message-not-open' });
    await rig.time.advance(MINUTE);
    await rig.round(delivery);
    expect(await ofLeads(rig)).toEqual(['lead.assigned whatsapp unknown', 'lead.assigned whatsapp accepted']);
  });
});

describe('a worker dies', () => {
  test('after the mark: unknown when the lease ends, not sent again, told by the next channel', async () => {
    const rig = await ready();
    const asked = rig.graph.asked();
    await rig.lead('L1');
    await die(rig, 'dead');
    const other = rig.delivery('alive');
    await rig.round(other);
    expect(await ofLeads(rig)).toEqual(['lead.assigned whatsapp sending']);
    await rig.time.advance(LEASE_MILLISECONDS);
    await rig.round(other);
    await rig.round(other);
    expect(await ofLeads(rig)).toEqual(['lead.assigned whatsapp unknown', 'lead.assigned email accepted']);
    expect(rig.graph.asked()).toBe(asked);
    expect(await rig.entries('lead.notified')).toHaveLength(1);
  });

  test('a push goes again, as the second replaces the first', async () => {
    const rig = await ready({ email: false });
    await subscribe(rig, 'ana');
    await subscribe(rig, 'beto');
    rig.graph.next({ fault: 'error', code: 131026 });
    await rig.lead('L1');
    await rig.round(rig.delivery('first'));
    await die(rig, 'dead');
    await rig.time.advance(LEASE_MILLISECONDS);
    const other = rig.delivery('alive');
    await rig.round(other);
    await rig.round(other);
    expect(await ofLeads(rig)).toEqual(['lead.assigned whatsapp refused', 'lead.assigned push accepted']);
    expect(rig.push.received).toHaveLength(1);
  });

  test('its senders are free for another after their lease', async () => {
    const rig = await ready();
    await rig.lead('L1');
    await rig.round(rig.delivery('dead'));
    await rig.lead('L2');
    const other = rig.delivery('alive');
    expect(await rig.round(other)).toBe(0);
    await rig.time.advance(SENDER_LEASE_MILLISECONDS);
    expect(await rig.round(other)).toBe(1);
  });

  test('the outcome comes after all: it settles what the lease left unknown', async () => {
    const rig = await ready({ email: false });
    await rig.lead('L1');
    await die(rig, 'slow');
    await rig.time.advance(LEASE_MILLISECONDS);
    await rig.round(rig.delivery('alive'));
    const [row] = (await rig.rows()).filter(({ kind }) => kind === 'lead.assigned');
    expect(row?.state).toBe('unknown');
    const late = { fact: 'message.outcome', actor: 'whatsapp', channel: 'whatsapp', message: row?.id ?? '' };
    await rig.submit({ ...late, outcome: 'accepted', providerId: 'wamid.1' });
    expect(await ofLeads(rig)).toEqual(['lead.assigned whatsapp accepted']);
  });
});

const cancel = (message: string) => ({ fact: 'message.canceled', actor: 'ana', by: 'ana', message });
/** As `tell` writes it for a message of a person's. */
async function written(rig: TestRig): Promise<string> {
  await rig.lead('L1');
  const row = (await rig.rows()).find(({ kind }) => kind === 'lead.assigned');
  await rig.database.inOrganization(rig.organization, (tx) =>
    sql`update outbox set not_before = ${plus(rig.time.now(), UNDO_MILLISECONDS)}`.execute(tx),
  );
  return row?.id ?? '';
}

describe('its writer thinks better of it', () => {
  test('within five seconds: nothing goes', async () => {
    const rig = await ready();
    const asked = rig.graph.asked();
    const message = await written(rig);
    expect(await rig.round(rig.delivery())).toBe(0);
    expect((await rig.submit(cancel(message))).refused).toBeNull();
    await rig.time.advance(MINUTE);
    await rig.round(rig.delivery());
    expect(await ofLeads(rig)).toEqual(['lead.assigned whatsapp canceled']);
    expect(rig.graph.asked()).toBe(asked);
  });
  test('after them it is gone, sent or about to be', async () => {
    const rig = await ready();
    const message = await written(rig);
    await rig.time.advance(UNDO_MILLISECONDS);
    expect((await rig.submit(cancel(message))).refused).toMatchObject({ refused: 'message-gone' });
  });
});

describe('two processes', () => {
  test('at the same time send every message once', async () => {
    const rig = await ready({ staffChannel: 'email' });
    const one = rig.delivery('one');
    const two = rig.delivery('two');
    for (let n = 0; n < 30; n += 1) await rig.lead(`L${n}`);
    const before = rig.smtp.received.length;
    for (let n = 0; n < 5; n += 1) await Promise.all([rig.round(one), rig.round(two)]);
    expect(rig.smtp.received.length - before).toBe(30);
    expect(new Set(await ofLeads(rig))).toEqual(new Set(['lead.assigned email accepted']));
  });
});

describe('an hour of trouble at Meta', () => {
  test.each([1, 2, 3])(
    'seed %i: workers come and go, no message is sent twice and none is lost',
    async (seed) => {
      const rig = await ready({ email: false, seed });
      const leads = 24;
      for (let n = 0; n < leads; n += 1) await rig.lead(`S${seed}-${n}`);
      rig.graph.chaos({ rateLimited: 0.1, faulty: 0.1, gateway: 0.05, silent: 0.05 });
      let delivery = rig.delivery('worker 0');
      for (let n = 0; n < 80; n += 1) {
        // Every so often a process dies where it stands, and another begins.
        if (n % 40 === 39) delivery = rig.delivery(`worker ${n}`);
        if (n === 100) rig.graph.chaos({});
        await rig.round(delivery);
        await rig.time.advance(5 * SECOND);
      }
      const rows = (await rig.rows()).filter(({ kind }) => kind === 'lead.assigned');
      expect(rows).toHaveLength(leads);
      expect(rows.filter(({ state }) => state !== 'accepted' && state !== 'unknown')).toEqual([]);
      const ids = rig.graph.taken.flatMap(({ body }) => body.biz_opaque_callback_data ?? []);
      expect(new Set(ids).size).toBe(ids.length);
      const sent = new Set(ids);
      for (const { id, state } of rows) if (state === 'accepted') expect(sent).toContain(`outbox:${id}`);
    },
  );
});

const byId = (one: { readonly [column: string]: unknown }, other: typeof one) =>
  String(one['id']).localeCompare(String(other['id']));

test('the rows are what the journal says: chains, outcomes and states derived again', async () => {
  const rig = await ready();
  await subscribe(rig, 'ana');
  await subscribe(rig, 'beto');
  const delivery = rig.delivery();
  rig.graph.next({ fault: 'error', code: 131026 }, { fault: 'silence', taken: true });
  rig.push.next({ status: 410 });
  for (const lead of ['L1', 'L2', 'L3', 'L4']) await rig.lead(lead);
  for (let n = 0; n < 4; n += 1) await rig.round(delivery);
  const [table] = outboxFeature.tables;
  if (table === undefined) throw new Error('no table');
  const world = new World();
  await rig.database.inOrganization(rig.organization, async (tx) => {
    for (const entry of await readEntries(tx, 0, 10_000)) outboxFeature.evolve(world, entry);
    expect(table.derived(world).toSorted(byId)).toEqual((await table.stored(tx)).toSorted(byId));
  });
});

describe('agreed hours (contact-center-policy P3)', () => {
  const agreed = { agreedHours: { opens: '08:00', closes: '18:00', weekdays: [1, 2, 3, 4, 5] } };

  test('what can wait waits for the opening; a test of a channel does not', async () => {
    // Sunday 23:50 in Mexico City; Monday 08:00 is ten minutes and eight hours away.
    const rig = await rigs.rig({ start: '2024-07-08T05:50:00.000Z', settings: agreed });
    const delivery = rig.delivery();
    await rig.house.fireDue(rig.organization);
    await rig.submit({ fact: 'channel.tested', actor: 'lola', by: 'lola', channel: 'whatsapp' });
    await rig.round(delivery);
    expect(await states(rig)).toEqual(
      expect.arrayContaining(['roster whatsapp queued', 'channel.test whatsapp accepted']),
    );
    const waiting = (await rig.rows()).filter(({ code }) => code === 'agreed-hours');
    expect(waiting.map(({ kind, attempts, notBefore }) => `${kind} ${attempts} ${notBefore}`)).toEqual([
      'roster 0 2024-07-08T14:00:00.000Z',
      'roster 0 2024-07-08T14:00:00.000Z',
    ]);
    await rig.time.advance(8 * 60 * MINUTE + 10 * MINUTE);
    await rig.round(delivery);
    expect(rig.graph.taken.at(-1)?.body.template?.name).toBe('pauta_roster_month');
  });
});
