import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { openPacing } from './memory.ts';
import { decidePacing, groundsOf, pace, type PacingGrounds } from './pacing.ts';
import type { PacingConfig, PacingEvent, PacingTick, Since } from './tick.ts';

const CONFIG: PacingConfig = {
  agents: 25,
  linesMax: 120,
  callsPerSecondMax: 20,
  abandonedShareMax: 0.03,
  connectSecondsMax: 2,
  ringSecondsMin: 15,
  ringSecondsMax: 26,
  daySeconds: 28_800,
};
const AT = 1000;

const sinceArray = (prefix: string, age: number, maxLength: number): fc.Arbitrary<Since[]> =>
  fc
    .array(fc.double({ min: 0, max: age, noNaN: true }), { maxLength })
    .map((ages) => ages.map((one, n) => [`${prefix}${n}`, AT - one] as const));

const ticks: fc.Arbitrary<PacingTick> = fc.record({
  at: fc.constant(AT),
  events: fc.constant([]),
  agents: fc.record({
    ready: fc.integer({ min: 0, max: 30 }).map((n) => Array.from({ length: n }, (_, i) => `r${i}`)),
    talking: sinceArray('t', 600, 40),
    wrapUp: sinceArray('w', 30, 10),
    paused: fc.constant([]),
  }),
  ringing: sinceArray('c', 26, 80),
  waiting: sinceArray('q', 2, 4),
});

const grounds: fc.Arbitrary<PacingGrounds> = fc
  .record({
    risk: fc.double({ min: 0.001, max: 0.3, noNaN: true }),
    hardStop: fc.boolean(),
    carrierFails: fc.boolean(),
    callsAllowed: fc.integer({ min: 0, max: 40 }),
    linesMax: fc.integer({ min: 0, max: 200 }),
  })
  .map(({ risk, hardStop, carrierFails, callsAllowed, linesMax }) => {
    const memory = openPacing({ ...CONFIG, linesMax });
    return {
      ...groundsOf(memory, { ...QUIET, at: AT }),
      allowed: { share: 0.03, risk, hardStop, tight: false, left: hardStop ? 0 : 9 },
      carrierFails,
      callsAllowed,
    };
  });

const QUIET: PacingTick = {
  at: 0,
  events: [],
  agents: { ready: [], talking: [], wrapUp: [], paused: [] },
  ringing: [],
  waiting: [],
};
const withReady = (tick: PacingTick, more: number): PacingTick => ({
  ...tick,
  agents: {
    ...tick.agents,
    ready: [...tick.agents.ready, ...Array.from({ length: more }, (_, i) => `m${i}`)],
  },
});

describe('laws of every decision', () => {
  test('whole, never negative, never more than lines or calls per second', () => {
    fc.assert(
      fc.property(grounds, ticks, (ground, tick) => {
        const { place } = decidePacing(ground, tick);
        expect(Number.isInteger(place)).toBe(true);
        expect(place).toBeGreaterThanOrEqual(0);
        expect(place).toBeLessThanOrEqual(ground.callsAllowed);
        const inUse = tick.ringing.length + tick.waiting.length + tick.agents.talking.length;
        if (place > 0) expect(inUse + place).toBeLessThanOrEqual(ground.config.linesMax);
      }),
    );
  });

  test('nobody is hung up on before the least time of ringing', () => {
    fc.assert(
      fc.property(grounds, ticks, (ground, tick) => {
        const { cancel } = decidePacing(ground, tick);
        expect(new Set(cancel).size).toBe(cancel.length);
        for (const call of cancel) {
          const since = tick.ringing.find(([id]) => id === call)?.[1] ?? Infinity;
          expect(AT - since).toBeGreaterThanOrEqual(CONFIG.ringSecondsMin);
        }
      }),
    );
  });

  test('at the hard stop, calls in the air are brought to free agents and never raised above them', () => {
    fc.assert(
      fc.property(grounds, ticks, (ground, tick) => {
        const { place, cancel } = decidePacing(
          { ...ground, allowed: { ...ground.allowed, hardStop: true } },
          tick,
        );
        const free = Math.max(0, tick.agents.ready.length - tick.waiting.length);
        if (place > 0) expect(tick.ringing.length + place).toBeLessThanOrEqual(free);
        const cancelable = tick.ringing.filter(([, since]) => AT - since >= CONFIG.ringSecondsMin).length;
        expect(cancel.length).toBe(Math.max(0, Math.min(cancelable, tick.ringing.length - free)));
      }),
    );
  });

  test('more free agents never mean fewer calls, nor a higher allowed risk', () => {
    fc.assert(
      fc.property(grounds, ticks, fc.integer({ min: 1, max: 5 }), (ground, tick, more) => {
        const fewer = decidePacing(ground, tick);
        const freer = decidePacing(ground, withReady(tick, more));
        expect(freer.place).toBeGreaterThanOrEqual(fewer.place);
        expect(freer.cancel.length).toBeLessThanOrEqual(fewer.cancel.length);
        const bolder = { ...ground, allowed: { ...ground.allowed, risk: ground.allowed.risk * 1.5 } };
        expect(decidePacing(bolder, tick).place).toBeGreaterThanOrEqual(fewer.place);
      }),
      { numRuns: 300 },
    );
  });

  test('same input, same answer; and deciding changes nothing', () => {
    fc.assert(
      fc.property(grounds, ticks, (ground, tick) => {
        const before = JSON.stringify([ground, tick]);
        expect(decidePacing(ground, tick)).toEqual(decidePacing(ground, tick));
        expect(JSON.stringify([ground, tick])).toBe(before);
      }),
    );
  });

  test('the same day told twice is paced the same', () => {
    fc.assert(
      fc.property(fc.array(ticks, { maxLength: 12 }), (day) => {
        const run = () => {
          const memory = openPacing(CONFIG);
          return day.map((tick, n) => pace(memory, { ...tick, at: AT + n / 2 }));
        };
        expect(run()).toEqual(run());
      }),
      { numRuns: 30 },
    );
  });
});

