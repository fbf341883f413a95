import type { Failure, PacingConfig, PacingEvent, PacingTick, Since } from '../../src/dialing/index.ts';
import { draws, durationOf, uniform } from './chance.ts';
import { EventQueue } from './event-queue.ts';
import { valueAt, type KindOfDay } from './kind-of-day.ts';
import type { Pacer } from './pacer.ts';

export const TICK_SECONDS = 0.5;

export interface DayResult {
  /** (talk + wrap-up) / (logged in and not paused). */
  readonly occupancy: number;
  readonly answered: number;
  readonly abandoned: number;
  readonly abandonedShare: number;
  readonly placed: number;
  readonly canceled: number;
  readonly minutes: readonly Minute[];
}

/** One minute of the day, for the chart. */
export interface Minute {
  readonly occupancy: number;
  readonly inTheAir: number;
  readonly answered: number;
  readonly abandoned: number;
  readonly loggedIn: number;
}

const enum_ = { carrier: 0, giveUp: 1, talkEnds: 2, wrapUpEnds: 3, comes: 4, goes: 5, returns: 6, lunch: 7 } as const;

type AgentState = 'out' | 'ready' | 'talking' | 'wrapUp' | 'paused';

interface Agent {
  readonly id: string;
  readonly number: number;
  state: AgentState;
  since: number;
  conversations: number;
  /** Seconds to pause, or to log out (Infinity), at the end of this conversation. */
  owes: number;
}

interface Call {
  readonly id: string;
  readonly number: number;
  state: 'ringing' | 'waiting' | 'over';
  readonly fate: Failure | 'answered';
  readonly ringing: Since;
  waiting: Since | null;
}

export function configOf(day: KindOfDay): PacingConfig {
  return {
    agents: day.agents,
    linesMax: day.linesMax,
    callsPerSecondMax: day.callsPerSecondMax,
    abandonedShareMax: day.abandonedShareMax,
    connectSecondsMax: day.connectSecondsMax,
    ringSecondsMin: day.ringSecondsMin,
    ringSecondsMax: day.ringSecondsMax,
    daySeconds: day.daySeconds,
  };
}

