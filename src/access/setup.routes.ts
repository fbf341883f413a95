import { sql } from 'kysely';
import { z } from 'zod';

import { refuse, type HttpApp } from '../platform/http.ts';
import type { AccessInside } from './index.ts';
import { anyMember, insertMember, passwordHashOf } from './memberships.store.ts';
import { NewPassword, refuseCommonPassword } from './passwords.ts';

/** What a new organization is opened with: its facts are written by whoever provides `openOrganization`. */
export interface OpenOrganization {
  readonly name: string;
  readonly country: 'MX' | 'CO';
  /** IANA zone, "America/Mexico_City". */
  readonly zone: string;
  readonly locale: 'es-MX' | 'es-CO';
  /** Becomes the first person of the staff, of role administrator. */
  readonly administrator: { readonly name: string; readonly email: string };
}

const Zone = z.string().refine((zone) => Intl.supportedValuesOf('timeZone').includes(zone));
const FirstRun = z.object({
  organization: z.object({
    name: z.string().trim().min(1).max(120),
    country: z.enum(['MX', 'CO']),
    zone: Zone,
  }),
  administrator: z.object({
    name: z.string().trim().min(1).max(120),
    email: z.email().max(254),
    password: NewPassword,
  }),
});

/** "setup" in ASCII, as a number: held by the one first run under way. */
const SETUP_LOCK = 495_790_454_128;

/** The first run: open only while nobody can sign in. */
export function setupRoutes(app: HttpApp, inside: AccessInside): void {
  const needed = () => inside.database.acrossOrganizations(async (tx) => !(await anyMember(tx)));
  app.get('/api/setup', { config: { may: 'public' } }, async (_request, reply) =>
    reply.header('cache-control', 'no-store').send({ needed: await needed() }),
  );
  app.post('/api/setup', { config: { may: 'public' }, schema: { body: FirstRun } }, async (request) => {
    const { organization, administrator } = request.body;
    const email = administrator.email.toLowerCase();
    refuseCommonPassword(administrator.password, email, 'administrator.password');
    const locale = organization.country === 'MX' ? 'es-MX' : 'es-CO';
    const opening = { ...organization, locale, administrator: { name: administrator.name, email } } as const;
    return { organization: await setUp(inside, opening, administrator.password) };
  });
}

/**
 * Opens the organization and lets its administrator in. Of two at once the second is refused at once rather than made to
 * wait: it would hold a connection that the first needs. Should this process die in between, nobody can sign in yet,
 * and the first run is open again: `openOrganization` then gives the organization that is there.
 */
async function setUp(inside: AccessInside, opening: OpenOrganization, password: string): Promise<string> {
  const { database, clock, newId, openOrganization } = inside;
  const passwordHash = await passwordHashOf(password);
  return database.kysely.transaction().execute(async (lock) => {
    const { rows } = await sql<{
      held: boolean;
    }>`select pg_try_advisory_xact_lock(${SETUP_LOCK}) as held`.execute(lock);
    const taken = rows[0]?.held !== true || (await database.acrossOrganizations(anyMember));
    if (taken) return refuse({ refused: 'already-set-up' });
    const { organization, person } = await openOrganization(opening);
    const made = await database.inOrganization(organization, (tx) =>
      insertMember(tx, newId, {
        organization,
        person,
        ...opening.administrator,
        passwordHash,
        // Whoever sets up an installation also runs it, until somebody of role system does.
        extraRoles: ['system'],
        at: clock.now(),
      }),
    );
    return 'refused' in made ? refuse(made) : organization;
  });
}