const ready = (count: number): PacingTick => withReady(QUIET, count);
const refused = (n: number): PacingEvent[] =>
  Array.from({ length: 20 }, (_, i) => ['failed', `c${n}-${i}`, n / 2, 'congestion'] as const);

describe('what limits', () => {
  test('nothing seen yet: a few calls, and it says so', () => {
    const { place, limit } = pace(openPacing(CONFIG), ready(10));
    expect(limit).toBe('calls-per-second');
    expect(place).toBe(10);
    const slow = pace(openPacing({ ...CONFIG, callsPerSecondMax: 100 }), ready(10));
    expect(slow.limit).toBe('learning');
    expect(slow.place).toBeGreaterThan(5);
    expect(slow.place).toBeLessThan(25);
  });

  test('lines', () => {
    expect(pace(openPacing({ ...CONFIG, linesMax: 3 }), ready(10))).toEqual({
      place: 3,
      cancel: [],
      limit: 'lines',
    });
  });

  test('calls per second, below one a tick too: none is lost', () => {
    const memory = openPacing({ ...CONFIG, callsPerSecondMax: 0.5 });
    let placed = 0;
    for (let n = 0; n < 80; n += 1) placed += pace(memory, { ...ready(10), at: n / 2 }).place;
    expect(placed).toBeGreaterThanOrEqual(19);
    expect(placed).toBeLessThanOrEqual(21);
  });

  test('nobody there: nothing is dialed', () => {
    expect(pace(openPacing(CONFIG), QUIET).place).toBe(0);
  });

  test('no abandoned call allowed at all: one for each free agent', () => {
    const memory = openPacing({ ...CONFIG, abandonedShareMax: 0, callsPerSecondMax: 100 });
    expect(pace(memory, ready(7))).toEqual({ place: 7, cancel: [], limit: 'budget' });
  });

  test('a debt that allows no risk at all: one for each free agent still, in a team of any size', () => {
    for (const busy of [5, 90]) {
      const memory = openPacing({ ...CONFIG, linesMax: 500, callsPerSecondMax: 100 });
      const tick = {
        ...ready(7),
        agents: {
          ...ready(7).agents,
          talking: Array.from({ length: busy }, (_, n) => [`t${n}`, 0] as const),
        },
      };
      const ground = groundsOf(memory, tick);
      const none = { ...ground, callsAllowed: 50, allowed: { ...ground.allowed, risk: 0 } };
      expect(decidePacing(none, tick).place).toBe(7);
    }
  });

  test('a carrier that refuses everything: one for each free agent, until calls ring again', () => {
    const memory = openPacing({ ...CONFIG, callsPerSecondMax: 100 });
    for (let n = 1; n <= 10; n += 1) pace(memory, { ...ready(8), at: n / 2, events: refused(n) });
    expect(pace(memory, { ...ready(8), at: 5.5 })).toEqual({ place: 8, cancel: [], limit: 'carrier' });
    // Eight calls ring for six seconds: the carrier is back.
    const ringing = Array.from({ length: 8 }, (_, i) => [`n${i}`, 5.5] as const);
    for (let at = 6; at <= 11.5; at += 0.5) pace(memory, { ...ready(8), at, ringing });
    expect(pace(memory, { ...ready(8), at: 12, ringing }).limit).not.toBe('carrier');
  });
});
