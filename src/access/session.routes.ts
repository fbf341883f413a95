import { z } from 'zod';

import type { HttpApp } from '../platform/http.ts';
import { liveRoute } from '../platform/live-route.ts';
import { roles } from '../staff/index.ts';
import type { AccessInside } from './index.ts';
import { placedStaff } from './memberships.store.ts';
import { permissionNames } from './permissions.ts';
import { seesEvents } from './reach.ts';
import { allowedTo } from './who.ts';

const Session = z.object({
  user: z.object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    person: z.string(),
    role: z.enum(roles),
    twoFactor: z.boolean(),
  }),
  organization: z.object({
    id: z.string(),
    name: z.string(),
    country: z.enum(['MX', 'CO']),
    zone: z.string(),
    locale: z.string(),
  }),
  /** Empty as long as something is needed first. */
  may: z.array(z.enum(permissionNames)),
  needs: z.enum(['second-factor']).nullable(),
  language: z.enum(['es', 'en']).nullable(),
  now: z.string(),
});

/** Who is here and what they may do, and their line of live updates. */
export function sessionRoutes(app: HttpApp, inside: AccessInside): void {
  const { clock, database, doorkeeper, live, signedIn } = inside;
  app.get(
    '/api/session',
    { config: { may: 'signed-in' }, schema: { response: { 200: Session } } },
    async (request, reply) => {
      const caller = signedIn(request);
      const { user, person, role, organization, needsSecondFactor, language } = caller;
      return reply.header('cache-control', 'no-store').send({
        user: { ...user, name: person.name, person: person.id, role },
        organization,
        may: needsSecondFactor ? [] : allowedTo(caller),
        needs: needsSecondFactor ? ('second-factor' as const) : null,
        language,
        now: clock.now(),
      });
    },
  );

  liveRoute(app, {
    live,
    watcherOf: async (request) => {
      const caller = await doorkeeper.stillSignedIn(request);
      if (caller === null || caller.needsSecondFactor) return null;
      const { organization, person, roles, user } = caller;
      const staff = await database.inOrganization(organization.id, (tx) => placedStaff(tx, organization.id));
      return {
        organization: organization.id,
        subscriber: user.id,
        sees: seesEvents(roles, person.id, staff),
      };
    },
  });
}
