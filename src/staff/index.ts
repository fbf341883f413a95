export { dutyAt, type Duty, type OffDuty } from './duty.ts';
export { readFloor, type Floor, type RulesFor } from './floor.store.ts';
export {
  administrators,
  directionFor,
  everybody,
  HOLDERS,
  lineOf,
  managerOf,
  mayHoldLeads,
  ofRole,
  person,
  roles,
  zoneOf,
  type Person,
  type Role,
} from './person.ts';
export { judgedResults } from './conversion.ts';
export { BASELINE, lastReassignedAt, resultsOf, type Results } from './results.ts';
export { openRosterMonths } from './open-roster.store.ts';
export { rosterInstants } from './roster-instants.ts';
export { judgePlace, unsignedVersions } from './judge-roster.ts';
export { standingOn, askedOf } from './standing.ts';
export { EXCEPTED_CLAUSES, exceptionOf, type ExceptedClause, type RosterException } from './exceptions.ts';
export { daysOf, gapsIn, type Gap, type PersonShift, type Shift } from './coverage.ts';
export { hasShifts, isOnShift, planOf, shiftsOf, type ShiftPlan } from './shifts.ts';
export { hoursToCover } from './shift-decisions.ts';
export { absenceKinds, absencesSlice, isAwayOn, type Absence } from './absences.ts';
export { answersFor } from './answers-for.ts';
export { fairPlan, type Block } from './fair-plan.ts';
export { type Swap } from './swaps.ts';
export { shiftsFeature } from './shifts.feature.ts';
export { swapsOfMonths } from './shifts.store.ts';
export { papersFeature } from './papers.feature.ts';
export {
  allDocuments,
  allExams,
  allKinds,
  allResultsOfExams,
  allSignatures,
  dropFile,
  dropStrayFiles,
  fileOf,
  storeFile,
} from './papers.store.ts';
export { type DocumentKind, type Exam, type ExamResult, type PersonDocument } from './papers.ts';
export { signs, versionsToSign, type PolicySigned, type Signature, type Version } from './signatures.ts';
export { isActive, placeOf, placesOf, rosterMonth, type RosterPlace } from './roster.ts';
export type { RosterConfirmed, RosterSubmitted } from './roster-decisions.ts';
export { loadFigures } from './staff.store.ts';
export {
  staffFeature,
  type MonthResults,
  type PersonChanged,
  type PersonRegistered,
} from './staff.feature.ts';
export { allPeople as listPeople, loadPeople as loadStaff } from './staff.store.ts';
