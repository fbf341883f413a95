import type { Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { WorkWatch } from './work-watch.ts';

/** The first pause after a failure; doubled after each one that follows. */
const FAILURE_PAUSE_MILLISECONDS = 250;
const FAILURE_PAUSE_MILLISECONDS_MAX = 30_000;
/** How long a stop waits for the round under way; what it had claimed is then found again by its lease. */
export const STOP_MILLISECONDS_MAX = 10_000;

/** How much a round did: more than 0 and the next follows at once. `nextInMilliseconds`: sooner than the usual pause. */
export type Ran = number | { readonly did: number; readonly nextInMilliseconds: number };

export interface Work {
  /** In logs and metrics: 'delivery', 'receipts', 'clock'. */
  readonly name: string;
  /** The longest pause between rounds when there is nothing to do: what is due is found by then, hint or no hint. */
  readonly everyMilliseconds: number;
  /** One round: claims a limited batch, does it, says how many. `signal` ends when the worker is to stop. */
  run(signal: AbortSignal): Promise<Ran>;
  readonly log: Log;
  /** Told of each failure; the worker itself goes on. */
  readonly onError?: (error: unknown) => void;
  /** Gives the worker's `wake` to whoever will hint at new work; gives back the way to leave. */
  readonly wake?: (wake: () => void) => () => void;
  readonly metrics?: WorkMetrics;
  readonly timer?: WorkTimer;
}

/** Pauses; ends early when `signal` does. In tests a stand-in that passes when it is told. */
export type WorkTimer = (milliseconds: number, signal: AbortSignal) => Promise<void>;

export interface Worker {
  readonly name: string;
  /** There may be work: begin a round now, or another right after the one under way. Never waits, never throws. */
  wake(): void;
  /** Begins no new round, ends the one under way, at most STOP_MILLISECONDS_MAX later. */
  stop(): Promise<void>;
}

/**
 * The one loop in which work is looked for: polls, wakes on a hint, works until nothing is left, backs off on failures.
 * It keeps nothing: what is to be done stands in the database, so a worker may die at any moment and another goes on.
 * A hint does not shorten the pause after a failure: a database that is restarting is not hammered by its own traffic.
 */
export function createWorker(work: Work): Worker {
  const { log, name, timer = realTimer } = work;
  const stopping = new AbortController();
  let hinted = false;
  let endPause = new AbortController();
  const wake = (): void => {
    hinted = true;
    endPause.abort();
  };

  async function loop(): Promise<void> {
    let failures = 0;
    while (!stopping.signal.aborted) {
      hinted = false;
      endPause = new AbortController();
      let pause: number;
      try {
        pause = await round();
        failures = 0;
      } catch (error) {
        failures += 1;
        pause = Math.min(FAILURE_PAUSE_MILLISECONDS * 2 ** (failures - 1), FAILURE_PAUSE_MILLISECONDS_MAX);
        if (stopping.signal.aborted) return;
        work.metrics?.rounds.inc({ worker: name, outcome: 'failed' });
        work.metrics?.watch?.failed(name, error);
        log.error('work-failed', { worker: name, failures, pauseMilliseconds: pause, error });
        work.onError?.(error);
        await timer(pause, stopping.signal);
        continue;
      }
      if (pause > 0 && !hinted) await timer(pause, AbortSignal.any([stopping.signal, endPause.signal]));
    }
  }

  /** Gives how long to pause after it. */
  async function round(): Promise<number> {
    const ended = work.metrics?.seconds.startTimer({ worker: name });
    const ran = await work.run(stopping.signal);
    ended?.();
    const { did, next } =
      typeof ran === 'number' ? { did: ran, next: Infinity } : { did: ran.did, next: ran.nextInMilliseconds };
    work.metrics?.rounds.inc({ worker: name, outcome: did > 0 ? 'worked' : 'idle' });
    work.metrics?.done.inc({ worker: name }, did);
    work.metrics?.watch?.worked(name, did);
    return did > 0 ? 0 : Math.max(1, Math.min(next, work.everyMilliseconds));
  }

  work.metrics?.watch?.began(name, work.everyMilliseconds);
  const leave = work.wake?.(wake);
  // The loop handles its own failures; anything else is a bug in it, told rather than lost.
  const ended = loop().catch((error: unknown) => log.error('worker-died', { worker: name, error }));
  return {
    name,
    wake,
    stop: async () => {
      leave?.();
      stopping.abort();
      endPause.abort();
      const gaveUp = new AbortController();
      const late = timer(STOP_MILLISECONDS_MAX, gaveUp.signal).then(() => 'late');
      const how = await Promise.race([ended, late]);
      gaveUp.abort();
      if (how === 'late') log.warn('worker-stopped-late', { worker: name });
    },
  };
}

const realTimer: WorkTimer = (milliseconds, signal) =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const ended = (): void => {
      clearTimeout(timeout);
      signal.removeEventListener('abort', ended);
      resolve();
    };
    const timeout = setTimeout(ended, milliseconds);
    signal.addEventListener('abort', ended);
  });

/** Made once for the process and handed to every worker; the label is the worker's name. `watch`: for the state screen. */
export function workMetrics(metrics: Metrics, watch: WorkWatch | null = null) {
  return {
    watch,
    rounds: metrics.counter({
      name: 'work_rounds_total',
      help: 'Rounds of background work, by how they went',
      labels: ['worker', 'outcome'],
    }),
    done: metrics.counter({
      name: 'work_done_total',
      help: 'Pieces of background work done',
      labels: ['worker'],
    }),
    seconds: metrics.histogram({
      name: 'work_round_seconds',
      help: 'How long a round of background work took',
      labels: ['worker'],
    }),
  };
}

export type WorkMetrics = ReturnType<typeof workMetrics>;
