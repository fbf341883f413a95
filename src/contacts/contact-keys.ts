import type { HeldFacts } from './held.ts';
import { foldName } from './names.ts';
import { phoneticKey } from './phonetic.ts';

/** Longer names are cut: no key needs more words. */
const NAME_WORDS_MAX = 6;

/**
 * How a contact is found again: exact phone, folded e-mail, document, WhatsApp id, and the whole name as it sounds with
 * its words in any order. Half a name finds nobody: with common surnames it would find everybody.
 */
export function contactKeys(facts: HeldFacts): readonly string[] {
  const known = computed.get(facts);
  if (known !== undefined) return known;
  const names = facts.names.flatMap((held) => wholeNameKey(held.value) ?? []);
  const keys = [...new Set([...erasableKeys(facts), ...names])];
  computed.set(facts, keys);
  return keys;
}

/** Facts are never changed once made, and one decision asks for their keys several times. */
const computed = new WeakMap<HeldFacts, readonly string[]>();

/** The keys by which a person is reached or proven, and not those of a name alone: many share a name. */
export function erasableKeys(facts: HeldFacts): string[] {
  return [
    ...facts.phones.map((held) => `phone:${held.value}`),
    ...facts.emails.map((held) => `email:${held.value}`),
    ...facts.documents.map((held) => `document:${held.value}`),
    ...facts.whatsappIds.map((held) => `whatsapp:${held.value}`),
  ];
}

function wholeNameKey(name: string): string | null {
  const words = foldName(name)
    .split(' ')
    .filter((word) => word.length > 1);
  if (words.length < 2) return null;
  return `name:${words.slice(0, NAME_WORDS_MAX).map(phoneticKey).toSorted().join(' ')}`;
}
