export { publishingFeature } from './publishing.feature.ts';
export { organizationOpener } from './open-organization.ts';
export { organizationRoutes } from './organization.routes.ts';
export { procedureErrors } from './errors.ts';
export { procedureRoutes } from './procedures.routes.ts';
export { stateRoutes } from './state.routes.ts';
export { HOUSEKEEPING_EVERY_MILLISECONDS, keepHouse } from './housekeeping.jobs.ts';
