import type { JournalEntry, Json, NewEntry } from '../journal/index.ts';

/** Entries of every feature are read here alike: a field is looked at for what it is, never taken on trust. */
export function textIn(entry: JournalEntry | NewEntry, field: string): string | null {
  const value = entry.fields[field];
  return typeof value === 'string' ? value : null;
}

/** "lead.assigned" was given to whom: one who counts it. */
export interface Undone {
  readonly person: string;
  readonly at: string;
}

/** Tenures that an entry takes back. */
export function undoneIn(entry: JournalEntry | NewEntry): Undone[] {
  const given: Json | undefined = entry.fields['undone'];
  if (!Array.isArray(given)) return [];
  return given.flatMap((each: Json) => {
    if (each === null || typeof each !== 'object' || !('person' in each) || !('at' in each)) return [];
    const { person, at } = each;
    return typeof person === 'string' && typeof at === 'string' ? [{ person, at }] : [];
  });
}
