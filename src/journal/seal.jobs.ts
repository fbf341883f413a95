import type { Database } from '../platform/database.ts';
import type { Log } from '../platform/log.ts';
import type { Metrics } from '../platform/metrics.ts';
import { SECOND, type Clock } from '../platform/time.ts';
import { headsKey, publishHeads, readHeads } from './heads.store.ts';
import {
  lastSeal,
  organizationIds,
  organizationsToSeal,
  SEAL_BATCH_MAX,
  sealEntries,
} from './journal.store.ts';
import type { StoredSeal } from './verify.ts';

/** How long an entry may wait when nobody says that it is there. A quarter of what is promised. */
const POLL_MILLISECONDS = 250;
/** After an error: the database may be restarting. */
const RETRY_MILLISECONDS = 1_000;
/** Between two publications of the heads; what is cut off within it shows only in the tables (rederive). */
const PUBLISH_SECONDS = 10;
/** When stopping: batches sealed of what is left; the rest waits for the next start. */
const STOP_TURNS_MAX = 20;

export interface SealerParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly dataDir: string;
  readonly secret: string;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly pollMilliseconds?: number;
  readonly publishSeconds?: number;
}

export interface Sealer {
  /** There are new entries: seal them now instead of at the next look. Costs nothing, call it after each commit. */
  wake(): void;
  /** Seals what is left, publishes the heads, resolves when nothing of it runs any more. */
  stop(): Promise<void>;
}

/**
 * Seals what every organization commits, a batch of each in turn, so that a long backlog of one keeps nobody waiting.
 * Any number of processes may run it: for each organization one of them holds the lock.
 */
export function startSealer(parts: SealerParts): Sealer {
  const { log, pollMilliseconds = POLL_MILLISECONDS } = parts;
  const seal = createSealing(parts);
  const publishing = createPublishing(parts);
  let stopping = false;
  let woken = false;
  let wakeUp: (() => void) | null = null;

  const pause = (milliseconds: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      wakeUp = () => {
        clearTimeout(timer);
        resolve();
      };
      if (woken || stopping) wakeUp();
    });

  const turn = async (): Promise<boolean> => {
    const { heads, more } = await seal();
    publishing.note(heads);
    await publishing.publishIfDue();
    return more;
  };

  const run = async (): Promise<void> => {
    while (!stopping) {
      let wait = pollMilliseconds;
      woken = false;
      try {
        if (await turn()) wait = 0;
      } catch (error) {
        log.warn('journal-sealing-failed', { error });
        wait = RETRY_MILLISECONDS;
      }
      if (wait > 0) await pause(wait);
    }
    for (let turns = 0; turns < STOP_TURNS_MAX && (await turn()); turns += 1);
    await publishing.publish();
  };

  const running = publishing
    .catchUp()
    .catch((error: unknown) => log.warn('journal-heads-not-caught-up', { error }))
    .then(run)
    .catch((error: unknown) => log.error('journal-sealing-ended', { error }));

  return {
    wake: () => {
      woken = true;
      wakeUp?.();
    },
    stop: async () => {
      stopping = true;
      wakeUp?.();
      await running;
    },
  };
}

/** One turn: a batch of each organization that has entries waiting. */
function createSealing({ database, clock, metrics }: SealerParts) {
  const age = metrics.gauge({
    name: 'journal_unsealed_age_seconds',
    help: 'Age of the oldest journal entry without a seal',
  });
  const sealedTotal = metrics.counter({
    name: 'journal_entries_sealed_total',
    help: 'Journal entries sealed by this process',
  });
  return async (): Promise<{ heads: Map<string, StoredSeal>; more: boolean }> => {
    const waiting = await database.acrossOrganizations(organizationsToSeal);
    age.set(Math.max(0, ...waiting.map(({ seconds }) => seconds)));
    const heads = new Map<string, StoredSeal>();
    let more = false;
    for (const { organization } of waiting) {
      const done = await database.inOrganization(organization, (tx) =>
        sealEntries(tx, organization, clock.now()),
      );
      if (done === null) continue;
      heads.set(organization, done.head);
      sealedTotal.inc(done.sealed);
      more ||= done.sealed === SEAL_BATCH_MAX;
    }
    return { heads, more };
  };
}

function createPublishing({ database, clock, dataDir, secret, log, publishSeconds }: SealerParts) {
  const key = headsKey(secret);
  const every = (publishSeconds ?? PUBLISH_SECONDS) * SECOND;
  const unpublished = new Map<string, StoredSeal>();
  // By the machine's time: the product's clock may run faster, or stand still, in a simulation.
  let last = performance.now();

  const note = (heads: ReadonlyMap<string, StoredSeal>): void => {
    for (const [organization, head] of heads) unpublished.set(organization, head);
  };
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
    note,
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
        const known = Math.max(0, ...(heads.get(organization)?.keys() ?? []));
        if (known > (head?.number ?? 0))
          log.error('journal-shorter-than-published', {
            organization,
            published: known,
            found: head?.number ?? 0,
          });
        if (head !== null && heads.get(organization)?.has(head.number) !== true)
          unpublished.set(organization, head);
      }
      await publish();
    },
  };
}
