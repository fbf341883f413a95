import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import {
  startTelegramServer,
  type TelegramFault,
  type TelegramServer,
} from '../../simulator/fakes/telegram-server.ts';
import { KEY, openRigs, type TestRig } from '../../tests/delivery-rig.ts';
import { HOUR, MINUTE, SECOND } from '../platform/time.ts';
import { readChannels, saveChannel } from './channels.store.ts';
import { isOf } from './channels.ts';
import { telegramChannel } from './telegram.adapter.ts';

const TOKEN = '123456:abcdefghijklmnopqrstuvwxyz_ABCDEFGHI';
const GROUP = '-100200300';
let rigs: Awaited<ReturnType<typeof openRigs>>;
const servers: TelegramServer[] = [];

beforeAll(async () => {
  rigs = await openRigs();
});
afterAll(async () => {
  for (const server of servers) await server.close();
  await rigs.close();
});

async function open(
  settings = { token: TOKEN, chatId: GROUP },
): Promise<{ rig: TestRig; telegram: TelegramServer }> {
  const telegram = await startTelegramServer({ token: TOKEN });
  servers.push(telegram);
  const rig = await rigs.rig({ telegramBase: telegram.base });
  await rig.database.inOrganization(rig.organization, (tx) =>
    saveChannel(tx, rig.organization, KEY, { kind: 'telegram', at: rig.time.now(), by: 'lola', settings }),
  );
  await rig.lead('L1');
  return { rig, telegram };
}

function close(rig: TestRig, sale = 'S1') {
  return rig.submit({
    fact: 'sale.closed',
    actor: 'ana',
    by: 'ana',
    lead: 'L1',
    sale,
    price: null,
    advisorCommission: null,
    managerCommission: null,
  });
}

/** Rounds until nothing is due within the hour, each at the time for which messages were put back. */
async function untilQuiet(rig: TestRig): Promise<void> {
  const delivery = rig.delivery();
  for (let round = 0; round < 40; round += 1) {
    await rig.round(delivery);
    await rig.time.advance(30 * SECOND);
  }
}

const announced = async (rig: TestRig) => (await rig.rows()).filter(({ channel }) => channel === 'telegram');

describe('a closing in the group (contact-center-policy L7)', () => {
  it('is posted once with its source, and names nobody outside the staff', async () => {
    const { rig, telegram } = await open();
    await close(rig);
    await untilQuiet(rig);
    expect(telegram.posts).toHaveLength(1);
    expect(telegram.posts[0]).toMatchObject({ chatId: GROUP });
    expect(telegram.posts[0]?.text).toMatch(/^¡Cierre! Ana Prueba .*Fuente: Sitio web/);
    expect(telegram.posts[0]?.text).not.toContain('Persona');
    expect(await announced(rig)).toMatchObject([
      { kind: 'sale.announced', recipient: 'group', state: 'accepted' },
    ]);
    expect(
      (await rig.rows())
        .filter(({ kind }) => kind === 'sale.closed')
        .map(({ recipient }) => recipient)
        .toSorted(),
    ).toEqual(['beto', 'dora', 'mara']);
  });

  it('waits as long as Telegram asks', async () => {
    const { rig, telegram } = await open();
    telegram.next({ status: 429, retryAfter: 40 });
    await close(rig);
    const delivery = rig.delivery();
    await rig.round(delivery);
    expect(await announced(rig)).toMatchObject([{ state: 'queued', code: 'http-429' }]);
    await rig.time.advance(39 * SECOND);
    await rig.round(delivery);
    expect(telegram.posts).toHaveLength(0);
    await rig.time.advance(2 * SECOND);
    await rig.round(delivery);
    expect(telegram.posts).toHaveLength(1);
  });

  it('follows a group that became another, and keeps its new id', async () => {
    const { rig, telegram } = await open();
    telegram.migrate(GROUP, '-100999');
    await close(rig);
    await untilQuiet(rig);
    expect(telegram.posts.map(({ chatId }) => chatId)).toEqual(['-100999']);
    const channels = await rig.database.inOrganization(rig.organization, (tx) =>
      readChannels(tx, rig.organization, KEY),
    );
    const kept = channels.find((each) => isOf(each, 'telegram'));
    expect(kept !== undefined && isOf(kept, 'telegram') ? kept.settings.chatId : null).toBe('-100999');
  });

  it('stops when the bot was removed, tells the administrator, and the announcement can be sent again', async () => {
    const { rig, telegram } = await open();
    telegram.next({ status: 403 });
    await close(rig);
    await untilQuiet(rig);
    const [row] = await announced(rig);
    expect(row).toMatchObject({ state: 'refused', code: 'http-403' });
    expect(await rig.entries('channel.stopped')).toMatchObject([{ channel: 'telegram', code: 'http-403' }]);
    expect(
      (await rig.rows()).some(({ kind, recipient }) => kind === 'channel.stopped' && recipient === 'lola'),
    ).toBe(true);
    await rig.database.inOrganization(rig.organization, (tx) =>
      saveChannel(tx, rig.organization, KEY, {
        kind: 'telegram',
        at: rig.time.now(),
        by: 'lola',
        settings: { token: TOKEN, chatId: GROUP },
      }),
    );
    await rig.submit({ fact: 'message.resent', actor: 'lola', by: 'lola', message: row?.id ?? '' });
    await untilQuiet(rig);
    expect(telegram.posts).toHaveLength(1);
  });

  it.each([
    ['a failure of Telegram’s own', { status: 500 }],
    ['a line that breaks after the post', { drop: true, posted: true }],
    ['nobody answering', { silent: true, posted: true }],
  ] as const)('is never repeated blindly after %s', async (_, fault) => {
    const { telegram } = await open();
    telegram.next(fault);
    const sender = telegramChannel(
      { base: telegram.base, token: TOKEN, answerMilliseconds: SECOND },
      { now: () => '2024-07-01T00:00:00.000Z' as never, monotonic: () => performance.now() },
    );
    const to = { kind: 'telegram', chatId: GROUP } as const;
    const came = await sender.send({ id: '1', to, content: { kind: 'text', text: 'Cierre' }, attempt: 1 });
    expect(came.outcome).toBe('unknown');
  });

  it('is not told as posted where no group is set up', async () => {
    const telegram = await startTelegramServer({ token: TOKEN });
    servers.push(telegram);
    const rig = await rigs.rig({ telegramBase: telegram.base });
    await rig.lead('L1');
    await close(rig);
    await untilQuiet(rig);
    expect(await announced(rig)).toMatchObject([{ state: 'refused', code: 'channel-not-set-up' }]);
  });
});

