import { createHmac } from 'node:crypto';
import { sql } from 'kysely';

import type { Database, Tx } from '../platform/database.ts';
import { SECOND, type Instant } from '../platform/time.ts';
import { COOKIE_PREFIX, type SessionLengths } from './auth.ts';

export interface SignInLinkRow {
  readonly id: string;
  readonly personId: string;
  readonly expiresAt: Instant;
  readonly usedAt: Instant | null;
  readonly name: string;
  readonly email: string | null;
  readonly leftAt: Instant | null;
  readonly organization: string;
}

export async function insertLink(
  tx: Tx,
  organization: string,
  link: { id: string; person: string; tokenHash: string; madeAt: Instant; expiresAt: Instant },
): Promise<void> {
  await sql`
    insert into sign_in_links (organization_id, id, person_id, token_hash, made_at, expires_at)
    values (${organization}, ${link.id}, ${link.person}, ${link.tokenHash}, ${link.madeAt}, ${link.expiresAt})`.execute(
    tx,
  );
}

/** Found by what the link holds; the organization is not known before. */
export async function organizationLinked(database: Database, tokenHash: string): Promise<string | null> {
  const found = await database.acrossOrganizations((tx) =>
    sql<{
      organizationId: string;
    }>`select organization_id from sign_in_links where token_hash = ${tokenHash}`.execute(tx),
  );
  return found.rows[0]?.organizationId ?? null;
}

/** Locked until the end of the transaction: one link, one use. */
export async function lockLink(
  tx: Tx,
  organization: string,
  tokenHash: string,
): Promise<SignInLinkRow | null> {
  const found = await sql<SignInLinkRow>`
    select l.id, l.person_id, l.expires_at, l.used_at, p.name, p.email, p.left_at, o.name as organization
      from sign_in_links l
      join organizations o on o.id = l.organization_id
      join people p on p.organization_id = l.organization_id and p.id = l.person_id
     where l.organization_id = ${organization} and l.token_hash = ${tokenHash} for update of l`.execute(tx);
  return found.rows[0] ?? null;
}

/** And every other link of the person: whoever is in needs none, and what lies in a chat opens nothing. */
export async function useLinks(tx: Tx, organization: string, person: string, at: Instant): Promise<void> {
  await sql`
    update sign_in_links set used_at = ${at}
     where organization_id = ${organization} and person_id = ${person} and used_at is null`.execute(tx);
}

export async function deleteOldLinks(tx: Tx, before: Instant): Promise<void> {
  await sql`delete from sign_in_links where expires_at < ${before}`.execute(tx);
}

export async function isUser(tx: Tx, email: string): Promise<boolean> {
  return (await sql`select from users where email = ${email}`.execute(tx)).rows.length > 0;
}

export async function hasSecondFactor(tx: Tx, user: string): Promise<boolean> {
  const found = await sql<{ on: boolean }>`
    select coalesce(two_factor_enabled, false) as on from users where id = ${user}`.execute(tx);
  return found.rows[0]?.on === true;
}

/** A session as better-auth begins one, on the system's clock as all of them. */
export async function beginSession(
  tx: Tx,
  session: { id: string; token: string; user: string; address: string; userAgent: string | null },
  { idle }: SessionLengths,
): Promise<void> {
  await sql`
    insert into sessions (id, token, user_id, expires_at, created_at, updated_at, ip_address, user_agent)
    values (${session.id}, ${session.token}, ${session.user}, now() + make_interval(secs => ${idle / SECOND}), now(), now(),
            ${session.address}, ${session.userAgent})`.execute(tx);
}

/** The cookie that `sessionToken` reads back: the token with our signature, out of reach of scripts. */
export function sessionCookie(
  token: string,
  { secret, secure, seconds }: { secret: string; secure: boolean; seconds: number },
): string {
  const signature = createHmac('sha256', secret).update(token).digest('base64');
  const name = `${secure ? '__Secure-' : ''}${COOKIE_PREFIX}.session_token`;
  const value = encodeURIComponent(`${token}.${signature}`);
  return `${name}=${value}; Max-Age=${seconds}; Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
}
