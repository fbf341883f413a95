export type {
  ContactAttempted,
  LeadGraded,
  LeadPassed,
  LeadPlaced,
  MessageSeen,
  NoteWritten,
  SaleClosed,
} from './acts.ts';
export type { CallEnded, CallReported, CallStarted } from './calls-heard.ts';
export type { GivenBy, Lead, Tenure } from './lead.ts';
export { leadsFeature } from './leads.feature.ts';
export type { Arrival, LeadImported, LeadReceived, LeadRegistered } from '../sources/index.ts';
export { leadErrors } from './errors.ts';
export { liveEvents } from './live.ts';
export { boardRoutes } from './board.routes.ts';
export { leadRoutes, type LeadRouteParts } from './routes.ts';
export { turnRoutes } from './turn.routes.ts';
export { assignmentHours } from './hours.ts';
export { leadsInWords } from './leads-in-words.store.ts';
