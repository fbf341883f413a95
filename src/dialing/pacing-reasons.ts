import { rowOf } from './forecast.ts';
import type { PacingMemory } from './memory.ts';
import { groundsOf, pictureOf, type Pacing, type PacingGrounds } from './pacing.ts';
import { addToCount } from './tails.ts';
import type { Limit, PacingTick } from './tick.ts';

/** Why so many calls now: what a supervisor would ask for, as figures; `pacingWords` says them. */
export interface PacingReasons {
  readonly limit: Limit;
  readonly place: number;
  readonly cancel: number;
  readonly free: number;
  /** Agents that will be free within `freeSeconds` with 95 % certainty, those free already included. */
  readonly freeSoon: number;
  readonly freeSeconds: number;
  readonly inTheAir: number;
  /** Answers that the calls in the air are worth, this tick's included. */
  readonly answers: number;
  readonly answered: number;
  readonly abandoned: number;
  /** Abandoned calls that the day can still bear, rounded down. */
  readonly left: number;
  readonly waiting: number;
  readonly linesMax: number;
  readonly callsPerSecondMax: number;
}

/** The reasons of what `pace` has just answered to this tick. */
export function reasonsNow(memory: PacingMemory, tick: PacingTick, pacing: Pacing): PacingReasons {
  return pacingReasons(groundsOf(memory, tick), tick, pacing, memory.budget);
}

const FREE_SECONDS = 10;
const CERTAINTY = 0.95;

function pacingReasons(
  { forecast, config, allowed }: PacingGrounds,
  tick: PacingTick,
  pacing: Pacing,
  budget: { readonly answered: number; readonly abandoned: number },
): PacingReasons {
  const picture = pictureOf(
    tick,
    tick.ringing.filter(([call]) => !pacing.cancel.includes(call)),
  );
  const { moments, answered, freeAfterTalk, freeAfterWrapUp } = forecast;
  const last = moments.length - 1;
  const soon = moments.findLastIndex((moment) => moment + config.connectSecondsMax <= FREE_SECONDS);
  const chanceOf = (ages: typeof answered, age: number, j: number): number =>
    ages.rows[rowOf(ages, age) * moments.length + j] ?? 0;
  const freed = [
    ...picture.talking.map((age) => chanceOf(freeAfterTalk, age, soon)),
    ...picture.wrapUp.map((age) => chanceOf(freeAfterWrapUp, age, soon)),
  ];
  const free = Math.max(0, picture.ready - picture.waiting);
  const answers =
    picture.ringing.reduce((sum, age) => sum + chanceOf(answered, age, last), 0) +
    pacing.place * chanceOf(answered, 0, last);
  return {
    limit: pacing.limit,
    place: pacing.place,
    cancel: pacing.cancel.length,
    free,
    freeSoon: free + atLeastWith(CERTAINTY, freed),
    freeSeconds: Math.round((moments[soon] ?? 0) + config.connectSecondsMax),
    inTheAir: picture.ringing.length + pacing.place,
    answers,
    answered: budget.answered,
    abandoned: budget.abandoned,
    left: Math.max(0, Math.floor(allowed.left)),
    waiting: picture.waiting,
    linesMax: config.linesMax,
    callsPerSecondMax: config.callsPerSecondMax,
  };
}

/** The largest count that is reached with at least this certainty, of things with these chances. */
function atLeastWith(certainty: number, chances: readonly number[]): number {
  const law = new Float64Array(chances.length + 1);
  law[0] = 1;
  for (const chance of chances) addToCount(law, 0, law.length, chance);
  let below = 0;
  let count = 0;
  while (count < chances.length) {
    below += law[count] ?? 0;
    if (1 - below < certainty) break;
    count += 1;
  }
  return count;
}
