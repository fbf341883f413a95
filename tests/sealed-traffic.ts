import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { headsKey, readHeads, startSealer } from '../src/journal/index.ts';
import { openDatabase, type Database } from '../src/platform/database.ts';
import { silentLog } from '../src/platform/log.ts';
import { createMetrics } from '../src/platform/metrics.ts';
import { systemClock } from '../src/platform/time.ts';
import { testDatabase, type TestDatabase } from './database.ts';
import { makeTraffic, type Traffic, type TrafficOptions } from './traffic.ts';

const SECRET = 'a secret of the tests, of no installation';

export interface SealedTraffic extends Traffic {
  readonly scratch: TestDatabase;
  readonly database: Database;
  readonly dataDir: string;
  readonly secret: string;
  /** What a sealer of this traffic's database is made of. */
  readonly sealing: Parameters<typeof startSealer>[0];
  /** As published outside the database, by seal number. */
  heads(organization?: string): Promise<ReadonlyMap<number, readonly string[]>>;
  close(): Promise<void>;
}

/** Traffic on a database of its own, sealed while it runs and to its end, its heads published. */
export async function sealedTraffic(options: TrafficOptions): Promise<SealedTraffic> {
  const scratch = await testDatabase();
  const database = openDatabase(scratch.url, { connectionsMax: 4 });
  const dataDir = mkdtempSync(join(tmpdir(), 'pauta-journal-'));
  const common = { database, clock: systemClock, dataDir, secret: SECRET, log: silentLog };
  const sealer = startSealer({
    ...common,
    metrics: createMetrics({ processMetrics: false }),
    publishSeconds: 0.5,
  });
  const traffic = await makeTraffic(database, options);
  await sealer.stop();
  return {
    ...traffic,
    scratch,
    database,
    dataDir,
    secret: SECRET,
    sealing: { ...common, metrics: createMetrics({ processMetrics: false }) },
    heads: async (organization = traffic.organization) => {
      const { heads, faults } = await readHeads(dataDir, headsKey(SECRET));
      if (faults.length > 0) throw new Error('the published heads are damaged');
      return heads.get(organization) ?? new Map();
    },
    close: async () => {
      await database.close();
      await scratch.drop();
      rmSync(dataDir, { recursive: true });
    },
  };
}
