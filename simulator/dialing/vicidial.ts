import type { PacingTick } from '../../src/dialing/index.ts';
import type { Counting } from './baselines.ts';
import type { OpenPacer } from './pacer.ts';

/**
 * VICIdial's adaptive dialing, written from a description of its method (docs/pacing.md): one process moves a dial level every 15 s from the
 * mean of idle agents, another places calls every 2.5 s by that level. It sees neither answer rate nor talk times nor ages,
 * and cancels nothing.
 */
export interface VicidialSettings {
  readonly method: 'hard-limit' | 'average' | 'tapered';
  readonly levelMax: number;
  /** Percent: positive rises faster and falls slower. */
  readonly intensity: number;
  /** Wanted waiting calls minus ready agents; -1 keeps one agent idle. */
  readonly difference: number;
  readonly counting: Counting;
}

export const VICIDIAL_DEFAULTS: VicidialSettings = {
  method: 'tapered',
  levelMax: 3,
  intensity: 0,
  difference: 0,
  counting: 'all',
};

const SAMPLES = 15;
const LEVEL_SECONDS = 15;
const DROPS_SECONDS = 60;
const CYCLE_SECONDS = 2.5;
const SPACING_SECONDS = 0.05;
const TICK_SECONDS = 0.5;
const DROP_PERCENT_MAX = 3;
/** The day is supposed to open at nine and the latest hour to be its end. */
const OPENS_HOUR = 9;

export const vicidialPacer =
  (settings: VicidialSettings): OpenPacer =>
  (config) => {
    const samples: Means[] = [];
    let level = 1;
    let sampledAt = -1;
    let levelAt = 0;
    let dropsAt = 0;
    let cycleAt = 0;
    // Calls of a cycle go out one after the other; the next cycle begins some seconds after the last of them.
    let owed = 0;
    const spacing = Math.max(SPACING_SECONDS, 1 / config.callsPerSecondMax);
    const perTick = Math.max(1, Math.floor(TICK_SECONDS / spacing + 1e-9));
    let answers = 0;
    let drops = 0;
    const placedAt: number[] = [];
    const droppedAt: number[] = [];
    let percentToday = 0;
    let percentMinute = 0;
    let callsMinute = 0;

    const count = (tick: PacingTick): void => {
      for (const event of tick.events) {
        if (event[0] === 'answered') answers += 1;
        if (event[0] === 'abandoned') {
          drops += 1;
          droppedAt.push(event[2]);
        }
      }
    };
    const lookAtDrops = (at: number): void => {
      while ((placedAt[0] ?? Infinity) <= at - 60) placedAt.shift();
      while ((droppedAt[0] ?? Infinity) <= at - 60) droppedAt.shift();
      callsMinute = placedAt.length;
      percentToday = (100 * drops) / Math.max(1, answers);
      percentMinute = callsMinute === 0 ? 0 : (100 * droppedAt.length) / callsMinute;
    };
    const means = (): Means => {
      const mean = (of: keyof Means): number =>
        samples.reduce((sum, one) => sum + one[of], 0) / Math.max(1, samples.length);
      return { ready: mean('ready'), waiting: mean('waiting'), logged: mean('logged') };
    };

    return {
      name: `vicidial ${settings.method} ${settings.levelMax} ${settings.counting}`,
      decide: (tick) => {
        const { at, agents, waiting } = tick;
        count(tick);
        if (at - sampledAt >= 1) {
          sampledAt = at;
          const logged =
            agents.ready.length + agents.talking.length + agents.wrapUp.length + agents.paused.length;
          samples.push({ ready: agents.ready.length, waiting: waiting.length, logged });
          if (samples.length > SAMPLES) samples.shift();
        }
        if (at >= dropsAt) {
          lookAtDrops(at);
          dropsAt = at + DROPS_SECONDS;
        }
        if (at >= levelAt) {
          const drops = {
            at,
            daySeconds: config.daySeconds,
            answers,
            percentToday,
            callsMinute,
            percentMinute,
          };
          level = nextLevel(settings, level, means(), drops);
          levelAt = at + LEVEL_SECONDS;
        }
        if (owed === 0 && at >= cycleAt) owed = callsOfCycle(level, settings.counting, tick);
        const place = Math.min(owed, perTick);
        for (let call = 0; call < place; call += 1) placedAt.push(at);
        owed -= place;
        if (owed === 0 && at >= cycleAt) cycleAt = at + CYCLE_SECONDS;
        return { place, cancel: [] };
      },
    };
  };

/** Hours as the numbers VICIdial subtracts: half past twelve is 1230. */
function clock(seconds: number): number {
  const minutes = OPENS_HOUR * 60 + Math.floor(seconds / 60);
  return Math.floor(minutes / 60) * 100 + (minutes % 60);
}

/** Means over the last samples: ready agents, waiting calls, agents logged in (paused ones too). */
interface Means {
  readonly ready: number;
  readonly waiting: number;
  readonly logged: number;
}

interface Drops {
  readonly at: number;
  readonly daySeconds: number;
  readonly answers: number;
  readonly percentToday: number;
  readonly callsMinute: number;
  readonly percentMinute: number;
}

/** The level of the next 15 s: raised by idle agents, then the cap, then the brakes in their order. */
export function nextLevel(
  settings: VicidialSettings,
  level: number,
  { ready, waiting, logged }: Means,
  drops: Drops,
): number {
  if (logged <= 0) return level;
  const x = (ready - waiting + settings.difference) / logged;
  const i = settings.intensity / 100;
  const y = x >= 0 ? x * (1 + i) : x * Math.abs(i - 1);
  let next = Math.round(level * (1 + y) * 1000) / 1000;
  next = Math.max(1, Math.min(settings.levelMax, next));
  if (drops.callsMinute > 20 && drops.percentMinute > 50) next /= 2;
  if (drops.answers > 50 && drops.percentToday > DROP_PERCENT_MAX) {
    next *= brake(settings, drops.daySeconds, drops.at, next);
  }
  return Math.max(1, next);
}

/** Lines in use are held at level × counted agents, conversations included; counting the ready only, calls in the air are. */
export function callsOfCycle(
  level: number,
  counting: Counting,
  { agents, ringing, waiting }: PacingTick,
): number {
  const talking = agents.talking.length;
  const counted = agents.ready.length + (counting === 'all' ? talking : 0);
  const goal = Math.round(level * counted + (counting === 'available' ? talking : 0));
  return Math.max(0, goal - ringing.length - waiting.length - talking);
}

/** What the level is multiplied by while today's drops are above the limit. */
function brake({ method }: VicidialSettings, daySeconds: number, at: number, level: number): number {
  if (method === 'hard-limit') return 1 / level;
  if (method === 'average') return 0.5;
  const left = clock(daySeconds) - clock(at);
  return left < 0 ? 1 / level : Math.min(1, left / 1000);
}
