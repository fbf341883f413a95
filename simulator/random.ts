/** Chance in the pretend world: all of it from a seed, so that the same seed gives the same world. Values in [0, 1). */
export type Random = () => number;

/** Numbers that look random and are the same for the same seed (mulberry32). */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * Chance for one thing by its name, whatever else was drawn before: what a person does with a lead is the same after a
 * restart. (FNV-1a over the name, into the seed.)
 */
export function seededFor(seed: number, ...names: readonly string[]): Random {
  let hash = (0x811c9dc5 ^ seed) >>> 0;
  for (const character of names.join('\u0000')) {
    hash ^= character.codePointAt(0) ?? 0;
    hash = Math.imul(hash, 0x01000193) >>> 0;
  }
  return seeded(hash);
}

/** True in this share of cases, 0 to 1. */
export function chance(random: Random, share: number): boolean {
  return random() < share;
}

/** A whole number from `least` to `most`, both included. */
export function whole(random: Random, least: number, most: number): number {
  return least + Math.floor(random() * (most - least + 1));
}

export function pick<T>(random: Random, from: readonly T[]): T {
  const found = from[Math.floor(random() * from.length)];
  if (found === undefined) throw new RangeError('nothing to pick from');
  return found;
}

/** Picks by weight; weights need not add up to anything. */
export function pickWeighted<T>(random: Random, from: readonly (readonly [T, number])[]): T {
  let left = random() * from.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [value, weight] of from) {
    left -= weight;
    if (left < 0) return value;
  }
  return pick(random, from)[0];
}

/** Milliseconds until the next of something that comes so often on average, without memory (exponential). */
export function waitFor(random: Random, everyMilliseconds: number): number {
  return -Math.log(1 - random()) * everyMilliseconds;
}
