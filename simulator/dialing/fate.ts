import type { Failure } from '../../src/dialing/index.ts';
import { draws, durationOf, uniform } from './chance.ts';
import { valueAt, type KindOfDay } from './kind-of-day.ts';

export interface Fate {
  readonly fate: Failure | 'answered';
  /** Seconds after it was placed. */
  readonly after: number;
}

/** A machine is told from a person after it has spoken for a while. */
const MACHINE_TOLD_SECONDS = 2.5;

/** What becomes of the n-th call of this day when it is placed now. */
export function fateOf(day: KindOfDay, seed: number, number: number, at: number): Fate {
  const quick = 0.5 + 1.5 * uniform(seed, number, draws.fail);
  const congestion = day.congestion.find(({ from, to }) => at >= from && at < to);
  if (congestion !== undefined && uniform(seed, number, draws.congestion) < congestion.share) {
    return { fate: 'congestion', after: quick };
  }
  const noAnswer = { fate: 'no-answer', after: day.ringSecondsMax } as const;
  const u = uniform(seed, number, draws.fate);
  const answer = valueAt(day.answer, at);
  if (u >= 1 - day.failure) return { fate: quick < 1.25 ? 'busy' : 'invalid', after: quick };
  if (u >= answer + day.machine) return noAnswer;
  const after = durationOf(day.ring, uniform(seed, number, draws.ring));
  if (after >= day.ringSecondsMax) return noAnswer;
  return u < answer ? { fate: 'answered', after } : { fate: 'machine', after: after + MACHINE_TOLD_SECONDS };
}
