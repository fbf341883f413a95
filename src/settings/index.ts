export { organizationOpener } from './open-organization.ts';
export { organizationRoutes } from './organization.routes.ts';
export { procedureErrors, procedureRoutes } from './procedures.routes.ts';
export { stateRoutes } from './state.routes.ts';
export { HOUSEKEEPING_EVERY_MILLISECONDS, keepHouse } from './housekeeping.jobs.ts';
