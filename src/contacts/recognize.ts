import type { Deciding } from '../decisions/index.ts';
import { asJson } from '../decisions/index.ts';
import { houseRule } from '../procedures/index.ts';
import { contactKeys } from './contact-keys.ts';
import { asCandidate, contact, contactsSlice, plainFacts, type Contact } from './contact.ts';
import type { ConsentRecord } from './consent.ts';
import { findSame } from './find-same.ts';
import type { HeldFacts } from './merge.ts';

export interface Recognized {
  readonly contact: string;
  /** True when the person was already known for certain. */
  readonly known: boolean;
}

/**
 * Who is this? Certain: the known contact gains what is new. Otherwise a new contact, with a doubt raised beside every
 * known one that may be the same person, for somebody to look at. `contact-center-policy` L9 rests on this.
 */
export function recognize(
  deciding: Deciding,
  lead: string,
  facts: HeldFacts,
  consent: ConsentRecord | null,
): Recognized {
  const { world } = deciding;
  const keys = contactKeys(facts);
  const found = candidates(deciding, keys);
  const shared = sharedBy(found);
  const same = findSame(found.map(asCandidate), plainFacts(facts), { sharedBy: shared });
  const because = [deciding.rules.cite('contact-center-policy', 'L9') ?? houseRule('identity')];
  const personal = { facts: asJson(facts), consent: asJson(consent) };
  if (same.certain !== null) {
    const { candidate, comparison } = same.certain;
    deciding.record({
      entry: 'contact.recognized',
      kind: 'decision',
      because,
      lead,
      contact: candidate.id,
      fields: {
        lead,
        contact: candidate.id,
        score: comparison.score,
        evidence: comparison.evidence.map(({ kind, points }) => ({ kind, points })),
      },
      personal,
    });
    return { contact: candidate.id, known: true };
  }
  const id = deciding.newId();
  deciding.record({
    entry: 'contact.registered',
    kind: 'decision',
    because: [houseRule('identity')],
    lead,
    contact: id,
    fields: { lead, contact: id },
    personal,
  });
  for (const { candidate, comparison } of same.doubtful) {
    deciding.record({
      entry: 'contact.doubt-raised',
      kind: 'decision',
      because,
      lead,
      contact: id,
      fields: {
        doubt: deciding.newId(),
        contact: id,
        other: candidate.id,
        lead,
        score: comparison.score,
        evidence: comparison.evidence.map(({ kind, points }) => ({ kind, points })),
      },
    });
  }
  return { contact: contact(world, id)?.id ?? id, known: false };
}

function candidates(deciding: Deciding, keys: readonly string[]): Contact[] {
  const { contacts } = deciding.world.get(contactsSlice);
  const found = new Set(keys.flatMap((key) => contacts.having(key)));
  return [...found].filter((known) => known.mergedInto === null && known.erasedAt === null);
}

/** How many people have each phone or e-mail: an office's line says little about who is calling. */
function sharedBy(found: readonly Contact[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const known of found) {
    const facts = plainFacts(known);
    for (const value of [...facts.phones, ...facts.emails]) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return counts;
}
