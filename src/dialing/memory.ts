import { newBudget, type Budget } from './budget.ts';
import type { Forecast } from './forecast.ts';
import {
  answerShape,
  newRingingKnowledge,
  ringingForecast,
  type RingingKnowledge,
} from './learned-ringing.ts';
import { newWorkKnowledge, workForecast, type WorkKnowledge } from './learned-work.ts';
import type { PacingConfig } from './tick.ts';

/** All that the rule knows: what it has learned, and who was where at the tick before. Only `learn` changes it. */
export interface PacingMemory {
  readonly config: PacingConfig;
  readonly moments: readonly number[];
  readonly ringing: RingingKnowledge;
  readonly work: WorkKnowledge;
  readonly budget: Budget;
  forecast: Forecast;
  /** Of the answers by ring age, as the forecast was made. */
  shape: Float64Array;
  ringingForecastAt: number;
  workForecastAt: number;
  /** Null before the first tick. */
  lastAt: number | null;
  /** The abandoned share that was allowed at the tick before. */
  share: number;
  /** Calls that may be placed at once without passing the calls per second. */
  callsAllowed: number;
  /** When calls in the air were placed, and when agents at work began. */
  readonly placedAt: Map<string, number>;
  readonly talkingSince: Map<string, number>;
  readonly wrapUpSince: Map<string, number>;
}

/** Seconds ahead at which the outlook is reckoned: nearer together where most people answer. */
const MOMENTS = [1.5, 4, 6.5, 9, 11.5, 14, 17, 20.5, 24, 29, 35, 42, 50, 60] as const;

export function openPacing(config: PacingConfig): PacingMemory {
  const moments = MOMENTS.filter((moment) => moment === MOMENTS[0] || moment < config.ringSecondsMax);
  const ringing = newRingingKnowledge(config.ringSecondsMax);
  const work = newWorkKnowledge();
  return {
    config,
    moments,
    ringing,
    work,
    budget: newBudget(config.agents),
    shape: answerShape(ringing),
    forecast: {
      moments,
      ...ringingForecast(ringing, config.ringSecondsMax, moments),
      ...workForecast(work, moments, config.connectSecondsMax),
    },
    ringingForecastAt: 0,
    workForecastAt: 0,
    lastAt: null,
    share: config.abandonedShareMax,
    callsAllowed: 0,
    placedAt: new Map(),
    talkingSince: new Map(),
    wrapUpSince: new Map(),
  };
}
