/**
 * One token bucket, as pure functions over milliseconds of a monotonic clock (a wall clock that jumps back would
 * stop a sender, one that jumps ahead would break the limit).
 */

export interface Rate {
  /** One token comes back in this time. */
  readonly perTokenMilliseconds: number;
  /** How many may go at once after a rest; they are paid back one by one. */
  readonly burst: number;
}

export interface Bucket {
  readonly tokens: number;
  readonly at: number;
}

export function fullBucket(rate: Rate, at: number): Bucket {
  return { tokens: rate.burst, at };
}

/** The bucket as it stands at `now`. Tokens may be negative: taken in advance by someone who waits for them. */
export function refilled(bucket: Bucket, rate: Rate, now: number): Bucket {
  const earned = Math.max(0, now - bucket.at) / rate.perTokenMilliseconds;
  return { tokens: Math.min(rate.burst, bucket.tokens + earned), at: Math.max(bucket.at, now) };
}

/** Milliseconds until one token may be taken at `now`; 0 when it may be taken at once. */
export function waitForToken(bucket: Bucket, rate: Rate, now: number): number {
  const { tokens } = refilled(bucket, rate, now);
  // Thirds of tokens do not add up exactly in binary: a token short by a billionth is a token.
  return tokens >= 1 - 1e-9 ? 0 : Math.ceil((1 - tokens) * rate.perTokenMilliseconds - 1e-6);
}

export function take(bucket: Bucket, rate: Rate, now: number): Bucket {
  const present = refilled(bucket, rate, now);
  return { tokens: present.tokens - 1, at: present.at };
}

/** Nothing is remembered by a full bucket: it can be forgotten. */
export function isFull(bucket: Bucket, rate: Rate, now: number): boolean {
  return refilled(bucket, rate, now).tokens >= rate.burst;
}
