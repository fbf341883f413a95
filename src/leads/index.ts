export type {
  ContactAttempted,
  LeadGraded,
  LeadPassed,
  LeadPlaced,
  NoteWritten,
  SaleClosed,
} from './acts.ts';
export { writeMessage, type MessageSeen, type MessageWritten } from './conversing.ts';
export type { CallEnded, CallReported, CallStarted } from './calls-heard.ts';
export type { Lead } from './lead.ts';
export type { GivenBy, Tenure } from './tenure.ts';
export { forgettableLeads, loadLeads, type LeadKeys } from './leads.store.ts';
export { lead, leadsOfContact, leadsSlice, standsAt } from './leads-slice.ts';
export { countedTenures, currentTenure, holdersSoFar } from './tenure.ts';
export { giveByRuling } from './by-ruling.ts';
export { leadsGivenBetween, type GivenLead } from './given-between.store.ts';
export { handBack, handOverAll, loadLeadsOf, type HandedOver } from './hand-over.ts';
export { leadsFeature } from './leads.feature.ts';
export type { Arrival, LeadImported, LeadReceived, LeadRegistered } from '../sources/index.ts';
export { askGate, type GateQuestion } from './ask-gate.ts';
export { askGateFor, clientNow } from './ask-gate.store.ts';
export type { LeadMarkedTest } from './test-leads.ts';
export { contactsHeldBy, keptLeads, leadsOfPeople } from './people.store.ts';
export { leadErrors } from './errors.ts';
export { liveEvents } from './live.ts';
export { boardRoutes } from './board.routes.ts';
export { leadRoutes, orRefuse, reachedLead, reachOf, type LeadRouteParts } from './routes.ts';
export { openLeadsOfPerson } from './whose-call.ts';
export { assignmentHours } from './hours.ts';
export { leadsInWords, referralsOf, referrerOf, type Referral } from './leads-in-words.store.ts';
export { sourceReportRoutes } from './source-report.routes.ts';
