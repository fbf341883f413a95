/** How many calls to place now: the pacing rule. */
export { decidePacing, groundsOf, pace, type Pacing, type PacingGrounds } from './pacing.ts';
export { openPacing, type PacingMemory } from './memory.ts';
/** For who decides with a forecast of its own (the simulator's reference). */
export { learn } from './learn.ts';
export type { Ages, Forecast } from './forecast.ts';
export { reasonsNow, type PacingReasons } from './pacing-reasons.ts';
export { pacingLanguages, pacingWords, type PacingLanguage } from './pacing-words.ts';
export {
  failures,
  type Failure,
  type Limit,
  type PacingConfig,
  type PacingEvent,
  type PacingTick,
  type Since,
} from './tick.ts';
