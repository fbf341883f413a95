import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';

import { KEY, openRigs, type TestRig } from '../../tests/delivery-rig.ts';
import { HOUR, MINUTE, SECOND } from '../platform/time.ts';
import { isOf } from './channels.ts';
import { amendChannel, readChannels } from './channels.store.ts';
import { peopleADayIn } from './people-a-day.ts';
import { begunToday } from './people-a-day.store.ts';
import { saveSubscription } from './push-subscriptions.store.ts';

describe('the limit in a notice of Meta', () => {
  const cases: readonly [string, unknown, number | null | undefined][] = [
    ['a step by name', { max_daily_conversations_per_business: 'TIER_2K' }, 2_000],
    ['a number', { max_daily_conversations_per_business: 10_000 }, 10_000],
    ['none, by name', { max_daily_conversations_per_business: 'TIER_UNLIMITED' }, null],
    ['none, as the number had it', { max_daily_conversation_per_phone: -1 }, null],
    [
      'both: that of the business',
      { max_daily_conversation_per_phone: 250, max_daily_conversations_per_business: 'TIER_100K' },
      100_000,
    ],
    ['not yet known', { max_daily_conversations_per_business: 'TIER_NOT_SET' }, undefined],
    ["a number's throughput", { event: 'THROUGHPUT_UPGRADE', current_limit: 'TIER_UNLIMITED' }, undefined],
    ['nothing of it', { ban_info: {} }, undefined],
    ['no object', null, undefined],
  ];
  it.each(cases)('%s', (_name, raw, limit) => {
    expect(peopleADayIn(raw)).toBe(limit);
  });
});

let rigs: Awaited<ReturnType<typeof openRigs>>;
beforeAll(async () => {
  rigs = await openRigs();
});
afterAll(() => rigs.close());

/** One person may be begun with in 24 hours. Whom the roster's notices went to at the start is over by then. */
async function ready(peopleADay: number | null, email = true): Promise<TestRig> {
  const rig = await rigs.rig({ email });
  const delivery = rig.delivery('first');
  await rig.round(delivery);
  await delivery.leave();
  await rig.database.inOrganization(rig.organization, async (tx) => {
    const channel = (await readChannels(tx, rig.organization, KEY)).find((each) => isOf(each, 'whatsapp'));
    if (channel === undefined || !isOf(channel, 'whatsapp')) throw new Error('no WhatsApp');
    const settings = { ...channel.settings, peopleADay };
    await amendChannel(tx, rig.organization, KEY, { kind: 'whatsapp', settings });
  });
  await rig.time.advance(24 * HOUR);
  return rig;
}

const ofLeads = async (rig: TestRig) =>
  (await rig.rows())
    .filter(({ kind }) => kind === 'lead.assigned')
    .map(({ channel, state, code }) => `${channel} ${state}${code === null ? '' : ` ${code}`}`);

/** Two leads: one advisor's and then the other's. */
async function twoLeads(rig: TestRig): Promise<void> {
  await rig.lead('L1');
  await rig.lead('L2');
}

describe('the people of a day', () => {
  test('all go where there is no limit', async () => {
    const rig = await ready(null);
    await twoLeads(rig);
    await rig.round(rig.delivery());
    expect(await ofLeads(rig)).toEqual(['whatsapp accepted', 'whatsapp accepted']);
  });

  test('who is one too many goes by the next channel at once', async () => {
    const rig = await ready(1);
    for (const person of ['ana', 'beto'])
      await rig.database.inOrganization(rig.organization, (tx) =>
        saveSubscription(tx, rig.organization, {
          person,
          subscription: rig.push.subscribe(),
          device: 'teléfono',
          at: rig.time.now(),
        }),
      );
    await twoLeads(rig);
    const delivery = rig.delivery();
    await rig.round(delivery);
    await rig.round(delivery);
    expect(await ofLeads(rig)).toEqual([
      'whatsapp accepted',
      'whatsapp refused people-a-day',
      'push accepted',
    ]);
  });

  test('and waits where there is none, until the first of the day is 24 hours ago', async () => {
    const rig = await ready(1, false);
    await twoLeads(rig);
    const delivery = rig.delivery();
    await rig.round(delivery);
    const [first, second] = (await rig.rows()).filter(({ kind }) => kind === 'lead.assigned');
    expect([first?.state, second?.state, second?.code]).toEqual(['accepted', 'queued', 'people-a-day']);
    expect(second?.attempts).toBe(0);
    await rig.time.advance(24 * HOUR - SECOND);
    const before = rig.graph.taken.length;
    await rig.round(delivery);
    expect((await rig.rows()).find(({ id }) => id === second?.id)?.state).toBe('queued');
    await rig.time.advance(MINUTE);
    await rig.round(delivery);
    expect((await rig.rows()).find(({ id }) => id === second?.id)?.state).toBe('accepted');
    expect(rig.graph.taken.length).toBeGreaterThan(before);
  });

  test('whoever was begun with today may be told again', async () => {
    const rig = await ready(2);
    await twoLeads(rig);
    const delivery = rig.delivery();
    await rig.round(delivery);
    await rig.lead('L3');
    await rig.lead('L4');
    await rig.round(delivery);
    expect(await ofLeads(rig)).toEqual(Array.from({ length: 4 }, () => 'whatsapp accepted'));
    const begun = await rig.database.inOrganization(rig.organization, (tx) =>
      begunToday(tx, rig.organization, rig.time.now()),
    );
    expect(begun).toBe(2);
  });
});
