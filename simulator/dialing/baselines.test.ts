import { describe, expect, test } from 'vitest';

import type { PacingTick } from '../../src/dialing/index.ts';
import { fixedRatioPacer, progressivePacer } from './baselines.ts';
import { configOf } from './day.ts';
import { plainDay } from './kind-of-day.ts';
import { callsOfCycle, nextLevel, VICIDIAL_DEFAULTS } from './vicidial.ts';

const CONFIG = configOf(plainDay(10));

/** Ten agents at work: three ready, seven talking, two calls ringing. */
const TICK: PacingTick = {
  at: 100,
  events: [],
  agents: {
    ready: ['a1', 'a2', 'a3'],
    talking: Array.from({ length: 7 }, (_, n) => [`a${n + 4}`, 50] as const),
    wrapUp: [],
    paused: [],
  },
  ringing: [
    ['c1', 95],
    ['c2', 97],
  ],
  waiting: [],
};

describe('baselines', () => {
  test('progressive: one call for each free agent', () => {
    expect(progressivePacer(CONFIG).decide(TICK)).toEqual({ place: 1, cancel: [] });
  });

  test('fixed ratio, both ways of counting', () => {
    expect(fixedRatioPacer(1.8, 'all')(CONFIG).decide(TICK).place).toBe(9);
    expect(fixedRatioPacer(1.8, 'available')(CONFIG).decide(TICK).place).toBe(3);
  });
});

describe('VICIdial', () => {
  test('calls of a cycle at level 1.8: 9 counting all agents, 3 counting the ready ones', () => {
    expect(callsOfCycle(1.8, 'all', TICK)).toBe(9);
    expect(callsOfCycle(1.8, 'available', TICK)).toBe(3);
  });

  const at = { at: 60, daySeconds: 28_800, answers: 200, percentToday: 1, callsMinute: 60, percentMinute: 1 };

  test.each([
    ['two idle of ten on average raise it by a fifth', 1.5, { ready: 2, waiting: 0, logged: 10 }, {}, 1.8],
    ['waiting calls lower it', 1.5, { ready: 0, waiting: 1, logged: 10 }, {}, 1.35],
    ['never above the cap', 2.9, { ready: 5, waiting: 0, logged: 10 }, {}, 3],
    ['never below one', 1, { ready: 0, waiting: 2, logged: 10 }, {}, 1],
    [
      'most calls of the last minute dropped: halved',
      2.8,
      { ready: 0, waiting: 0, logged: 10 },
      { percentMinute: 60 },
      1.4,
    ],
    ['nobody logged in: as it was', 2, { ready: 0, waiting: 0, logged: 0 }, {}, 2],
  ])('the level: %s', (_, level, means, changed, next) => {
    expect(nextLevel(VICIDIAL_DEFAULTS, level, means, { ...at, ...changed })).toBeCloseTo(next, 3);
  });

  test.each([
    ['hard-limit', 1],
    ['average', 1.25],
    // 9:01 to 17:00 as numbers: 1700 − 901 is 799, so four fifths are left.
    ['tapered', 1.998],
  ] as const)('more than 3 %% today, %s: %f', (method, next) => {
    const means = { ready: 0, waiting: 0, logged: 10 };
    expect(nextLevel({ ...VICIDIAL_DEFAULTS, method }, 2.5, means, { ...at, percentToday: 4 })).toBeCloseTo(
      next,
      2,
    );
  });

  test('fewer than 50 answers today: no limit yet', () => {
    const means = { ready: 0, waiting: 0, logged: 10 };
    expect(
      nextLevel({ ...VICIDIAL_DEFAULTS, method: 'hard-limit' }, 2.5, means, {
        ...at,
        answers: 40,
        percentToday: 9,
      }),
    ).toBe(2.5);
  });
});
