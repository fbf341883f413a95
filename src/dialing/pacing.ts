import { allowance, type Allowance } from './budget.ts';
import type { Forecast } from './forecast.ts';
import { learn } from './learn.ts';
import { carrierFails } from './learned-ringing.ts';
import type { PacingMemory } from './memory.ts';
import { Outlook, type Picture } from './outlook.ts';
import type { Limit, PacingConfig, PacingTick, Since } from './tick.ts';

export interface Pacing {
  /** Calls to place now. */
  readonly place: number;
  /** Ringing calls to hang up. */
  readonly cancel: readonly string[];
  /** What keeps it from placing more. */
  readonly limit: Limit;
}

/** What a decision rests on besides the tick. */
export interface PacingGrounds {
  readonly config: PacingConfig;
  readonly forecast: Forecast;
  readonly allowed: Allowance;
  /** By calls per second. */
  readonly callsAllowed: number;
  readonly carrierFails: boolean;
  /** Too few answers seen to know the campaign. */
  readonly learning: boolean;
}

/** Below so many answers the rule still leans on what it supposed. */
const LEARNED_ANSWERS = 30;
/** A ringing call is hung up when an answer would be lost with so many times the risk that a new call may have. */
const CANCEL_RISKS = 8;

/**
 * One tick of the campaign: learns from it, then decides. `memory` comes from `openPacing` and is changed; the same ticks
 * give the same answers.
 */
export function pace(memory: PacingMemory, tick: PacingTick): Pacing {
  learn(memory, tick);
  const grounds = groundsOf(memory, tick);
  memory.share = grounds.allowed.share;
  const pacing = decidePacing(grounds, tick);
  memory.callsAllowed -= pacing.place;
  return pacing;
}

export function groundsOf(memory: PacingMemory, tick: PacingTick): PacingGrounds {
  return {
    config: memory.config,
    forecast: memory.forecast,
    allowed: allowance(memory.budget, memory.config, tick.at, tick.waiting.length),
    callsAllowed: Math.floor(memory.callsAllowed),
    carrierFails: carrierFails(memory.ringing),
    learning: memory.ringing.answered < LEARNED_ANSWERS,
  };
}

/** How many calls to place now and which to hang up. Pure: the same grounds and tick give the same answer. */
export function decidePacing(grounds: PacingGrounds, tick: PacingTick): Pacing {
  const { config, allowed } = grounds;
  const lines = config.linesMax - tick.ringing.length - tick.waiting.length - tick.agents.talking.length;
  const most = Math.max(0, Math.min(lines, grounds.callsAllowed));
  const mostIs: Limit = lines <= grounds.callsAllowed ? 'lines' : 'calls-per-second';
  if (allowed.hardStop) return oneForEachFree(tick, config, most, 'budget');
  if (grounds.carrierFails) return oneForEachFree(tick, config, most, 'carrier');
  const outlook = new Outlook(grounds.forecast, pictureOf(tick));
  let risk = outlook.risk();
  // One call for each free agent can always be placed, whatever was abandoned before: a debt is worked off by answers.
  const safe = freeAgents(tick) - tick.ringing.length;
  if (safe < 0 && risk > allowed.risk * CANCEL_RISKS) {
    // Who has just hung up calls does not dial others: more free agents must never mean fewer calls.
    const cancel = whomToCancel(grounds, tick);
    return { place: 0, cancel, limit: whyNoMore(grounds) };
  }
  let place = 0;
  while (place < most && (place < safe || risk <= allowed.risk)) {
    outlook.addCall();
    place += 1;
    risk = outlook.risk();
  }
  return { place, cancel: [], limit: place === most ? mostIs : whyNoMore(grounds) };
}

function whyNoMore({ learning, allowed }: PacingGrounds): Limit {
  return learning ? 'learning' : allowed.tight ? 'budget' : 'agents';
}

export function pictureOf(tick: PacingTick, ringing: readonly Since[] = tick.ringing): Picture {
  const ages = (list: readonly Since[]): number[] => list.map(([, since]) => tick.at - since);
  return {
    ready: tick.agents.ready.length,
    waiting: tick.waiting.length,
    talking: ages(tick.agents.talking),
    wrapUp: ages(tick.agents.wrapUp),
    ringing: ages(ringing),
  };
}

/** Calls in the air never more than free agents: whoever answers is connected. */
function oneForEachFree(tick: PacingTick, config: PacingConfig, most: number, limit: Limit): Pacing {
  const over = tick.ringing.length - freeAgents(tick);
  const cancel = over > 0 ? cancelable(tick, config).slice(0, over) : [];
  return { place: Math.max(0, Math.min(most, -over)), cancel: cancel.map(([call]) => call), limit };
}

/** Ready, and not owed to somebody who waits. */
function freeAgents({ agents, waiting }: PacingTick): number {
  return Math.max(0, agents.ready.length - waiting.length);
}

/** Longest ringing first: they are the least likely to be answered. */
function cancelable(tick: PacingTick, config: PacingConfig): Since[] {
  return tick.ringing
    .filter(([, since]) => tick.at - since >= config.ringSecondsMin)
    .toSorted(([, a], [, b]) => a - b);
}

/**
 * Hangs up the fewest of the longest ringing calls after which an answer would be lost with no more than several times the risk
 * that a new call may have; all that may be hung up where that is not enough.
 */
function whomToCancel({ forecast, allowed, config }: PacingGrounds, tick: PacingTick): string[] {
  const longest = cancelable(tick, config);
  let few = 1;
  let many = longest.length;
  while (few < many) {
    const half = Math.floor((few + many) / 2);
    const gone = new Set(longest.slice(0, half).map(([call]) => call));
    const ringing = tick.ringing.filter(([call]) => !gone.has(call));
    const risk = new Outlook(forecast, pictureOf(tick, ringing)).risk();
    if (risk <= allowed.risk * CANCEL_RISKS) many = half;
    else few = half + 1;
  }
  return longest.slice(0, many).map(([call]) => call);
}
