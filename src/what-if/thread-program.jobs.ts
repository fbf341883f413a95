import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';

import { features } from '../features.ts';
import { openDatabase } from '../platform/database.ts';
import { readPacks } from '../procedures/index.ts';
import { runHere, type WhatIfJob } from './what-if.jobs.ts';

const ROOT = join(import.meta.dirname, '..', '..');

/** What run-on-thread.jobs.ts hands over. */
const { databaseUrl, job } = workerData as { readonly databaseUrl: string; readonly job: WhatIfJob };

const loaded = await readPacks(ROOT);
if (!('packs' in loaded)) throw new Error('the procedures do not load');
// A port is no window: it takes no origin.
const tell = (said: { readonly progress: number } | { readonly result: unknown }): void =>
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- see above
  parentPort?.postMessage(said);
const progress = (done: number): void => tell({ progress: done });
const database = openDatabase(databaseUrl, { connectionsMax: 1 });
try {
  const never = new AbortController().signal;
  const result = await runHere({ database, features, packs: loaded.packs }, job, { progress, signal: never });
  tell({ result });
} finally {
  await database.close();
}
