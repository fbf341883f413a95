import type { Duration } from './chance.ts';
import { REAL_TALK_SECONDS } from './real-talk.ts';

/** A share through the day: steps at these seconds, or a straight line from point to point. */
export interface Course {
  readonly points: readonly (readonly [at: number, value: number])[];
  readonly between: 'step' | 'line';
}

/** The pretend world of one day: people, carrier, agents. Pacers are never shown it. */
export interface KindOfDay {
  readonly name: string;
  readonly agents: number;
  readonly daySeconds: number;
  readonly linesMax: number;
  readonly callsPerSecondMax: number;
  readonly connectSecondsMax: number;
  readonly ringSecondsMin: number;
  readonly ringSecondsMax: number;
  readonly abandonedShareMax: number;
  /** Of all calls placed: answered by a person, by a machine, failed within two seconds (busy, invalid). */
  readonly answer: Course;
  readonly machine: number;
  readonly failure: number;
  /** While the carrier is congested this share of calls fails at once. */
  readonly congestion: readonly { readonly from: number; readonly to: number; readonly share: number }[];
  readonly ring: Duration;
  readonly talk: Duration;
  readonly wrapUp: Duration;
  /** How long a person who answered waits in silence before hanging up. */
  readonly patience: Duration;
  /** Each agent once, at a moment of its own in the span. */
  readonly lunches: { readonly from: number; readonly to: number; readonly seconds: number } | null;
  /** A short pause (seconds) after about so many conversations; zero for none. */
  readonly pauses: { readonly everyConversations: number; readonly seconds: number } | null;
  /** Agents beyond this share of the team log in at `late` and out at `early`. */
  readonly shifts: { readonly share: number; readonly late: number; readonly early: number } | null;
}

export function valueAt({ points, between }: Course, at: number): number {
  let before = points[0] ?? [0, 0];
  for (const point of points) {
    if (point[0] > at) {
      if (between === 'step' || point[0] === before[0] || at < before[0]) return before[1];
      return before[1] + ((point[1] - before[1]) * (at - before[0])) / (point[0] - before[0]);
    }
    before = point;
  }
  return before[1];
}

export const steady = (value: number): Course => ({ points: [[0, value]], between: 'step' });

const HOUR = 3600;

/** The day of the targets: eight hours, answer 25 %, talk 120 s (cv 1), wrap-up 10 s, mean ring to answer 11 s. */
export const plainDay = (agents: number): KindOfDay => ({
  name: 'plain',
  agents,
  daySeconds: 8 * HOUR,
  linesMax: agents * 6,
  callsPerSecondMax: Math.max(10, Math.ceil(agents / 2)),
  connectSecondsMax: 2,
  ringSecondsMin: 15,
  ringSecondsMax: 26,
  abandonedShareMax: 0.03,
  answer: steady(0.25),
  machine: 0,
  failure: 0.1,
  congestion: [],
  ring: { law: 'log-normal', mean: 11, cv: 0.5 },
  talk: { law: 'log-normal', mean: 120, cv: 1 },
  wrapUp: { law: 'fixed', mean: 10 },
  patience: { law: 'fixed', mean: 60 },
  lunches: null,
  pauses: null,
  shifts: null,
});

/** The kinds of day of the published table. Each changes the plain day where its name says so. */
export const KINDS: Readonly<Record<string, { readonly what: string; readonly change: Partial<KindOfDay> }>> =
  {
    plain: { what: 'answer 25 %, talk 120 s, wrap-up 10 s', change: {} },
    'answer-15': { what: 'answer 15 %', change: { answer: steady(0.15) } },
    'answer-40': { what: 'answer 40 %', change: { answer: steady(0.4) } },
    'talk-60': { what: 'talk 60 s', change: { talk: { law: 'log-normal', mean: 60, cv: 1 } } },
    'talk-180': { what: 'talk 180 s', change: { talk: { law: 'log-normal', mean: 180, cv: 1 } } },
    'long-tail': {
      what: 'talk 120 s with a long tail (cv 2)',
      change: { talk: { law: 'log-normal', mean: 120, cv: 2 } },
    },
    empirical: {
      what: 'talk as 200 real calls had it (mean 258 s)',
      change: { talk: { law: 'empirical', values: REAL_TALK_SECONDS } },
    },
    drift: {
      what: 'answer drifts from 35 to 12 %',
      change: {
        answer: {
          points: [
            [0, 0.35],
            [8 * HOUR, 0.12],
          ],
          between: 'line',
        },
      },
    },
    'step-down': {
      what: 'answer falls from 30 to 10 % at noon',
      change: {
        answer: {
          points: [
            [0, 0.3],
            [4 * HOUR, 0.1],
          ],
          between: 'step',
        },
      },
    },
    congestion: {
      what: 'the carrier refuses all calls for 10 min, later 60 % for 20 min',
      change: {
        congestion: [
          { from: 2 * HOUR, to: 2 * HOUR + 600, share: 1 },
          { from: 5 * HOUR, to: 5 * HOUR + 1200, share: 0.6 },
        ],
      },
    },
    machines: { what: '20 % machines', change: { machine: 0.2 } },
    'short-wrap-up': { what: 'wrap-up 3 s', change: { wrapUp: { law: 'fixed', mean: 3 } } },
    'step-up': {
      what: 'answer jumps from 10 to 30 % at noon',
      change: {
        answer: {
          points: [
            [0, 0.1],
            [4 * HOUR, 0.3],
          ],
          between: 'step',
        },
      },
    },
    lunch: {
      what: 'lunch of 45 min, short pauses, a third comes late and leaves early',
      change: {
        lunches: { from: 3.5 * HOUR, to: 5.5 * HOUR, seconds: 2700 },
        pauses: { everyConversations: 25, seconds: 240 },
        shifts: { share: 0.67, late: HOUR, early: 7 * HOUR },
      },
    },
    'gamma-talk': {
      what: 'talk gamma 120 s (cv 0.6), wrap-up gamma 20 s (cv 0.5)',
      change: { talk: { law: 'gamma', mean: 120, cv: 0.6 }, wrapUp: { law: 'gamma', mean: 20, cv: 0.5 } },
    },
  };

export const dayOf = (kind: string, agents: number): KindOfDay => ({
  ...plainDay(agents),
  ...KINDS[kind]?.change,
  name: kind,
});
