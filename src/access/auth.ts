import { betterAuth } from 'better-auth';
import { twoFactor } from 'better-auth/plugins/two-factor';
import type { KyselyPlugin, UnknownRow } from 'kysely';

import type { Database } from '../platform/database.ts';
import { newId } from '../platform/ids.ts';
import type { Log } from '../platform/log.ts';
import { keyFor } from '../platform/secret.ts';
import { SECOND } from '../platform/time.ts';
import { PASSWORD_CHARACTERS_MAX, PASSWORD_CHARACTERS_MIN } from './passwords.ts';

/** The address that better-auth is told a request comes from; a browser cannot set it, as our door copies no such header. */
export const ADDRESS_HEADER = 'x-pauta-address';
export const COOKIE_PREFIX = 'pauta';
export const AUTH_PATH = '/api/auth';

const RESET_LINK_SECONDS = 3_600;

/** Two lengths of a session, in milliseconds: since it was last used, and since it was begun. */
export interface SessionLengths {
  readonly idle: number;
  readonly longest: number;
}

export interface AuthParts {
  readonly database: Database;
  readonly publicUrl: string;
  /** The installation's secret; ours is derived from it. */
  readonly secret: string;
  readonly sessions: SessionLengths;
  readonly log: Log;
  sendReset(to: {
    email: string;
    name: string;
    userId: string;
    token: string;
    seconds: number;
  }): Promise<void>;
  /** Called after a password was set by a link: every session of the user has ended. */
  passwordWasReset(userId: string): Promise<void>;
}

export type Auth = ReturnType<typeof createAuth>;

export function authSecret(secret: string): string {
  return keyFor(secret, 'sign-in').toString('base64url');
}

/**
 * better-auth, narrowed to passwords and codes. Its checks of origins and its limits are off because the door has stricter
 * ones of its own (http-guards.ts, lock-out.ts); its cookie cache is off because a leaver must be out at the next request.
 * It reads the system clock and offers no other: only the lock-out's time can be given.
 */
export function createAuth(parts: AuthParts) {
  const { database, publicUrl, sessions, log } = parts;
  return betterAuth({
    appName: 'Pauta',
    baseURL: publicUrl,
    basePath: AUTH_PATH,
    secret: authSecret(parts.secret),
    database: { db: database.kysely.withPlugin(datesForAuth), type: 'postgres', transaction: true },
    telemetry: { enabled: false },
    logger: { log: (level, message) => (level === 'error' ? log.warn('auth-said', { message }) : undefined) },
    rateLimit: { enabled: false },
    user: { modelName: 'users' },
    session: {
      modelName: 'sessions',
      expiresIn: sessions.idle / SECOND,
      // who_by_session alone moves the end of a session, and knows the longest.
      disableSessionRefresh: true,
      cookieCache: { enabled: false },
    },
    account: { modelName: 'accounts' },
    verification: { modelName: 'verifications', storeIdentifier: 'hashed' },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_CHARACTERS_MIN,
      maxPasswordLength: PASSWORD_CHARACTERS_MAX,
      resetPasswordTokenExpiresIn: RESET_LINK_SECONDS,
      revokeSessionsOnPasswordReset: true,
      sendResetPassword: async ({ user, token }) => {
        // Not awaited: how long a message takes would tell who exists.
        void parts
          .sendReset({
            email: user.email,
            name: user.name,
            userId: user.id,
            token,
            seconds: RESET_LINK_SECONDS,
          })
          .catch((error: unknown) => log.error('reset-not-delivered', { error }));
      },
      onPasswordReset: async ({ user }) => parts.passwordWasReset(user.id),
    },
    advanced: {
      cookiePrefix: COOKIE_PREFIX,
      useSecureCookies: publicUrl.startsWith('https:'),
      disableCSRFCheck: true,
      disableOriginCheck: true,
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
      database: { generateId: () => newId() },
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/' },
    },
    plugins: [
      twoFactor({
        issuer: 'Pauta',
        schema: { twoFactor: { modelName: 'two_factors' } },
        backupCodeOptions: { amount: 10, length: 10, storeBackupCodes: 'encrypted' },
      }),
    ],
  });
}

/** Our pool reads instants as text; better-auth compares them as dates. */
const datesForAuth: KyselyPlugin = {
  transformQuery: ({ node }) => node,
  transformResult: async ({ result }) => ({ ...result, rows: result.rows.map(withDates) }),
};

const DATES = new Set([
  'createdAt',
  'updatedAt',
  'expiresAt',
  'lockedUntil',
  'accessTokenExpiresAt',
  'refreshTokenExpiresAt',
]);

function withDates(row: UnknownRow): UnknownRow {
  return Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      DATES.has(name) && typeof value === 'string' ? new Date(value) : value,
    ]),
  );
}
