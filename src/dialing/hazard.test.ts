import { describe, expect, test } from 'vitest';

import { ended, forget, lasted, newHazard, rates, spansTo, summed, type Hazard } from './hazard.ts';

const PRIOR = { mean: 20, worth: 1, spanWorth: 2 } as const;

/** One that lasts so long, seen every half second. */
function live(hazard: Hazard, seconds: number): void {
  for (let age = 0; age < seconds; age += 0.5) lasted(hazard, age, Math.min(seconds, age + 0.5));
  ended(hazard, seconds);
}

/** P(ends by `to` | lasted to `from`). */
function endsBetween(hazard: Hazard, from: number, to: number): number {
  const sums = summed(hazard.spans, rates(hazard, PRIOR), 400);
  return 1 - Math.exp((sums[from * 2] ?? 0) - (sums[to * 2] ?? 0));
}

describe('how likely something ends now that has lasted so long', () => {
  test('nothing seen: the prior', () => {
    const hazard = newHazard(spansTo(100, 1, 0));
    expect(endsBetween(hazard, 0, 20)).toBeCloseTo(1 - Math.exp(-1), 2);
    expect(endsBetween(hazard, 50, 70)).toBeCloseTo(1 - Math.exp(-1), 2);
  });

  test('a wrap-up that always takes ten seconds is known to end at the tenth', () => {
    const hazard = newHazard(spansTo(100, 0.5, 0.04));
    for (let n = 0; n < 200; n += 1) live(hazard, 10);
    expect(endsBetween(hazard, 0, 9)).toBeLessThan(0.03);
    expect(endsBetween(hazard, 9, 10)).toBeGreaterThan(0.98);
  });

  test('memoryless durations: the same rate at every age', () => {
    const hazard = newHazard(spansTo(200, 4, 0.12));
    for (let n = 1; n < 3000; n += 1) live(hazard, -30 * Math.log(1 - n / 3000));
    for (const age of [0, 10, 30, 60]) {
      expect(endsBetween(hazard, age, age + 10)).toBeCloseTo(1 - Math.exp(-1 / 3), 1);
    }
  });

  test('what is older than all spans ends as slowly as it does', () => {
    const hazard = newHazard(spansTo(10, 0.5, 0));
    for (let n = 0; n < 100; n += 1) live(hazard, 110);
    const rate = rates(hazard, PRIOR).at(-1) ?? 0;
    expect(rate).toBeGreaterThan(0.008);
    expect(rate).toBeLessThan(0.012);
  });

  test('what was forgotten counts no more', () => {
    const hazard = newHazard(spansTo(100, 0.5, 0.04));
    for (let n = 0; n < 200; n += 1) live(hazard, 10);
    forget(hazard, 0.001);
    for (let n = 0; n < 50; n += 1) live(hazard, 20);
    expect(endsBetween(hazard, 9, 10)).toBeLessThan(0.1);
    expect(endsBetween(hazard, 19, 21)).toBeGreaterThan(0.9);
  });
});
