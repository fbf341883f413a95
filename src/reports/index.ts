export { reportErrors } from './errors.ts';
export { resultsRoutes } from './results.routes.ts';
