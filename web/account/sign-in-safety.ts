/** What the account page asks of better-auth. */
import { z } from 'zod';
import { ask } from '../api.ts';

const enableSchema = z.object({ totpURI: z.string(), backupCodes: z.array(z.string()) });
export type SecondFactorSetUp = z.infer<typeof enableSchema>;

export async function beginSecondFactor(password: string): Promise<SecondFactorSetUp> {
  return ask('/api/auth/two-factor/enable', enableSchema, { method: 'POST', body: { password } });
}

/** The first right code proves that the app has the secret: only then is the second factor on. */
export async function proveSecondFactor(code: string): Promise<void> {
  await ask('/api/auth/two-factor/verify-totp', z.unknown(), {
    method: 'POST',
    body: { code: code.replaceAll(/\s/g, '') },
  });
}

export async function endSecondFactor(password: string): Promise<void> {
  await ask('/api/auth/two-factor/disable', z.unknown(), { method: 'POST', body: { password } });
}

export async function changePassword(currentPassword: string, newPassword: string): Promise<void> {
  await ask('/api/auth/change-password', z.unknown(), {
    method: 'POST',
    body: { currentPassword, newPassword, revokeOtherSessions: true },
  });
}

const signInSchema = z.object({
  id: z.string(),
  token: z.string(),
  createdAt: z.string(),
  updatedAt: z.string(),
  ipAddress: z.string().nullish(),
  userAgent: z.string().nullish(),
});
export type SignedIn = z.infer<typeof signInSchema>;
const currentSchema = z.object({ session: z.object({ id: z.string() }) });

/** Every place this person is signed in, this one first. */
export async function listSignIns(): Promise<(SignedIn & { here: boolean })[]> {
  const [all, current] = await Promise.all([
    ask('/api/auth/list-sessions', z.array(signInSchema)),
    ask('/api/auth/get-session', currentSchema),
  ]);
  return all
    .map((one) => ({ ...one, here: one.id === current.session.id }))
    .toSorted(
      (one, other) => Number(other.here) - Number(one.here) || (one.updatedAt < other.updatedAt ? 1 : -1),
    );
}

export async function endSignIn(token: string): Promise<void> {
  await ask('/api/auth/revoke-session', z.unknown(), { method: 'POST', body: { token } });
}

/** The secret inside an otpauth address, for typing by hand, in groups of four. */
export function secretOf(otpauth: string): string {
  const secret = new URL(otpauth).searchParams.get('secret') ?? '';
  return secret.replaceAll(/(.{4})(?=.)/g, '$1 ');
}

/** "Chrome · Android": enough to know one's own devices by. */
export function deviceOf(userAgent: string): string {
  const browser = [
    ['Edg/', 'Edge'],
    ['OPR/', 'Opera'],
    ['SamsungBrowser', 'Samsung Internet'],
    ['Firefox', 'Firefox'],
    ['Chrome', 'Chrome'],
    ['Safari', 'Safari'],
  ].find(([sign]) => sign !== undefined && userAgent.includes(sign))?.[1];
  const system = [
    ['Android', 'Android'],
    ['iPhone', 'iPhone'],
    ['iPad', 'iPad'],
    ['Windows', 'Windows'],
    ['Mac OS', 'Mac'],
    ['Linux', 'Linux'],
  ].find(([sign]) => sign !== undefined && userAgent.includes(sign))?.[1];
  return [browser, system].filter((part) => part !== undefined).join(' · ');
}
