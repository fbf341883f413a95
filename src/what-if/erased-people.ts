import { noFacts, type HeldFacts } from '../contacts/index.ts';
import { asJson } from '../decisions/index.ts';
import { isErased, type JournalEntry } from '../journal/index.ts';

const RECOGNIZED: ReadonlySet<string> = new Set(['contact.registered', 'contact.recognized']);

/**
 * Of an erased person nothing is left but that it was the same one. In place of phones and names stands a mark of their
 * own, so that they are recognized again where they were. What rested on what they shared with others cannot be told
 * again: a doubt about them is marked as erased too.
 */
export function standInForErased(): (entry: JournalEntry) => JournalEntry {
  const erased = new Set<string>();
  return (entry) => {
    const { contact } = entry;
    if (contact == null) return entry;
    if (RECOGNIZED.has(entry.entry) && isErased(entry)) {
      erased.add(contact);
      return { ...entry, personal: { facts: asJson(markOf(contact)), consent: null } };
    }
    const { other } = entry.fields;
    const doubted = entry.entry === 'contact.doubt-raised' && typeof other === 'string';
    if (doubted && (erased.has(contact) || erased.has(other))) return { ...entry, commitment: 'erased' };
    return entry;
  };
}

function markOf(contact: string): HeldFacts {
  return { ...noFacts, whatsappIds: [{ value: `erased:${contact}`, origin: 'erased', raw: '' }] };
}
