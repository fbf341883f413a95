import { afterEach, describe, expect, it } from 'vitest';
import {
  startGraphServer,
  type GraphFault,
  type GraphOptions,
  type GraphServer,
} from '../../simulator/fakes/graph-server.ts';
import { timeByHand, type HandTime } from '../../simulator/fakes/time.ts';
import { HOUR, instant, SECOND } from '../platform/time.ts';
import type { Content, MessageChannel, OutgoingMessage, Outcome } from './channel.ts';
import { applyStatus, type MessageProgress } from './message-status.ts';
import { renderNotice, whatsappNotice } from './templates.ts';
import { whatsappChannel } from './whatsapp-cloud.adapter.ts';
import { readWhatsAppEvents, type StatusUpdate, type WhatsAppEvent } from './whatsapp-events.ts';
import { isSignedByMeta } from './whatsapp-signature.ts';

const TEMPLATES = [
  { name: 'pauta_lead_assigned', language: 'es_MX', variables: 4, buttons: ['url'] },
  { name: 'pauta_roster_month', language: 'es_MX', variables: 3, buttons: ['quick_reply', 'url'] },
  { name: 'asleep', language: 'es_MX', variables: 0, status: 'PAUSED' },
] as const;

interface World {
  readonly time: HandTime;
  readonly graph: GraphServer;
  readonly channel: MessageChannel;
  readonly events: WhatsAppEvent[];
  readonly waits: number[];
}

const open: GraphServer[] = [];
afterEach(() => Promise.all(open.splice(0).map((graph) => graph.close())));

async function world(options: Partial<GraphOptions> & { clientToken?: string } = {}): Promise<World> {
  const time = timeByHand(instant('2024-07-01T15:00:00.000Z'));
  const events: WhatsAppEvent[] = [];
  const waits: number[] = [];
  const graph = await startGraphServer({
    time,
    token: 'T',
    appSecret: 'app secret',
    phoneNumberId: '1001',
    templates: TEMPLATES,
    deliver: async (raw, headers) => {
      if (!isSignedByMeta(raw, headers['x-hub-signature-256'], ['app secret'])) return 401;
      events.push(...readWhatsAppEvents(JSON.parse(raw.toString('utf8'))));
      return 200;
    },
    ...options,
  });
  open.push(graph);
  const expiry: AbortController[] = [];
  // The client's patience ends when the server has said that it will not answer: no real time passes.
  graph.onSilence(() => expiry.at(-1)?.abort(new DOMException('too long', 'TimeoutError')));
  const channel = whatsappChannel(
    {
      base: graph.base,
      apiVersion: 'v24.0',
      phoneNumberId: '1001',
      token: options.clientToken ?? 'T',
    },
    {
      fetch,
      monotonic: () => time.monotonic(),
      async wait(milliseconds) {
        waits.push(milliseconds);
        await time.wait(milliseconds);
      },
      expire() {
        const controller = new AbortController();
        expiry.push(controller);
        return controller.signal;
      },
    },
  );
  return { time, graph, channel, events, waits };
}

const notice: Content = whatsappNotice(
  renderNotice(
    'lead-assigned',
    {
      leadName: 'Ana Prueba',
      source: 'web',
      minutes: 10,
      dueTime: '10:25',
      url: 'https://pauta.example.com/leads/7',
    },
    'es-MX',
  ),
);
const text: Content = { kind: 'text', text: 'Hola, ¿cómo está? 🙂' };
const phone = (n: number) => ({ kind: 'phone', e164: `+5255${String(10_000_000 + n)}` }) as const;

function message(
  id: string,
  content: Content = notice,
  more: Partial<OutgoingMessage> = {},
): OutgoingMessage {
  return { id, to: phone(1), content, attempt: 1, ...more };
}

function statuses(events: readonly WhatsAppEvent[]): StatusUpdate[] {
  return events.filter((event) => event.kind === 'status');
}

