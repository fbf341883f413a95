/** How many calls to place now: the pacing rule. */
export { decidePacing, groundsOf, pace, pictureOf, type Pacing, type PacingGrounds } from './pacing.ts';
export { openPacing, type PacingMemory } from './memory.ts';
export { Outlook, type Picture } from './outlook.ts';
export { allowance, type Allowance } from './budget.ts';
export { learn } from './learn.ts';
export { pacingReasons, reasonsNow, type PacingReasons } from './pacing-reasons.ts';
export { pacingLanguages, pacingWords, type PacingLanguage } from './pacing-words.ts';
export { rowOf, type Ages, type Forecast } from './forecast.ts';
export {
  failures,
  limits,
  type Failure,
  type Limit,
  type PacingConfig,
  type PacingEvent,
  type PacingTick,
  type Since,
} from './tick.ts';
