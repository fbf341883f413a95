export { readMonth } from './month.store.ts';
export { runAsItWas } from './run.ts';
export { runOnThread } from './run-on-thread.jobs.ts';
export { whatIfErrors } from './errors.ts';
export { nextWhatIf, runHere, type RunElsewhere, type WhatIfJob } from './what-if.jobs.ts';
export { whatIfRoutes } from './what-if.routes.ts';
