import { rowOf, type Ages, type Forecast } from './forecast.ts';
import { Count, refinedTail } from './tails.ts';

/** What is seen at a tick: counts and ages, no names. */
export interface Picture {
  readonly ready: number;
  readonly waiting: number;
  /** Ages in seconds. */
  readonly talking: readonly number[];
  readonly wrapUp: readonly number[];
  readonly ringing: readonly number[];
}

/** Up to this many uncertain things are counted exactly. */
export const EXACT_MAX = 48;

/** The law of "uncertain answers and agents not yet free" at each moment ahead; more calls can be added to it. */
export class Outlook {
  readonly #forecast: Forecast;
  readonly #moments: number;
  readonly #agents: number;
  readonly #exact: boolean;
  readonly #counts: Count[] = [];
  readonly #mean: Float64Array;
  readonly #variance: Float64Array;
  readonly #third: Float64Array;

  constructor(forecast: Forecast, picture: Picture, ringing: readonly number[] = picture.ringing) {
    const moments = forecast.moments.length;
    this.#forecast = forecast;
    this.#moments = moments;
    const busy = picture.talking.length + picture.wrapUp.length;
    this.#agents = picture.ready - picture.waiting + busy;
    this.#mean = new Float64Array(moments);
    this.#variance = new Float64Array(moments);
    this.#third = new Float64Array(moments);
    this.#exact = busy + ringing.length <= EXACT_MAX;
    if (this.#exact) {
      for (let j = 0; j < moments; j += 1) {
        const count = new Count(Math.max(1, this.#agents));
        count.begin(this.#agents);
        this.#counts.push(count);
      }
    }
    for (const age of ringing) this.#addRow(forecast.answered, age, false);
    for (const age of picture.talking) this.#addRow(forecast.freeAfterTalk, age, true);
    for (const age of picture.wrapUp) this.#addRow(forecast.freeAfterWrapUp, age, true);
  }

  /** One more call, placed now. */
  addCall(): void {
    this.#addRow(this.#forecast.answered, 0, false);
  }

  #addRow(ages: Ages, age: number, not: boolean): void {
    const from = rowOf(ages, age) * this.#moments;
    for (let j = 0; j < this.#moments; j += 1) {
      const chance = not ? 1 - (ages.rows[from + j] ?? 0) : (ages.rows[from + j] ?? 0);
      if (this.#exact) this.#counts[j]?.add(chance);
      else {
        const variance = chance * (1 - chance);
        this.#mean[j] = (this.#mean[j] ?? 0) + chance;
        this.#variance[j] = (this.#variance[j] ?? 0) + variance;
        this.#third[j] = (this.#third[j] ?? 0) + variance * (1 - 2 * chance);
      }
    }
  }

  /** P(no agent is free for a call answered at moment j). */
  lost(j: number): number {
    if (this.#exact) return this.#counts[j]?.tail ?? 1;
    return refinedTail(this.#agents, this.#mean[j] ?? 0, this.#variance[j] ?? 0, this.#third[j] ?? 0);
  }

  /** The chance that a call placed now, if a person answers it, finds no agent. */
  risk(): number {
    let risk = 0;
    for (let j = 0; j < this.#moments; j += 1) risk += (this.#forecast.weights[j] ?? 0) * this.lost(j);
    return risk;
  }
}

/** How many calls may be placed now, so that the last of them has at most this risk. */
export function howMany(forecast: Forecast, picture: Picture, riskMax: number, most: number): { place: number; risk: number } {
  const outlook = new Outlook(forecast, picture);
  let place = 0;
  let risk = outlook.risk();
  while (place < most && risk <= riskMax) {
    outlook.addCall();
    place += 1;
    risk = outlook.risk();
  }
  return { place, risk };
}
