import { describe, expect, test } from 'vitest';

import { draws, durationCdf, durationOf, uniform, type Duration } from './chance.ts';

describe('durations', () => {
  const laws: readonly Duration[] = [
    { law: 'log-normal', mean: 11, cv: 0.5 },
    { law: 'gamma', mean: 120, cv: 0.6 },
  ];

  test.each(laws)('$law: what the quantile gives, the distribution takes back', (law) => {
    for (const u of [0.01, 0.2, 0.5, 0.9, 0.99])
      expect(durationCdf(law, durationOf(law, u))).toBeCloseTo(u, 5);
  });

  test.each(laws)('$law: the mean is the mean', (law) => {
    let sum = 0;
    for (let n = 0; n < 4000; n += 1) sum += durationOf(law, (n + 0.5) / 4000);
    expect(sum / 4000 / ('mean' in law ? law.mean : 1)).toBeCloseTo(1, 2);
  });

  test('empirical: each value as likely as the next', () => {
    const law: Duration = { law: 'empirical', values: [10, 20, 30, 40] };
    expect([0.1, 0.3, 0.6, 0.9].map((u) => durationOf(law, u))).toEqual([10, 20, 30, 40]);
    expect(durationCdf(law, 20)).toBe(0.5);
  });
});

/** Of a call's fate with another draw. */
function correlation(other: (n: number) => number): number {
  let sum = 0;
  for (let n = 0; n < 5000; n += 1) sum += (uniform(1, n, draws.fate) - 0.5) * (other(n) - 0.5);
  return (sum / 5000) * 12;
}

describe('draws', () => {
  test('the same for the same thing, others for others, evenly spread', () => {
    expect(uniform(1, 7, draws.fate)).toBe(uniform(1, 7, draws.fate));
    const values = Array.from({ length: 20_000 }, (_, n) => uniform(3, n, draws.ring));
    expect(values.every((value) => value > 0 && value < 1)).toBe(true);
    for (let tenth = 0; tenth < 10; tenth += 1) {
      const share = values.filter((value) => Math.floor(value * 10) === tenth).length / values.length;
      expect(share).toBeCloseTo(0.1, 2);
    }
  });

  test('one draw of a call says nothing of its next, nor of the next seed', () => {
    expect(Math.abs(correlation((n) => uniform(1, n, draws.ring)))).toBeLessThan(0.05);
    expect(Math.abs(correlation((n) => uniform(1, n + 1, draws.fate)))).toBeLessThan(0.05);
    expect(Math.abs(correlation((n) => uniform(2, n, draws.fate)))).toBeLessThan(0.05);
  });
});