describe('a message that goes well', () => {
  it('is accepted, then told as sent, delivered and read with our id', async () => {
    const { graph, channel, time, events } = await world();
    const outcome = await channel.send(message('m-1'));
    expect(outcome).toEqual({ outcome: 'accepted', providerId: graph.taken[0]?.wamid });
    expect(graph.taken[0]?.body.biz_opaque_callback_data).toBe('outbox:m-1');
    await time.advance(HOUR);
    expect(statuses(events).map((event) => [event.ourId, event.status])).toEqual([
      ['m-1', 'sent'],
      ['m-1', 'delivered'],
      ['m-1', 'read'],
    ]);
  });

  it('goes to a person without a phone by their user id', async () => {
    const { graph, channel } = await world();
    const to = { kind: 'whatsapp-user', portfolio: 'p', bsuid: 'MX.13ab' } as const;
    expect((await channel.send(message('m-1', notice, { to }))).outcome).toBe('accepted');
    expect(graph.taken[0]?.body).toMatchObject({ recipient: 'MX.13ab' });
    expect(graph.taken[0]?.body.to).toBeUndefined();
  });

  it('free text inside the window arrives; outside it fails later, and a template is needed', async () => {
    const { graph, channel, time, events } = await world();
    await graph.inbound({ from: '525510000001', message: { type: 'text', text: { body: 'Hola' } } });
    await channel.send(message('in', text));
    await time.advance(25 * HOUR);
    await channel.send(message('out', text));
    await time.advance(HOUR);
    expect(graph.taken.map((one) => one.body.biz_opaque_callback_data)).toEqual(['outbox:in']);
    expect(statuses(events).at(-1)).toMatchObject({
      ourId: 'out',
      status: 'failed',
      error: { code: 131047 },
    });
  });
});

describe('a message that does not', () => {
  const cases: [name: string, fault: GraphFault, expected: Partial<Record<string, unknown>>][] = [
    [
      '429 from the edge, with Retry-After',
      { fault: 'http', status: 429, retryAfterSeconds: 7 },
      { outcome: 'retry', scope: 'sender', afterMilliseconds: 7_000 },
    ],
    ['throughput', { fault: 'error', code: 130429 }, { outcome: 'retry', scope: 'sender' }],
    ['pair rate', { fault: 'error', code: 131056 }, { outcome: 'retry', scope: 'recipient' }],
    [
      'a fault Meta names',
      { fault: 'error', code: 131000, http: 500 },
      { outcome: 'retry', scope: 'message' },
    ],
    [
      'a gateway error with no word from Meta',
      { fault: 'http', status: 502, taken: true },
      { outcome: 'unknown' },
    ],
    ['503 with no word from Meta', { fault: 'http', status: 503 }, { outcome: 'unknown' }],
    ['silence', { fault: 'silence', taken: true }, { outcome: 'unknown' }],
    ['the connection lost', { fault: 'drop', taken: false }, { outcome: 'unknown' }],
    ['not on WhatsApp', { fault: 'error', code: 131026 }, { outcome: 'refused', effect: 'channel-unusable' }],
    ['opted out', { fault: 'error', code: 131050 }, { outcome: 'refused', effect: 'opt-out' }],
    ['account locked', { fault: 'error', code: 131031 }, { outcome: 'refused', effect: 'stop-sender' }],
    [
      'a page that is not the API',
      { fault: 'http', status: 404 },
      { outcome: 'refused', effect: 'stop-sender', code: 'http-404' },
    ],
  ];
  it.each(cases)('%s', async (_, fault, expected) => {
    const { graph, channel } = await world();
    graph.next(fault);
    expect(await channel.send(message('m-1'))).toMatchObject(expected);
    expect(graph.asked()).toBe(1);
  });

  const templates: [name: string, content: Content, code: string][] = [
    [
      'no such template',
      { kind: 'template', name: 'nope', language: 'es_MX', variables: [], fallbackText: '' },
      '132001',
    ],
    [
      'too few variables',
      {
        kind: 'template',
        name: 'pauta_lead_assigned',
        language: 'es_MX',
        variables: ['Ana'],
        fallbackText: '',
      },
      '132000',
    ],
    [
      'a paused template',
      { kind: 'template', name: 'asleep', language: 'es_MX', variables: [], fallbackText: '' },
      '132015',
    ],
  ];
  it.each(templates)('%s', async (_, content, code) => {
    const { channel } = await world();
    expect(await channel.send(message('m-1', content))).toMatchObject({
      outcome: 'refused',
      effect: 'bad-template',
      code,
    });
  });

  it('a bad token stops the sender', async () => {
    const { channel } = await world({ clientToken: 'stolen' });
    expect(await channel.send(message('m-1'))).toMatchObject({
      outcome: 'refused',
      effect: 'stop-sender',
      code: '190',
    });
  });

  it('nobody listens: certainly not sent', async () => {
    const { graph, channel } = await world();
    await graph.close();
    expect(await channel.send(message('m-1'))).toMatchObject({
      outcome: 'retry',
      scope: 'sender',
      code: 'ECONNREFUSED',
    });
  });

  it('what WhatsApp cannot carry never leaves the house', async () => {
    const { graph, channel } = await world();
    const to = { kind: 'email', address: 'ana@example.com' } as const;
    expect(await channel.send(message('m-1', notice, { to }))).toMatchObject({
      outcome: 'refused',
      code: 'unsuited',
    });
    expect(graph.asked()).toBe(0);
  });
});

