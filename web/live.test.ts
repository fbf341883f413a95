import { describe, expect, test } from 'vitest';
import { instant, plus, type Instant } from '../src/platform/time.ts';
import {
  makeLive,
  reconnectAfter,
  RECONNECT_FIRST_MILLISECONDS,
  RECONNECT_LONGEST_MILLISECONDS,
  SILENCE_LONGEST_MILLISECONDS,
  type LineEvents,
  type LiveEvent,
  type LiveWorld,
} from './live.ts';

/** A pretend network and clock: time moves only when told to. */
function pretend(): {
  world: LiveWorld;
  lines: { url: string; events: LineEvents; closed: boolean }[];
  pass: (milliseconds: number) => void;
  now: () => Instant;
} {
  let now = instant('2026-03-05T16:00:00Z');
  let timers: { due: Instant; run: () => void }[] = [];
  const lines: { url: string; events: LineEvents; closed: boolean }[] = [];
  const world: LiveWorld = {
    connect: (url, events) => {
      const line = { url, events, closed: false };
      lines.push(line);
      return { close: () => void (line.closed = true) };
    },
    later: (run, milliseconds) => {
      const timer = { due: plus(now, milliseconds), run };
      timers.push(timer);
      return () => void (timers = timers.filter((other) => other !== timer));
    },
    now: () => now,
    random: () => 1,
  };
  const pass = (milliseconds: number): void => {
    now = plus(now, milliseconds);
    const due = timers.filter((timer) => timer.due <= now);
    timers = timers.filter((timer) => timer.due > now);
    for (const timer of due) timer.run();
  };
  return { world, lines, pass, now: () => now };
}

describe('live updates', () => {
  test('events reach those who listen to their topic, and who listen to all', () => {
    const { world, lines } = pretend();
    const live = makeLive('/api/live', world, () => undefined);
    const heard: string[] = [];
    const note = (who: string) => (event: LiveEvent) =>
      void heard.push(`${who} ${event.topic} ${event.id ?? ''}`.trim());
    live.listen('leads', note('leads'));
    live.listen('*', note('all'));
    live.start();
    lines[0]?.events.open();
    lines[0]?.events.message('message', '{"topic":"leads","id":"L1"}', '7');
    lines[0]?.events.message('message', '{"topic":"turn"}', '8');
    lines[0]?.events.message('message', 'not json', '9');
    expect(heard).toEqual(['leads leads L1', 'all leads L1', 'all turn']);
  });

  test('hello brings the server’s time', () => {
    const { world, lines } = pretend();
    const told: string[] = [];
    makeLive('/api/live', world, (now) => told.push(now)).start();
    lines[0]?.events.message('hello', '{"now":"2026-03-05T16:00:03.000Z"}', '');
    expect(told).toEqual(['2026-03-05T16:00:03.000Z']);
  });

  test('a broken line: stale since then, waits, joins again from the last event, asks all again', () => {
    const { world, lines, pass, now } = pretend();
    const live = makeLive('/api/live', world, () => undefined);
    let rejoined = 0;
    live.onRejoin(() => void (rejoined += 1));
    live.start();
    lines[0]?.events.open();
    lines[0]?.events.message('message', '{"topic":"leads"}', '41');
    expect(live.state()).toEqual({ at: 'live', staleSince: undefined });
    const brokenAt = now();
    lines[0]?.events.error();
    expect(live.state()).toEqual({ at: 'waiting', staleSince: brokenAt });
    expect(lines[0]?.closed).toBe(true);
    pass(RECONNECT_FIRST_MILLISECONDS);
    expect(lines[1]?.url).toBe('/api/live?lastEventId=41');
    expect(live.state()).toEqual({ at: 'joining', staleSince: brokenAt });
    lines[1]?.events.open();
    expect(live.state()).toEqual({ at: 'live', staleSince: undefined });
    expect(rejoined).toBe(1);
  });

  test('a line that says nothing for too long is dead', () => {
    const { world, lines, pass } = pretend();
    const live = makeLive('/api/live', world, () => undefined);
    live.start();
    lines[0]?.events.open();
    pass(SILENCE_LONGEST_MILLISECONDS - 1);
    lines[0]?.events.message('beat', '{}', '');
    pass(SILENCE_LONGEST_MILLISECONDS - 1);
    expect(live.state().at).toBe('live');
    pass(1);
    expect(live.state().at).toBe('waiting');
  });

  test('back online: no more waiting', () => {
    const { world, lines } = pretend();
    const live = makeLive('/api/live', world, () => undefined);
    live.start();
    lines[0]?.events.error();
    live.retryNow();
    expect(lines).toHaveLength(2);
  });

  test('stopped: nothing comes back', () => {
    const { world, lines, pass } = pretend();
    const live = makeLive('/api/live', world, () => undefined);
    live.start();
    lines[0]?.events.error();
    live.stop();
    pass(RECONNECT_LONGEST_MILLISECONDS);
    expect(lines).toHaveLength(1);
    expect(live.state()).toEqual({ at: 'off', staleSince: undefined });
  });

  test.each([
    [0, 1, 500],
    [0, 0, 250],
    [3, 1, 4_000],
    [50, 1, RECONNECT_LONGEST_MILLISECONDS],
    [50, 0, RECONNECT_LONGEST_MILLISECONDS / 2],
  ])('after %d failures, chance %d: %d ms', (failures, random, wait) =>
    expect(reconnectAfter(failures, random)).toBe(wait),
  );
});
