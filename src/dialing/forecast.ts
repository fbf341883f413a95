/**
 * What is expected of calls in the air and of agents, as tables the decision reads: chances at a few moments ahead. The rule
 * makes them of what it has learned; the reference of the simulator of what is true.
 */
export interface Forecast {
  /** The moments looked at, seconds from now, rising. */
  readonly moments: readonly number[];
  /** A call placed now is answered in the span around each moment: shares of its answers, sum 1. */
  readonly weights: readonly number[];
  /** P(a call ringing for `age` seconds is answered by a person within moment j from now). */
  readonly answered: Ages;
  /** P(an agent talking for `age` seconds is free by moment j plus the seconds a call may wait). */
  readonly freeAfterTalk: Ages;
  readonly freeAfterWrapUp: Ages;
}

/** One row of chances for each span of ages. */
export interface Ages {
  /** Row of the age: `slotOf[floor(age / slotSeconds)]`, the last one for all older. */
  readonly slotSeconds: number;
  readonly rowOfSlot: Uint16Array;
  /** `rows[row * moments + j]`. */
  readonly rows: Float64Array;
}

export function rowOf({ slotSeconds, rowOfSlot }: Ages, age: number): number {
  const slot = age <= 0 ? 0 : Math.floor(age / slotSeconds + 1e-6);
  return rowOfSlot[slot < rowOfSlot.length ? slot : rowOfSlot.length - 1] ?? 0;
}
