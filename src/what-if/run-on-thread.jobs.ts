import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';

import type { Comparison } from './compare.ts';
import type { RunElsewhere } from './what-if.jobs.ts';

/** So much memory a run may take; more, and it fails alone, not the process. */
const MEMORY_MEGABYTES_MAX = 2_048;
/** Room for what a decision makes and throws away, so that it is not looked through again and again. */
const YOUNG_MEGABYTES_MAX = 96;

const said = z.union([
  z.strictObject({ progress: z.number() }),
  // Made by our own thread from the type of its name.
  z.strictObject({ result: z.custom<Comparison>((value) => typeof value === 'object' && value !== null) }),
]);

/** On a thread of its own, with a connection of its own: those who wait for a lead wait no longer for it. */
export function runOnThread(databaseUrl: string): RunElsewhere {
  return (job, { progress, signal }) =>
    new Promise((resolve, reject) => {
      const thread = new Worker(join(import.meta.dirname, 'thread-program.jobs.ts'), {
        workerData: { databaseUrl, job },
        resourceLimits: {
          maxOldGenerationSizeMb: MEMORY_MEGABYTES_MAX,
          maxYoungGenerationSizeMb: YOUNG_MEGABYTES_MAX,
        },
      });
      const stop = (): void => void thread.terminate();
      const over = (): void => signal.removeEventListener('abort', stop);
      if (signal.aborted) stop();
      signal.addEventListener('abort', stop);
      thread.on('message', (message: unknown) => {
        const heard = said.parse(message);
        if ('progress' in heard) progress(heard.progress);
        else resolve(heard.result);
      });
      thread.once('error', (error) => {
        over();
        reject(error);
      });
      thread.once('exit', () => {
        over();
        reject(new Error('the run was stopped'));
      });
    });
}
