import type { HttpApp } from '../platform/http.ts';
import { journalRoutes } from './journal.routes.ts';
import { peopleRoutes, type StaffRouteParts } from './people.routes.ts';
import { rosterRoutes } from './roster.routes.ts';

export { staffErrors } from './errors.ts';

/** What the administrator asks about people, rosters and the journal. Above the ground these stand on, because sign-in stands on it too. */
export function administrationRoutes(app: HttpApp, parts: StaffRouteParts): void {
  peopleRoutes(app, parts);
  rosterRoutes(app, parts);
  journalRoutes(app, parts);
}
