/** What GET /api/state answers. */
import { z } from 'zod';
import { instant } from '../../src/platform/time.ts';

const at = z.string().transform((text) => instant(text));
const workerSchema = z.object({
  name: z.string(),
  everyMilliseconds: z.number(),
  lastRoundAt: at.nullable(),
  rounds: z.number(),
  done: z.number(),
  failuresInARow: z.number(),
  failures: z.number(),
  lastFailureAt: at.nullable(),
  lastFailure: z.string().nullable(),
});
export type WorkerState = z.infer<typeof workerSchema>;
export const stateSchema = z.object({
  now: at,
  version: z.string(),
  node: z.string(),
  startedAt: at,
  runs: z.array(z.string()),
  health: z.record(z.string(), z.boolean()),
  workers: z.array(workerSchema),
  journal: z.object({
    unsealed: z.object({ count: z.number(), oldestSeconds: z.number() }),
    verified: z
      .object({
        at,
        clean: z.boolean(),
        entries: z.number(),
        findings: z.number(),
        differences: z.number(),
        headFaults: z.number(),
      })
      .nullable(),
  }),
  queues: z.object({
    receiptsNew: z.number(),
    receiptsOldestAt: at.nullable(),
    outboxQueued: z.number(),
    outboxOldestAt: at.nullable(),
    outboxUnknown: z.number(),
    deadlinesOverdue: z.number(),
    deadlinesOldestAt: at.nullable(),
    deadlinesPending: z.number(),
  }),
  database: z.object({
    bytes: z.number(),
    version: z.string(),
    connections: z.number(),
    connectionsMax: z.number(),
  }),
});
export type State = z.infer<typeof stateSchema>;
