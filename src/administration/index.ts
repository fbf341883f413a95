import type { HttpApp } from '../platform/http.ts';
import { journalRoutes } from './journal.routes.ts';
import { peopleRoutes, type StaffRouteParts } from './people.routes.ts';
import { papersRoutes } from './papers.routes.ts';
import { rosterRoutes } from './roster.routes.ts';
import { shiftsRoutes } from './shifts.routes.ts';
import { signaturesRoutes } from './signatures.routes.ts';
import type { Pack } from '../procedures/index.ts';

export { staffErrors } from './errors.ts';

/** What the administrator asks about people, rosters and the journal. Above the ground these stand on, because sign-in stands on it too. */
export function administrationRoutes(
  app: HttpApp,
  parts: StaffRouteParts & { readonly packs: readonly Pack[] },
): void {
  peopleRoutes(app, parts);
  rosterRoutes(app, parts);
  shiftsRoutes(app, parts);
  papersRoutes(app, parts);
  signaturesRoutes(app, parts);
  journalRoutes(app, parts);
}
