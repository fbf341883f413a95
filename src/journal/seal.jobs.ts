import type { Database } from '../platform/database.ts';
import type { Log } from '../platform/log.ts';
import type { Metrics } from '../platform/metrics.ts';
import { SECOND, type Clock } from '../platform/time.ts';
import { createWorker, type Worker, type WorkMetrics } from '../platform/work.ts';
import { headsKey, publishHeads, readHeads } from './heads.store.ts';
import {
  lastSeal,
  organizationIds,
  organizationsToSeal,
  SEAL_BATCH_MAX,
  sealEntries,
} from './journal.store.ts';
import type { StoredSeal } from './verify.ts';

/**
 * How long an entry waits for its seal. Not shorter, and not at each commit: a seal is a commit of its own, and what is
 * sealed together shares one.
 */
const EVERY_MILLISECONDS = 200;
/** Between two publications of the heads; what is cut off within it shows only in the tables (rederive). */
const PUBLISH_SECONDS = 10;
/** When stopping: batches sealed of what is left; the rest waits for the next start. */
const STOP_ROUNDS_MAX = 20;

export interface SealerParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly dataDir: string;
  readonly secret: string;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly work?: WorkMetrics;
  readonly everyMilliseconds?: number;
  readonly publishSeconds?: number;
}

/**
 * Seals what every organization commits, a batch of each in turn, so that a long backlog of one keeps nobody waiting.
 * Any number of processes may run it: for each organization one of them holds the lock. `stop` seals what is left and
 * publishes the heads.
 */
export function startSealer(parts: SealerParts): Worker {
  const { log, work, everyMilliseconds = EVERY_MILLISECONDS } = parts;
  const seal = createSealing(parts);
  const heads = createPublishing(parts);
  const round = async (): Promise<number> => {
    const { sealed, more } = await seal();
    heads.note(sealed);
    await heads.publishIfDue();
    return more;
  };
  let begun = false;
  const worker = createWorker({
    name: 'seal',
    everyMilliseconds,
    log,
    ...(work === undefined ? {} : { metrics: work }),
    run: async () => {
      if (!begun) await heads.catchUp();
      begun = true;
      return round();
    },
  });
  return {
    ...worker,
    stop: async () => {
      await worker.stop();
      try {
        for (let rounds = 0; rounds < STOP_ROUNDS_MAX && (await round()) > 0; rounds += 1);
      } catch (error) {
        log.warn('journal-not-sealed-at-stop', { error });
      }
      await heads.publish();
    },
  };
}

/** One round: a batch of each organization that has entries waiting. `more`: those of full batches, which have more behind. */
function createSealing({ database, clock, metrics }: SealerParts) {
  const age = metrics.gauge({
    name: 'journal_unsealed_age_seconds',
    help: 'Age of the oldest journal entry without a seal',
  });
  const sealedTotal = metrics.counter({
    name: 'journal_entries_sealed_total',
    help: 'Journal entries sealed by this process',
  });
  return async (): Promise<{ sealed: Map<string, StoredSeal>; more: number }> => {
    const waiting = await database.acrossOrganizations(organizationsToSeal);
    age.set(Math.max(0, ...waiting.map(({ seconds }) => seconds)));
    const sealed = new Map<string, StoredSeal>();
    let more = 0;
    for (const { organization } of waiting) {
      const done = await database.inOrganization(organization, (tx) =>
        sealEntries(tx, organization, clock.now()),
      );
      if (done === null) continue;
      sealed.set(organization, done.head);
      sealedTotal.inc(done.sealed);
      if (done.sealed === SEAL_BATCH_MAX) more += done.sealed;
    }
    return { sealed, more };
  };
}

function createPublishing({ database, clock, dataDir, secret, log, publishSeconds }: SealerParts) {
  const key = headsKey(secret);
  const every = (publishSeconds ?? PUBLISH_SECONDS) * SECOND;
  const unpublished = new Map<string, StoredSeal>();
  // By the machine's time: the product's clock may run faster, or stand still, in a simulation.
  let last = performance.now();

  const publish = async (): Promise<void> => {
    last = performance.now();
    const heads = new Map(unpublished);
    try {
      await publishHeads(dataDir, key, clock.now(), heads);
      for (const [organization, head] of heads)
        if (unpublished.get(organization) === head) unpublished.delete(organization);
    } catch (error) {
      log.error('journal-heads-not-published', { error });
    }
  };
  return {
    note(heads: ReadonlyMap<string, StoredSeal>): void {
      for (const [organization, head] of heads) unpublished.set(organization, head);
    },
    publish,
    async publishIfDue(): Promise<void> {
      if (unpublished.size > 0 && performance.now() - last >= every) await publish();
    },
    /** A process that was killed may have sealed what it did not come to publish. */
    async catchUp(): Promise<void> {
      const { heads, faults } = await readHeads(dataDir, key);
      for (const fault of faults) log.error('journal-heads-line-not-ours', { ...fault });
      for (const organization of await organizationIds(database.kysely)) {
        const head = await database.inOrganization(organization, lastSeal);
        const own = heads.get(organization) ?? new Map<number, string[]>();
        const published = Math.max(0, ...own.keys());
        const found = head?.number ?? 0;
        if (published > found)
          log.error('journal-shorter-than-published', { organization, published, found });
        if (head !== null && !own.has(head.number)) unpublished.set(organization, head);
      }
      await publish();
    },
  };
}
