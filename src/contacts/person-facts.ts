import type { Fact } from '../decisions/index.ts';
import type { Instant } from '../platform/time.ts';
import { readOptOut, type ConsentScope } from './consent.ts';

/** Whom a fact is about: a contact, or the person of a lead. One of the two is given. */
export interface OfPerson extends Fact {
  readonly contact: string | null;
  readonly lead: string | null;
}

/** Somebody has looked at two people side by side. Without `doubt`: the one about the people of `lead` and of `of`. */
export interface DoubtSettled extends Fact {
  readonly fact: 'doubt.settled';
  readonly doubt: string | null;
  readonly lead: string | null;
  readonly of: string | null;
  readonly by: string;
  readonly outcome: 'same' | 'different';
  /** Which of the two contacts stays; the one contacted first unless given. */
  readonly keep?: string | null;
}

/** `contact` is the absorbed one; or `lead` one of its leads. */
export interface ContactUnmerged extends OfPerson {
  readonly fact: 'contact.unmerged';
  readonly by: string;
}

/** The person forbids contact, by whatever way they said it. */
export interface ContactOptedOut extends OfPerson {
  readonly fact: 'contact.opted-out';
  /** Who noted it; null: the person's own message. */
  readonly by: string | null;
  readonly scope: ConsentScope;
  /** Where it was said: 'whatsapp', 'email', 'call', 'web-form'. */
  readonly origin: string;
  /** The words, as said. */
  readonly text: string;
}

/** The person says yes again; `text` is what they saw and accepted, or wrote: the proof. */
export interface ContactOptedIn extends OfPerson {
  readonly fact: 'contact.opted-in';
  readonly by: string | null;
  readonly scope: ConsentScope;
  readonly origin: string;
  readonly text: string;
  /** When they said it; now unless given. */
  readonly givenAt?: Instant | null;
}

/** Everything kept about a person was handed out. */
export interface ContactExported extends OfPerson {
  readonly fact: 'contact.exported';
  readonly by: string;
  readonly format: 'json' | 'html';
}

/** Tokens, because free text would tell of the person after they are gone. */
export const erasureReasons = [
  'requested',
  'consent-withdrawn',
  'retention',
  'registered-by-mistake',
] as const;

export interface ContactErased extends OfPerson {
  readonly fact: 'contact.erased';
  readonly by: string;
  readonly reason: (typeof erasureReasons)[number];
  /** When the person asked: their terms run from then. */
  readonly requestedAt: Instant;
}

/** What an inbound message forbids, ready for `contact.opted-out`; null when it forbids nothing. */
export function optOutFrom(
  text: string,
): (Pick<ContactOptedOut, 'scope' | 'text'> & { readonly asksErasure: boolean }) | null {
  const read = readOptOut(text);
  return read === null ? null : { scope: read.scope, text, asksErasure: read.erasure === true };
}
