/** How far each lead has come: statuses, next actions, appointments, reservations, interactions, the person's week. */
export type {
  LeadIncubated,
  LeadLost,
  LeadReopened,
  NextActionDone,
  NextActionSet,
  OpportunityCanceled,
  OpportunityOpened,
  ReservationCanceled,
  ReservationMade,
} from './acts.ts';
export type {
  AppointmentBooked,
  AppointmentCanceled,
  AppointmentHeld,
  AppointmentMissed,
  AppointmentReopened,
} from './appointment-acts.ts';
export { behindOn, behindReasons, type BehindReason } from './behind.ts';
export { followUpErrors } from './errors.ts';
export type { FollowUp } from './follow-up.ts';
export {
  actionKinds,
  leadStatuses,
  lostReasons,
  type ActionKind,
  type LeadStatus,
  type LostReason,
} from './statuses.ts';
export { followUp, followUpsSlice } from './follow-up-slice.ts';
export { followUpFeature } from './follow-up.feature.ts';
export { interactionsOf, loadFollowUps, loadInteractions, loadWeeks } from './follow-up.store.ts';
export {
  interactionOf,
  interactionsOfLead,
  isFollowUp,
  isSignOfPerson,
  type Interaction,
  type InteractionChannel,
} from './interaction.ts';
export { personWeek, weekAt, type PersonWeek } from './person-week.ts';
export { followUpRoutes, type FollowUpRouteParts } from './routes.ts';
export type { WeeklySent } from './weekly-cut.ts';
export { reportOf, type WeeklyFigures, type WeeklyReport } from './weekly-report.ts';
