import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fullBucket, take, waitForToken, type Rate } from './rate.ts';

const pair: Rate = { perTokenMilliseconds: 6_000, burst: 3 };

describe('a token bucket', () => {
  it('lets a burst through, then one in six seconds', () => {
    let bucket = fullBucket(pair, 0);
    for (let sent = 0; sent < 3; sent += 1) {
      expect(waitForToken(bucket, pair, 0)).toBe(0);
      bucket = take(bucket, pair, 0);
    }
    expect(waitForToken(bucket, pair, 0)).toBe(6_000);
    expect(waitForToken(bucket, pair, 5_999)).toBe(1);
    expect(waitForToken(bucket, pair, 6_000)).toBe(0);
  });

  it('a clock that goes back neither gives nor takes', () => {
    const empty = take(fullBucket({ ...pair, burst: 1 }, 10_000), pair, 10_000);
    expect(waitForToken(empty, pair, 4_000)).toBe(6_000);
  });

  it('in no window of time more than the burst and what the time earned', () => {
    const rates = fc.record({
      perTokenMilliseconds: fc.integer({ min: 1, max: 500 }),
      burst: fc.integer({ min: 1, max: 9 }),
    });
    fc.assert(
      fc.property(rates, fc.array(fc.nat(300), { maxLength: 80 }), (rate, pauses) => {
        let now = 0;
        let bucket = fullBucket(rate, now);
        const sent: number[] = [];
        for (const pause of pauses) {
          now += pause;
          if (waitForToken(bucket, rate, now) > 0) continue;
          bucket = take(bucket, rate, now);
          sent.push(now);
        }
        sent.forEach((from, first) => {
          sent.slice(first).forEach((to, more) => {
            expect(more + 1).toBeLessThanOrEqual(rate.burst + (to - from) / rate.perTokenMilliseconds + 1e-6);
          });
        });
      }),
    );
  });
});
