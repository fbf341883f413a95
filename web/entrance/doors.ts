/** What the entrance asks of the server: better-auth's routes, and our own for the first run and invitations. */
import { z } from 'zod';
import { ask } from '../api.ts';

/** As the server checks it: long rather than odd. */
export const PASSWORD_LETTERS_MIN = 12;
export const PASSWORD_LETTERS_MAX = 128;

const signInSchema = z.looseObject({ twoFactorRedirect: z.boolean().optional() });

/** Gives whether a second factor is asked for next. */
export async function signIn(email: string, password: string): Promise<{ secondFactor: boolean }> {
  const answer = await ask('/api/auth/sign-in/email', signInSchema, {
    method: 'POST',
    body: { email, password },
  });
  return { secondFactor: answer.twoFactorRedirect === true };
}

/** `code`: six digits of the app, or one of the spare codes. */
export async function giveSecondFactor(code: string, trustDevice: boolean): Promise<void> {
  const digits = code.replaceAll(/\s/g, '');
  const path = /^\d{6}$/.test(digits) ? 'verify-totp' : 'verify-backup-code';
  await ask(`/api/auth/two-factor/${path}`, z.unknown(), {
    method: 'POST',
    body: { code: digits, trustDevice },
  });
}

export async function askForReset(email: string): Promise<void> {
  await ask('/api/auth/request-password-reset', z.unknown(), {
    method: 'POST',
    body: { email, redirectTo: '/reset-password' },
  });
}

export async function resetPassword(token: string, newPassword: string): Promise<void> {
  await ask('/api/auth/reset-password', z.unknown(), { method: 'POST', body: { token, newPassword } });
}

const invitationSchema = z.object({
  name: z.string(),
  email: z.string(),
  role: z.string(),
  organization: z.string(),
});
export type Invitation = z.infer<typeof invitationSchema>;

export async function readInvitation(token: string): Promise<Invitation> {
  return ask(`/api/invitations/${encodeURIComponent(token)}`, invitationSchema);
}

export async function acceptInvitation(
  token: string,
  body: { name: string; password: string },
): Promise<void> {
  await ask(`/api/invitations/${encodeURIComponent(token)}`, z.unknown(), { method: 'POST', body });
}

const linkSchema = z.object({
  name: z.string(),
  organization: z.string(),
  email: z.string().nullable(),
  needs: z.enum(['nothing', 'password', 'email-and-password']),
});
export type EntryLink = z.infer<typeof linkSchema>;

/** Looks at a one-time link without spending it. */
export async function readLink(token: string): Promise<EntryLink> {
  return ask(`/api/sign-in-links/${encodeURIComponent(token)}`, linkSchema);
}

/** Spends it: whoever pressed the button is in. */
export async function enterByLink(token: string, body: { email?: string; password?: string }): Promise<void> {
  await ask(`/api/sign-in-links/${encodeURIComponent(token)}`, z.unknown(), { method: 'POST', body });
}

export interface FirstRun {
  organization: { name: string; country: 'MX' | 'CO'; zone: string };
  administrator: { name: string; email: string; password: string };
}

export async function setUp(body: FirstRun): Promise<void> {
  await ask('/api/setup', z.unknown(), { method: 'POST', body });
}

/** Only addresses of our own: a link must not lead a signed-in person to another site. */
export function safeNext(next: string | undefined): string {
  return next !== undefined && /^\/(?![/\\])/.test(next) ? next : '/';
}
