export { dutyAt, type Duty, type OffDuty } from './duty.ts';
export { readFloor, type Floor, type RulesFor } from './floor.store.ts';
export {
  administrators,
  directionFor,
  everybody,
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
export { judgePlace } from './judge-roster.ts';
export { isActive, placeOf, placesOf, rosterMonth, type RosterPlace } from './roster.ts';
export type { RosterConfirmed, RosterSubmitted } from './roster-decisions.ts';
export { loadFigures } from './staff.store.ts';
export {
  staffFeature,
  type MonthResults,
  type PersonChanged,
  type PersonRegistered,
  type PolicySigned,
} from './staff.feature.ts';
export { allPeople as listPeople, loadPeople as loadStaff } from './staff.store.ts';
