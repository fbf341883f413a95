import { describe, expect, test } from 'vitest';

import type { PacingTick } from '../../src/dialing/index.ts';
import { fixedRatioPacer, pautaPacer, progressivePacer } from './baselines.ts';
import { mean, play } from './cell.ts';
import { configOf, playDay } from './day.ts';
import { dayOf, plainDay, steady, type KindOfDay } from './kind-of-day.ts';
import type { OpenPacer } from './pacer.ts';

const HOUR = 3600;
const short = (kind: string, agents: number, hours: number): KindOfDay => ({
  ...dayOf(kind, agents),
  daySeconds: hours * HOUR,
});

/** Hands everything through and keeps what was told and answered. */
function overheard(open: OpenPacer, day: KindOfDay, seed: number) {
  const ticks: PacingTick[] = [];
  const pacer = open(configOf(day));
  const result = playDay(day, seed, {
    name: pacer.name,
    decide: (tick) => {
      ticks.push(structuredClone(tick));
      return pacer.decide(tick);
    },
  });
  return { ticks, result };
}

const tooEager: OpenPacer = () => ({
  name: 'cancels all',
  decide: ({ ringing, agents }) => ({
    place: agents.ready.length - ringing.length,
    cancel: ringing.map(([call]) => call),
  }),
});

describe('a simulated day', () => {
  const day = short('plain', 8, 0.5);

  test('what happens adds up: every answer is connected, abandoned or still waiting', () => {
    const { ticks, result } = overheard(fixedRatioPacer(3, 'available'), day, 1);
    const count = (kind: string): number =>
      ticks.reduce((sum, tick) => sum + tick.events.filter((event) => event[0] === kind).length, 0);
    expect(count('answered')).toBeGreaterThan(50);
    expect(count('abandoned')).toBeGreaterThan(0);
    expect(count('connected') + count('abandoned') + (ticks.at(-1)?.waiting.length ?? 0)).toBe(
      count('answered'),
    );
    expect(result.abandonedShare).toBeCloseTo(result.abandoned / result.answered, 10);
    const ended = count('answered') + count('failed') + (ticks.at(-1)?.ringing.length ?? 0);
    expect(result.placed - ended).toBeLessThanOrEqual(8);
  });

  test('at every tick each agent is in one place, nobody waits while an agent is free, nobody longer than allowed', () => {
    const { ticks } = overheard(fixedRatioPacer(4, 'available'), day, 2);
    for (const { at, agents, waiting, events } of ticks) {
      const all = [...agents.ready, ...agents.talking.map(([id]) => id), ...agents.wrapUp.map(([id]) => id)];
      expect(new Set(all).size).toBe(8);
      if (waiting.length > 0) expect(agents.ready).toEqual([]);
      for (const [, since] of waiting) expect(at - since).toBeLessThanOrEqual(day.connectSecondsMax);
      for (const event of events) expect(event.at(-1) === at || typeof event[2] !== 'undefined').toBe(true);
    }
  });

  test('the same seed is the same day, under every pacer', () => {
    const once = playDay(day, 3, pautaPacer(configOf(day)));
    expect(playDay(day, 3, pautaPacer(configOf(day)))).toEqual(once);
    expect(playDay(day, 4, pautaPacer(configOf(day)))).not.toEqual(once);
    // An agent's first conversation lasts as long, whoever dials.
    const firstTalk = (open: OpenPacer): number => {
      const { ticks } = overheard(open, day, 3);
      const events = ticks.flatMap((tick) => tick.events);
      const began = events.find((event) => event[0] === 'connected' && event[2] === 'a1');
      const ended = events.find((event) => event[0] === 'talkEnded' && event[1] === 'a1');
      return ended?.[0] === 'talkEnded' && began?.[0] === 'connected' ? ended[2] - began[3] : 0;
    };
    expect(firstTalk(progressivePacer)).toBeGreaterThan(0);
    expect(firstTalk(progressivePacer)).toBeCloseTo(firstTalk(pautaPacer), 6);
  });

  test('one call for each free agent: nobody is abandoned, and half the day is waiting', () => {
    const { occupancy, abandoned } = playDay(
      short('plain', 10, 2),
      1,
      progressivePacer(configOf(plainDay(10))),
    );
    expect(abandoned).toBe(0);
    expect(occupancy).toBeGreaterThan(0.5);
    expect(occupancy).toBeLessThan(0.7);
  });

  test('only calls that rang long enough are canceled', () => {
    const { ticks } = overheard(tooEager, day, 1);
    const placed = new Map(ticks.flatMap((tick) => tick.ringing));
    const canceled = ticks.flatMap(({ events }) =>
      events.filter((one) => one[0] === 'failed' && one[3] === 'canceled'),
    );
    expect(canceled.length).toBeGreaterThan(10);
    for (const [, call, at] of canceled)
      expect(Number(at) - (placed.get(call) ?? 0)).toBeGreaterThanOrEqual(15);
  });
});

describe('the rule, on short days from a seed', () => {
  test('ten agents, two hours: legal, and busy', () => {
    const days = play(short('plain', 10, 2), 4, pautaPacer);
    expect(mean(days.map((one) => one.abandonedShare))).toBeLessThanOrEqual(0.03);
    expect(mean(days.map((one) => one.occupancy))).toBeGreaterThan(0.81);
  });

  test('from the very first call: a quarter of an hour is legal within one call', () => {
    for (const { answered, abandoned } of play(short('plain', 25, 0.25), 4, pautaPacer)) {
      expect(abandoned).toBeLessThanOrEqual(0.03 * answered + 3);
    }
  });

  // The dangerous changes: suddenly more people answer, and suddenly every call rings again.
  test.each([
    [
      'the list turns three times better',
      {
        answer: {
          points: [
            [0, 0.1],
            [HOUR, 0.3],
          ],
          between: 'step',
        } as const,
      },
    ],
    ['the carrier is back after ten minutes', { congestion: [{ from: HOUR - 600, to: HOUR, share: 1 }] }],
    ['half of the team goes to lunch', { lunches: { from: HOUR, to: HOUR + 300, seconds: 1500 } }],
    [
      'nobody answers for ten minutes',
      {
        answer: {
          points: [
            [0, 0.25],
            [HOUR - 600, 0],
            [HOUR, 0.25],
          ],
          between: 'step',
        } as const,
      },
    ],
  ])('no burst: %s', (_, change) => {
    const day: KindOfDay = { ...short('plain', 20, 1.5), ...change };
    for (const { minutes } of play(day, 3, pautaPacer)) {
      const after = minutes.slice(60, 70);
      const answered = after.reduce((sum, minute) => sum + minute.answered, 0);
      const abandoned = after.reduce((sum, minute) => sum + minute.abandoned, 0);
      expect(abandoned).toBeLessThanOrEqual(4 + 0.05 * answered);
    }
  });

  test('machines, a list nobody answers, one agent: it still runs', () => {
    expect(play({ ...short('machines', 10, 1) }, 1, pautaPacer)[0]?.occupancy).toBeGreaterThan(0.7);
    expect(play({ ...short('plain', 5, 0.2), answer: steady(0) }, 1, pautaPacer)[0]?.answered).toBe(0);
    expect(play(short('plain', 1, 1), 1, pautaPacer)[0]?.abandonedShare).toBeLessThanOrEqual(0.05);
  });
});
