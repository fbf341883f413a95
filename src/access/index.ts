import type { FastifyRequest } from 'fastify';

import type { Database, Tx } from '../platform/database.ts';
import type { HttpApp } from '../platform/http.ts';
import type { NewId } from '../platform/ids.ts';
import type { Live } from '../platform/live.ts';
import type { Log } from '../platform/log.ts';
import { HOUR, plus, SECOND, type Clock, type Instant } from '../platform/time.ts';
import type { Role } from '../staff/index.ts';
import { accountRoutes } from './account.routes.ts';
import { createDoorkeeper, type Doorkeeper } from './admit.ts';
import { createAuth, type Auth, type SessionLengths } from './auth.ts';
import { invite, type Invite, type Invited } from './invitations.ts';
import { createKey, type CreatedKey, type NewKey } from './keys.ts';
import { createLockOut, type LockOut } from './lock-out.store.ts';
import { endMembership, insertMember, membershipOf, passwordHashOf, userOf } from './memberships.store.ts';
import { invitationRoutes, keyRoutes } from './people.routes.ts';
import { sessionRoutes } from './session.routes.ts';
import { deleteSpent, forgetDevices } from './sessions.store.ts';
import { setupRoutes, type OpenOrganization } from './setup.routes.ts';
import { makeSignInLink, signInLinkRoutes } from './sign-in-links.ts';
import { deleteOldLinks } from './sign-in-links.store.ts';
import { signInRoutes } from './sign-in.routes.ts';
import type { SignedIn } from './who.ts';

export { accessErrors } from './errors.ts';
export type { Invite, Invited } from './invitations.ts';
export type { CreatedKey, NewKey } from './keys.ts';
export {
  keyScopes,
  may,
  permissionNames,
  permissions,
  permissionsOf,
  scopeOf,
  type KeyScope,
  type Permission,
  type Scope,
} from './permissions.ts';
export { reachedPeople, reaches, seesEvents, type Placed, type ReachedPeople } from './reach.ts';
export { accessOfStaff, type StaffAccess } from './memberships.store.ts';
export type { OpenOrganization } from './setup.routes.ts';
export { actorOf, mayDo, scopeFor, type KeyCaller, type SignedIn, type Who } from './who.ts';

export const SESSION_LENGTHS: SessionLengths = { idle: 8 * HOUR, longest: 12 * HOUR };

/** What became of a link that was to be mailed. */
export type LinkSent = 'mailed' | 'not-mailed' | 'mail-not-set-up';

/** A link for somebody, to be sent by whoever sends messages. */
export interface AccessMessage {
  readonly kind: 'invitation' | 'password-reset';
  readonly organization: string;
  readonly person: string;
  readonly to: string;
  readonly name: string;
  readonly link: string;
  readonly expiresAt: Instant;
}

export interface AccessParts {
  readonly database: Database;
  readonly live: Live;
  /** The real one: sessions are better-auth's, and it knows no other. Tests give one for the lock-out and the links. */
  readonly clock: Clock;
  readonly newId: NewId;
  readonly log: Log;
  /** Scheme, host and port, without a slash at the end. */
  readonly publicUrl: string;
  /** The installation's secret (platform/secret.ts). */
  readonly secret: string;
  readonly sessions?: SessionLengths;
  /** Milliseconds that only go forward; `performance.now()` unless given. */
  readonly monotonic?: () => number;
  /** Says whether it went by mail; when not, whoever asked for the link is shown it. */
  readonly deliver: (message: AccessMessage) => Promise<LinkSent>;
  /**
   * Opens the first organization: its facts, the procedures of its country adopted as written, its administrator
   * registered. Called again after a crash, gives the organization and administrator that are there.
   */
  readonly openOrganization: (opening: OpenOrganization) => Promise<{ organization: string; person: string }>;
}

/** What the routes of this folder share. */
export interface AccessInside extends AccessParts {
  readonly auth: Auth;
  readonly doorkeeper: Doorkeeper;
  readonly lockOut: LockOut;
  readonly signedIn: (request: FastifyRequest) => SignedIn;
}

export interface NewUser {
  readonly organization: string;
  readonly person: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly extraRoles?: readonly Role[];
}

