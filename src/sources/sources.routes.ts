import type { HttpApp } from '../platform/http.ts';
import { formRoutes } from './form.routes.ts';
import { hookRoutes } from './hook.routes.ts';
import { importRoutes } from './imports.routes.ts';
import { leadRoutes } from './lead.routes.ts';
import { sourceRoutes, type SourceRouteParts } from './source.routes.ts';

/** Everything by which leads come in, and the settings of where from. */
export function intakeRoutes(app: HttpApp, parts: SourceRouteParts): void {
  leadRoutes(app, parts);
  hookRoutes(app, parts);
  formRoutes(app, parts);
  importRoutes(app, parts);
  sourceRoutes(app, parts);
}
