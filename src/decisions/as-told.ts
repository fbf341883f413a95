import { isErased, type JournalEntry } from '../journal/index.ts';
import type { Recall, Recalled } from './feature.ts';

/** The entry's own fields are the fact. */
export function asTold(entry: JournalEntry): Recalled {
  const { entry: fact, actor, fields, personal, lead, contact, person } = entry;
  const about = {
    ...(lead == null ? {} : { lead }),
    ...(contact == null ? {} : { contact }),
    ...(person == null ? {} : { person }),
  };
  return { fact: Object.assign(about, fields, personal ?? {}, { fact, actor }) };
}

/** In the place of words that were erased. */
const ERASED_WORDS = '…';

/** Somebody's own words, that decide nothing: where they were erased, the fact is told without them. */
export function wordsAside(...fields: readonly string[]): Recall {
  const words = Object.fromEntries(fields.map((field) => [field, ERASED_WORDS]));
  return (entry) => asTold(isErased(entry) ? { ...entry, personal: words } : entry);
}