export interface Access {
  /** For `createHttp`. */
  readonly admit: Doorkeeper['admit'];
  /** Who is asking, on any route, also a public one. */
  readonly who: Doorkeeper['who'];
  /** On a route that keys cannot call: who is signed in. Throws where the route's `may` did not ask for it. */
  readonly signedIn: (request: FastifyRequest) => SignedIn;
  /** On a route that keys may call too. */
  readonly caller: Doorkeeper['caller'];
  /** Adds /api/auth/*, /api/session, /api/live, /api/setup, /api/invitations, /api/keys, /api/account. */
  routes(app: HttpApp): void;
  /** Lets a person in with a password, without an invitation: the sample organization, the command line. */
  addUser(user: NewUser): Promise<{ user: string } | { refused: string }>;
  invite(invitation: Invite): Promise<Invited>;
  createKey(key: NewKey): Promise<CreatedKey>;
  /** A one-time link, made in the transaction given, which must see the organization (sign-in-links.ts). */
  signInLink(tx: Tx, organization: string, person: string, now: Instant): Promise<string>;
  /** Null: the person has no access. */
  userOf(organization: string, person: string): Promise<string | null>;
  /**
   * Ends a leaver's access for good: no session, no link, no stream, on any process. To be called when person.changed with
   * left: true was decided; until it is, the sessions of a person who left are refused all the same.
   */
  endAccess(organization: string, person: string): Promise<void>;
  /** Deletes what nobody can use any more; once a day is enough. */
  tidy(): Promise<void>;
}

export function createAccess(parts: AccessParts): Access {
  const { database, clock, live, newId } = parts;
  const sessions = parts.sessions ?? SESSION_LENGTHS;
  const auth = createAuth({
    database,
    publicUrl: parts.publicUrl,
    secret: parts.secret,
    sessions,
    log: parts.log,
    sendReset: async ({ email, name, userId, token, seconds }) => {
      const membership = await database.acrossOrganizations((tx) => membershipOf(tx, userId));
      // Who left is a stranger.
      if (membership === null) return;
      const link = `${parts.publicUrl}/reset-password?token=${encodeURIComponent(token)}`;
      const expiresAt = plus(clock.now(), seconds * SECOND);
      await parts.deliver({ kind: 'password-reset', ...membership, to: email, name, link, expiresAt });
    },
    passwordWasReset: async (user) => {
      await forgetDevices(database, user);
      live.end([user]);
    },
  });
  const doorkeeper = createDoorkeeper({
    database,
    secret: parts.secret,
    sessions,
    publicUrl: parts.publicUrl,
    monotonic: parts.monotonic ?? (() => performance.now()),
  });
  const signedIn = (request: FastifyRequest): SignedIn => {
    const who = doorkeeper.caller(request);
    if (who.kind !== 'user')
      throw new Error(`${request.routeOptions.url ?? ''} wants a person, but lets keys call`);
    return who;
  };
  const lockOut = createLockOut(database, clock);
  const inside: AccessInside = { ...parts, auth, doorkeeper, lockOut, signedIn };

  return {
    admit: doorkeeper.admit,
    who: doorkeeper.who,
    signedIn,
    caller: doorkeeper.caller,
    routes: (app) => {
      signInRoutes(app, inside);
      accountRoutes(app, inside);
      sessionRoutes(app, inside);
      setupRoutes(app, inside);
      invitationRoutes(app, inside);
      signInLinkRoutes(app, inside);
      keyRoutes(app, inside);
    },
    addUser: async ({ password, extraRoles = [], ...user }) => {
      const passwordHash = await passwordHashOf(password);
      const member = { ...user, passwordHash, extraRoles, at: clock.now() };
      return database.inOrganization(user.organization, (tx) => insertMember(tx, newId, member));
    },
    invite: (invitation) => invite(inside, invitation),
    createKey: (key) => createKey(inside, key),
    signInLink: (tx, organization, person, now) => makeSignInLink(inside, tx, organization, person, now),
    userOf: (organization, person) =>
      database.inOrganization(organization, (tx) => userOf(tx, organization, person)),
    endAccess: async (organization, person) => {
      const at = clock.now();
      const user = await database.inOrganization(organization, (tx) =>
        endMembership(tx, organization, person, at),
      );
      if (user !== null) live.end([user]);
    },
    tidy: async () => {
      await deleteSpent(database, sessions);
      await database.acrossOrganizations((tx) => deleteOldLinks(tx, clock.now()));
      await lockOut.forgetOld();
    },
  };
}
