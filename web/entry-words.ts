/** The journal's entries in the words of the floor; web/entry-words.test.ts holds that every one has them. */
import { isWord, type Say } from './words.ts';

/** What a screen that shows entries loads before it is drawn: their words are shared by several seats. */
export const ENTRY_WORDS = 'entries';

/** One that an older version of the product wrote, and this one has no words for, is shown by its own name. */
export function entryText(t: Say, entry: string): string {
  const id = `entries.${entry}`;
  return isWord(id) ? t(id) : entry;
}

/** All entries of one beginning: «leads» for `lead.…`. */
export function groupText(t: Say, group: string): string {
  const id = `entries.of.${group}`;
  return isWord(id) ? t(id) : group;
}
