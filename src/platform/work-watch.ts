import type { Clock, Instant } from './time.ts';

/** How background work has gone in this process since it started: for the screen of whoever runs the installation. */
export interface WorkerState {
  readonly name: string;
  /** The longest pause it takes by itself; a last round much older than this says that it hangs. */
  readonly everyMilliseconds: number;
  readonly lastRoundAt: Instant | null;
  readonly rounds: number;
  readonly done: number;
  /** In a row, up to now; 0 once a round went well. */
  readonly failuresInARow: number;
  readonly failures: number;
  readonly lastFailureAt: Instant | null;
  /** The first line of what went wrong; never personal data, as errors carry none. */
  readonly lastFailure: string | null;
}

export interface WorkWatch {
  began(name: string, everyMilliseconds: number): void;
  worked(name: string, did: number): void;
  failed(name: string, error: unknown): void;
  states(): WorkerState[];
}

const FAILURE_CHARACTERS_MAX = 200;

/** Kept in memory alone: what a worker did before this process is in its logs and metrics. */
export function createWorkWatch(clock: Clock): WorkWatch {
  const known = new Map<string, WorkerState>();
  const change = (name: string, to: (state: WorkerState) => Partial<WorkerState>): void => {
    const state = known.get(name);
    if (state !== undefined) known.set(name, { ...state, ...to(state) });
  };
  return {
    began: (name, everyMilliseconds) =>
      void known.set(name, {
        name,
        everyMilliseconds,
        lastRoundAt: null,
        rounds: 0,
        done: 0,
        failuresInARow: 0,
        failures: 0,
        lastFailureAt: null,
        lastFailure: null,
      }),
    worked: (name, did) =>
      change(name, ({ rounds, done }) => ({
        lastRoundAt: clock.now(),
        rounds: rounds + 1,
        done: done + did,
        failuresInARow: 0,
      })),
    failed: (name, error) =>
      change(name, ({ failures, failuresInARow }) => ({
        failures: failures + 1,
        failuresInARow: failuresInARow + 1,
        lastFailureAt: clock.now(),
        lastFailure: firstLine(error),
      })),
    states: () => [...known.values()],
  };
}

function firstLine(error: unknown): string {
  const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return (text.split('\n')[0] ?? '').slice(0, FAILURE_CHARACTERS_MAX);
}
