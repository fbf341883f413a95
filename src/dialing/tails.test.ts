import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { exactTail, refinedTail } from './tails.ts';

const chance = fc.double({ min: 0, max: 1, noNaN: true });

/** Over all outcomes of all things. */
function bruteTail(limit: number, chances: readonly number[]): number {
  let sum = 0;
  for (let outcome = 0; outcome < 2 ** chances.length; outcome += 1) {
    let happened = 0;
    let likely = 1;
    chances.forEach((one, index) => {
      const yes = (outcome >> index) % 2 === 1;
      happened += yes ? 1 : 0;
      likely *= yes ? one : 1 - one;
    });
    if (happened >= limit) sum += likely;
  }
  return sum;
}

function moments(chances: readonly number[]): { mean: number; variance: number; third: number } {
  const sum = (of: (p: number) => number): number => chances.reduce((total, p) => total + of(p), 0);
  return {
    mean: sum((p) => p),
    variance: sum((p) => p * (1 - p)),
    third: sum((p) => p * (1 - p) * (1 - 2 * p)),
  };
}

describe('at least so many of several', () => {
  test('exactly as all outcomes added up', () => {
    fc.assert(
      fc.property(fc.array(chance, { maxLength: 10 }), fc.integer({ min: -1, max: 12 }), (chances, limit) => {
        expect(exactTail(limit, chances)).toBeCloseTo(bruteTail(limit, chances), 10);
      }),
    );
  });

  test('binomial: at least 2 of 3 with one half each is one half', () => {
    expect(exactTail(2, [0.5, 0.5, 0.5])).toBeCloseTo(0.5, 12);
  });

  // Agents nearly surely busy and calls that one in five answers, as in a team of 50 and of 100.
  test.each([
    [48, 30, 0.005],
    [96, 60, 0.003],
  ])('by moments, %i busy agents and %i calls: within %f', (agents, calls, near) => {
    for (let shift = 0; shift < 20; shift += 1) {
      const chances = [
        ...Array.from({ length: agents }, (_, n) => 1 - 0.15 * (((n * 7 + shift) % 20) / 20)),
        ...Array.from({ length: calls }, (_, n) => 0.28 * (((n * 11 + shift) % 20) / 20)),
      ];
      const { mean, variance, third } = moments(chances);
      for (let limit = Math.floor(mean); limit < mean + 4 * Math.sqrt(variance); limit += 1) {
        const exact = exactTail(limit, chances);
        expect(Math.abs(exact - refinedTail(limit, mean, variance, third))).toBeLessThan(near);
      }
    }
  });

  test('by moments: between 0 and 1, and never more for a higher limit', () => {
    const cumulants = fc
      .array(fc.double({ min: 0.001, max: 0.999, noNaN: true }), { minLength: 1, maxLength: 80 })
      .map(moments);
    fc.assert(
      fc.property(cumulants, ({ mean, variance, third }) => {
        let before = 1;
        for (let limit = 0; limit < 90; limit += 1) {
          const tail = refinedTail(limit, mean, variance, third);
          expect(tail).toBeGreaterThanOrEqual(0);
          expect(tail).toBeLessThanOrEqual(before + 1e-12);
          before = tail;
        }
      }),
    );
  });
});
