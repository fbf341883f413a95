import { z } from 'zod';

import { refuse, type HttpApp } from '../platform/http.ts';
import type { AccessInside } from './index.ts';
import { acceptInvitation, invite, readInvitation } from './invitations.ts';
import { openInvitations, withdrawInvitation } from './invitations.store.ts';
import { createKey } from './keys.ts';
import { listKeys, revokeKey } from './keys.store.ts';
import { NewPassword, refuseCommonPassword } from './passwords.ts';
import { keyScopes } from './permissions.ts';

const REQUESTS_A_MINUTE_MAX = 600_000;
const Token = z.object({ token: z.string().min(1).max(200) });
const Id = z.object({ id: z.string().min(1).max(64) });

/** Invitations: made by who manages people, accepted by who holds the link. */
export function invitationRoutes(app: HttpApp, inside: AccessInside): void {
  const { database, clock, signedIn } = inside;
  const manage = { may: 'people.manage' } as const;
  app.post(
    '/api/invitations',
    {
      config: manage,
      schema: { body: z.object({ person: z.string().min(1).max(64), email: z.email().max(254).optional() }) },
    },
    async (request) => {
      const { organization, person } = signedIn(request);
      const { person: invited, email } = request.body;
      return invite(inside, {
        organization: organization.id,
        person: invited,
        email: email ?? null,
        by: person.id,
      });
    },
  );
  app.get('/api/invitations', { config: manage }, async (request) => {
    const { id } = signedIn(request).organization;
    return { invitations: await database.inOrganization(id, (tx) => openInvitations(tx, id, clock.now())) };
  });
  app.delete('/api/invitations/:id', { config: manage, schema: { params: Id } }, async (request) => {
    const organization = signedIn(request).organization.id;
    const withdraw = (id: string) =>
      database.inOrganization(organization, (tx) => withdrawInvitation(tx, organization, id, clock.now()));
    if (!(await withdraw(request.params.id))) refuse({ refused: 'link-not-valid' });
    return { status: true };
  });

  app.get(
    '/api/invitations/:token',
    { config: { may: 'public' }, schema: { params: Token } },
    async (request, reply) => {
      const { name, email, role, organization } = await readInvitation(inside, request.params.token);
      return reply.header('cache-control', 'no-store').send({ name, email, role, organization });
    },
  );
  app.post(
    '/api/invitations/:token',
    {
      config: { may: 'public' },
      // The name on the screen is the staff's; one given here would change it without a fact.
      schema: { params: Token, body: z.object({ password: NewPassword }) },
    },
    async (request) => {
      const { token } = request.params;
      const { email } = await readInvitation(inside, token);
      refuseCommonPassword(request.body.password, email, 'password');
      return { email: (await acceptInvitation(inside, token, request.body.password)).email };
    },
  );
}

/** API keys: shown once when made. */
export function keyRoutes(app: HttpApp, inside: AccessInside): void {
  const { database, clock, signedIn } = inside;
  const manage = { may: 'keys.manage' } as const;
  const NewKey = z.object({
    name: z.string().trim().min(1).max(80),
    scopes: z.array(z.enum(keyScopes)).min(1),
    requestsAMinute: z.number().int().min(1).max(REQUESTS_A_MINUTE_MAX).optional(),
  });
  app.post('/api/keys', { config: manage, schema: { body: NewKey } }, async (request, reply) => {
    const { organization, person } = signedIn(request);
    const { name, scopes, requestsAMinute } = request.body;
    const pace = requestsAMinute === undefined ? {} : { requestsAMinute };
    const made = await createKey(inside, {
      organization: organization.id,
      name,
      scopes,
      by: person.id,
      ...pace,
    });
    return reply.header('cache-control', 'no-store').send(made);
  });
  app.get('/api/keys', { config: manage }, async (request) => {
    const { id } = signedIn(request).organization;
    return { keys: await database.inOrganization(id, (tx) => listKeys(tx, id)), scopes: keyScopes };
  });
  app.delete('/api/keys/:id', { config: manage, schema: { params: Id } }, async (request) => {
    const organization = signedIn(request).organization.id;
    const done = await database.inOrganization(organization, (tx) =>
      revokeKey(tx, organization, request.params.id, clock.now()),
    );
    if (!done) refuse({ refused: 'no-such-key' });
    return { status: true };
  });
}
