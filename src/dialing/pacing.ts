import { allowance, learnBudget, newBudget, type Allowance, type Budget } from './budget.ts';
import { rowOf, type Forecast } from './forecast.ts';
import { ended, lasted } from './hazard.ts';
import { Outlook, type Picture } from './how-many.ts';
import {
  answerShape,
  forgetRinging,
  learnRinging,
  newRingingKnowledge,
  ringingForecast,
  type RingingKnowledge,
} from './learned-ringing.ts';
import { forgetWork, learnStayed, newWorkKnowledge, workForecast, type WorkKnowledge } from './learned-work.ts';
import type { Failure, Limit, PacingConfig, PacingTick, Since } from './tick.ts';

/** All that the rule knows: what it has learned, and who was where at the tick before. Changed by `pace` alone. */
export interface PacingMemory {
  readonly config: PacingConfig;
  readonly moments: readonly number[];
  readonly ringing: RingingKnowledge;
  readonly work: WorkKnowledge;
  readonly budget: Budget;
  forecast: Forecast;
  shape: Float64Array;
  forecastAt: number;
  lastAt: number;
  share: number;
  /** When calls in the air were placed, and when agents at work began. */
  readonly placedAt: Map<string, number>;
  readonly talkingSince: Map<string, number>;
  readonly wrapUpSince: Map<string, number>;
}

export interface Pacing {
  readonly place: number;
  readonly cancel: readonly string[];
  readonly limit: Limit;
}

/** The forecast is made anew this often: what was learned in between changes it little. */
const FORECAST_SECONDS = 5;
const RINGING_HALF_LIFE_SECONDS = 7200;
const WORK_HALF_LIFE_SECONDS = 7200;
const CAUTION = 0.5;
const CANCEL_RISKS = 8;

const MOMENTS = [1.5, 4, 6.5, 9, 11.5, 14, 17, 20.5, 24] as const;

export function openPacing(config: PacingConfig): PacingMemory {
  const moments = MOMENTS.filter((moment) => moment < config.ringSecondsMax);
  for (let more = 29; more < config.ringSecondsMax; more += 6) moments.push(more as never);
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
      ...ringingForecast(ringing, config.ringSecondsMax, moments, CAUTION),
      ...workForecast(work, moments, config.connectSecondsMax),
    },
    forecastAt: 0,
    lastAt: 0,
    share: config.abandonedShareMax,
    placedAt: new Map(),
    talkingSince: new Map(),
    wrapUpSince: new Map(),
  };
}

export function pace(memory: PacingMemory, tick: PacingTick): Pacing {
  learn(memory, tick);
  const { config, budget } = memory;
  const allowed = allowance(budget, config, tick.at, tick.waiting.length);
  memory.share = allowed.share;
  return decide(memory.forecast, config, tick, allowed);
}

