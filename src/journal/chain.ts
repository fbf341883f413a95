import { hash } from 'node:crypto';

import type { JournalEntry, Json } from './entry.ts';

/**
 * The chain of one organization: seal n = sha256(seal n-1, n, content of the entry it seals). Whoever changes, removes
 * or reorders an entry must make every later seal anew, and the published heads show that it was done. It begins with
 * the organization, so that no chain passes for another's.
 */
export function genesis(organization: string): string {
  return sha256(`pauta\n${organization}`);
}

/** The same text for the same value, whatever the order in which keys were written or stored. */
export function canonical(value: Json): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (isList(value)) return `[${value.map(canonical).join(',')}]`;
  const members = Object.keys(value)
    .toSorted()
    .map((key) => `${JSON.stringify(key)}:${canonical(value[key] ?? null)}`);
  return `{${members.join(',')}}`;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function sha256(text: string): string {
  return hash('sha256', text);
}

/** What stands in the hashed body for personal data kept beside it. The salt goes with the data, so nothing can be guessed. */
export function commitment(salt: string, personal: { readonly [key: string]: Json }): string {
  return sha256(`${salt}\n${canonical(personal)}`);
}

/** The hash of all that an entry says, its commitment included and its personal data not. */
export function contentHash(entry: Omit<JournalEntry, 'personal'>): string {
  return sha256(
    canonical({
      id: entry.id,
      at: entry.at,
      entry: entry.entry,
      kind: entry.kind,
      actor: entry.actor,
      because: [...entry.because],
      lead: entry.lead ?? null,
      contact: entry.contact ?? null,
      person: entry.person ?? null,
      causedBy: entry.causedBy,
      fields: entry.fields,
      commitment: entry.commitment,
    }),
  );
}

export function sealHash(previous: string, number: number, content: string): string {
  return sha256(`${previous}\n${number}\n${content}`);
}
