import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';

import { features } from '../features.ts';
import { openDatabase } from '../platform/database.ts';
import { readPacks } from '../procedures/index.ts';
import { runHere, type WhatIfJob } from './what-if.jobs.ts';

const ROOT = join(import.meta.dirname, '..', '..');

/** What elsewhere.jobs.ts hands over. */
const { databaseUrl, job } = workerData as { readonly databaseUrl: string; readonly job: WhatIfJob };

const loaded = await readPacks(ROOT);
if (!('packs' in loaded)) throw new Error('the procedures do not load');
const database = openDatabase(databaseUrl, { connectionsMax: 1 });
try {
  const never = new AbortController().signal;
  const progress = (done: number): void => parentPort?.postMessage({ progress: done });
  const result = await runHere({ database, features, packs: loaded.packs }, job, { progress, signal: never });
  parentPort?.postMessage({ result });
} finally {
  await database.close();
}
