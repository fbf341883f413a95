import { claimImageKeeper } from './claim-image.ts';
import { createLedger } from './contacts/index.ts';
import { CLOCK_EVERY_MILLISECONDS, fireDeadlines, type House } from './decisions/index.ts';
import { startSealer } from './journal/index.ts';
import { openMailbox, startMailboxes } from './mailbox/index.ts';
import type { Messaging } from './messages/index.ts';
import type { Config } from './platform/config.ts';
import type { Database } from './platform/database.ts';
import { newId } from './platform/ids.ts';
import type { Log } from './platform/log.ts';
import type { Metrics } from './platform/metrics.ts';
import { keyFor } from './platform/secret.ts';
import { refreshStatistics, STATISTICS_EVERY_MILLISECONDS } from './platform/statistics.ts';
import type { Clock } from './platform/time.ts';
import { createWorker, type Worker, type WorkMetrics } from './platform/work.ts';
import { HOUSEKEEPING_EVERY_MILLISECONDS, keepHouse } from './settings/index.ts';
import { backfillDue, runImport, settleWaiting, type ReceiptJobParts } from './sources/index.ts';
import { nextWhatIf, runOnThread } from './what-if/index.ts';

/** Bodies left over by a crash, and leads to be fetched of which the hint was lost. */
const RECEIPTS_EVERY_MILLISECONDS = 1_000;
const IMPORTS_EVERY_MILLISECONDS = 5_000;
const WHAT_IFS_EVERY_MILLISECONDS = 5_000;
/** How long an erasure may be missing from the ledger beside the database. */
const ERASURES_EVERY_MILLISECONDS = 10_000;

/** Who is to look for work at once: when somebody was told something, when something was received, when a what-if was asked for. */
export interface Hints {
  readonly told: Set<() => void>;
  readonly received: Set<() => void>;
  readonly whatIf: Set<() => void>;
}

interface WorkerParts {
  readonly config: Config;
  readonly database: Database;
  readonly house: House;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly work: WorkMetrics;
  readonly hints: Hints;
  readonly intake: ReceiptJobParts;
  readonly secret: string;
  readonly messaging: Messaging;
  readonly tidyAccess: () => Promise<void>;
  readonly databaseUrl: string;
}

/** Everything that is done without being asked: what falls due, what was left over, what is to be sealed or sent. */
export function startWorkers({
  config,
  database,
  house,
  clock,
  log,
  work,
  metrics,
  hints,
  intake,
  secret,
  messaging,
  tidyAccess,
  databaseUrl,
}: WorkerParts): Worker[] {
  if (!config.parts.has('clock')) return [];
  const ledger = createLedger({ database, dataDir: config.dataDir });
  const common = { log, metrics: work };
  const received = { ...common, wake: register(hints.received) };
  return [
    createWorker({
      ...common,
      name: 'clock',
      everyMilliseconds: CLOCK_EVERY_MILLISECONDS,
      run: () => fireDeadlines({ database, house, clock }),
    }),
    startSealer({ database, clock, dataDir: config.dataDir, secret, log, metrics, work }),
    createWorker({
      ...received,
      name: 'receipts',
      everyMilliseconds: RECEIPTS_EVERY_MILLISECONDS,
      run: async () => (await settleWaiting(intake)).taken,
    }),
    createWorker({
      ...received,
      name: 'imports',
      everyMilliseconds: IMPORTS_EVERY_MILLISECONDS,
      run: async () => Number(await runImport(intake)),
    }),
    createWorker({
      ...common,
      name: 'housekeeping',
      everyMilliseconds: HOUSEKEEPING_EVERY_MILLISECONDS,
      run: () => keepHouse({ database, house, clock, tidyAccess }),
    }),
    createWorker({
      ...common,
      name: 'erasures',
      everyMilliseconds: ERASURES_EVERY_MILLISECONDS,
      run: () => ledger.publish(),
    }),
    createWorker({
      ...received,
      name: 'backfill',
      everyMilliseconds: IMPORTS_EVERY_MILLISECONDS,
      run: () => backfillDue(intake),
    }),
    createWorker({
      ...common,
      name: 'statistics',
      everyMilliseconds: STATISTICS_EVERY_MILLISECONDS,
      run: async () => ({ did: 0, nextInMilliseconds: await refreshStatistics(database.kysely) }),
    }),
    createWorker({
      ...common,
      name: 'what-ifs',
      everyMilliseconds: WHAT_IFS_EVERY_MILLISECONDS,
      wake: register(hints.whatIf),
      run: (signal) => nextWhatIf({ database, clock, log, run: runOnThread(databaseUrl) }, signal),
    }),
    startMailboxes(
      {
        database,
        house,
        clock,
        log,
        newId,
        key: keyFor(secret, 'channels'),
        worker: newId(),
        open: openMailbox,
        keepImage: claimImageKeeper({ database, clock }),
      },
      work,
    ),
    ...messaging.workers({ ...common, wake: register(hints.told) }),
  ];
}

function register(wakes: Set<() => void>): (wake: () => void) => () => void {
  return (wake) => {
    wakes.add(wake);
    return () => void wakes.delete(wake);
  };
}
