/** What the administrator asks about people, rosters and the journal. Above the ground these stand on, because sign-in stands on it too. */
export { staffErrors } from './errors.ts';
export { journalRoutes } from './journal.routes.ts';
export { peopleRoutes } from './people.routes.ts';
export { rosterRoutes } from './roster.routes.ts';
