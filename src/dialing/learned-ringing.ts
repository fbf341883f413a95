import type { Ages } from './forecast.ts';
import { ended, forget, lasted, newHazard, rates, spanAt, spansTo, type Hazard } from './hazard.ts';
import { learnLevel, levelNow, newLevel, type Level } from './level.ts';
import type { Failure } from './tick.ts';

/** What is known of calls in the air: when people answer (a shape by ring age), how many do (a level), what else ends a ring. */
export interface RingingKnowledge {
  readonly answers: Hazard;
  readonly level: Level;
  /** Machines and refusals: they take a call out of the air without an answer. */
  readonly gone: Hazard;
  /** People who answered since the campaign opened. */
  answered: number;
  /** Share of the latest calls that the carrier refused (congestion). */
  refused: number;
  /** Answers that the usual level would have brought since the last one came. */
  silence: number;
  /** Within the tick that is taken in: answers expected at level 1, and the level it began with. */
  expected: number;
  factor: number;
}

/**
 * Until answers were seen: people answer evenly from the fourth second on, and more of them (over half) than on any list we know,
 * so that the first calls are few. Worth some forty answers for the shape; how many answer is known sooner (level.ts).
 */
const PRIOR_CALL_SECONDS = 45;
const PRIOR_RATE_MAX = 0.035;
const PRIOR_RISES = 4;
const PRIOR_GONE = { mean: 400, worth: 5, spanWorth: 20 } as const;
/**
 * Failures younger than this are not counted on: a carrier that fails every call, and then does not, would otherwise be met
 * with far too many calls in the air. They leave within seconds, and the next tick sees it.
 */
const QUICK_FAILURE_SECONDS = 4;
/** Calls that the share of refusals remembers, and the share from which on the carrier counts as failing. */
const REFUSED_MEMORY = 30;
const REFUSED_MOST = 0.9;
/** So many answers that should have come and did not: by chance once in 160,000. */
const SILENCE_MOST = 12;
/** So many standard deviations of the level are added to it: little known is taken for more answers than expected. */
const CAUTION = 0.3;

export function newRingingKnowledge(ringSecondsMax: number): RingingKnowledge {
  const spans = spansTo(Math.max(30, ringSecondsMax), 1, 0);
  return {
    answers: newHazard(spans),
    level: newLevel(),
    gone: newHazard(spans),
    answered: 0,
    refused: 0,
    silence: 0,
    expected: 0,
    factor: 1,
  };
}

function priorRate(age: number): number {
  return age < 1 ? PRIOR_RATE_MAX / 8 : PRIOR_RATE_MAX * Math.min(1, age / PRIOR_RISES);
}

/** People's answers per second of ringing in each span of age, before the level. Neighbours lean on one another. */
export function answerShape({ answers }: RingingKnowledge): Float64Array {
  const { ends, seconds, spans } = answers;
  return ends.map((_, span) => {
    let count = 0;
    let at = 0;
    for (const [step, weight] of NEIGHBOURS) {
      const other = span + step;
      if (other < 0 || other >= ends.length) continue;
      const prior = priorRate((spans.starts[other] ?? 0) + 0.5);
      count += weight * ((ends[other] ?? 0) + PRIOR_CALL_SECONDS * prior);
      at += weight * ((seconds[other] ?? 0) + PRIOR_CALL_SECONDS);
    }
    return count / at;
  });
}

const NEIGHBOURS = [
  [-1, 0.25],
  [0, 0.5],
  [1, 0.25],
] as const;

/** Begins a tick: the level counts anew what it would have expected. */
export function beginRinging(known: RingingKnowledge): void {
  known.expected = 0;
  known.factor = levelNow(known.level).factor;
}

/** A call rang from one age to the other during this tick. */
export function rang(known: RingingKnowledge, shape: Float64Array, from: number, to: number): void {
  if (to <= from) return;
  lasted(known.answers, from, to, known.factor);
  lasted(known.gone, from, to);
  known.expected += (shape[spanAt(known.answers.spans, (from + to) / 2)] ?? 0) * (to - from);
  if (from < QUICK_FAILURE_SECONDS && to >= QUICK_FAILURE_SECONDS) known.refused *= 1 - 1 / REFUSED_MEMORY;
}

