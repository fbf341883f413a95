import { z } from 'zod';

import { refuse } from '../platform/http.ts';
import { COMMON_PASSWORDS } from './common-passwords.ts';

/** Long rather than odd (NIST SP 800-63B, 3.1.1.2): no rules on which characters. */
export const PASSWORD_CHARACTERS_MIN = 12;
export const PASSWORD_CHARACTERS_MAX = 128;

export const NewPassword = z.string().min(PASSWORD_CHARACTERS_MIN).max(PASSWORD_CHARACTERS_MAX);

const DISTINCT_CHARACTERS_MIN = 5;

/** Among the first that anybody would try: the commonest of that length, one thing repeated, or the e-mail itself. */
export function isCommonPassword(password: string, email: string | null): boolean {
  const folded = password.normalize('NFKC').toLowerCase();
  if (COMMON_PASSWORDS.has(folded) || new Set(folded).size < DISTINCT_CHARACTERS_MIN) return true;
  if (/^(.{1,6}?)\1+.{0,2}$/.test(folded)) return true;
  return email !== null && (folded === email || folded === email.split('@')[0]);
}

export function refuseCommonPassword(password: string, email: string | null, field: string): void {
  if (isCommonPassword(password, email)) refuse({ refused: 'password-common', field });
}