describe('pace', () => {
  it('one person: a burst, then one in six seconds, and nobody else waits', async () => {
    const { graph, channel, time } = await world();
    const outcomes: Outcome[] = [];
    for (let n = 1; n <= 4; n += 1) outcomes.push(await channel.send(message(`m-${String(n)}`)));
    expect(outcomes.slice(0, 3).every((one) => one.outcome === 'accepted')).toBe(true);
    expect(outcomes[3]).toMatchObject({
      outcome: 'retry',
      scope: 'recipient',
      code: 'own-pair-rate',
      afterMilliseconds: 6_000,
    });
    expect((await channel.send(message('other', notice, { to: phone(2) }))).outcome).toBe('accepted');
    await time.advance(6 * SECOND);
    expect((await channel.send(message('m-4'))).outcome).toBe('accepted');
    expect(graph.asked()).toBe(5);
  });

  it('one sender: 400 messages as fast as may be never meet the limit of 80 a second', async () => {
    const { graph, channel, time } = await world();
    for (let n = 0; n < 400; n += 1) {
      expect((await channel.send(message(`m-${String(n)}`, notice, { to: phone(n) }))).outcome).toBe(
        'accepted',
      );
    }
    expect(time.monotonic()).toBeGreaterThanOrEqual(((400 - 8) * SECOND) / 72 - 1);
    expect(graph.taken.length).toBe(400);
  });

  it('what Meta asks to wait is waited, to the millisecond, without asking again', async () => {
    const { graph, channel, time } = await world();
    graph.next({ fault: 'http', status: 429, retryAfterSeconds: 30 });
    await channel.send(message('m-1'));
    await time.advance(30 * SECOND - 1);
    expect(await channel.send(message('m-2', notice, { to: phone(2) }))).toMatchObject({
      code: 'own-sender-hold',
      afterMilliseconds: 1,
    });
    expect(graph.asked()).toBe(1);
    await time.advance(1);
    expect((await channel.send(message('m-2', notice, { to: phone(2) }))).outcome).toBe('accepted');
  });

  it('a hold on one person holds only that person', async () => {
    const { graph, channel } = await world();
    graph.next({ fault: 'error', code: 131056 });
    await channel.send(message('m-1'));
    expect(await channel.send(message('m-2'))).toMatchObject({ scope: 'recipient', code: 'own-pair-rate' });
    expect((await channel.send(message('m-3', notice, { to: phone(2) }))).outcome).toBe('accepted');
  });
});

