/** What the dialer and the pacing rule say to one another. All times are seconds since the campaign opened. */

export interface PacingConfig {
  readonly agents: number;
  readonly linesMax: number;
  readonly callsPerSecondMax: number;
  /** Abandoned / answered by a live person, not to be passed at the end of the day: 0.03. */
  readonly abandonedShareMax: number;
  /** An answered call without an agent for longer is abandoned. */
  readonly connectSecondsMax: number;
  /** A call that has rung for less may not be canceled. */
  readonly ringSecondsMin: number;
  readonly ringSecondsMax: number;
  readonly daySeconds: number;
  /** The 29 days before, when the share of 30 days counts too. */
  readonly history?: { readonly answered: number; readonly abandoned: number };
}

export const failures = ['no-answer', 'busy', 'invalid', 'congestion', 'machine', 'canceled'] as const;
export type Failure = (typeof failures)[number];

export type PacingEvent =
  | readonly ['answered', call: string, at: number]
  | readonly ['connected', call: string, agent: string, at: number]
  | readonly ['failed', call: string, at: number, outcome: Failure]
  | readonly ['abandoned', call: string, at: number]
  | readonly ['talkEnded', agent: string, at: number]
  | readonly ['wrapUpEnded', agent: string, at: number];

/** A call or an agent, and when its present state began. */
export type Since = readonly [id: string, since: number];

export interface PacingTick {
  readonly at: number;
  /** What happened since the tick before. */
  readonly events: readonly PacingEvent[];
  readonly agents: {
    readonly ready: readonly string[];
    readonly talking: readonly Since[];
    readonly wrapUp: readonly Since[];
    readonly paused: readonly string[];
  };
  /** Placed, neither answered nor failed. */
  readonly ringing: readonly Since[];
  /** Answered by a live person, no agent yet. */
  readonly waiting: readonly Since[];
}

/** What keeps the rule from placing more now. */
export type Limit = 'agents' | 'budget' | 'lines' | 'calls-per-second' | 'learning' | 'carrier';
