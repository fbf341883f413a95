import type { PacingConfig, PacingEvent, Since } from '../../src/dialing/index.ts';
import { draws, durationOf, uniform } from './chance.ts';
import { EventQueue } from './event-queue.ts';
import { fateOf, type Fate } from './fate.ts';
import { Floor, remove, type Agent } from './floor.ts';
import type { KindOfDay } from './kind-of-day.ts';
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
  const play = new DayInPlay(day, seed);
  const minutes: Minute[] = [];
  let begun = play.tally();
  let air = 0;
  const ticks = Math.round(day.daySeconds / TICK_SECONDS);
  const ticksOfMinute = Math.round(60 / TICK_SECONDS);
  for (let tick = 0; tick < ticks; tick += 1) {
    const at = tick * TICK_SECONDS;
    play.runTo(at);
    play.ask(at, pacer);
    air += play.ringing.length;
    if ((tick + 1) % ticksOfMinute !== 0) continue;
    play.floor.account(at);
    const now = play.tally();
    const onSeconds = now.onSeconds - begun.onSeconds;
    minutes.push({
      occupancy: onSeconds > 0 ? (now.busySeconds - begun.busySeconds) / onSeconds : 0,
      inTheAir: air / ticksOfMinute,
      answered: now.answered - begun.answered,
      abandoned: now.abandoned - begun.abandoned,
      loggedIn: play.floor.on,
    });
    begun = now;
    air = 0;
  }
  play.floor.account(day.daySeconds);
  const { busySeconds, onSeconds, answered, abandoned, placed, canceled } = play.tally();
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

/** What may happen next: to a call, or to an agent. */
const happens = {
  carrierTells: 0,
  personGivesUp: 1,
  talkEnds: 2,
  wrapUpEnds: 3,
  comes: 4,
  goes: 5,
  pauseEnds: 6,
  lunchBegins: 7,
} as const;

interface Call {
  readonly id: string;
  readonly number: number;
  readonly fate: Fate['fate'];
  readonly ringing: Since;
  state: 'ringing' | 'waiting';
}

class DayInPlay {
  readonly floor: Floor;
  readonly ringing: Since[] = [];
  readonly waiting: Since[] = [];
  readonly #day: KindOfDay;
  readonly #seed: number;
  readonly #queue = new EventQueue();
  /** Calls that are not over, by number and by id. */
  readonly #calls = new Map<number, Call>();
  readonly #byId = new Map<string, Call>();
  readonly #count = { answered: 0, abandoned: 0, placed: 0, canceled: 0 };
  #events: PacingEvent[] = [];

  constructor(day: KindOfDay, seed: number) {
    this.#day = day;
    this.#seed = seed;
    this.floor = new Floor(day.agents);
    for (const agent of this.floor.agents) this.#plan(agent);
  }

  tally() {
    return { ...this.#count, busySeconds: this.floor.busySeconds, onSeconds: this.floor.onSeconds };
  }

  runTo(at: number): void {
    while (this.#queue.nextAt <= at) {
      const { at: when, kind, thing } = this.#queue.take();
      if (kind === happens.carrierTells || kind === happens.personGivesUp) {
        const call = this.#calls.get(thing);
        if (call === undefined) continue;
        if (kind === happens.carrierTells) this.#carrierTells(call, when);
        else this.#personGivesUp(call, when);
      } else {
        const agent = this.floor.agents[thing];
        if (agent !== undefined) this.#agentMoves(agent, kind, when);
      }
    }
  }

  /** Tells the pacer what is, and does what it says as far as lines, calls per second and least ringing allow. */
  ask(at: number, pacer: Pacer): void {
    const day = this.#day;
    const events = this.#events;
    this.#events = [];
    const answer = pacer.decide({
      at,
      events,
      agents: this.floor.told,
      ringing: this.ringing,
      waiting: this.waiting,
    });
    for (const id of answer.cancel) {
      const call = this.#byId.get(id);
      if (call?.state !== 'ringing' || at - call.ringing[1] < day.ringSecondsMin) continue;
      this.#stopRinging(call);
      this.#over(call);
      this.#count.canceled += 1;
      this.#events.push(['failed', id, at, 'canceled']);
    }
    const inUse = this.ringing.length + this.waiting.length + this.floor.talking.length;
    const placeMax = Math.max(1, Math.round(day.callsPerSecondMax * TICK_SECONDS));
    const count = Math.min(Math.floor(answer.place), placeMax, day.linesMax - inUse);
    for (let n = 0; n < count; n += 1) this.#place(at);
  }

  #plan(agent: Agent): void {
    const { agents, shifts, lunches, daySeconds } = this.#day;
    const shifted = shifts !== null && (agent.number + 0.5) / agents > shifts.share;
    this.#queue.put(shifted ? shifts.late : 0, happens.comes, agent.number);
    if (shifted) this.#queue.put(Math.min(shifts.early, daySeconds), happens.goes, agent.number);
    if (lunches === null) return;
    const when = lunches.from + (lunches.to - lunches.from) * uniform(this.#seed, agent.number, draws.pause);
    this.#queue.put(when, happens.lunchBegins, agent.number);
  }

  #place(at: number): void {
    const number = this.#count.placed;
    this.#count.placed += 1;
    const { fate, after } = fateOf(this.#day, this.#seed, number, at);
    const id = `c${number + 1}`;
    const call: Call = { id, number, fate, ringing: [id, at], state: 'ringing' };
    this.#calls.set(number, call);
    this.#byId.set(id, call);
    this.ringing.push(call.ringing);
    this.#queue.put(at + after, happens.carrierTells, number);
  }

  #stopRinging(call: Call): void {
    const index = this.ringing.indexOf(call.ringing);
    if (index >= 0) this.ringing.splice(index, 1);
  }

