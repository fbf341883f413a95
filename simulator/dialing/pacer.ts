import type { PacingConfig, PacingTick } from '../../src/dialing/index.ts';

/** Anything that can be asked at each tick how many calls to place: our rule, a baseline, a filter in another process. */
export interface Pacer {
  readonly name: string;
  decide(tick: PacingTick): PacerAnswer;
}

export interface PacerAnswer {
  readonly place: number;
  readonly cancel: readonly string[];
}

export type OpenPacer = (config: PacingConfig) => Pacer;
