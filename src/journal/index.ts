export { canonical, commitment, contentHash } from './chain.ts';
export type { JournalEntry, Json, NewEntry } from './entry.ts';
export { appendEntries, erasePersonal, readEntries, type Appended } from './journal.store.ts';
export { entriesAbout } from './about.store.ts';
