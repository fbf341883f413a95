/** Where leads come from: what each source sends is stored as it came, read once at the door, and told to the house. */
export { reachable, type Campaign, type Consent, type Door, type Intake, type Parsed } from './intake.ts';
export { SOURCE_FAULTS, sourceFault, type SourceFaultCode } from './faults.ts';
export { TARGETS, usualTarget, type Mapping, type Target } from './targets.ts';
export { apiLeadBody, readApiLead, type ApiDoor } from './api-lead.ts';
export {
  idOf,
  metaHandshake,
  readMetaNotification,
  type Handshake,
  type MetaNotice,
  type MetaNotification,
} from './meta-notification.ts';
export { readMetaLead, type MetaForm } from './meta-lead.ts';
export {
  backfillForm,
  fetchMetaLead,
  listFormLeads,
  type Backfilled,
  type GraphAccess,
  type LeadFetched,
  type LeadsPage,
} from './meta-graph.adapter.ts';
export type { GraphRefusal } from './meta-graph-faults.ts';
export { firstWatermark, nextWatermark } from './meta-backfill.ts';
export { readGoogleLead, type GoogleAnswer, type GoogleForm } from './google-lead.ts';
export {
  formRateKey,
  HONEYPOT,
  readWebForm,
  stampOf,
  type FormDoor,
  type FormField,
  type FormPost,
  type WebForm,
} from './web-form.ts';
export {
  embedSnippet,
  FORM_PAGE_HEADERS,
  thanksAddress,
  thanksPage,
  webFormPage,
  type FormPage,
} from './web-form-page.ts';
export { proposedMapping, readLeadRow, type FileMapping, type Row, type RowRead } from './lead-file.ts';
export { readExistingRow, type ExistingLead, type ExistingRead, type PastNote } from './existing-lead.ts';
export { leadFromCall, leadFromMessage, type FirstCall, type FirstMessage } from './first-contact.ts';
export {
  arrivalOf,
  isReachable,
  type Arrival,
  type LeadImported,
  type LeadReceived,
  type LeadRegistered,
} from './arrival.ts';
export { toldBefore } from './arrivals-slice.ts';
export type { LeadAnswer } from './answer.ts';
export { sourcesFeature } from './sources.feature.ts';
export type { ExtensionMapped, SourceChanged } from './sources-slice.ts';
export { allSources, sourceNames } from './sources.store.ts';
export { sourceErrors } from './errors.ts';
export {
  INLINE_GRACE,
  takeIn,
  takeInAndSettle,
  type Given,
  type IntakeParts,
  type Taken,
} from './take-in.ts';
export { FAULTY_KEPT_A_DAY_MAX } from './receipts.store.ts';
export type { Caller, RouteParts } from './caller.ts';
export { intakeRoutes } from './sources.routes.ts';
export type { SourceRouteParts } from './source.routes.ts';
export { backfillDue, settleWaiting, type ReceiptJobParts } from './receipts.jobs.ts';
export { runImport } from './imports.jobs.ts';
export { takeInMessage } from './first-message.ts';
export { eraseBodies, forgetBodies, forgetFiles, PREVIEW_KEPT_DAYS } from './forgetting.store.ts';
export { forgetRequests, REQUEST_KEPT_HOURS } from './api-requests.store.ts';
