import type { Deciding } from '../decisions/index.ts';
import { asJson } from '../decisions/index.ts';
import { houseRule } from '../procedures/index.ts';
import { contactKeys, erasableKeys } from './contact-keys.ts';
import { contact, contactsSlice, type Contact } from './contact.ts';
import type { ConsentRecord } from './consent.ts';
import { findSame, type Match } from './find-same.ts';
import { plainFacts, type HeldFacts } from './held.ts';
import { asCandidate, doubtsBetween } from './one-person.ts';

export interface Recognized {
  readonly contact: string;
  /** True when the person was already known for certain. */
  readonly known: boolean;
}

/**
 * Who is this? Certain: the known contact gains what is new. Otherwise a new contact, with a doubt raised beside every
 * known one that may be the same person, for somebody to look at. `contact-center-policy` L9 rests on this.
 *
 * When two known contacts are both certain, the newcomer says that those two are one person. They are not merged for
 * that: leads would change hands on the word of whoever filled in a form (one's phone, another's e-mail). A doubt about
 * the two is raised, and settled in one act.
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
  const same = findSame(
    found.map((known) => asCandidate(world, known)),
    plainFacts(facts),
    { sharedBy: shared },
  );
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
    for (const match of same.alsoCertain) raiseDoubt(deciding, lead, candidate.id, match, because);
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
  for (const match of same.doubtful) raiseDoubt(deciding, lead, id, match, because);
  return { contact: contact(world, id)?.id ?? id, known: false };
}

/** Once for two people: neither while it is open, nor again after somebody said that they are different. */
function raiseDoubt(
  deciding: Deciding,
  lead: string,
  id: string,
  { candidate, comparison }: Match,
  because: readonly string[],
): void {
  const before = doubtsBetween(deciding.world, id, candidate.id);
  if (before.some((each) => each.settledAt === null || each.outcome === 'different')) return;
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

/** A phone, e-mail, WhatsApp id or document of somebody whose data were erased: not to be contacted on our own account. */
export function wasErased({ world }: Deciding, facts: HeldFacts): boolean {
  const { erasedKeys } = world.get(contactsSlice);
  return erasableKeys(facts).some((key) => erasedKeys.has(key));
}
