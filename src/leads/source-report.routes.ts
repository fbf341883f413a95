import { z } from 'zod';

import { reachedPeople, scopeFor } from '../access/index.ts';
import { addDays, localDate, startOfDay } from '../calendar/index.ts';
import { readOrganization } from '../decisions/index.ts';
import type { HttpApp } from '../platform/http.ts';
import { plus } from '../platform/time.ts';
import { listPeople } from '../staff/index.ts';
import type { LeadRouteParts } from './routes.ts';
import { hoursOfSources, tallySources } from './source-report.store.ts';

const ranges = { today: 1, '7': 7, '30': 30 } as const;
const asked = z.object({ days: z.enum(['today', '7', '30']).default('today') });

export type SourceReportParts = Pick<LeadRouteParts, 'database' | 'clock' | 'signedIn'>;

/**
 * Leads by source and hour, and how soon they were contacted, for today or the last 7 or 30 of the organization's days.
 * Counts only, so that marketing, who sees no names, sees it whole.
 */
export function sourceReportRoutes(app: HttpApp, { database, clock, signedIn }: SourceReportParts): void {
  app.get(
    '/api/sources/report',
    { config: { may: 'sources.see' }, schema: { querystring: asked } },
    async (request) => {
      const who = signedIn(request);
      const organization = await readOrganization(database.kysely, who.organization.id);
      if (organization === null) throw new Error(`no organization ${who.organization.id}`);
      const { zone } = organization;
      const now = clock.now();
      const today = localDate(now, zone);
      const first = addDays(today, 1 - ranges[request.query.days]);
      // What arrives in this very millisecond has arrived.
      const window = { from: startOfDay(first, zone), to: plus(now, 1), zone };
      return database.inOrganization(who.organization.id, async (tx) => {
        const reached = reachedPeople(scopeFor(who, 'sources.see'), who.person.id, await listPeople(tx));
        const tallies = await tallySources(tx, window, reached);
        return {
          now,
          zone,
          from: first,
          to: today,
          all: tallies.find(({ source }) => source === null) ?? null,
          sources: tallies.filter(({ source }) => source !== null),
          hours: await hoursOfSources(tx, window, reached),
        };
      });
    },
  );
}
