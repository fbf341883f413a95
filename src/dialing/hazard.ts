/**
 * How likely something is to end now that has lasted so long (the hazard by age), learned from what ended and from what is
 * still going on. Each span of ages leans on the whole while little was seen of it; what was seen long ago is forgotten.
 */
export interface Spans {
  /** Seconds a slot lasts; `spanOfSlot` says which span an age falls in. */
  readonly slotSeconds: number;
  readonly spanOfSlot: Uint16Array;
  /** Where each span begins, seconds. */
  readonly starts: readonly number[];
}

export interface Hazard {
  readonly spans: Spans;
  /** How many came into each span, how many ended in it, and the seconds spent in it: all with forgetting. */
  readonly entered: Float64Array;
  readonly ends: Float64Array;
  readonly seconds: Float64Array;
}

/** Spans as wide as `widthMin` at first and then this share of the age, up to `ageMax` seconds. */
export function spansTo(ageMax: number, widthMin: number, share: number): Spans {
  const slotSeconds = 0.5;
  const starts: number[] = [];
  for (let start = 0; start < ageMax; start += slotsOf(Math.max(widthMin, start * share))) starts.push(start);
  const spanOfSlot = new Uint16Array(Math.ceil(ageMax / slotSeconds));
  let span = 0;
  for (let slot = 0; slot < spanOfSlot.length; slot += 1) {
    while ((starts[span + 1] ?? Infinity) <= slot * slotSeconds) span += 1;
    spanOfSlot[slot] = span;
  }
  return { slotSeconds, spanOfSlot, starts };
}

/** Rounded down to whole half seconds, one at least. */
function slotsOf(seconds: number): number {
  return Math.max(0.5, Math.floor(seconds * 2) / 2);
}

export function spanAt({ slotSeconds, spanOfSlot }: Spans, age: number): number {
  const slot = age <= 0 ? 0 : Math.floor(age / slotSeconds);
  return spanOfSlot[slot < spanOfSlot.length ? slot : spanOfSlot.length - 1] ?? 0;
}

export function newHazard(spans: Spans): Hazard {
  return {
    spans,
    entered: new Float64Array(spans.starts.length),
    ends: new Float64Array(spans.starts.length),
    seconds: new Float64Array(spans.starts.length),
  };
}

/** It went on from one age to the other (seconds; no longer than a tick or two apart) without ending. */
export function lasted(hazard: Hazard, from: number, to: number, weight = 1): void {
  if (to <= from) return;
  const { spans, seconds, entered } = hazard;
  const span = spanAt(spans, (from + to) / 2);
  seconds[span] = (seconds[span] ?? 0) + (to - from) * weight;
  const last = spanAt(spans, to - EDGE);
  for (let one = from <= 0 ? 0 : spanAt(spans, from - EDGE) + 1; one <= last; one += 1) {
    entered[one] = (entered[one] ?? 0) + 1;
  }
}

/** What ends, or is seen, on the edge of two spans belongs to the first. */
const EDGE = 1e-6;

/** It ended at this age. */
export function ended(hazard: Hazard, age: number): void {
  const span = spanAt(hazard.spans, age - EDGE);
  hazard.ends[span] = (hazard.ends[span] ?? 0) + 1;
}

/** Keeps this share of all that was seen. */
export function forget(hazard: Hazard, kept: number): void {
  for (let span = 0; span < hazard.ends.length; span += 1) {
    hazard.entered[span] = (hazard.entered[span] ?? 0) * kept;
    hazard.ends[span] = (hazard.ends[span] ?? 0) * kept;
    hazard.seconds[span] = (hazard.seconds[span] ?? 0) * kept;
  }
}

export interface HazardPrior {
  /** Mean seconds supposed before anything was seen, and how many ends that is worth. */
  readonly mean: number;
  readonly worth: number;
  /** How many that passed at the mean rate each span is given beforehand. */
  readonly spanWorth: number;
}

/**
 * Ends per second in each span, from the share of those who came into it and ended in it: so that a wrap-up that always
 * lasts ten seconds is known to end at the tenth.
 */
export function rates(hazard: Hazard, prior: HazardPrior): Float64Array {
  let ends = prior.worth;
  let seconds = prior.worth * prior.mean;
  for (let span = 0; span < hazard.ends.length; span += 1) {
    ends += hazard.ends[span] ?? 0;
    seconds += hazard.seconds[span] ?? 0;
  }
  const mean = ends / seconds;
  const { starts } = hazard.spans;
  return hazard.ends.map((count, span) => {
    const next = starts[span + 1];
    // The last span has no end: what comes into it stays for as long as it takes.
    if (next === undefined) return (count + prior.worth) / ((hazard.seconds[span] ?? 0) + prior.worth / mean);
    const width = next - (starts[span] ?? 0);
    const share =
      (count + prior.spanWorth * (1 - Math.exp(-mean * width))) /
      ((hazard.entered[span] ?? 0) + prior.spanWorth);
    return -Math.log(1 - Math.min(share, SHARE_MOST)) / width;
  });
}

const SHARE_MOST = 0.9999;

/** The hazard added up from age 0 to the end of each slot: P(lasts from a to b) = exp(−(sums[b] − sums[a])). */
export function summed({ slotSeconds, spanOfSlot }: Spans, rates: Float64Array, slots: number): Float64Array {
  const sums = new Float64Array(slots + 1);
  for (let slot = 0; slot < slots; slot += 1) {
    const span = spanOfSlot[slot < spanOfSlot.length ? slot : spanOfSlot.length - 1] ?? 0;
    sums[slot + 1] = (sums[slot] ?? 0) + (rates[span] ?? 0) * slotSeconds;
  }
  return sums;
}
