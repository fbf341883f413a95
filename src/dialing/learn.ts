import { learnBudget } from './budget.ts';
import { ended, lasted } from './hazard.ts';
import {
  answerShape,
  beginRinging,
  forgetRinging,
  learnAnswers,
  learnFailure,
  rang,
  ringingForecast,
} from './learned-ringing.ts';
import { forgetWork, learnStayed, workForecast } from './learned-work.ts';
import type { PacingMemory } from './memory.ts';
import type { PacingEvent, PacingTick, Since } from './tick.ts';

/** Forecasts are made anew this often: what was learned in between changes them little. */
const RINGING_FORECAST_SECONDS = 5;
const WORK_FORECAST_SECONDS = 60;
/** Early in the day, after a twentieth of it so far. */
const WORK_FORECAST_SHARE = 0.05;
/** What the first tick is supposed to stand for. */
const FIRST_TICK_SECONDS = 0.5;
const RINGING_HALF_LIFE_SECONDS = 7200;
const WORK_HALF_LIFE_SECONDS = 7200;

/** Takes in one tick: what ended, what goes on, what became of answers. */
export function learn(memory: PacingMemory, tick: PacingTick): void {
  const { config } = memory;
  const before = memory.lastAt ?? tick.at;
  const seconds = tick.at - before;
  const happened = { answered: 0, connected: 0, abandoned: 0 };
  beginRinging(memory.ringing);
  for (const event of tick.events) {
    if (event[0] === 'answered') happened.answered += 1;
    else if (event[0] === 'connected') happened.connected += 1;
    else if (event[0] === 'abandoned') happened.abandoned += 1;
    learnEvent(memory, before, tick, event);
  }
  learnUntoldEnds(memory, before, tick);
  learnWhatGoesOn(memory, before, tick);
  learnAnswers(memory.ringing, happened.answered);
  learnBudget(memory.budget, seconds, happened, memory.share);
  // What a tick does not use is not saved up, but for the fraction of a call: no second sees more than its calls.
  const more = config.callsPerSecondMax * (memory.lastAt === null ? FIRST_TICK_SECONDS : seconds);
  memory.callsAllowed = Math.min(Math.max(1, more), memory.callsAllowed + more);
  memory.lastAt = tick.at;
  forgetVanished(memory.placedAt, tick.ringing);
  forgetVanished(memory.talkingSince, tick.agents.talking);
  forgetVanished(memory.wrapUpSince, tick.agents.wrapUp);
  lookAhead(memory, tick.at);
}

/** So many that vanished without an event may be kept before they are looked for. */
const VANISHED_MAX = 50;

function forgetVanished(known: Map<string, number>, present: readonly Since[]): void {
  if (known.size <= present.length + VANISHED_MAX) return;
  known.clear();
  for (const [id, since] of present) known.set(id, since);
}

function learnEvent(memory: PacingMemory, before: number, tick: PacingTick, event: PacingEvent): void {
  const { placedAt, talkingSince, wrapUpSince, ringing, work, shape } = memory;
  const stopsRinging = (call: string, at: number): number => {
    const placed = placedAt.get(call) ?? Math.min(before, at);
    placedAt.delete(call);
    rang(ringing, shape, Math.max(0, before - placed), at - placed);
    return at - placed;
  };
  switch (event[0]) {
    case 'answered':
      ended(ringing.answers, stopsRinging(event[1], event[2]));
      break;
    case 'failed':
      learnFailure(ringing, stopsRinging(event[1], event[2]), event[3]);
      break;
    case 'connected':
      talkingSince.set(event[2], event[3]);
      break;
    case 'abandoned':
      break;
    case 'talkEnded': {
      const [, agent, at] = event;
      const since = talkingSince.get(agent);
      talkingSince.delete(agent);
      wrapUpSince.set(agent, at);
      if (since === undefined) break;
      lasted(work.talk, Math.max(0, before - since), at - since);
      ended(work.talk, at - since);
      break;
    }
    case 'wrapUpEnded': {
      const [, agent, at] = event;
      const since = wrapUpSince.get(agent);
      wrapUpSince.delete(agent);
      if (since === undefined) break;
      lasted(work.wrapUp, Math.max(0, before - since), at - since);
      ended(work.wrapUp, at - since);
      learnStayed(work, !tick.agents.paused.includes(agent));
      break;
    }
  }
}

/** Who is seen in the next state has left the one before, also when no event said so. */
function learnUntoldEnds(memory: PacingMemory, before: number, tick: PacingTick): void {
  const { talkingSince, wrapUpSince } = memory;
  const { ready, talking, wrapUp } = tick.agents;
  for (const [agent, since] of wrapUp) {
    if (talkingSince.has(agent)) learnEvent(memory, before, tick, ['talkEnded', agent, since]);
  }
  for (const agent of ready) {
    if (talkingSince.has(agent)) learnEvent(memory, before, tick, ['talkEnded', agent, tick.at]);
    if (wrapUpSince.has(agent)) learnEvent(memory, before, tick, ['wrapUpEnded', agent, tick.at]);
  }
  for (const [agent, since] of talking) {
    if (wrapUpSince.has(agent)) learnEvent(memory, before, tick, ['wrapUpEnded', agent, since]);
  }
}

function learnWhatGoesOn(memory: PacingMemory, before: number, { at, ringing, agents }: PacingTick): void {
  for (const [call, since] of ringing) {
    if (!memory.placedAt.has(call)) memory.placedAt.set(call, since);
    rang(memory.ringing, memory.shape, Math.max(0, before - since), at - since);
  }
  for (const [agent, since] of agents.talking) {
    lasted(memory.work.talk, Math.max(0, before - since), at - since);
    if (memory.talkingSince.get(agent) !== since) memory.talkingSince.set(agent, since);
  }
  for (const [agent, since] of agents.wrapUp) {
    lasted(memory.work.wrapUp, Math.max(0, before - since), at - since);
    if (memory.wrapUpSince.get(agent) !== since) memory.wrapUpSince.set(agent, since);
  }
}

function lookAhead(memory: PacingMemory, at: number): void {
  const { config, moments } = memory;
  const ringingSeconds = at - memory.ringingForecastAt;
  const workSeconds = at - memory.workForecastAt;
  if (ringingSeconds < RINGING_FORECAST_SECONDS) return;
  forgetRinging(memory.ringing, 0.5 ** (ringingSeconds / RINGING_HALF_LIFE_SECONDS));
  memory.ringingForecastAt = at;
  memory.shape = answerShape(memory.ringing);
  const ringing = ringingForecast(memory.ringing, config.ringSecondsMax, moments);
  if (workSeconds < Math.min(WORK_FORECAST_SECONDS, at * WORK_FORECAST_SHARE)) {
    memory.forecast = { ...memory.forecast, ...ringing };
    return;
  }
  forgetWork(memory.work, 0.5 ** (workSeconds / WORK_HALF_LIFE_SECONDS));
  memory.workForecastAt = at;
  memory.forecast = { moments, ...ringing, ...workForecast(memory.work, moments, config.connectSecondsMax) };
}
