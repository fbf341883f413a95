import { startOfMonth, nextMonth } from '../calendar/index.ts';
import { readOrganization, type Feature } from '../decisions/index.ts';
import type { Database } from '../platform/database.ts';
import type { Log } from '../platform/log.ts';
import { plus, SECOND, type Clock, type Instant } from '../platform/time.ts';
import type { Pack } from '../procedures/index.ts';
import type { Comparison } from './compare.ts';
import { readMonth } from './month.store.ts';
import { runWhatIf } from './run.ts';
import {
  claimWhatIf,
  endWhatIf,
  keepWhatIfProgress,
  letGoOfWhatIf,
  whatIfById,
  type WhatIf,
} from './what-ifs.store.ts';

/** A run whose process died is begun again after this. */
const LEASE = 30 * SECOND;
const PROGRESS_EVERY = SECOND / 2;
/** One that brings its process down each time is not tried for ever. */
const TRIES_MAX = 3;

/** What is to be run, wherever it is run. */
export interface WhatIfJob {
  readonly organization: string;
  readonly month: WhatIf['month'];
  readonly draft: WhatIf['draft'];
  /** Nothing is looked at past this: the month may not be over. */
  readonly until: Instant;
}

export interface Running {
  /** From 0 to 1. */
  readonly progress: (done: number) => void;
  readonly signal: AbortSignal;
}

/** Runs it elsewhere than on the thread that serves everybody. */
export type RunElsewhere = (job: WhatIfJob, running: Running) => Promise<Comparison>;

export interface WhatIfParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly run: RunElsewhere;
}

/** One what-if, if one waits: claimed by lease, followed, ended. Gives how many. */
export async function nextWhatIf(parts: WhatIfParts, signal: AbortSignal): Promise<number> {
  const { database, clock, log } = parts;
  const now = clock.now();
  const claimed = await database.acrossOrganizations((tx) => claimWhatIf(tx, now, plus(now, LEASE)));
  if (claimed === null) return 0;
  const { organizationId: organization, id } = claimed;
  const within = <T>(work: Parameters<typeof database.inOrganization<T>>[1]): Promise<T> =>
    database.inOrganization(organization, work);
  const asked = await within((tx) => whatIfById(tx, id));
  if (asked === null) return 1;
  if (asked.tries > TRIES_MAX) {
    await within((tx) => endWhatIf(tx, id, { why: 'too-many-tries' }, clock.now()));
    return 1;
  }
  const canceled = new AbortController();
  let keeping: Promise<unknown> = Promise.resolve();
  let kept = performance.now();
  const progress = (done: number): void => {
    if (performance.now() - kept < PROGRESS_EVERY) return;
    kept = performance.now();
    keeping = within((tx) => keepWhatIfProgress(tx, id, done, plus(clock.now(), LEASE))).then(
      (goesOn) => goesOn || canceled.abort(),
      (error: unknown) => log.warn('what-if-progress-not-kept', { error }),
    );
  };
  const { month, draft, askedAt } = asked;
  try {
    const either = AbortSignal.any([signal, canceled.signal]);
    const result = await parts.run(
      { organization, month, draft, until: askedAt },
      { progress, signal: either },
    );
    await keeping;
    await within((tx) => endWhatIf(tx, id, { result }, clock.now()));
  } catch (error) {
    await keeping;
    if (signal.aborted) await within((tx) => letGoOfWhatIf(tx, id, clock.now()));
    else if (!canceled.signal.aborted) {
      log.error('what-if-failed', { whatIf: id, error });
      await within((tx) => endWhatIf(tx, id, { why: 'failed' }, clock.now()));
    }
  }
  return 1;
}

export interface RunHereParts {
  readonly database: Database;
  readonly features: readonly Feature[];
  readonly packs: readonly Pack[];
}

/** The run itself, on this thread: reads the month, runs it twice. Pauses between steps, so that it can be told to stop. */
export async function runHere(
  { database, features, packs }: RunHereParts,
  { organization: id, month, draft, until }: WhatIfJob,
  { progress, signal }: Running,
): Promise<Comparison> {
  const organization = await readOrganization(database.kysely, id);
  if (organization === null) throw new Error(`no organization ${id}`);
  const { zone } = organization;
  const from = startOfMonth(month, zone);
  const end = startOfMonth(nextMonth(month), zone);
  const to = until < end ? until : end;
  const asked = { database, organization: id, features, from, to, runs: 2 };
  const read = await readMonth(asked);
  const run = runWhatIf({ features, packs, read, from, to, draft, day: `${month}-01` });
  for (;;) {
    const step = run.next();
    if (step.done === true) return step.value;
    signal.throwIfAborted();
    progress(step.value);
    await new Promise((resolve) => setImmediate(resolve));
  }
}