  #over(call: Call): void {
    this.#calls.delete(call.number);
    this.#byId.delete(call.id);
  }

  #carrierTells(call: Call, at: number): void {
    if (call.state !== 'ringing') return;
    this.#stopRinging(call);
    if (call.fate !== 'answered') {
      this.#events.push(['failed', call.id, at, call.fate]);
      this.#over(call);
      return;
    }
    this.#count.answered += 1;
    this.#events.push(['answered', call.id, at]);
    const agent = this.floor.longestReady;
    if (agent !== undefined) {
      this.#connect(call, agent, at);
      return;
    }
    call.state = 'waiting';
    this.waiting.push([call.id, at]);
    const patience = durationOf(this.#day.patience, uniform(this.#seed, call.number, draws.patience));
    this.#queue.put(at + Math.min(patience, this.#day.connectSecondsMax), happens.personGivesUp, call.number);
  }

  #personGivesUp(call: Call, at: number): void {
    if (call.state !== 'waiting') return;
    this.#count.abandoned += 1;
    this.#events.push(['abandoned', call.id, at]);
    remove(this.waiting, call.id);
    this.#over(call);
  }

  #connect(call: Call, agent: Agent, at: number): void {
    this.#over(call);
    this.#events.push(['connected', call.id, agent.id, at]);
    this.floor.move(agent, 'talking', at);
    const u = uniform(this.#seed, agent.number, draws.talk, agent.conversations);
    this.#queue.put(at + durationOf(this.#day.talk, u), happens.talkEnds, agent.number);
  }

  #becomeReady(agent: Agent, at: number): void {
    this.floor.move(agent, 'ready', at);
    const next = this.#byId.get(this.waiting.shift()?.[0] ?? '');
    if (next !== undefined) this.#connect(next, agent, at);
  }

  #leave(agent: Agent, at: number): void {
    if (agent.owes === Infinity) this.floor.move(agent, 'out', at);
    else {
      this.floor.move(agent, 'paused', at);
      this.#queue.put(at + agent.owes, happens.pauseEnds, agent.number);
    }
    agent.owes = 0;
  }

  #agentMoves(agent: Agent, kind: number, at: number): void {
    const { pauses, lunches } = this.#day;
    const away = agent.state === 'out' || agent.state === 'paused';
    if (kind === happens.talkEnds) {
      this.#events.push(['talkEnded', agent.id, at]);
      this.floor.move(agent, 'wrapUp', at);
      const u = uniform(this.#seed, agent.number, draws.wrapUp, agent.conversations);
      this.#queue.put(at + durationOf(this.#day.wrapUp, u), happens.wrapUpEnds, agent.number);
    } else if (kind === happens.wrapUpEnds) {
      this.#events.push(['wrapUpEnded', agent.id, at]);
      agent.conversations += 1;
      const u = uniform(this.#seed, agent.number, draws.pause, agent.conversations);
      if (agent.owes === 0 && pauses !== null && u * pauses.everyConversations < 1)
        agent.owes = pauses.seconds;
      if (agent.owes > 0) this.#leave(agent, at);
      else this.#becomeReady(agent, at);
    } else if (kind === happens.comes || kind === happens.pauseEnds) {
      if (away) this.#becomeReady(agent, at);
    } else if (!away) {
      agent.owes = kind === happens.goes ? Infinity : (lunches?.seconds ?? 0);
      if (agent.state === 'ready') this.#leave(agent, at);
    }
  }
}