describe('whatever Telegram does', () => {
  const fault: fc.Arbitrary<TelegramFault> = fc.oneof(
    fc.record({ status: fc.constant(429 as const), retryAfter: fc.integer({ min: 1, max: 60 }) }),
    fc.record({ status: fc.constantFrom(500 as const, 502 as const) }),
    fc.record({ drop: fc.constant(true as const), posted: fc.boolean() }),
  );

  it('no announcement is lost from sight or posted twice', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fault, { maxLength: 6 }),
        fc.integer({ min: 1, max: 4 }),
        async (faults, closings) => {
          const { rig, telegram } = await open();
          telegram.next(...faults);
          for (let sale = 0; sale < closings; sale += 1) await close(rig, `S${sale}`);
          await untilQuiet(rig);
          const rows = await announced(rig);
          expect(rows).toHaveLength(closings);
          // Each is posted, or stands in sight as not known; none is still on its way.
          expect(rows.every(({ state }) => state === 'accepted' || state === 'unknown')).toBe(true);
          const accepted = rows.filter(({ state }) => state === 'accepted').length;
          const unknown = rows.length - accepted;
          expect(telegram.posts.length).toBeGreaterThanOrEqual(accepted);
          expect(telegram.posts.length).toBeLessThanOrEqual(accepted + unknown);
        },
      ),
      { numRuns: 8 },
    );
  }, 120_000);
});

describe('our own pace', () => {
  it('is one a second and twenty a minute', async () => {
    const telegram = await startTelegramServer({ token: TOKEN });
    servers.push(telegram);
    let now = 0;
    const sender = telegramChannel(
      { base: telegram.base, token: TOKEN },
      { now: () => '2024-07-01T00:00:00.000Z' as never, monotonic: () => now },
    );
    const send = () =>
      sender.send({
        id: '1',
        to: { kind: 'telegram', chatId: GROUP },
        content: { kind: 'text', text: 'Cierre' },
        attempt: 1,
      });
    for (let post = 0; post < 20; post += 1) {
      expect(await send()).toMatchObject({ outcome: 'accepted' });
      if (post < 19)
        expect(await send()).toMatchObject({
          outcome: 'retry',
          code: 'own-pace',
          afterMilliseconds: SECOND,
        });
      now += SECOND;
    }
    expect(await send()).toMatchObject({
      outcome: 'retry',
      code: 'own-pace',
      afterMilliseconds: MINUTE - 20 * SECOND,
    });
    now += HOUR;
    expect(await send()).toMatchObject({ outcome: 'accepted' });
  });
});
