import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import webPush from 'web-push';
import { startPushSink, type PushFault, type PushSink } from '../../simulator/fakes/push-sink.ts';
import { instant } from '../platform/time.ts';
import type { MessageChannel, OutgoingMessage, PushContent } from './channel.ts';
import { isPushEndpoint, PUSH_SERVICES } from './push-endpoint.ts';
import { webPushChannel } from './web-push.adapter.ts';

const keys = webPush.generateVAPIDKeys();
const now = instant('2024-07-01T15:00:00.000Z');
const world = { fetch, now: () => now, expire: () => new AbortController().signal };
const sender = {
  subject: 'mailto:sistema@example.com',
  ...keys,
  endpoints: { hosts: PUSH_SERVICES, allowLoopback: true },
};
let sink: PushSink;
let channel: MessageChannel;

beforeAll(async () => {
  sink = await startPushSink();
  channel = webPushChannel(sender, world);
});
afterAll(() => sink.close());

const notice: PushContent = {
  kind: 'push',
  title: 'Nuevo lead: Ana',
  body: 'Tienes 10 minutos.',
  url: 'https://pauta.example.com/leads/7',
  tag: 'lead:7',
  ttlSeconds: 600,
};

function message(more: Partial<OutgoingMessage> = {}): OutgoingMessage {
  return {
    id: 'm-1',
    to: { kind: 'push', subscription: sink.subscribe() },
    content: notice,
    attempt: 1,
    ...more,
  };
}

describe('a push', () => {
  it('arrives encrypted for that browser and signed by us, with its life and its topic', async () => {
    expect((await channel.send(message())).outcome).toBe('accepted');
    const { kind: _, ttlSeconds, ...payload } = notice;
    expect(sink.received.at(-1)).toMatchObject({ payload, ttlSeconds, signedBy: sender.subject });
    const topic = sink.received.at(-1)?.topic;
    await channel.send(message({ attempt: 2 }));
    expect(sink.received.at(-1)?.topic).toBe(topic);
  });

  const cases: [name: string, fault: PushFault, expected: Record<string, unknown>][] = [
    ['410', { status: 410 }, { outcome: 'refused', effect: 'channel-unusable' }],
    ['404', { status: 404 }, { outcome: 'refused', effect: 'channel-unusable' }],
    ['403', { status: 403 }, { outcome: 'refused', effect: 'stop-sender' }],
    ['413', { status: 413 }, { outcome: 'refused', code: '413' }],
    [
      '429 with seconds',
      { status: 429, retryAfter: '120' },
      { outcome: 'retry', afterMilliseconds: 120_000 },
    ],
    [
      '503 with a date',
      { status: 503, retryAfter: 'Mon, 01 Jul 2024 15:05:00 GMT' },
      { outcome: 'retry', afterMilliseconds: 300_000 },
    ],
    ['500', { status: 500 }, { outcome: 'retry', afterMilliseconds: 15_000 }],
    ['a redirect is not followed', { status: 307 }, { outcome: 'refused', code: '307' }],
    ['the connection lost', { drop: true, taken: true }, { outcome: 'unknown' }],
  ];
  it.each(cases)('%s', async (_, fault, expected) => {
    sink.next(fault);
    const asked = sink.asked();
    expect(await channel.send(message())).toMatchObject(expected);
    expect(sink.asked()).toBe(asked + 1);
  });

  it('keys that are no keys', async () => {
    const subscription = { ...sink.subscribe(), keys: { p256dh: 'AAAA', auth: 'AAAA' } };
    expect(await channel.send(message({ to: { kind: 'push', subscription } }))).toMatchObject({
      code: 'keys',
      effect: 'channel-unusable',
    });
  });

  it('VAPID keys of ours that cannot sign are told at start-up', () => {
    expect(() => webPushChannel({ ...sender, privateKey: 'x' }, world)).toThrow();
  });

  it('an endpoint of nobody known is never called', async () => {
    const strict = webPushChannel({ ...sender, endpoints: { hosts: PUSH_SERVICES } }, world);
    const asked = sink.asked();
    expect(await strict.send(message())).toMatchObject({ code: 'endpoint', effect: 'channel-unusable' });
    expect(sink.asked()).toBe(asked);
  });
});

describe('the guard on endpoints', () => {
  const cases: [endpoint: string, verdict: boolean][] = [
    ['https://fcm.googleapis.com/fcm/send/abc', true],
    ['https://updates.push.services.mozilla.com/wpush/v2/abc', true],
    ['https://db5p.notify.windows.com/w/?token=abc', true],
    ['https://web.push.apple.com/abc', true],
    ['http://fcm.googleapis.com/fcm/send/abc', false],
    ['https://fcm.googleapis.com:8443/x', false],
    ['https://fcm.googleapis.com.evil.example/x', false],
    ['https://evilnotify.windows.com/x', false],
    ['https://fcm.googleapis.com@127.0.0.1/x', false],
    ['https://user:pass@fcm.googleapis.com/x', false],
    ['https://127.0.0.1/x', false],
    ['https://[::ffff:127.0.0.1]/x', false],
    ['https://2130706433/x', false],
    ['https://169.254.169.254/latest', false],
    ['https://localhost/x', false],
    ['file:///etc/passwd', false],
    ['javascript:alert(1)', false],
    ['', false],
  ];
  it.each(cases)('%s', (endpoint, verdict) => {
    expect(isPushEndpoint(endpoint, { hosts: PUSH_SERVICES })).toBe(verdict);
  });
});
