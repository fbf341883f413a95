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
  answered: number;
}

/**
 * Until answers were seen: people answer after 4 to 20 seconds, and more of them than any list known (45 %), so that the
 * first calls are few. Worth about ten answers.
 */
const PRIOR_CALL_SECONDS = 45;
const PRIOR_RATE_MAX = 0.05;
const PRIOR_RISES = 4;
const PRIOR_GONE = { mean: 400, worth: 5, spanWorth: 0.5 } as const;
/**
 * Failures younger than this are not counted on: a carrier that fails every call, and then does not, would otherwise be met
 * with far too many calls in the air. They leave within seconds, and the next tick sees it.
 */
const QUICK_FAILURE_SECONDS = 4;

export function newRingingKnowledge(ringSecondsMax: number): RingingKnowledge {
  const spans = spansTo(Math.max(30, ringSecondsMax), 1, 0);
  return { answers: newHazard(spans), level: newLevel(), gone: newHazard(spans), answered: 0 };
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

/** A tick in which these calls rang (`from` age to `to` age) and so many of the calls in the air were answered at these ages. */
export function learnRinging(
  known: RingingKnowledge,
  shape: Float64Array,
  rang: readonly (readonly [from: number, to: number])[],
  answeredAges: readonly number[],
  failed: readonly (readonly [age: number, outcome: Failure])[],
): void {
  const { factor } = levelNow(known.level);
  let expected = 0;
  for (const [from, to] of rang) {
    lasted(known.answers, from, to, factor);
    lasted(known.gone, from, to);
    expected += (shape[spanAt(known.answers.spans, (from + to) / 2)] ?? 0) * (to - from);
  }
  for (const age of answeredAges) ended(known.answers, age);
  for (const [age, outcome] of failed) {
    if ((outcome === 'machine' || outcome === 'no-answer' || outcome === 'busy') && age >= QUICK_FAILURE_SECONDS) {
      ended(known.gone, age);
    }
  }
  known.answered += answeredAges.length;
  learnLevel(known.level, answeredAges.length, expected);
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
  caution: number,
): { answered: Ages; weights: number[] } {
  const { spans } = known.answers;
  const { slotSeconds } = spans;
  const shape = answerShape(known);
  const gone = rates(known.gone, PRIOR_GONE);
  const { factor, doubt } = levelNow(known.level);
  const level = factor * (1 + caution * doubt);
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
    answered[slot + 1] = (answered[slot] ?? 0) + (still * (1 - stays) * answer) / Math.max(1e-12, answer + leave);
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
