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
export { BASELINE, lastReassignedAt, resultsOf, type Results } from './results.ts';
export { rosterInstants } from './roster-instants.ts';
export { placesOf, rosterMonth, type RosterPlace } from './roster.ts';
export type { RosterConfirmed, RosterSubmitted } from './roster-decisions.ts';
export { loadFigures } from './staff.store.ts';
export {
  staffFeature,
  type MonthResults,
  type PersonChanged,
  type PersonRegistered,
  type PolicySigned,
} from './staff.feature.ts';
export { allPeople as listPeople } from './staff.store.ts';
export { staffErrors } from './errors.ts';
// Last: they ask who is calling, and sign-in asks this door for the roles.
export { peopleRoutes } from './people.routes.ts';
export { rosterRoutes } from './roster.routes.ts';
