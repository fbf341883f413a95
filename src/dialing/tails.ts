/**
 * How likely it is that at least so many of several independent things happen, each with its own chance (the Poisson-binomial
 * law): exactly, or by its first three moments where that is good enough.
 */

/** Nothing is surer than this. Products of surer chances run into numbers so small that processors slow down a hundredfold. */
const CERTAIN = 1e-5;

/** The exact law of a count, kept only as far as it matters: P(0) … P(limit − 1), and the rest in one sum. */
export class Count {
  readonly #below: Float64Array;
  #limit = 0;
  #tail = 0;

  constructor(limitMax: number) {
    this.#below = new Float64Array(limitMax + 1);
  }

  /** Begins again with nothing counted; afterwards `tail` is P(count ≥ limit). A limit of 0 or less is always reached. */
  begin(limit: number): void {
    this.#limit = limit;
    this.#tail = limit <= 0 ? 1 : 0;
    if (limit <= 0) return;
    this.#below.fill(0, 0, limit);
    this.#below[0] = 1;
  }

  /** One more thing that happens with this chance. */
  add(likely: number): void {
    const limit = this.#limit;
    if (limit <= 0) return;
    const chance = likely < CERTAIN ? CERTAIN : likely > 1 - CERTAIN ? 1 - CERTAIN : likely;
    const below = this.#below;
    const not = 1 - chance;
    this.#tail += (below[limit - 1] ?? 0) * chance;
    for (let n = limit - 1; n > 0; n -= 1) below[n] = (below[n] ?? 0) * not + (below[n - 1] ?? 0) * chance;
    below[0] = (below[0] ?? 0) * not;
  }

  get tail(): number {
    return this.#tail;
  }
}

/**
 * P(count ≥ limit) from mean, variance and third central moment: the normal law with its continuity and skewness corrections
 * (Volkova's refined normal approximation). From a variance of 4 on it is within 0.004 of the exact tail, from 9 on within
 * 0.002 (tails.test.ts measures it).
 */
export function refinedTail(limit: number, mean: number, variance: number, third: number): number {
  if (limit <= 0) return 1;
  if (variance < 1e-9) return limit <= mean + 1e-9 ? 1 : 0;
  const deviation = Math.sqrt(variance);
  const x = (limit - 0.5 - mean) / deviation;
  if (x > 5) return 0;
  if (x < -5) return 1;
  const density = Math.exp((-x * x) / 2) * 0.3989422804014327;
  const below = normalBelow(x, density) + ((third / (variance * deviation)) * (1 - x * x) * density) / 6;
  return below <= 0 ? 1 : below >= 1 ? 0 : 1 - below;
}

/** Abramowitz and Stegun 26.2.17, with the density at hand. */
function normalBelow(x: number, density: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(x));
  const tail =
    density *
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return x >= 0 ? 1 - tail : tail;
}