describe('no message is sent twice', () => {
  it('taken without an answer: unknown, and the status webhook settles it by our id', async () => {
    const { graph, channel, time, events } = await world();
    graph.next({ fault: 'silence', taken: true });
    expect(await channel.send(message('m-1'))).toMatchObject({ outcome: 'unknown' });
    await time.advance(2 * SECOND);
    expect(statuses(events)[0]).toMatchObject({ ourId: 'm-1', status: 'sent' });
    expect(graph.taken.length).toBe(1);
  });

  it('every webhook five times, batched and out of order: the same end, never backwards', async () => {
    const { graph, channel, time, events } = await world({ seed: 7 });
    graph.webhookFaults({ times: 5, batch: 40, shuffle: true });
    for (let n = 0; n < 40; n += 1) await channel.send(message(`m-${String(n)}`, notice, { to: phone(n) }));
    await time.advance(HOUR);
    await graph.flush();
    expect(statuses(events).length).toBe(40 * 3 * 5);
    const progress = new Map<string, MessageProgress>();
    for (const event of statuses(events)) {
      const id = event.ourId ?? '';
      progress.set(id, applyStatus(progress.get(id), event).progress);
    }
    expect([...progress.values()].map((one) => one.status)).toEqual(Array.from({ length: 40 }, () => 'read'));
  });

  it('a webhook our server did not take comes again', async () => {
    let refusals = 3;
    const seen: string[] = [];
    const { channel, time, graph } = await world({
      deliver: async (raw) => {
        if (refusals > 0) {
          refusals -= 1;
          return 503;
        }
        seen.push(...statuses(readWhatsAppEvents(JSON.parse(raw.toString()))).map((event) => event.status));
        return 200;
      },
    });
    await channel.send(message('m-1'));
    await time.advance(24 * HOUR);
    expect(seen.toSorted()).toEqual(['delivered', 'read', 'sent']);
    expect(graph.undelivered()).toBe(0);
  });

  it.each(Array.from({ length: 5 }, (_, seed) => seed + 1))(
    'an hour of 429, 5xx and silence (seed %i)',
    async (seed) => {
      const { graph, channel, time, events } = await world({
        seed,
        statusDelays: { sent: 500, delivered: 900 },
      });
      graph.chaos({ rateLimited: 0.15, faulty: 0.1, gateway: 0.15, silent: 0.1 });
      const ids = Array.from({ length: 150 }, (_, n) => `m-${String(n)}`);
      const end = await outbox({ graph, channel, time, events, waits: [] }, ids);
      const received = graph.taken.map((one) => one.body.biz_opaque_callback_data);
      expect(new Set(received).size).toBe(received.length);
      for (const id of ids)
        expect([id, end.get(id)]).toEqual([id, received.includes(`outbox:${id}`) ? 'sent' : 'unknown']);
      expect([...end.values()].filter((state) => state === 'sent').length).toBeGreaterThan(100);
    },
  );
});

/** The smallest honest outbox: repeats only what is `retry`, and lets a webhook settle what is `unknown`. */
async function outbox(w: World, ids: readonly string[]): Promise<Map<string, string>> {
  const state = new Map<string, string>();
  const due = ids.map((id, n) => ({ id, n, at: 0, attempt: 1 }));
  while (due.length > 0) {
    due.sort((one, other) => one.at - other.at);
    const row = due.shift();
    if (!row) break;
    if (row.at > w.time.monotonic()) await w.time.advance(row.at - w.time.monotonic());
    const outcome = await w.channel.send(message(row.id, notice, { to: phone(row.n), attempt: row.attempt }));
    if (outcome.outcome === 'retry') {
      const tries = outcome.code.startsWith('own-') ? row.attempt : row.attempt + 1;
      due.push({ ...row, at: w.time.monotonic() + outcome.afterMilliseconds, attempt: tries });
    } else state.set(row.id, outcome.outcome === 'accepted' ? 'sent' : outcome.outcome);
  }
  await w.time.advance(HOUR);
  for (const event of statuses(w.events)) if (event.ourId !== undefined) state.set(event.ourId, 'sent');
  return state;
}

describe('the fake keeps media as Meta does', () => {
  it('an address that lives five minutes and needs the token', async () => {
    const { graph, time } = await world();
    const id = graph.storeMedia(Buffer.from('ogg'), 'audio/ogg');
    const headers = { authorization: 'Bearer T' };
    const entry = (await (await fetch(`${graph.base}/v24.0/${id}`, { headers })).json()) as { url: string };
    expect((await fetch(entry.url)).status).toBe(401);
    expect(await (await fetch(entry.url, { headers })).text()).toBe('ogg');
    await time.advance(5 * 60 * SECOND + 1);
    expect((await fetch(entry.url, { headers })).status).toBe(404);
  });
});
