import { createHmac, timingSafeEqual } from 'node:crypto';
import { sql } from 'kysely';
import { z } from 'zod';

import type { Database } from '../platform/database.ts';
import { SECOND, type Instant } from '../platform/time.ts';
import { roles } from '../staff/index.ts';
import { COOKIE_PREFIX, type SessionLengths } from './auth.ts';
import type { SignedIn } from './who.ts';

const Role = z.enum(roles);
const Row = z.object({
  sessionId: z.string(),
  userId: z.string(),
  email: z.string(),
  language: z.enum(['es', 'en']).nullable(),
  twoFactor: z.boolean(),
  extraRoles: z.array(Role),
  organizationId: z.string(),
  organizationName: z.string(),
  country: z.enum(['MX', 'CO']),
  zone: z.string(),
  locale: z.string(),
  secondFactorRoles: z.array(z.string()),
  personId: z.string(),
  personName: z.string(),
  role: Role,
  personZone: z.string().nullable(),
});

/** Who a session's token is, now; null when it ended, for any reason. `touch`: the person did something, so that it lives on. */
export async function signedInBy(
  database: Database,
  token: string,
  { idle, longest }: SessionLengths,
  touch: boolean,
): Promise<SignedIn | null> {
  const found = await sql`
    select * from who_by_session(${token}, make_interval(secs => ${idle / SECOND}), make_interval(secs => ${longest / SECOND}),
                                 ${touch})`.execute(database.kysely);
  if (found.rows[0] === undefined) return null;
  const row = Row.parse(found.rows[0]);
  const everyRole = [row.role, ...row.extraRoles.filter((role) => role !== row.role)];
  const secondFactorAsked = everyRole.some((role) => row.secondFactorRoles.includes(role));
  return {
    kind: 'user',
    user: { id: row.userId, email: row.email, twoFactor: row.twoFactor },
    session: row.sessionId,
    person: { id: row.personId, name: row.personName, zone: row.personZone },
    role: row.role,
    roles: everyRole,
    organization: {
      id: row.organizationId,
      name: row.organizationName,
      country: row.country,
      zone: row.zone,
      locale: row.locale,
    },
    language: row.language,
    secondFactorAsked,
    needsSecondFactor: secondFactorAsked && !row.twoFactor,
  };
}

/** The token in the session cookie, if its signature is ours: rows of `sessions` alone, read in a backup, open nothing. */
export function sessionToken(
  cookies: string | undefined,
  { secret, secure }: { secret: string; secure: boolean },
): string | null {
  // A browser takes a __Secure- cookie only over https: nobody on the way can plant one.
  const name = `${secure ? '__Secure-' : ''}${COOKIE_PREFIX}.session_token`;
  for (const part of (cookies ?? '').split(';')) {
    const [key = '', value = ''] = part.trim().split(/=(.*)/s);
    if (key !== name) continue;
    const text = decoded(value);
    const dot = text.lastIndexOf('.');
    const token = text.slice(0, Math.max(dot, 0));
    const expected = createHmac('sha256', secret).update(token).digest();
    const given = Buffer.from(text.slice(dot + 1), 'base64');
    if (token !== '' && given.length === expected.length && timingSafeEqual(given, expected)) return token;
  }
  return null;
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return '';
  }
}

export interface SignIn {
  readonly id: string;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly ipAddress: string | null;
  readonly userAgent: string | null;
}

/** Where a user is signed in, last used first. Tokens stay here. */
export async function signInsOf(database: Database, user: string): Promise<SignIn[]> {
  const found = await sql<SignIn>`
    select id, created_at, updated_at, ip_address, user_agent from sessions
     where user_id = ${user} and expires_at > now() order by updated_at desc`.execute(database.kysely);
  return found.rows;
}

/** Gives whether there was such a session of this user's. */
export async function endSession(database: Database, user: string, id: string): Promise<boolean> {
  const ended = await sql`delete from sessions where user_id = ${user} and id = ${id} returning id`.execute(
    database.kysely,
  );
  return ended.rows.length > 0;
}

export async function endSessionByToken(database: Database, token: string): Promise<void> {
  await sql`delete from sessions where token = ${token}`.execute(database.kysely);
}

/** All but the one given. */
export async function endOtherSessions(database: Database, user: string, kept: string): Promise<void> {
  await sql`delete from sessions where user_id = ${user} and id <> ${kept}`.execute(database.kysely);
}

/** Devices that need no second factor, and sign-ins and resets half done: all end with the old password. */
export async function forgetDevices(database: Database, user: string): Promise<void> {
  await sql`delete from verifications where value = ${user}`.execute(database.kysely);
}

/** True when this user's code was not spent within the time it is good for, and marks it spent; one of two at once gets true. */
export async function spendCode(database: Database, user: string, code: string): Promise<boolean> {
  const spent = await sql`
    insert into spent_codes (user_id, code, spent_at) values (${user}, ${code}, now())
    on conflict (user_id, code) do update set spent_at = now() where spent_codes.spent_at < now() - interval '3 minutes'
    returning code`.execute(database.kysely);
  return spent.rows.length > 0;
}

export async function setLanguage(
  database: Database,
  user: string,
  language: 'es' | 'en' | null,
): Promise<void> {
  await sql`update users set language = ${language}, updated_at = now() where id = ${user}`.execute(
    database.kysely,
  );
}

/** Rows nobody can use any more. */
export async function deleteSpent(database: Database, { longest }: SessionLengths): Promise<void> {
  const db = database.kysely;
  await sql`
    delete from sessions where expires_at < now() or created_at < now() - make_interval(secs => ${longest / SECOND})`.execute(
    db,
  );
  await sql`delete from verifications where expires_at < now()`.execute(db);
  await sql`delete from spent_codes where spent_at < now() - interval '1 hour'`.execute(db);
}
