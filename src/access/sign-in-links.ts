import { z } from 'zod';

import type { Tx } from '../platform/database.ts';
import { refuse, type HttpApp } from '../platform/http.ts';
import { HOUR, plus, SECOND, type Instant } from '../platform/time.ts';
import { authSecret } from './auth.ts';
import { SESSION_LENGTHS, type AccessInside, type AccessParts } from './index.ts';
import { insertMember, passwordHashOf, userOf } from './memberships.store.ts';
import { NewPassword, refuseCommonPassword } from './passwords.ts';
import {
  beginSession,
  hasSecondFactor,
  insertLink,
  isUser,
  lockLink,
  organizationLinked,
  sessionCookie,
  useLinks,
  type SignInLinkRow,
} from './sign-in-links.store.ts';
import { hashOf, newToken } from './tokens.adapter.ts';

/** Long enough for who confirms in the evening and opens it in the morning. */
const LINK_MILLISECONDS = 24 * HOUR;

/**
 * Makes a link by which somebody confirmed on the roster gets in (contact-center-policy L2): good once, for a day, never a
 * password. Only its hash is kept; the address exists in the message that carries it and nowhere else.
 */
export async function makeSignInLink(
  { newId, publicUrl }: Pick<AccessParts, 'newId' | 'publicUrl'>,
  tx: Tx,
  organization: string,
  person: string,
  now: Instant,
): Promise<string> {
  const token = newToken();
  const expiresAt = plus(now, LINK_MILLISECONDS);
  await insertLink(tx, organization, {
    id: newId(),
    person,
    tokenHash: hashOf(token),
    madeAt: now,
    expiresAt,
  });
  return `${publicUrl}/enter/${token}`;
}

const Token = z.object({ token: z.string().min(1).max(200) });
const Entering = z.object({ email: z.email().max(254).optional(), password: NewPassword.optional() });

/**
 * A link is looked at without being spent, since messengers look at links too; the press of the button spends it. Who has no
 * account yet chooses a password with it; who has a second factor still signs in with both.
 */
export function signInLinkRoutes(app: HttpApp, inside: AccessInside): void {
  const { database, clock, newId, publicUrl, secret } = inside;
  const open = { may: 'public' } as const;

  app.get(
    '/api/sign-in-links/:token',
    { config: open, schema: { params: Token } },
    async (request, reply) => {
      const hash = hashOf(request.params.token);
      const organization = await found(inside, hash);
      const shown = await database.inOrganization(organization, async (tx) => {
        const link = usable(await lockLink(tx, organization, hash), clock.now());
        const user = await userOf(tx, organization, link.personId);
        if (user !== null && (await hasSecondFactor(tx, user))) return refuse({ refused: 'link-needs-code' });
        const needs = user !== null ? 'nothing' : link.email === null ? 'email-and-password' : 'password';
        return {
          name: link.name,
          organization: link.organization,
          email: user === null ? link.email : null,
          needs,
        };
      });
      return reply.header('cache-control', 'no-store').send(shown);
    },
  );

  app.post(
    '/api/sign-in-links/:token',
    { config: open, schema: { params: Token, body: Entering } },
    async (request, reply) => {
      const hash = hashOf(request.params.token);
      const organization = await found(inside, hash);
      const { email, password } = request.body;
      const passwordHash = password === undefined ? null : await passwordHashOf(password);
      const token = newToken();
      await database.inOrganization(organization, async (tx) => {
        const at = clock.now();
        const link = usable(await lockLink(tx, organization, hash), at);
        const user = await userOf(tx, organization, link.personId);
        if (user !== null && (await hasSecondFactor(tx, user))) refuse({ refused: 'link-needs-code' });
        const entering =
          user ?? (await join(tx, inside, organization, link, { email, password, passwordHash, at }));
        await useLinks(tx, organization, link.personId, at);
        const userAgent = request.headers['user-agent'] ?? null;
        await beginSession(
          tx,
          { id: newId(), token, user: entering, address: request.ip, userAgent },
          lengths(inside),
        );
      });
      const cookie = sessionCookie(token, {
        secret: authSecret(secret),
        secure: publicUrl.startsWith('https:'),
        seconds: lengths(inside).idle / SECOND,
      });
      return reply.header('set-cookie', cookie).header('cache-control', 'no-store').send({ status: true });
    },
  );
}

const lengths = ({ sessions }: AccessInside) => sessions ?? SESSION_LENGTHS;

async function found({ database }: AccessInside, hash: string): Promise<string> {
  return (await organizationLinked(database, hash)) ?? refuse({ refused: 'link-not-valid' });
}

function usable(link: SignInLinkRow | null, now: Instant): SignInLinkRow {
  if (link === null || link.leftAt !== null) return refuse({ refused: 'link-not-valid' });
  if (link.usedAt !== null) return refuse({ refused: 'link-spent' });
  if (link.expiresAt <= now) return refuse({ refused: 'link-over' });
  return link;
}

/** The first time in: an account of their own, under the staff's e-mail or one they give, and a password they choose. */
async function join(
  tx: Tx,
  { newId }: AccessInside,
  organization: string,
  link: SignInLinkRow,
  given: {
    email: string | undefined;
    password: string | undefined;
    passwordHash: string | null;
    at: Instant;
  },
): Promise<string> {
  const email = (link.email ?? given.email)?.trim().toLowerCase();
  if (email === undefined) return refuse({ refused: 'email-missing', field: 'email' });
  if (given.password === undefined || given.passwordHash === null)
    return refuse({ refused: 'password-missing', field: 'password' });
  refuseCommonPassword(given.password, email, 'password');
  // An account that is there already has an owner: a link is no way to another's.
  if (link.email === null && (await isUser(tx, email)))
    return refuse({ refused: 'email-taken', field: 'email' });
  const { passwordHash, at } = given;
  const member = {
    organization,
    person: link.personId,
    name: link.name,
    email,
    passwordHash,
    extraRoles: [],
    at,
  };
  const made = await insertMember(tx, newId, member);
  return 'refused' in made ? refuse(made) : made.user;
}