function learn(memory: PacingMemory, tick: PacingTick): void {
  const { at } = tick;
  const before = memory.lastAt;
  const happened = { answered: 0, connected: 0, abandoned: 0 };
  const answeredAges: number[] = [];
  const failed: (readonly [number, Failure])[] = [];
  const rang: (readonly [number, number])[] = [];
  const { placedAt, talkingSince, wrapUpSince, work, ringing } = memory;
  const stopRinging = (call: string, when: number): number => {
    const placed = placedAt.get(call) ?? before;
    placedAt.delete(call);
    rang.push([Math.max(0, before - placed), when - placed]);
    return when - placed;
  };
  for (const event of tick.events) {
    switch (event[0]) {
      case 'answered':
        happened.answered += 1;
        answeredAges.push(stopRinging(event[1], event[2]));
        break;
      case 'connected':
        happened.connected += 1;
        talkingSince.set(event[2], event[3]);
        break;
      case 'failed':
        failed.push([stopRinging(event[1], event[2]), event[3]]);
        break;
      case 'abandoned':
        happened.abandoned += 1;
        break;
      case 'talkEnded': {
        const [, agent, when] = event;
        const since = talkingSince.get(agent);
        talkingSince.delete(agent);
        wrapUpSince.set(agent, when);
        if (since === undefined) break;
        lasted(work.talk, Math.max(0, before - since), when - since);
        ended(work.talk, when - since);
        break;
      }
      case 'wrapUpEnded': {
        const [, agent, when] = event;
        const since = wrapUpSince.get(agent);
        wrapUpSince.delete(agent);
        if (since === undefined) break;
        lasted(work.wrapUp, Math.max(0, before - since), when - since);
        ended(work.wrapUp, when - since);
        learnStayed(work, !tick.agents.paused.includes(agent));
        break;
      }
    }
  }
  for (const [call, since] of tick.ringing) {
    if (!placedAt.has(call)) placedAt.set(call, since);
    rang.push([Math.max(0, before - since), at - since]);
  }
  for (const [agent, since] of tick.agents.talking) {
    lasted(work.talk, Math.max(0, before - since), at - since);
    if (!talkingSince.has(agent)) talkingSince.set(agent, since);
  }
  for (const [agent, since] of tick.agents.wrapUp) {
    lasted(work.wrapUp, Math.max(0, before - since), at - since);
    if (!wrapUpSince.has(agent)) wrapUpSince.set(agent, since);
  }
  learnRinging(ringing, memory.shape, rang, answeredAges, failed);
  learnBudget(memory.budget, at - before, happened, memory.share);
  memory.lastAt = at;
  if (at - memory.forecastAt >= FORECAST_SECONDS) {
    forgetRinging(ringing, 0.5 ** ((at - memory.forecastAt) / RINGING_HALF_LIFE_SECONDS));
    forgetWork(work, 0.5 ** ((at - memory.forecastAt) / WORK_HALF_LIFE_SECONDS));
    memory.forecastAt = at;
    memory.shape = answerShape(ringing);
    const { config, moments } = memory;
    memory.forecast = {
      moments,
      ...ringingForecast(ringing, config.ringSecondsMax, moments, CAUTION),
      ...workForecast(work, moments, config.connectSecondsMax),
    };
  }
}

const agesAt = (at: number, list: readonly Since[]): number[] => list.map(([, since]) => at - since);

export function decide(forecast: Forecast, config: PacingConfig, tick: PacingTick, allowed: Allowance): Pacing {
  const { at, agents } = tick;
  const picture: Picture = {
    ready: agents.ready.length,
    waiting: tick.waiting.length,
    talking: agesAt(at, agents.talking),
    wrapUp: agesAt(at, agents.wrapUp),
    ringing: agesAt(at, tick.ringing),
  };
  const lines = config.linesMax - tick.ringing.length - tick.waiting.length - agents.talking.length;
  const most = Math.max(0, Math.min(lines, Math.floor(config.callsPerSecondMax * 0.5)));
  const eligible = tick.ringing.filter(([, since]) => at - since >= config.ringSecondsMin);
  if (allowed.hardStop) {
    const free = Math.max(0, picture.ready - picture.waiting);
    const over = tick.ringing.length - free;
    return {
      place: Math.max(0, Math.min(most, -over)),
      cancel: eligible.slice(0, Math.max(0, over)).map(([id]) => id),
      limit: 'budget',
    };
  }
  const cancel: string[] = [];
  let outlook = new Outlook(forecast, picture);
  let risk = outlook.risk();
  for (const [id] of eligible) {
    if (risk <= allowed.risk * CANCEL_RISKS) break;
    cancel.push(id);
    outlook = new Outlook(forecast, picture, agesAt(at, tick.ringing.filter((one) => !cancel.includes(one[0]))));
    risk = outlook.risk();
  }
  let place = 0;
  while (place < most && risk <= allowed.risk) {
    outlook.addCall();
    place += 1;
    risk = outlook.risk();
  }
  return { place, cancel, limit: 'agents' };
}
