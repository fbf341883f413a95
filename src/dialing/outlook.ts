import { rowOf, type Ages, type Forecast } from './forecast.ts';
import { addToCount, refinedTail } from './tails.ts';

/** What is seen at a tick: counts and ages (seconds), no names. */
export interface Picture {
  readonly ready: number;
  readonly waiting: number;
  readonly talking: readonly number[];
  readonly wrapUp: readonly number[];
  readonly ringing: readonly number[];
}

/** Up to so many uncertain things are counted exactly; beyond, by their moments. */
const EXACT_MAX = 48;
/** Nearer than this to never or always counts as never or always. */
const CERTAIN = 2e-4;

/**
 * At each moment ahead, the law of "people who will have answered, and agents who will still be busy". A further answer finds
 * nobody when that count reaches the number of agents. More calls can be added to it.
 */
export class Outlook {
  readonly #forecast: Forecast;
  readonly #moments: number;
  readonly #agents: number;
  readonly #exact: boolean;
  /** Exact: how many uncertain ones it takes at each moment, and P(count = n) of those, a row of `agents` for each moment. */
  readonly #limit: Uint16Array;
  readonly #below: Float64Array;
  readonly #tail: Float64Array;
  readonly #mean: Float64Array;
  readonly #variance: Float64Array;
  readonly #third: Float64Array;

  constructor(forecast: Forecast, picture: Picture, ringing: readonly number[] = picture.ringing) {
    const moments = forecast.moments.length;
    const busy = picture.talking.length + picture.wrapUp.length;
    this.#forecast = forecast;
    this.#moments = moments;
    this.#agents = Math.max(0, picture.ready + busy - picture.waiting);
    this.#exact = busy + ringing.length <= EXACT_MAX;
    this.#tail = new Float64Array(moments);
    this.#limit = new Uint16Array(moments).fill(this.#agents);
    this.#below = this.#exact ? new Float64Array(moments * this.#agents) : this.#tail;
    this.#mean = this.#exact ? this.#tail : new Float64Array(moments);
    this.#variance = this.#exact ? this.#tail : new Float64Array(moments);
    this.#third = this.#exact ? this.#tail : new Float64Array(moments);
    if (this.#agents === 0) this.#tail.fill(1);
    else if (this.#exact) for (let j = 0; j < moments; j += 1) this.#below[j * this.#agents] = 1;
    // Agents first: those surely busy leave fewer to be counted.
    for (const age of picture.talking) this.#add(forecast.freeAfterTalk, age, true);
    for (const age of picture.wrapUp) this.#add(forecast.freeAfterWrapUp, age, true);
    for (const age of ringing) this.#add(forecast.answered, age, false);
  }

  /** One more call, placed now. */
  addCall(): void {
    this.#add(this.#forecast.answered, 0, false);
  }

  #add(ages: Ages, age: number, not: boolean): void {
    if (this.#agents === 0) return;
    const from = rowOf(ages, age) * this.#moments;
    for (let j = 0; j < this.#moments; j += 1) {
      const there = ages.rows[from + j] ?? 0;
      const chance = not ? 1 - there : there;
      if (this.#exact) {
        this.#count(j, chance);
        continue;
      }
      const variance = chance * (1 - chance);
      this.#mean[j] = (this.#mean[j] ?? 0) + chance;
      this.#variance[j] = (this.#variance[j] ?? 0) + variance;
      this.#third[j] = (this.#third[j] ?? 0) + variance * (1 - 2 * chance);
    }
  }

  #count(j: number, chance: number): void {
    const limit = this.#limit[j] ?? 0;
    if (limit === 0 || chance < CERTAIN) return;
    const from = j * this.#agents;
    if (chance <= 1 - CERTAIN)
      this.#tail[j] = (this.#tail[j] ?? 0) + addToCount(this.#below, from, limit, chance);
    else {
      // One surely among them: as many as one fewer are enough.
      this.#tail[j] = (this.#tail[j] ?? 0) + (this.#below[from + limit - 1] ?? 0);
      this.#limit[j] = limit - 1;
    }
  }

  /** P(a call answered at moment j finds no agent). */
  lost(j: number): number {
    if (this.#exact) return this.#tail[j] ?? 1;
    return refinedTail(this.#agents, this.#mean[j] ?? 0, this.#variance[j] ?? 0, this.#third[j] ?? 0);
  }

  /** The chance that a call placed now, if a person answers it, finds no agent. */
  risk(): number {
    let risk = 0;
    for (let j = 0; j < this.#moments; j += 1) risk += (this.#forecast.weights[j] ?? 0) * this.lost(j);
    return risk;
  }
}
