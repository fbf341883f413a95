import type { FastifyRequest } from 'fastify';
import { z } from 'zod';

import { refuse, type HttpApp } from '../platform/http.ts';
import { askAuth, passOn, waiting, type AuthAnswer } from './auth-answers.ts';
import type { AccessInside } from './index.ts';
import { membershipOf } from './memberships.store.ts';
import { NewPassword, PASSWORD_CHARACTERS_MAX, refuseCommonPassword } from './passwords.ts';
import { endSessionByToken, spendCode } from './sessions.store.ts';

const Email = z.string().trim().min(1).max(254);
const Password = z.string().min(1).max(PASSWORD_CHARACTERS_MAX);
const Code = z.string().trim().min(1).max(40);

const hidden = { hide: true } as const;
const open = { may: 'public' } as const;

/** Sign-in, its second factor, and the way back for who forgot their password: all that strangers may ask. */
export function signInRoutes(app: HttpApp, inside: AccessInside): void {
  const { auth, lockOut } = inside;

  app.post(
    '/api/auth/sign-in/email',
    { config: open, schema: { ...hidden, body: z.object({ email: Email, password: Password }) } },
    async (request, reply) => {
      const { email, password } = request.body;
      const by = { email, address: request.ip };
      const wait = await lockOut.tried(by);
      if (wait > 0) refuse({ refused: 'too-many-tries', ...waiting(wait) });
      const answer = await askAuth(auth, request, '/sign-in/email', { email: email.toLowerCase(), password });
      await onlyMembers(inside, answer);
      await lockOut.succeeded(by);
      return passOn(reply, answer);
    },
  );

  for (const kind of ['totp', 'backup-code'] as const) {
    app.post(
      `/api/auth/two-factor/verify-${kind}`,
      {
        config: open,
        schema: { ...hidden, body: z.object({ code: Code, trustDevice: z.boolean().optional() }) },
      },
      async (request, reply) => {
        const by = { email: null, address: request.ip };
        const wait = await lockOut.tried(by);
        if (wait > 0) refuse({ refused: 'too-many-tries', ...waiting(wait) });
        const answer = await askAuth(auth, request, `/two-factor/verify-${kind}`, request.body);
        await onlyMembers(inside, answer);
        if (kind === 'totp') await onlyOnce(inside, request, answer, request.body.code);
        await lockOut.succeeded(by);
        return passOn(reply, answer);
      },
    );
  }

  app.post('/api/auth/sign-out', { config: open, schema: hidden }, async (request, reply) => {
    const caller = await inside.doorkeeper.who(request);
    const answer = await askAuth(auth, request, '/sign-out', {});
    // Streams of other screens of theirs come back by themselves.
    if (caller?.kind === 'user') inside.live.end([caller.user.id]);
    return passOn(reply, answer);
  });

  app.post(
    '/api/auth/request-password-reset',
    { config: open, schema: { ...hidden, body: z.object({ email: z.email().max(254) }) } },
    async (request, reply) => {
      const email = request.body.email.toLowerCase();
      // Counted apart from the account's sign-ins, so that asking for links shuts nobody out; whether it exists is not told.
      const wait = await lockOut.tried({ email: `reset:${email}`, address: request.ip });
      if (wait > 0) refuse({ refused: 'too-many-tries', ...waiting(wait) });
      await askAuth(auth, request, '/request-password-reset', { email });
      return reply.send({ status: true });
    },
  );

  app.post(
    '/api/auth/reset-password',
    {
      config: open,
      schema: { ...hidden, body: z.object({ token: z.string().min(1).max(200), newPassword: NewPassword }) },
    },
    async (request, reply) => {
      refuseCommonPassword(request.body.newPassword, null, 'newPassword');
      return passOn(reply, await askAuth(auth, request, '/reset-password', request.body));
    },
  );
}

const Began = z.object({ token: z.string(), user: z.object({ id: z.string() }) });

/** Somebody without a membership (any more) is a stranger: the same answer as for a wrong password, and no session. */
async function onlyMembers({ database }: AccessInside, { body }: AuthAnswer): Promise<void> {
  const began = Began.safeParse(body);
  if (!began.success) return;
  const member = await database.acrossOrganizations((tx) => membershipOf(tx, began.data.user.id));
  if (member !== null) return;
  await endSessionByToken(database, began.data.token);
  refuse({ refused: 'wrong-credentials' });
}

/**
 * better-auth takes a code as often as it is shown within its 90 seconds (RFC 6238, 5.2 says: once). The session it has
 * just begun ends before anybody is told of it. Signed in already, there is none to end: what was proven stays proven.
 */
async function onlyOnce(
  { database, doorkeeper }: AccessInside,
  request: FastifyRequest,
  { body }: AuthAnswer,
  code: string,
) {
  const began = Began.safeParse(body);
  if (!began.success || (await spendCode(database, began.data.user.id, code.replaceAll(/\s/g, '')))) return;
  if ((await doorkeeper.who(request)) === null) await endSessionByToken(database, began.data.token);
  refuse({ refused: 'wrong-code' });
}
