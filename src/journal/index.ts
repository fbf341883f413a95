export { canonical, commitment, contentHash } from './chain.ts';
export type { JournalEntry, Json, NewEntry } from './entry.ts';
export { entriesAbout } from './about.store.ts';
export {
  appendEntries,
  erasePersonal,
  organizationsToSeal,
  readEntries,
  sealEntries,
  type Appended,
} from './journal.store.ts';
