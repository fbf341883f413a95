/** The designated mailbox for claims (lead-reassignment L2, R2), and the mail of clients. */
export { mailboxFeature } from './mailbox.feature.ts';
export type { Draft, DraftWords } from './draft.ts';
export type { DraftCorrected, DraftRefused, DraftSettled, MailReceived } from './draft-acts.ts';
export { openMailbox } from './imap.adapter.ts';
export { mailThreads } from './threads.store.ts';
export { handOver, startMailboxes, type MailboxParts } from './mailbox.jobs.ts';
export { draftRoutes, type DraftRouteParts } from './drafts.routes.ts';
export { mailboxSettingsRoutes, type MailboxSettingsParts } from './settings.routes.ts';
export { mailboxErrors } from './errors.ts';
