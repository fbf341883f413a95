import { createHmac } from 'node:crypto';

import type { Fingerprint } from '../decisions/index.ts';
import { keyFor } from '../platform/secret.ts';

/**
 * What an erased person leaves: a keyed hash of each phone and e-mail, so that a list bought or found later does not
 * bring them back. `secret` is the installation's; a change of it forgets whom not to contact.
 */
export function fingerprintWith(secret: string): Fingerprint {
  const purpose = keyFor(secret, 'erasure');
  return (organization, key) => createHmac('sha256', purpose).update(`${organization}\n${key}`).digest('hex');
}
