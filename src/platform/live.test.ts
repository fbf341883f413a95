import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';

import { testDatabase, type TestDatabase } from '../../tests/database.ts';
import { errorCatalog } from './errors.ts';
import { createHttp, httpErrors } from './http.ts';
import { NOTE_BYTES_MAX, notesOf, type LiveEvent } from './live-event.ts';
import { liveRoute } from './live-route.ts';
import { EVENTS_WAITING_MAX, openStream, UNREAD_BYTES_MAX } from './live-stream.ts';
import { createLive, type Live, type LiveSink, type Subscription } from './live.ts';
import { silentLog } from './log.ts';
import { createMetrics } from './metrics.ts';
import { instant } from './time.ts';

let database: TestDatabase;
const open: Live[] = [];
const clock = { now: () => instant('2024-07-01T15:00:00Z') };

beforeAll(async () => {
  database = await testDatabase();
});
afterEach(async () => {
  for (const live of open.splice(0)) await live.close();
});
afterAll(() => database.drop());

async function hub(): Promise<Live> {
  const live = await createLive({ databaseUrl: database.url, clock, log: silentLog });
  open.push(live);
  return live;
}

interface Screen extends LiveSink {
  readonly texts: string[];
  ended: boolean;
  /** All messages so far, as `{ event, data }`. */
  heard(): { event: string; data: unknown }[];
  lastId(): string;
}

function screen(unread = () => 0): Screen {
  const texts: string[] = [];
  const made: Screen = {
    texts,
    ended: false,
    write: (text) => void texts.push(text),
    unreadBytes: unread,
    end: () => {
      made.ended = true;
    },
    heard: () =>
      texts
        .join('')
        .split('\n\n')
        .filter((text) => text !== '')
        .map((text) => ({
          event: /^event: (.*)$/m.exec(text)?.[1] ?? 'message',
          data: JSON.parse(/^data: (.*)$/m.exec(text)?.[1] ?? 'null') as unknown,
        })),
    lastId: () =>
      texts
        .join('')
        .match(/^id: (.*)$/gm)
        ?.at(-1)
        ?.slice(4) ?? '',
  };
  return made;
}

const watch = (sink: LiveSink, change: Partial<Subscription> = {}): Subscription => ({
  organization: 'org',
  subscriber: 'user',
  sees: () => true,
  lastEventId: null,
  sink,
  ...change,
});

const changes = (one: Screen) => one.heard().filter(({ event }) => event !== 'hello');

describe('one process', () => {
  it('says hello with its time, then what changed to those who may see it', async () => {
    const live = await hub();
    const [mine, other, stranger] = [screen(), screen(), screen()];
    live.subscribe(watch(mine));
    live.subscribe(watch(other, { sees: ({ lead }) => lead === 'L2' }));
    live.subscribe(watch(stranger, { organization: 'another' }));
    live.publish('org', [{ topic: 'leads', lead: 'L1' }]);
    expect(mine.heard()).toEqual([
      { event: 'hello', data: { now: clock.now() } },
      { event: 'message', data: { topic: 'leads', lead: 'L1' } },
    ]);
    expect(changes(other)).toEqual([]);
    expect(changes(stranger)).toEqual([]);
  });

  it('gives what was missed to whoever comes back with the last id', async () => {
    const live = await hub();
    const first = screen();
    const leave = live.subscribe(watch(first));
    live.publish('org', [{ topic: 'leads', lead: 'L1' }]);
    leave();
    live.publish('org', [{ topic: 'leads', lead: 'L2' }]);
    const back = screen();
    live.subscribe(watch(back, { lastEventId: first.lastId() }));
    expect(changes(back)).toEqual([{ event: 'message', data: { topic: 'leads', lead: 'L2' } }]);
    const upToDate = screen();
    live.subscribe(watch(upToDate, { lastEventId: back.lastId() }));
    expect(changes(upToDate)).toEqual([]);
  });

  it.each(['other.0-1', 'nonsense', ''])(
    'asks for everything again where the id means nothing here: "%s"',
    async (lastEventId) => {
      const live = await hub();
      const back = screen();
      live.subscribe(watch(back, { lastEventId }));
      expect(changes(back)).toEqual([{ event: 'resync', data: {} }]);
    },
  );

  it('asks for everything again when too much was missed', async () => {
    const live = await hub();
    const first = screen();
    live.subscribe(watch(first))();
    for (let lead = 0; lead < 600; lead += 1) live.publish('org', [{ topic: 'leads', lead: String(lead) }]);
    const back = screen();
    live.subscribe(watch(back, { lastEventId: first.lastId() }));
    expect(changes(back)).toEqual([{ event: 'resync', data: {} }]);
  });
});

