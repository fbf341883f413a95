export * from './tick.ts';
export * from './forecast.ts';
export * from './how-many.ts';
export * from './pacing.ts';
