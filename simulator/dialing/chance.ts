/**
 * Chance that does not depend on the order of asking: the n-th call and an agent's k-th conversation draw the same numbers
 * under every pacer (common random numbers), so that pacers are compared on the same day.
 */

/** Which of its numbers a call or an agent draws. */
export const draws = {
  fate: 1,
  ring: 2,
  fail: 3,
  congestion: 4,
  patience: 5,
  talk: 6,
  wrapUp: 7,
  pause: 8,
} as const;

/** A number in (0, 1) for this seed, thing and draw (the finalizer of MurmurHash3 over the mixed keys). */
export function uniform(seed: number, thing: number, draw: number, turn = 0): number {
  let h = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b);
  h = mix(h ^ Math.imul(thing + 0x632be5ab, 0xc2b2ae35));
  h = mix(h ^ Math.imul(draw + 0x27d4eb2f, 0x165667b1));
  h = mix(h ^ Math.imul(turn + 0x1b873593, 0xcc9e2d51));
  return (h + 0.5) / 4_294_967_296;
}

function mix(value: number): number {
  let h = value >>> 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** How long something takes, in seconds. */
export type Duration =
  | { readonly law: 'fixed'; readonly mean: number }
  | { readonly law: 'log-normal'; readonly mean: number; readonly cv: number }
  | { readonly law: 'gamma'; readonly mean: number; readonly cv: number }
  /** Values of a file, each as likely as the next. */
  | { readonly law: 'empirical'; readonly values: readonly number[] };

/** The value below which a share `u` of the durations lies: monotone in `u`, so that a draw means the same under any law. */
export function durationOf(duration: Duration, u: number): number {
  switch (duration.law) {
    case 'fixed':
      return duration.mean;
    case 'log-normal': {
      const variance = Math.log(1 + duration.cv ** 2);
      return Math.exp(Math.log(duration.mean) - variance / 2 + Math.sqrt(variance) * normalQuantile(u));
    }
    case 'gamma': {
      const shape = 1 / duration.cv ** 2;
      return (duration.mean / shape) * gammaQuantile(shape, u);
    }
    case 'empirical':
      return duration.values[Math.floor(u * duration.values.length)] ?? 0;
    default:
      return duration satisfies never;
  }
}

/** P(duration ≤ seconds). */
export function durationCdf(duration: Duration, seconds: number): number {
  switch (duration.law) {
    case 'fixed':
      return seconds >= duration.mean - 1e-9 ? 1 : 0;
    case 'log-normal': {
      if (seconds <= 0) return 0;
      const variance = Math.log(1 + duration.cv ** 2);
      return normalCdf((Math.log(seconds) - Math.log(duration.mean) + variance / 2) / Math.sqrt(variance));
    }
    case 'gamma': {
      const shape = 1 / duration.cv ** 2;
      return gammaCdf(shape, (seconds * shape) / duration.mean);
    }
    case 'empirical':
      return shareBelow(duration.values, seconds);
    default:
      return duration satisfies never;
  }
}

function shareBelow(sorted: readonly number[], seconds: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) <= seconds) low = middle + 1;
    else high = middle;
  }
  return sorted.length === 0 ? 0 : low / sorted.length;
}

/** Abramowitz and Stegun 26.2.17; absolute error below 7.5e-8. */
export function normalCdf(x: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(x));
  const tail =
    Math.exp((-x * x) / 2) *
    0.3989422804014327 *
    t *
    (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return x >= 0 ? 1 - tail : tail;
}

/** Acklam's rational approximation; relative error below 1.2e-9. */
export function normalQuantile(u: number): number {
  if (u < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(u));
    return (
      (((((-7.784894002430293e-3 * q - 0.3223964580411365) * q - 2.400758277161838) * q - 2.549732539343734) *
        q +
        4.374664141464968) *
        q +
        2.938163982698783) /
      ((((7.784695709041462e-3 * q + 0.3224671290700398) * q + 2.445134137142996) * q + 3.754408661907416) *
        q +
        1)
    );
  }
  if (u > 1 - 0.02425) return -normalQuantile(1 - u);
  const q = u - 0.5;
  const r = q * q;
  return (
    ((((((-39.69683028665376 * r + 220.9460984245205) * r - 275.9285104469687) * r + 138.357751867269) * r -
      30.66479806614716) *
      r +
      2.506628277459239) *
      q) /
    (((((-54.47609879822406 * r + 161.5858368580409) * r - 155.6989798598866) * r + 66.80131188771972) * r -
      13.28068155288572) *
      r +
      1)
  );
}

/** The regularized lower incomplete gamma function, by its series (x < a + 1) or continued fraction. */
export function gammaCdf(a: number, x: number): number {
  if (x <= 0) return 0;
  const front = Math.exp(-x + a * Math.log(x) - logGamma(a));
  if (x < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let n = 1; n < 500 && term > sum * 1e-12; n += 1) {
      term *= x / (a + n);
      sum += term;
    }
    return sum * front;
  }
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let h = d;
  for (let i = 1; i < 500; i += 1) {
    const an = -i * (i - a);
    b += 2;
    d = 1 / (an * d + b);
    c = b + an / c;
    const delta = d * c;
    h *= delta;
    if (Math.abs(delta - 1) < 1e-12) break;
  }
  return 1 - front * h;
}

/** Stirling's series, moved up to where it is exact to ten digits. */
function logGamma(x: number): number {
  let shifted = x;
  let product = 1;
  while (shifted < 10) {
    product *= shifted;
    shifted += 1;
  }
  const square = shifted * shifted;
  const series = (1 / 12 - (1 / 360 - (1 / 1260 - 1 / 1680 / square) / square) / square) / shifted;
  return (
    (shifted - 0.5) * Math.log(shifted) - shifted + 0.5 * Math.log(2 * Math.PI) + series - Math.log(product)
  );
}

/** By bisection on the distribution function: the same draw gives the same value on every machine. */
function gammaQuantile(shape: number, u: number): number {
  let low = 0;
  let high = Math.max(1, shape);
  while (gammaCdf(shape, high) < u && high < 1e9) high *= 2;
  for (let step = 0; step < 50; step += 1) {
    const middle = (low + high) / 2;
    if (gammaCdf(shape, middle) < u) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
