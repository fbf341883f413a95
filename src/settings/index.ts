export { organizationRoutes } from './organization.routes.ts';
export { procedureErrors, procedureRoutes } from './procedures.routes.ts';
