export { canonical, commitment, contentHash } from './chain.ts';
export type { JournalEntry, Json, NewEntry } from './entry.ts';
export {
  appendEntries,
  erasePersonal,
  organizationsToSeal,
  readEntries,
  sealEntries,
  type Appended,
} from './journal.store.ts';
// Last: it asks who is calling, and sign-in asks for staff.
export { journalRoutes } from './journal.routes.ts';
