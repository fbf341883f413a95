import { sql } from 'kysely';

import type { Database, Tx } from '../platform/database.ts';
import type { Instant } from '../platform/time.ts';
import type { Role } from '../staff/index.ts';

export interface Invitation {
  readonly organizationId: string;
  readonly id: string;
  readonly personId: string;
  readonly email: string;
  readonly expiresAt: Instant;
  readonly acceptedAt: Instant | null;
  readonly withdrawnAt: Instant | null;
}

export interface InvitationPage extends Invitation {
  readonly name: string;
  readonly role: Role;
  readonly organization: string;
  readonly leftAt: Instant | null;
}

/** The one open invitation of a person: an earlier one stops working. */
export async function insertInvitation(
  tx: Tx,
  invitation: Omit<Invitation, 'acceptedAt' | 'withdrawnAt'> & {
    tokenHash: string;
    invitedBy: string;
    invitedAt: Instant;
  },
): Promise<void> {
  const { organizationId, id, personId, email, tokenHash, invitedBy, invitedAt, expiresAt } = invitation;
  await sql`
    update invitations set withdrawn_at = ${invitedAt}
     where organization_id = ${organizationId} and person_id = ${personId} and accepted_at is null and withdrawn_at is null`.execute(
    tx,
  );
  await sql`
    insert into invitations (organization_id, id, person_id, email, token_hash, invited_by, invited_at, expires_at)
    values (${organizationId}, ${id}, ${personId}, ${email}, ${tokenHash}, ${invitedBy}, ${invitedAt}, ${expiresAt})`.execute(
    tx,
  );
}

/** Found by what the link holds; the organization is not known before. */
export async function organizationInviting(database: Database, tokenHash: string): Promise<string | null> {
  const found = await database.acrossOrganizations((tx) =>
    sql<{
      organizationId: string;
    }>`select organization_id from invitations where token_hash = ${tokenHash}`.execute(tx),
  );
  return found.rows[0]?.organizationId ?? null;
}

/** Locked until the end of the transaction: one link, one acceptance. */
export async function lockInvitation(
  tx: Tx,
  organization: string,
  tokenHash: string,
): Promise<InvitationPage | null> {
  const found = await sql<InvitationPage>`
    select i.organization_id, i.id, i.person_id, i.email, i.expires_at, i.accepted_at, i.withdrawn_at,
           p.name, p.role, p.left_at, o.name as organization
      from invitations i
      join organizations o on o.id = i.organization_id
      join people p on p.organization_id = i.organization_id and p.id = i.person_id
     where i.organization_id = ${organization} and i.token_hash = ${tokenHash} for update of i`.execute(tx);
  return found.rows[0] ?? null;
}

export async function markAccepted(tx: Tx, organization: string, id: string, at: Instant): Promise<void> {
  await sql`update invitations set accepted_at = ${at} where organization_id = ${organization} and id = ${id}`.execute(
    tx,
  );
}

export interface OpenInvitation {
  readonly id: string;
  readonly person: string;
  readonly email: string;
  readonly invitedAt: Instant;
  readonly expiresAt: Instant;
}

export async function openInvitations(tx: Tx, organization: string, now: Instant): Promise<OpenInvitation[]> {
  const found = await sql<OpenInvitation>`
    select id, person_id as person, email, invited_at, expires_at from invitations
     where organization_id = ${organization} and accepted_at is null and withdrawn_at is null and expires_at > ${now}
     order by invited_at desc`.execute(tx);
  return found.rows;
}

export async function withdrawInvitation(
  tx: Tx,
  organization: string,
  id: string,
  at: Instant,
): Promise<boolean> {
  const done = await sql`
    update invitations set withdrawn_at = ${at}
     where organization_id = ${organization} and id = ${id} and accepted_at is null and withdrawn_at is null returning id`.execute(
    tx,
  );
  return done.rows.length > 0;
}
