import { z } from 'zod';

import { refuse, type HttpApp } from '../platform/http.ts';
import { askAuth, passOn } from './auth-answers.ts';
import type { AccessInside } from './index.ts';
import { NewPassword, PASSWORD_CHARACTERS_MAX, refuseCommonPassword } from './passwords.ts';
import { endOtherSessions, endSession, forgetDevices, setLanguage, signInsOf } from './sessions.store.ts';

const Password = z.object({ password: z.string().min(1).max(PASSWORD_CHARACTERS_MAX) });
const hidden = { hide: true } as const;
const own = { may: 'signed-in' } as const;

/** What everybody may do with their own sign-in. */
export function accountRoutes(app: HttpApp, inside: AccessInside): void {
  const { auth, database, live, signedIn } = inside;

  for (const path of ['enable', 'generate-backup-codes'] as const) {
    app.post(
      `/api/auth/two-factor/${path}`,
      { config: own, schema: { ...hidden, body: Password } },
      async (request, reply) =>
        passOn(reply, await askAuth(auth, request, `/two-factor/${path}`, request.body)),
    );
  }

  app.post(
    '/api/auth/two-factor/disable',
    { config: own, schema: { ...hidden, body: Password } },
    async (request, reply) => {
      const { secondFactorAsked, user } = signedIn(request);
      if (secondFactorAsked) refuse({ refused: 'second-factor-needed' });
      const answer = await askAuth(auth, request, '/two-factor/disable', request.body);
      live.end([user.id]);
      return passOn(reply, answer);
    },
  );

  const NewOne = z.object({
    currentPassword: z.string().min(1).max(PASSWORD_CHARACTERS_MAX),
    newPassword: NewPassword,
    revokeOtherSessions: z.boolean().default(true),
  });
  app.post(
    '/api/auth/change-password',
    { config: own, schema: { ...hidden, body: NewOne } },
    async (request, reply) => {
      const { user } = signedIn(request);
      refuseCommonPassword(request.body.newPassword, user.email, 'newPassword');
      const answer = await askAuth(auth, request, '/change-password', request.body);
      await forgetDevices(database, user.id);
      if (request.body.revokeOtherSessions) live.end([user.id]);
      return passOn(reply, answer);
    },
  );

  // In better-auth's shape, but without its tokens, which a script in the page could carry away: the id stands for them.
  app.get('/api/auth/list-sessions', { config: own, schema: hidden }, async (request, reply) => {
    const all = await signInsOf(database, signedIn(request).user.id);
    return reply.header('cache-control', 'no-store').send(all.map((one) => ({ ...one, token: one.id })));
  });
  app.get('/api/auth/get-session', { config: own, schema: hidden }, async (request, reply) => {
    const { session, user, person } = signedIn(request);
    return reply
      .header('cache-control', 'no-store')
      .send({ session: { id: session }, user: { id: user.id, email: user.email, name: person.name } });
  });
  app.post(
    '/api/auth/revoke-session',
    { config: own, schema: { ...hidden, body: z.object({ token: z.string().max(64) }) } },
    async (request) => {
      const { user } = signedIn(request);
      if (!(await endSession(database, user.id, request.body.token))) refuse({ refused: 'no-such-session' });
      live.end([user.id]);
      return { status: true };
    },
  );
  app.post('/api/auth/revoke-other-sessions', { config: own, schema: hidden }, async (request) => {
    const { user, session } = signedIn(request);
    await endOtherSessions(database, user.id, session);
    live.end([user.id]);
    return { status: true };
  });

  app.put(
    '/api/account/language',
    { config: own, schema: { body: z.object({ language: z.enum(['es', 'en']).nullable() }) } },
    async (request) => {
      await setLanguage(database, signedIn(request).user.id, request.body.language);
      return request.body;
    },
  );
}
