/**
 * How likely it is that at least so many of several independent things happen, each with its own chance (the Poisson-binomial
 * law): exactly, or by its first three moments where that is good enough.
 */

/**
 * One more thing that happens with this chance, in the exact law of a count: `below[from + n]` is P(count = n) for n below
 * `limit`. Gives what it adds to P(count ≥ limit).
 */
export function addToCount(below: Float64Array, from: number, limit: number, chance: number): number {
  const not = 1 - chance;
  const reached = (below[from + limit - 1] ?? 0) * chance;
  for (let at = from + limit - 1; at > from; at -= 1) {
    below[at] = (below[at] ?? 0) * not + (below[at - 1] ?? 0) * chance;
  }
  below[from] = (below[from] ?? 0) * not;
  return reached;
}

/** P(at least `limit` of these happen), exactly. */
export function exactTail(limit: number, chances: readonly number[]): number {
  if (limit <= 0) return 1;
  const below = new Float64Array(limit);
  below[0] = 1;
  return chances.reduce((tail, chance) => tail + addToCount(below, 0, limit, chance), 0);
}

/** Beyond so many deviations the correction is no longer monotone: there the tail falls as the normal law's does. */
const CORRECTED = 2.5;
const SKEWNESS_MOST = 0.7;

/**
 * P(count ≥ limit) from mean, variance and third central moment: the normal law with its continuity and skewness corrections
 * (Volkova's refined normal approximation). tails.test.ts measures how near it is. Never rises with the limit.
 */
export function refinedTail(limit: number, mean: number, variance: number, third: number): number {
  if (limit <= 0) return 1;
  if (variance < 1e-9) return limit <= mean + 1e-9 ? 1 : 0;
  const deviation = Math.sqrt(variance);
  const skewness = Math.min(SKEWNESS_MOST, Math.max(-SKEWNESS_MOST, third / (variance * deviation)));
  const x = (limit - 0.5 - mean) / deviation;
  if (x > CORRECTED) return (corrected(CORRECTED, skewness) * normalTail(x)) / normalTail(CORRECTED);
  if (x < -CORRECTED) {
    return 1 - ((1 - corrected(-CORRECTED, skewness)) * normalTail(-x)) / normalTail(CORRECTED);
  }
  return corrected(x, skewness);
}

function corrected(x: number, skewness: number): number {
  const tail = normalTail(x) - (skewness * (1 - x * x) * density(x)) / 6;
  return tail < 0 ? 0 : tail > 1 ? 1 : tail;
}

const density = (x: number): number => Math.exp((-x * x) / 2) * 0.3989422804014327;

/** P(a standard normal value > x): Abramowitz and Stegun 26.2.17. */
function normalTail(x: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(x));
  const tail =
    density(x) *
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return x >= 0 ? tail : 1 - tail;
}
