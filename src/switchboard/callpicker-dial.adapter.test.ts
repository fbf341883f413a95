import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  startCallpicker,
  type CallpickerServer,
  type EventShape,
} from '../../simulator/fakes/callpicker-server.ts';
import { instant, plus, HOUR, type Instant } from '../platform/time.ts';
import { callpickerDialer, nationalTen, type CallpickerAccess } from './callpicker-dial.adapter.ts';
import { readCallBody } from './callpicker.ts';

const zone = 'America/Mexico_City';
let now: Instant;
let pbx: CallpickerServer;
const access = (over: Partial<CallpickerAccess> = {}): CallpickerAccess => ({
  baseUrl: pbx.url,
  clientId: 'id-1',
  clientSecret: 'secret-1',
  zone,
  fetch,
  clock: { now: () => now },
  ...over,
});

beforeEach(async () => {
  now = instant('2026-07-15T15:18:39Z');
  const credentials = { clientId: 'id-1', clientSecret: 'secret-1' };
  pbx = await startCallpicker({
    ...credentials,
    zone,
    companyLine: '525511112222',
    nowMs: () => Date.parse(now),
  });
});
afterEach(() => pbx.close());

describe('click to call', () => {
  test('rings the advisor and the lead, with one token for many calls', async () => {
    const dialer = callpickerDialer(access());
    expect(await dialer.dial('40101', '+52 999 123 4567')).toEqual({
      dialing: { callId: expect.stringMatching(/^o-/) },
    });
    await dialer.dial('40101', '+573001234567');
    expect(pbx.dialed.map(({ phone, extensionId }) => [extensionId, phone])).toEqual([
      [40101, '9991234567'],
      [40101, '3001234567'],
    ]);
    expect(pbx.tokensGiven).toBe(1);
  });

  test('expires_in is a date: a token of an hour serves for most of it, and not past it', async () => {
    const dialer = callpickerDialer(access());
    await dialer.dial('1', '9991234567');
    now = plus(now, HOUR / 2);
    await dialer.dial('1', '9991234567');
    expect(pbx.tokensGiven).toBe(1);
    now = plus(now, HOUR / 2);
    await dialer.dial('1', '9991234567');
    expect(pbx.tokensGiven).toBe(2);
  });

  test('a withdrawn token is renewed once; nothing was dialed by the first try', async () => {
    pbx.trouble('token-withdrawn');
    expect(await callpickerDialer(access()).dial('1', '9991234567')).toHaveProperty('dialing');
    expect(pbx.dialed).toHaveLength(1);
    pbx.trouble('token-withdrawn', 'token-withdrawn');
    expect(await callpickerDialer(access()).dial('1', '9991234567')).toMatchObject({
      refused: 'credentials',
    });
  });

  test.each(['server-error', 'hang-up'] as const)(
    '%s while dialing: nobody can say, so it is not dialed again',
    async (kind) => {
      pbx.trouble(kind);
      expect(await callpickerDialer(access()).dial('1', '9991234567')).toMatchObject({
        unknown: 'no-answer',
      });
    },
  );

  test.each([
    ['the PBX says no', {}, '1', '9991234567', { refused: 'not-accepted' }],
    ['wrong secret', { clientSecret: 'x' }, '1', '9991234567', { refused: 'credentials' }],
    ['a number of another country', {}, '1', '+14155550100', { refused: 'number' }],
    ['no extension', {}, '', '9991234567', { refused: 'extension' }],
    ['nobody there', { baseUrl: 'http://127.0.0.1:9' }, '1', '9991234567', { retry: 'pbx-unavailable' }],
  ])('%s', async (name, over, extensionId, phone, outcome) => {
    if (name === 'the PBX says no') pbx.trouble('refused');
    const got = await callpickerDialer(access(over)).dial(extensionId, phone);
    expect(got).toMatchObject(outcome);
    expect(JSON.stringify(got)).not.toMatch(/secret-1|[0-9a-f]{32}/);
  });
});

test.each<[EventShape, number | null]>([
  ['v2-json', 12],
  ['v2-form', 12],
  ['old-json', null],
  ['old-form', null],
])('the fake tells of a call as %s and it is read back', (shape, ringSeconds) => {
  for (const direction of ['in', 'out'] as const) {
    const call = {
      direction,
      startedAt: Date.parse(now),
      ringSeconds: 12,
      talkSeconds: 95,
      otherParty: '9991234567',
      advisor: 'Ana Ruiz',
    };
    const read = readCallBody(pbx.event(call, shape).body, { zone, now: plus(now, HOUR) });
    expect(read).toMatchObject({
      report: {
        direction,
        startedAt: now,
        ringSeconds,
        answered: true,
        otherParty: '9991234567',
        companyLine: '525511112222',
        advisor: { name: 'Ana Ruiz' },
      },
    });
  }
});

test.each([
  ['5512345678', '5512345678'],
  ['+525512345678', '5512345678'],
  ['+573001234567', '3001234567'],
  ['+5215512345678', null],
  ['12345', null],
  ['', null],
])('ten digits of %j', (phone, ten) => expect(nationalTen(phone)).toBe(ten));
