import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';

import { refuse } from '../platform/http.ts';
import { ADDRESS_HEADER, AUTH_PATH, type Auth } from './auth.ts';

/** What better-auth answered, its cookies apart. */
export interface AuthAnswer {
  readonly body: Readonly<Record<string, unknown>>;
  readonly cookies: readonly string[];
}

const Answer = z.record(z.string(), z.unknown());
const Fault = z.object({ code: z.string().default('') });

/** Its codes as ours. One that is not here is a fault of ours, and is logged as one. */
const CODES: Readonly<Record<string, string>> = {
  INVALID_EMAIL_OR_PASSWORD: 'wrong-credentials',
  INVALID_EMAIL: 'wrong-credentials',
  PASSWORD_TOO_LONG: 'wrong-credentials',
  CREDENTIAL_ACCOUNT_NOT_FOUND: 'wrong-password',
  INVALID_PASSWORD: 'wrong-password',
  INVALID_CODE: 'wrong-code',
  INVALID_BACKUP_CODE: 'wrong-code',
  BACKUP_CODES_NOT_ENABLED: 'wrong-code',
  INVALID_TWO_FACTOR_COOKIE: 'code-late',
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: 'code-late',
  ACCOUNT_TEMPORARILY_LOCKED: 'too-many-tries',
  INVALID_TOKEN: 'link-not-valid',
  TOTP_ALREADY_ENABLED: 'second-factor-on',
  TOTP_NOT_ENABLED: 'second-factor-off',
  TWO_FACTOR_NOT_ENABLED: 'second-factor-off',
  UNAUTHORIZED: 'signed-out',
};

/** Its own lock of the second factor, ten wrong codes long, lasts this many seconds. */
const SECOND_FACTOR_LOCK_SECONDS = 900;

/** Asks better-auth as the browser would; refuses in our words where it says no. */
export async function askAuth(
  auth: Auth,
  request: FastifyRequest,
  path: string,
  body: object | null,
): Promise<AuthAnswer> {
  const { cookie, 'user-agent': userAgent } = request.headers;
  const headers = new Headers({ [ADDRESS_HEADER]: request.ip, accept: 'application/json' });
  if (cookie !== undefined) headers.set('cookie', cookie);
  if (userAgent !== undefined) headers.set('user-agent', userAgent);
  if (body !== null) headers.set('content-type', 'application/json');
  const url = new URL(`${AUTH_PATH}${path}`, auth.options.baseURL);
  const answer = await auth.handler(
    new Request(url, body === null ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) }),
  );
  const parsed: unknown = await answer.json().catch(() => ({}));
  if (answer.ok) return { body: Answer.safeParse(parsed).data ?? {}, cookies: answer.headers.getSetCookie() };
  const code = Fault.safeParse(parsed).data?.code ?? '';
  const refused = CODES[code] ?? (answer.status === 401 ? 'signed-out' : undefined);
  if (refused === undefined) throw new Error(`better-auth answered ${answer.status} ${code} to ${path}`);
  return refuse({ refused, ...(refused === 'too-many-tries' ? waiting(SECOND_FACTOR_LOCK_SECONDS) : {}) });
}

export function waiting(seconds: number): { retryAfterSeconds: number; detail: { seconds: number } } {
  return { retryAfterSeconds: seconds, detail: { seconds } };
}

/** Hands the cookies on. The token stays in its cookie, out of reach of scripts. */
export function passOn(reply: FastifyReply, { body, cookies }: AuthAnswer): Record<string, unknown> {
  if (cookies.length > 0) void reply.header('set-cookie', [...cookies]);
  void reply.header('cache-control', 'no-store');
  const { token: _, ...rest } = body;
  return rest;
}
