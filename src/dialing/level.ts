/**
 * A factor that drifts or steps, followed at several speeds at once: how many answers came for each one expected. Each speed
 * is a gamma filter with its own memory; those that foretold the last seconds better weigh more, so that a steady day is
 * judged by hundreds of answers and a sudden step within a few dozen.
 */
export interface Level {
  /** Per speed: answers seen and expected within its memory, and its weight among the speeds. */
  readonly seen: Float64Array;
  readonly expected: Float64Array;
  readonly weight: Float64Array;
  /** The factor as it was at the last answers. */
  usual: number;
  answers: number;
}

/** Memories, in answers. */
const MEMORIES = [25, 100, 600] as const;
/** What the first guess (factor 1) is worth, in answers. */
const PRIOR_ANSWERS = 6;
/** The share of the weight that is spread evenly again per answer: a speed that was wrong for hours can come back. */
const SPREAD_PER_ANSWER = 0.01;

export function newLevel(): Level {
  return {
    seen: new Float64Array(MEMORIES.length).fill(PRIOR_ANSWERS),
    expected: new Float64Array(MEMORIES.length).fill(PRIOR_ANSWERS),
    weight: Float64Array.from([0.2, 0.4, 0.4]),
    usual: 1,
    answers: 0,
  };
}

/**
 * No level below this share of the usual one is believed, and only answers move the usual one: when nobody at all answers for ten
 * minutes (a carrier that rings into the void), and then people do, at most four times the right number of calls is in the air.
 */
const LEAST = 0.25;
const USUAL_ANSWERS = 80;
const USUAL_PRIOR_ANSWERS = 3;

/** `expected`: answers foretold with factor 1 for a short time in which `seen` came. */
export function learnLevel(level: Level, seen: number, expected: number): void {
  if (expected <= 0 && seen === 0) return;
  let total = 0;
  MEMORIES.forEach((memory, speed) => {
    const factor = (level.seen[speed] ?? 1) / (level.expected[speed] ?? 1);
    const foretold = Math.max(1e-9, factor * expected);
    const likelihood = Math.exp(seen * Math.log(foretold) - foretold);
    level.weight[speed] = (level.weight[speed] ?? 0) * likelihood;
    total += level.weight[speed] ?? 0;
    const kept = Math.exp(-foretold / memory);
    level.seen[speed] = (level.seen[speed] ?? 0) * kept + seen;
    level.expected[speed] = (level.expected[speed] ?? 0) * kept + expected;
  });
  const spread = Math.min(0.5, SPREAD_PER_ANSWER * (seen + expected) * 0.5);
  for (let speed = 0; speed < MEMORIES.length; speed += 1) {
    const share = total > 0 ? (level.weight[speed] ?? 0) / total : 1 / MEMORIES.length;
    level.weight[speed] = share * (1 - spread) + spread / MEMORIES.length;
  }
  if (seen === 0) return;
  level.answers += seen;
  const step = seen / Math.min(USUAL_ANSWERS, level.answers + USUAL_PRIOR_ANSWERS);
  level.usual += (followed(level).factor - level.usual) * Math.min(1, step);
}

/** The factor now, and its standard deviation as a share of it. */
export function levelNow(level: Level): { factor: number; doubt: number } {
  const { factor, square } = followed(level);
  const doubt = Math.sqrt(Math.max(0, square / (factor * factor) - 1));
  return { factor: Math.max(factor, LEAST * level.usual), doubt: Math.min(1, doubt) };
}

/** Mean and mean square over the speeds. */
function followed(level: Level): { factor: number; square: number } {
  let factor = 0;
  let square = 0;
  for (let speed = 0; speed < level.weight.length; speed += 1) {
    const seen = Math.max(1e-6, level.seen[speed] ?? 1);
    const mean = seen / (level.expected[speed] ?? 1);
    factor += (level.weight[speed] ?? 0) * mean;
    square += (level.weight[speed] ?? 0) * mean * mean * (1 + 1 / seen);
  }
  return { factor, square };
}
