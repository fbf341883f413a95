import { createHmac } from 'node:crypto';

import { keyFor } from '../platform/secret.ts';

/** Gives the keyed hash under which a key of an erased person is remembered; no one without the secret can test a number. */
export type Fingerprint = (organization: string, key: string) => string;

/**
 * What an erased person leaves: a keyed hash of each phone and e-mail, so that a list bought or found later does not
 * bring them back. `secret` is the installation's; a change of it forgets whom not to contact.
 */
export function fingerprintWith(secret: string): Fingerprint {
  const purpose = keyFor(secret, 'erasure');
  return (organization, key) => createHmac('sha256', purpose).update(`${organization}\n${key}`).digest('hex');
}
