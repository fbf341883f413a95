export { canonical, commitment, contentHash } from './chain.ts';
export { isErased, type JournalEntry, type Json, type NewEntry } from './entry.ts';
export { headsKey, readHeads, type HeadFault } from './heads.store.ts';
export { sealBefore } from './seal-before.store.ts';
export { entriesAbout } from './about.store.ts';
export {
  journalHealth,
  keepVerification,
  type JournalHealth,
  type LastVerification,
} from './health.store.ts';
export { appendEntries, erasePersonal, readEntries, type Appended } from './journal.store.ts';
export { startSealer } from './seal.jobs.ts';
export type { ChainFinding } from './verify.ts';
export { verifyJournal, type JournalReport } from './verify.store.ts';
export { entryNames, lookUp, type JournalFilter, type LookedUp } from './look.store.ts';