describe('two processes', () => {
  it('hear each other, and end a leaver’s streams on both', async () => {
    const [one, two] = [await hub(), await hub()];
    const [here, there, colleague] = [screen(), screen(), screen()];
    one.subscribe(watch(here));
    two.subscribe(watch(there));
    two.subscribe(watch(colleague, { subscriber: 'colleague' }));
    one.publish('org', [
      { topic: 'leads', lead: 'L1' },
      { topic: 'leads', lead: 'L1' },
    ]);
    await vi.waitFor(() =>
      expect(changes(there)).toEqual([{ event: 'message', data: { topic: 'leads', lead: 'L1' } }]),
    );
    one.end(['user']);
    expect(here.ended).toBe(true);
    await vi.waitFor(() => expect(there.ended).toBe(true));
    expect(colleague.ended).toBe(false);
    expect([one.streams(), two.streams()]).toEqual([0, 1]);
  });

  it('after the line was cut, screens are told to ask again, and hear again', async () => {
    const [one, two] = [await hub(), await hub()];
    const there = screen();
    two.subscribe(watch(there));
    const admin = new Client({ connectionString: database.adminUrl });
    await admin.connect();
    await admin.query(`select pg_terminate_backend(pid) from pg_stat_activity
                        where application_name = 'pauta live' and datname = current_database()`);
    await admin.end();
    await vi.waitFor(() => expect(changes(there).map(({ event }) => event)).toContain('resync'), {
      timeout: 5_000,
    });
    await vi.waitFor(() => expect([one.isUp(), two.isUp()]).toEqual([true, true]), { timeout: 5_000 });
    one.publish('org', [{ topic: 'leads', lead: 'L9' }]);
    await vi.waitFor(() =>
      expect(changes(there)).toContainEqual({ event: 'message', data: { topic: 'leads', lead: 'L9' } }),
    );
  });
});

const event = (lead: number): LiveEvent => ({ topic: 'leads', lead: `L${lead}` });

describe('a stream', () => {
  it('sends at most ten frames a second, repeats once', () => {
    vi.useFakeTimers();
    try {
      const sink = screen();
      const stream = openStream(sink, () => {});
      for (let i = 0; i < 100; i += 1) {
        stream.tell(event(i % 3), String(i));
        vi.advanceTimersByTime(10);
      }
      vi.advanceTimersByTime(100);
      expect(sink.texts.length).toBeLessThanOrEqual(11);
      expect(sink.heard().length).toBeLessThanOrEqual(33);
      expect(sink.lastId()).toBe('99');
      stream.end();
    } finally {
      vi.useRealTimers();
    }
  });

  it('makes one "ask again" of a burst', () => {
    const sink = screen();
    const stream = openStream(sink, () => {});
    for (let i = 0; i <= EVENTS_WAITING_MAX + 1; i += 1) stream.tell(event(i), String(i));
    stream.end();
    expect(sink.heard().map(({ event }) => event)).toEqual(['message', 'resync']);
  });

  it('drops a reader that does not read', () => {
    let dropped = 0;
    const sink = screen(() => UNREAD_BYTES_MAX + 1);
    const stream = openStream(sink, () => (dropped += 1));
    stream.tell(event(1), '1');
    stream.tell(event(2), '2');
    expect([dropped, sink.ended, sink.texts]).toEqual([1, true, []]);
  });
});

const happened = (count: number) =>
  new Map([
    [
      'org',
      new Map(Array.from({ length: count }, (_, i) => [String(i), { topic: 'leads', lead: `ñ-${i}` }])),
    ],
  ]);

describe('notes between processes', () => {
  it.each([1, 150, 400, 3_000])('%i events fit into notes PostgreSQL takes', (count) => {
    const notes = notesOf('self', happened(count));
    for (const note of notes)
      expect(Buffer.byteLength(JSON.stringify(note))).toBeLessThanOrEqual(NOTE_BYTES_MAX);
    expect(notes.flatMap(({ events }) => events?.['org'] ?? [])).toHaveLength(count);
  });

  it('too many become one "ask again"', () => {
    expect(notesOf('self', happened(20_000))).toEqual([{ from: 'self', resync: ['*'] }]);
  });
});

describe('GET /api/live', () => {
  it('streams over HTTP and understands Last-Event-ID', async () => {
    const live = await hub();
    const http = await createHttp({
      log: silentLog,
      metrics: createMetrics({ processMetrics: false }),
      errors: errorCatalog({ http: httpErrors }),
      publicUrl: 'http://127.0.0.1:8080',
      version: '0',
      health: [],
      admit: async () => {},
    });
    liveRoute(http.app, {
      live,
      watcherOf: async () => ({ organization: 'org', subscriber: 'user', sees: () => true }),
    });
    const url = `${await http.listen({ host: '127.0.0.1', port: 0 })}/api/live`;
    try {
      const first = await read(url, {}, () => live.publish('org', [{ topic: 'leads', lead: 'L1' }]), 'L1');
      live.publish('org', [{ topic: 'leads', lead: 'L2' }]);
      const id =
        first
          .match(/^id: (.*)$/gm)
          ?.at(-1)
          ?.slice(4) ?? '';
      expect(await read(url, { 'last-event-id': id }, () => {}, 'L2')).not.toContain('"L1"');
      expect(await read(`${url}?lastEventId=${id}`, {}, () => {}, 'L2')).not.toContain('"L1"');
      await vi.waitFor(() => expect(live.streams()).toBe(0));
    } finally {
      await live.close();
      await http.stop();
    }
  });
});

/** Reads the stream until `until` stands in it, then hangs up. */
async function read(
  url: string,
  headers: Record<string, string>,
  onHello: () => void,
  until: string,
): Promise<string> {
  const hangUp = new AbortController();
  const answer = await fetch(url, { headers, signal: hangUp.signal });
  expect(answer.headers.get('content-type')).toBe('text/event-stream');
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'self'");
  let text = '';
  const decoder = new TextDecoder();
  for await (const chunk of answer.body ?? []) {
    const before = text;
    text += decoder.decode(chunk);
    if (!before.includes('hello') && text.includes('hello')) onHello();
    if (text.includes(`"${until}"`)) break;
  }
  hangUp.abort();
  return text;
}
