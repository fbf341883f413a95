import { refuse } from '../platform/http.ts';
import { HOUR, plus, type Instant } from '../platform/time.ts';
import type { AccessParts, LinkSent } from './index.ts';
import {
  insertInvitation,
  lockInvitation,
  markAccepted,
  organizationInviting,
  type InvitationPage,
} from './invitations.store.ts';
import { insertMember, passwordHashOf, staffMember, userOf } from './memberships.store.ts';
import { hashOf, newToken } from './tokens.adapter.ts';

const INVITATION_MILLISECONDS = 7 * 24 * HOUR;

export interface Invite {
  readonly organization: string;
  readonly person: string;
  /** Null: the e-mail the staff has for them. */
  readonly email: string | null;
  /** The person who invites. */
  readonly by: string;
}

export interface Invited {
  readonly id: string;
  /** Null once the mail server has taken it: then it is in one mailbox and on no screen. */
  readonly link: string | null;
  readonly sent: LinkSent;
  readonly email: string;
  readonly expiresAt: Instant;
}

type Parts = Pick<AccessParts, 'database' | 'clock' | 'newId' | 'publicUrl' | 'deliver' | 'log'>;

/** Makes the link by which a person of the staff gets in, and hands it over to be sent. Refuses people who left or are in. */
export async function invite(parts: Parts, { organization, person, email, by }: Invite): Promise<Invited> {
  const { database, clock, newId, publicUrl } = parts;
  const token = newToken();
  const invitedAt = clock.now();
  const expiresAt = plus(invitedAt, INVITATION_MILLISECONDS);
  const made = await database.inOrganization(organization, async (tx) => {
    const member = await staffMember(tx, organization, person);
    if (member === null || member.leftAt !== null)
      return refuse({ refused: 'no-such-person', field: 'person' });
    const to = (email ?? member.email)?.trim().toLowerCase();
    if (to === undefined) return refuse({ refused: 'email-missing', field: 'email' });
    if ((await userOf(tx, organization, person)) !== null)
      return refuse({ refused: 'has-access', field: 'person' });
    const id = newId();
    const row = { organizationId: organization, id, personId: person, email: to, expiresAt };
    await insertInvitation(tx, { ...row, tokenHash: hashOf(token), invitedBy: by, invitedAt });
    return { id, name: member.name, email: to };
  });
  const link = `${publicUrl}/invitations/${token}`;
  const sent = await parts
    .deliver({ kind: 'invitation', organization, person, to: made.email, name: made.name, link, expiresAt })
    .catch((error: unknown): LinkSent => {
      parts.log.error('invitation-not-delivered', { error, invitation: made.id });
      return 'not-mailed';
    });
  // A message that does not go out shuts nobody out.
  return { id: made.id, link: sent === 'mailed' ? null : link, sent, email: made.email, expiresAt };
}

/** What the page of a link shows. Refuses what cannot be accepted, saying which. */
export async function readInvitation(parts: Parts, token: string): Promise<InvitationPage> {
  const organization = await organizationInviting(parts.database, hashOf(token));
  if (organization === null) return refuse({ refused: 'link-not-valid' });
  return parts.database.inOrganization(organization, async (tx) =>
    usable(await lockInvitation(tx, organization, hashOf(token)), parts.clock.now()),
  );
}

/** Lets the person in with a password of theirs; of two at once one gets in. Gives the user. */
export async function acceptInvitation(
  parts: Parts,
  token: string,
  password: string,
): Promise<{ user: string; email: string }> {
  const { database, clock, newId } = parts;
  const { organizationId: organization, email } = await readInvitation(parts, token);
  const passwordHash = await passwordHashOf(password);
  const at = clock.now();
  return database.inOrganization(organization, async (tx) => {
    const page = usable(await lockInvitation(tx, organization, hashOf(token)), at);
    const member = {
      organization,
      person: page.personId,
      name: page.name,
      email,
      passwordHash,
      extraRoles: [],
      at,
    };
    const made = await insertMember(tx, newId, member);
    if ('refused' in made) return refuse(made);
    await markAccepted(tx, organization, page.id, at);
    return { user: made.user, email };
  });
}

function usable(page: InvitationPage | null, now: Instant): InvitationPage {
  if (page === null || page.withdrawnAt !== null || page.leftAt !== null)
    return refuse({ refused: 'link-not-valid' });
  if (page.acceptedAt !== null) return refuse({ refused: 'link-used' });
  if (page.expiresAt <= now) return refuse({ refused: 'link-expired' });
  return page;
}
