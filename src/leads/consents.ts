import {
  consentInForce,
  consentsOfPerson,
  type ConsentRecord,
  type ContactOptedIn,
  type ContactOptedOut,
} from '../contacts/index.ts';
import { localDate } from '../calendar/index.ts';
import { asJson, type Deciding, type Refusal } from '../decisions/index.ts';
import { holdsOf, lawsOn, liftFromPerson, optedOutSince, optOutHolds, placeOnPerson } from '../gate/index.ts';
import { houseRule } from '../procedures/index.ts';
import { personOf } from './people-facts.ts';

/** Law before house rule: who says no has the right to it. */
function because({ organization: { country, zone }, now }: Deciding): string[] {
  return [...lawsOn('opt-out', country, localDate(now, zone)), houseRule('consent')];
}

/** "No" by any way it is said: kept as said, and held at the gate from this instant on. */
export function optOut(fact: ContactOptedOut, deciding: Deciding): Refusal | void {
  const person = personOf(deciding.world, fact);
  if ('refused' in person) return person;
  // Nobody contacts who was erased, and nothing more is kept about them.
  if (person.erasedAt !== null) return { refused: 'contact-erased', because: [houseRule('erasure')] };
  const { scope, origin, text, by, lead } = fact;
  const said: ConsentRecord = { kind: 'withdrawn', scope, at: deciding.now, text, origin };
  const latest = consentInForce(consentsOfPerson(deciding.world, person.id), scope);
  const news = latest?.kind !== 'withdrawn';
  deciding.record({
    entry: 'contact.opted-out',
    kind: 'fact',
    because: [],
    lead,
    contact: person.id,
    ...(by === null ? {} : { person: by }),
    fields: { contact: person.id, lead, by, scope, origin },
    // Said twice it is written down twice, and kept with the person once.
    personal: { text, consent: news ? asJson(said) : null },
  });
  const reason = `opted-out:${origin}`;
  placeOnPerson(deciding, optOutHolds(scope), {
    contact: person.id,
    lead,
    reason,
    because: because(deciding),
  });
  return undefined;
}

/** "Yes" again: only with its proof, and only said after the "no" that it lifts. */
export function optIn(fact: ContactOptedIn, deciding: Deciding): Refusal | void {
  const person = personOf(deciding.world, fact);
  if ('refused' in person) return person;
  const { scope, origin, text, by, lead } = fact;
  const at = fact.givenAt ?? deciding.now;
  if (person.erasedAt !== null) return { refused: 'contact-erased', because: [houseRule('erasure')] };
  if (text.trim() === '') return { refused: 'proof-missing', because: because(deciding) };
  if (at > deciding.now) return { refused: 'consent-in-future', because: because(deciding) };
  const said: ConsentRecord = { kind: 'given', scope, at, text, origin };
  const since = optedOutSince(holdsOf(deciding.world, person.id), scope);
  if (since !== null && at <= since) return { refused: 'consent-not-later', because: because(deciding) };
  deciding.record({
    entry: 'contact.opted-in',
    kind: 'fact',
    because: [],
    lead,
    contact: person.id,
    ...(by === null ? {} : { person: by }),
    fields: { contact: person.id, lead, by, scope, origin, givenAt: at },
    personal: { text, consent: asJson(said) },
  });
  const reason = `opted-in:${origin}`;
  liftFromPerson(deciding, scope, { contact: person.id, lead, reason, because: because(deciding) });
  return undefined;
}

/**
 * The person writes again and accepts to be contacted in so many words: a later yes. Only what they send themselves says
 * so, not a list; without the words the lead comes in and nobody may contact them.
 */
export function heedConsent(
  deciding: Deciding,
  contact: string,
  lead: string,
  consent: ConsentRecord | null,
): void {
  if (consent === null || consent.kind !== 'given' || consent.text.trim() === '') return;
  const since = optedOutSince(holdsOf(deciding.world, contact), consent.scope);
  if (since === null || consent.at <= since || consent.at > deciding.now) return;
  const reason = `consent-with-lead:${lead}`;
  liftFromPerson(deciding, consent.scope, { contact, lead, reason, because: because(deciding) });
}
