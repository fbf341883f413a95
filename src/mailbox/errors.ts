import type { ErrorEntry } from '../platform/errors.ts';

/** What a refusal about the mailbox says, and what to do. */
export const mailboxErrors: readonly ErrorEntry[] = [
  {
    code: 'no-such-draft',
    status: 404,
    es: 'Esa solicitud no está en el buzón.',
    en: 'There is no such request in the mailbox.',
  },
  {
    code: 'draft-settled',
    status: 409,
    es: 'Esa solicitud ya se envió o ya se rechazó.',
    en: 'That request has been sent on or refused already.',
  },
];