/** Plays the whole day of this seed under a pacer. The same seed gives every pacer the same people and conversations. */
export function playDay(day: KindOfDay, seed: number, pacer: Pacer): DayResult {
  const queue = new EventQueue();
  const agents: Agent[] = Array.from({ length: day.agents }, (_, index) => ({
    id: `a${index + 1}`,
    number: index,
    state: 'out',
    since: 0,
    conversations: 0,
    owes: 0,
  }));
  const calls = new Map<number, Call>();
  const byId = new Map<string, Call>();
  const ready: Agent[] = [];
  const waiting: Call[] = [];
  const lists = {
    ready: [] as string[],
    talking: [] as Since[],
    wrapUp: [] as Since[],
    paused: [] as string[],
    ringing: [] as Since[],
    waiting: [] as Since[],
  };
  let events: PacingEvent[] = [];
  let placed = 0;
  let canceled = 0;
  let answered = 0;
  let abandoned = 0;
  let busySeconds = 0;
  let onSeconds = 0;
  let busy = 0;
  let on = 0;
  let accountedTo = 0;
  const minutes: Minute[] = [];
  let minute = { busy: 0, on: 0, air: 0, ticks: 0, answered: 0, abandoned: 0 };

  const account = (at: number): void => {
    busySeconds += busy * (at - accountedTo);
    onSeconds += on * (at - accountedTo);
    accountedTo = at;
  };
  const remove = (list: Since[], id: string): void => {
    const index = list.findIndex((one) => one[0] === id);
    if (index >= 0) list.splice(index, 1);
  };
  const move = (agent: Agent, to: AgentState, at: number): void => {
    account(at);
    if (agent.state === 'ready') {
      ready.splice(ready.indexOf(agent), 1);
      lists.ready.splice(lists.ready.indexOf(agent.id), 1);
    } else if (agent.state === 'talking') remove(lists.talking, agent.id);
    else if (agent.state === 'wrapUp') remove(lists.wrapUp, agent.id);
    else if (agent.state === 'paused') lists.paused.splice(lists.paused.indexOf(agent.id), 1);
    if (agent.state === 'talking' || agent.state === 'wrapUp') busy -= 1;
    if (agent.state !== 'out' && agent.state !== 'paused') on -= 1;
    agent.state = to;
    agent.since = at;
    if (to === 'ready') {
      ready.push(agent);
      lists.ready.push(agent.id);
    } else if (to === 'talking') lists.talking.push([agent.id, at]);
    else if (to === 'wrapUp') lists.wrapUp.push([agent.id, at]);
    else if (to === 'paused') lists.paused.push(agent.id);
    if (to === 'talking' || to === 'wrapUp') busy += 1;
    if (to !== 'out' && to !== 'paused') on += 1;
  };
  const connect = (call: Call, agent: Agent, at: number): void => {
    call.state = 'over';
    calls.delete(call.number);
    byId.delete(call.id);
    events.push(['connected', call.id, agent.id, at]);
    move(agent, 'talking', at);
    const talk = durationOf(day.talk, uniform(seed, agent.number, draws.talk, agent.conversations));
    queue.put(at + talk, enum_.talkEnds, agent.number);
  };
  const becomeReady = (agent: Agent, at: number): void => {
    move(agent, 'ready', at);
    const call = waiting.shift();
    if (call === undefined) return;
    lists.waiting.shift();
    connect(call, agent, at);
  };
  const leave = (agent: Agent, at: number): void => {
    if (agent.owes === Infinity) move(agent, 'out', at);
    else {
      move(agent, 'paused', at);
      queue.put(at + agent.owes, enum_.returns, agent.number);
    }
    agent.owes = 0;
  };
  const place = (at: number): void => {
    const number = placed;
    placed += 1;
    const { fate, after } = fateOf(day, seed, number, at);
    const id = `c${number + 1}`;
    const ringing: Since = [id, at];
    const call: Call = { id, number, state: 'ringing', fate, ringing, waiting: null };
    calls.set(number, call);
    byId.set(id, call);
    lists.ringing.push(ringing);
    queue.put(at + after, enum_.carrier, number);
  };
  const unring = (call: Call): void => {
    const index = lists.ringing.indexOf(call.ringing);
    if (index >= 0) lists.ringing.splice(index, 1);
  };
  const over = (call: Call): void => {
    call.state = 'over';
    calls.delete(call.number);
    byId.delete(call.id);
  };
  const step = (at: number, kind: number, thing: number): void => {
    if (kind === enum_.carrier) {
      const call = calls.get(thing);
      if (call === undefined || call.state !== 'ringing') return;
      unring(call);
      if (call.fate !== 'answered') {
        events.push(['failed', call.id, at, call.fate]);
        over(call);
        return;
      }
      answered += 1;
      minute.answered += 1;
      events.push(['answered', call.id, at]);
      const agent = ready[0];
      if (agent !== undefined) {
        connect(call, agent, at);
        return;
      }
      call.state = 'waiting';
      call.waiting = [call.id, at];
      waiting.push(call);
      lists.waiting.push(call.waiting);
      const patience = durationOf(day.patience, uniform(seed, call.number, draws.patience));
      queue.put(at + Math.min(patience, day.connectSecondsMax), enum_.giveUp, thing);
      return;
    }
    if (kind === enum_.giveUp) {
      const call = calls.get(thing);
      if (call === undefined || call.state !== 'waiting') return;
      abandoned += 1;
      minute.abandoned += 1;
      events.push(['abandoned', call.id, at]);
      waiting.splice(waiting.indexOf(call), 1);
      remove(lists.waiting, call.id);
      over(call);
      return;
    }
    const agent = agents[thing];
    if (agent === undefined) return;
    switch (kind) {
      case enum_.talkEnds: {
        events.push(['talkEnded', agent.id, at]);
        move(agent, 'wrapUp', at);
        const u = uniform(seed, agent.number, draws.wrapUp, agent.conversations);
        queue.put(at + durationOf(day.wrapUp, u), enum_.wrapUpEnds, agent.number);
        break;
      }
      case enum_.wrapUpEnds: {
        events.push(['wrapUpEnded', agent.id, at]);
        agent.conversations += 1;
        if (agent.owes === 0 && day.pauses !== null) {
          const u = uniform(seed, agent.number, draws.pause, agent.conversations);
          if (u * day.pauses.everyConversations < 1) agent.owes = day.pauses.seconds;
        }
        if (agent.owes > 0) leave(agent, at);
        else becomeReady(agent, at);
        break;
      }
      case enum_.comes:
      case enum_.returns:
        if (agent.state === 'out' || agent.state === 'paused') becomeReady(agent, at);
        break;
      case enum_.goes:
      case enum_.lunch: {
        const owes = kind === enum_.goes ? Infinity : (day.lunches?.seconds ?? 0);
        if (agent.state === 'out' || agent.state === 'paused') break;
        agent.owes = owes;
        if (agent.state === 'ready') leave(agent, at);
        break;
      }
    }
  };

  for (const agent of agents) {
    const share = (agent.number + 0.5) / day.agents;
    const shifted = day.shifts !== null && share > day.shifts.share;
    queue.put(shifted ? (day.shifts?.late ?? 0) : 0, enum_.comes, agent.number);
    if (shifted) queue.put(day.shifts?.early ?? day.daySeconds, enum_.goes, agent.number);
    if (day.lunches !== null) {
      const { from, to } = day.lunches;
      queue.put(from + (to - from) * uniform(seed, agent.number, draws.pause), enum_.lunch, agent.number);
    }
  }

  const ticks = Math.round(day.daySeconds / TICK_SECONDS);
  const placeMax = Math.max(1, Math.round(day.callsPerSecondMax * TICK_SECONDS));
  for (let tick = 0; tick < ticks; tick += 1) {
    const at = tick * TICK_SECONDS;
    while (queue.nextAt <= at) {
      const { at: when, kind, thing } = queue.take();
      step(when, kind, thing);
    }
    const told: PacingTick = {
      at,
      events,
      agents: { ready: lists.ready, talking: lists.talking, wrapUp: lists.wrapUp, paused: lists.paused },
      ringing: lists.ringing,
      waiting: lists.waiting,
    };
    const answer = pacer.decide(told);
    events = [];
    for (const id of answer.cancel) {
      const call = byId.get(id);
      if (call === undefined || call.state !== 'ringing' || at - call.ringing[1] < day.ringSecondsMin) continue;
      unring(call);
      over(call);
      canceled += 1;
      events.push(['failed', id, at, 'canceled']);
    }
    const inUse = lists.ringing.length + lists.waiting.length + lists.talking.length;
    const count = Math.min(Math.floor(answer.place), placeMax, day.linesMax - inUse);
    for (let n = 0; n < count; n += 1) place(at);
    minute.air += lists.ringing.length;
    minute.ticks += 1;
    if (minute.ticks * TICK_SECONDS >= 60) {
      account(at);
      minutes.push({
        occupancy: onSeconds > minute.on ? (busySeconds - minute.busy) / (onSeconds - minute.on) : 0,
        inTheAir: minute.air / minute.ticks,
        answered: minute.answered,
        abandoned: minute.abandoned,
        loggedIn: on,
      });
      minute = { busy: busySeconds, on: onSeconds, air: 0, ticks: 0, answered: 0, abandoned: 0 };
    }
  }
  account(day.daySeconds);
  return {
    occupancy: onSeconds === 0 ? 0 : busySeconds / onSeconds,
    answered,
    abandoned,
    abandonedShare: answered === 0 ? 0 : abandoned / answered,
    placed,
    canceled,
    minutes,
  };
}

/** What becomes of the n-th call when it is placed now: how it ends and after how many seconds. */
function fateOf(
  day: KindOfDay,
  seed: number,
  number: number,
  at: number,
): { fate: Failure | 'answered'; after: number } {
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
  // A machine is told from a person after it has spoken for a while.
  return u < answer ? { fate: 'answered', after } : { fate: 'machine', after: after + 2.5 };
}
