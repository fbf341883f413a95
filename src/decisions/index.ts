export { asTold, wordsAside } from './as-told.ts';
export { decideDeadline, decideFact, decideWhatFollows, type Decider } from './decide.ts';
export {
  on,
  type Deciding,
  type DecideDeadline,
  type DerivedTable,
  type DueDeadline,
  type Fact,
  type Feature,
  type Fingerprint,
  type Loading,
  type OwnDeadline,
  type Recall,
  type Recalled,
  type Refusal,
} from './feature.ts';
export { CLOCK_EVERY_MILLISECONDS, fireDeadlines } from './clock.jobs.ts';
export { createHouse, type House, type HouseParts, type Outcome } from './house.ts';
export { Rows, Touched, World, type Slice } from './world.ts';
export {
  asJson,
  currentOrganization,
  DEFAULT_SETTINGS,
  RETENTION_DAYS,
  organizationSlice,
  type Organization,
  type OrganizationSettings,
  type PbxSettings,
} from './organization.ts';
export { organizationFeature, type ProcedureAdopted } from './organization.feature.ts';
export { insertOrganization, listOrganizations, readOrganization } from './organization.store.ts';
export { ABOUTS, isAbout, isUrgent, type About } from './abouts.ts';
export { tell, type Tell } from './tell.ts';
export { createFold, deadlinesOf, derivedDeadlines, type Difference, type Fold } from './rederive.ts';
export { verifyOrganization, type Verified } from './verify.store.ts';
