import { hashPassword } from 'better-auth/crypto';
import { sql } from 'kysely';

import type { Tx } from '../platform/database.ts';
import type { NewId } from '../platform/ids.ts';
import type { Instant } from '../platform/time.ts';
import type { Role } from '../staff/index.ts';
import type { Placed } from './reach.ts';

export interface NewMember {
  readonly organization: string;
  readonly person: string;
  readonly name: string;
  readonly email: string;
  readonly passwordHash: string;
  readonly extraRoles: readonly Role[];
  readonly at: Instant;
}

/** As better-auth keeps it (scrypt). Takes some 50 ms of a thread of the pool. */
export const passwordHashOf = (password: string): Promise<string> => hashPassword(password);

/**
 * Lets a person of the staff in: user, password and membership in the transaction given (which must see the organization).
 * A user who left may come back under the same e-mail. 'email-taken': it signs in as somebody else; 'has-access': this person has.
 */
export async function insertMember(
  tx: Tx,
  newId: NewId,
  member: NewMember,
): Promise<{ user: string } | { refused: string }> {
  const { organization, person, at } = member;
  const email = member.email.trim().toLowerCase();
  const held = await sql`
    select 1 from memberships where organization_id = ${organization} and person_id = ${person} and ended_at is null`.execute(
    tx,
  );
  if (held.rows.length > 0) return { refused: 'has-access' };
  const made = await sql<{ id: string; fresh: boolean }>`
    insert into users (id, name, email, email_verified, created_at, updated_at)
    values (${newId()}, ${member.name}, ${email}, true, ${at}, ${at})
    on conflict (email) do update set updated_at = ${at} returning id, (xmax = 0) as fresh`.execute(tx);
  const user = made.rows[0];
  if (user === undefined) throw new Error('a user was neither made nor found');
  // Memberships of other organizations are out of sight here; the index over all of them decides.
  const joined = await sql<{ id: string }>`
    insert into memberships (organization_id, user_id, person_id, extra_roles, since)
    values (${organization}, ${user.id}, ${person}, ${[...member.extraRoles]}::text[], ${at})
    on conflict (organization_id, user_id) do update
       set person_id = excluded.person_id, extra_roles = excluded.extra_roles, since = excluded.since, ended_at = null
     where memberships.ended_at is not null
    returning user_id as id`
    .execute(tx)
    .catch((error: unknown) => {
      if (isOneAUser(error)) return { rows: [] };
      throw error;
    });
  if (joined.rows.length === 0) return { refused: 'email-taken' };
  await setPassword(tx, newId, user.id, member.passwordHash, at);
  return { user: user.id };
}

function isOneAUser(error: unknown): boolean {
  return error instanceof Error && 'constraint' in error && error.constraint === 'memberships_one_a_user';
}

async function setPassword(tx: Tx, newId: NewId, user: string, hash: string, at: Instant): Promise<void> {
  await sql`
    insert into accounts (id, account_id, provider_id, user_id, password, created_at, updated_at)
    values (${newId()}, ${user}, 'credential', ${user}, ${hash}, ${at}, ${at})
    on conflict (provider_id, account_id) do update set password = excluded.password, updated_at = excluded.updated_at`.execute(
    tx,
  );
}

/** The user a person of the staff signs in as; null when they have no access. */
export async function userOf(tx: Tx, organization: string, person: string): Promise<string | null> {
  const found = await sql<{ userId: string }>`
    select user_id from memberships
     where organization_id = ${organization} and person_id = ${person} and ended_at is null`.execute(tx);
  return found.rows[0]?.userId ?? null;
}

/** Ends a person's access; gives the user whose sessions are gone with it. */
export async function endMembership(
  tx: Tx,
  organization: string,
  person: string,
  at: Instant,
): Promise<string | null> {
  const ended = await sql<{ userId: string }>`
    update memberships set ended_at = ${at}
     where organization_id = ${organization} and person_id = ${person} and ended_at is null returning user_id`.execute(
    tx,
  );
  await sql`
    update invitations set withdrawn_at = ${at}
     where organization_id = ${organization} and person_id = ${person} and accepted_at is null and withdrawn_at is null`.execute(
    tx,
  );
  const user = ended.rows[0]?.userId ?? null;
  if (user !== null) {
    await sql`delete from sessions where user_id = ${user}`.execute(tx);
    await sql`delete from verifications where value = ${user}`.execute(tx);
  }
  return user;
}

export async function anyMember(tx: Tx): Promise<boolean> {
  return (await sql`select 1 from memberships limit 1`.execute(tx)).rows.length > 0;
}

/** Whom a user signs in as, in which organization; null when they may not come in (any more). */
export async function membershipOf(
  tx: Tx,
  user: string,
): Promise<{ organization: string; person: string } | null> {
  const found = await sql<{ organization: string; person: string }>`
    select organization_id as organization, person_id as person from memberships
     where user_id = ${user} and ended_at is null`.execute(tx);
  return found.rows[0] ?? null;
}

/** The hierarchy, as far as it decides who sees what. */
export async function placedStaff(tx: Tx, organization: string): Promise<Placed[]> {
  const found = await sql<Placed>`
    select id, reports_to, zone from people where organization_id = ${organization} and left_at is null`.execute(
    tx,
  );
  return found.rows;
}

export interface StaffMember {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly email: string | null;
  readonly leftAt: Instant | null;
}

export async function staffMember(tx: Tx, organization: string, person: string): Promise<StaffMember | null> {
  const found = await sql<StaffMember>`
    select id, name, role, email, left_at from people where organization_id = ${organization} and id = ${person}`.execute(
    tx,
  );
  return found.rows[0] ?? null;
}

/** How a person of the staff stands with sign-in; who is not named has no access and no open invitation. */
export interface StaffAccess {
  readonly person: string;
  readonly state: 'in' | 'invited';
  /** The e-mail they sign in with, or were invited at. */
  readonly email: string;
  /** Until when the invitation can be accepted; null for who is in. */
  readonly expiresAt: Instant | null;
}

export async function accessOfStaff(tx: Tx, organization: string, now: Instant): Promise<StaffAccess[]> {
  const found = await sql<StaffAccess>`
    select m.person_id as person, 'in' as state, u.email, null::timestamptz as expires_at
      from memberships m join users u on u.id = m.user_id
     where m.organization_id = ${organization} and m.ended_at is null
    union all
    select person_id, 'invited', email, expires_at from invitations
     where organization_id = ${organization} and accepted_at is null and withdrawn_at is null and expires_at > ${now}`.execute(
    tx,
  );
  return found.rows;
}
