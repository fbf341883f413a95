import type { Duration } from './chance.ts';

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
