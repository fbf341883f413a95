import type { FastifyRequest } from 'fastify';

import type { SignedIn } from '../access/index.ts';
import { journalHealth } from '../journal/index.ts';
import type { Database } from '../platform/database.ts';
import { partStates, type HealthPart } from '../platform/http-health.ts';
import type { HttpApp } from '../platform/http.ts';
import type { Clock, Instant } from '../platform/time.ts';
import type { WorkWatch } from '../platform/work-watch.ts';
import { databaseState, queuesAt } from './state.store.ts';

export interface StateRouteParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly dataDir: string;
  readonly version: string;
  readonly startedAt: Instant;
  readonly health: readonly HealthPart[];
  /** Which parts of the product this process runs; the workers of another process are not known here. */
  readonly parts: ReadonlySet<string>;
  readonly watch: WorkWatch;
  readonly signedIn: (request: FastifyRequest) => SignedIn;
}

/** How the installation is: for whoever runs it. Counts and times only, nothing of any lead or person. */
export function stateRoutes(app: HttpApp, parts: StateRouteParts): void {
  const { database, clock, dataDir, version, startedAt, health, watch, signedIn } = parts;
  app.get('/api/state', { config: { may: 'health.see' } }, async (request, reply) => {
    const organization = signedIn(request).organization.id;
    const now = clock.now();
    const [healthy, journal, stored] = await Promise.all([
      partStates(health),
      journalHealth(database, dataDir, organization),
      database.inOrganization(organization, async (tx) => ({
        queues: await queuesAt(tx, now),
        database: await databaseState(tx),
      })),
    ]);
    return reply.header('cache-control', 'no-store').send({
      now,
      version,
      node: process.versions.node,
      startedAt,
      runs: [...parts.parts],
      health: healthy,
      workers: watch.states(),
      journal,
      ...stored,
    });
  });
}