export function learnFailure(known: RingingKnowledge, age: number, outcome: Failure): void {
  if (outcome === 'congestion') known.refused += (1 - known.refused) / REFUSED_MEMORY;
  else if (outcome !== 'canceled' && age >= QUICK_FAILURE_SECONDS) ended(known.gone, age);
}

/** Ends a tick in which so many calls were answered. */
export function learnAnswers(known: RingingKnowledge, answered: number): void {
  known.answered += answered;
  known.silence = answered > 0 ? 0 : known.silence + known.expected * known.level.usual;
  learnLevel(known.level, answered, known.expected);
}

/**
 * The carrier refused nearly every call of late, or nobody answers where a dozen should have: a moment later all may be as it was,
 * and then many calls in the air would be a burst of abandoned ones.
 */
export function carrierFails({ refused, silence }: RingingKnowledge): boolean {
  return refused > REFUSED_MOST || silence > SILENCE_MOST;
}

export function forgetRinging(known: RingingKnowledge, kept: number): void {
  forget(known.answers, kept);
  forget(known.gone, kept);
}

/** Chances that a call ringing for so long is answered within each moment, and how a new call's answers spread over them. */
export function ringingForecast(
  known: RingingKnowledge,
  ringSecondsMax: number,
  moments: readonly number[],
): { answered: Ages; weights: number[] } {
  const { spans } = known.answers;
  const { slotSeconds } = spans;
  const shape = answerShape(known);
  const gone = rates(known.gone, PRIOR_GONE);
  const { factor, doubt } = levelNow(known.level);
  const level = factor * (1 + CAUTION * doubt);
  const slots = Math.ceil(ringSecondsMax / slotSeconds);
  // Shares of all calls placed: still ringing at the start of a slot, answered before it.
  const ringing = new Float64Array(slots + 1);
  const answered = new Float64Array(slots + 1);
  ringing[0] = 1;
  for (let slot = 0; slot < slots; slot += 1) {
    const span = spanAt(spans, slot * slotSeconds);
    const answer = (shape[span] ?? 0) * level;
    const leave = slot * slotSeconds < QUICK_FAILURE_SECONDS ? 0 : (gone[span] ?? 0);
    const stays = Math.exp(-(answer + leave) * slotSeconds);
    const still = ringing[slot] ?? 0;
    ringing[slot + 1] = still * stays;
    answered[slot + 1] =
      (answered[slot] ?? 0) + (still * (1 - stays) * answer) / Math.max(1e-12, answer + leave);
  }
  const answeredBefore = (age: number): number => {
    const place = Math.min(slots, age / slotSeconds);
    const slot = Math.floor(place);
    const low = answered[slot] ?? 0;
    return low + ((answered[Math.min(slots, slot + 1)] ?? low) - low) * (place - slot);
  };
  const rows = new Float64Array((slots + 1) * moments.length);
  for (let slot = 0; slot <= slots; slot += 1) {
    const still = ringing[slot] ?? 0;
    const before = answered[slot] ?? 0;
    for (let j = 0; j < moments.length; j += 1) {
      const within = answeredBefore(slot * slotSeconds + (moments[j] ?? 0)) - before;
      rows[slot * moments.length + j] = still > 1e-9 ? Math.min(1, within / still) : 0;
    }
  }
  const all = Math.max(1e-12, answered[slots] ?? 0);
  const edges = moments.map((moment, j) =>
    j === moments.length - 1 ? ringSecondsMax : (moment + (moments[j + 1] ?? 0)) / 2,
  );
  const weights = edges.map(
    (edge, j) => (answeredBefore(edge) - (j === 0 ? 0 : answeredBefore(edges[j - 1] ?? 0))) / all,
  );
  const rowOfSlot = Uint16Array.from({ length: slots + 1 }, (_, slot) => slot);
  return { answered: { slotSeconds, rowOfSlot, rows }, weights };
}
