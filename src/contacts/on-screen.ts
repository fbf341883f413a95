import type { Contact } from './contact.ts';
import { plainFacts, type Held } from './held.ts';
import { maskPhone } from './phone-screen.ts';
import type { LeadOfPerson } from './people.store.ts';
import { compare, type Evidence } from './same-person.ts';

/** A value as a screen shows it: as it came, from where, and how it is compared. */
export interface ShownValue {
  readonly value: string;
  readonly raw: string;
  readonly origin: string;
  /** It came with this contact when the two were merged. */
  readonly via: string | null;
}

export interface ShownPerson {
  readonly contact: string;
  readonly createdAt: string;
  readonly names: readonly ShownValue[];
  readonly phones: readonly ShownValue[];
  readonly emails: readonly ShownValue[];
  readonly documents: readonly ShownValue[];
  readonly firstContact: { readonly by: string; readonly at: string } | null;
  readonly erasedAt: string | null;
  readonly leads: readonly LeadOfPerson[];
}

/** `masked`: for seats that see people without their personal data (reach 'all-without-personal-data'). */
export function shownPerson(
  person: Contact,
  contacts: readonly Contact[],
  leads: readonly LeadOfPerson[],
  masked: boolean,
): ShownPerson {
  const show = (held: readonly Held[], mask: (text: string) => string): ShownValue[] =>
    held.map(({ value, raw, origin, via = null }) =>
      masked ? { value: mask(value), raw: mask(raw), origin, via } : { value, raw, origin, via },
    );
  const [first] = contacts
    .flatMap(({ firstContactBy: by, firstContactAt: at }) => (by === null || at === null ? [] : [{ by, at }]))
    .toSorted((a, b) => (a.at < b.at ? -1 : 1));
  return {
    contact: person.id,
    createdAt: person.createdAt,
    names: show(person.names, maskName),
    phones: show(person.phones, maskPhone),
    emails: show(person.emails, maskEmail),
    documents: show(person.documents, () => '••••'),
    firstContact: first ?? null,
    erasedAt: person.erasedAt,
    leads,
  };
}

function maskName(name: string): string {
  return name.replace(/(\p{L})\p{L}+/gu, '$1•');
}

function maskEmail(email: string): string {
  return email.replace(/^[^@]*/u, '••••');
}

/** Why the two may be one, with the values to highlight on both sides: as they stand now, not as when it was raised. */
export function sideBySide(one: Contact, other: Contact): { score: number; evidence: readonly Evidence[] } {
  const { score, evidence } = compare(plainFacts(one), plainFacts(other));
  return { score, evidence };
}
