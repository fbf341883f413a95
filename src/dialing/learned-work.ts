import type { Ages } from './forecast.ts';
import { forget, newHazard, rates, spansTo, summed, type Hazard, type HazardPrior } from './hazard.ts';

/** What is known of agents at work: when talk and wrap-up end by their age, and how often an agent then stays for more. */
export interface WorkKnowledge {
  readonly talk: Hazard;
  readonly wrapUp: Hazard;
  stayed: number;
  left: number;
}

/** All that lasts longer is treated alike. */
const TALK_SECONDS_MAX = 3600;
const WRAP_UP_SECONDS_MAX = 1200;
/** Long talks and wrap-ups are supposed until seen: then nobody is counted on too early. */
const TALK_PRIOR: HazardPrior = { mean: 180, worth: 3, spanWorth: 20 };
const WRAP_UP_PRIOR: HazardPrior = { mean: 20, worth: 1, spanWorth: 2 };
const STAYED_PRIOR = { stayed: 29, left: 1 } as const;
const STAYED_MEMORY = 100;

export function newWorkKnowledge(): WorkKnowledge {
  return {
    talk: newHazard(spansTo(TALK_SECONDS_MAX, 4, 0.12)),
    wrapUp: newHazard(spansTo(WRAP_UP_SECONDS_MAX, 0.5, 0.04)),
    ...STAYED_PRIOR,
  };
}

/** At the end of a wrap-up the agent was ready again, or went away. */
export function learnStayed(known: WorkKnowledge, stayed: boolean): void {
  const kept = 1 - 1 / STAYED_MEMORY;
  known.stayed = known.stayed * kept + (stayed ? 1 : 0);
  known.left = known.left * kept + (stayed ? 0 : 1);
}

export function forgetWork(known: WorkKnowledge, kept: number): void {
  forget(known.talk, kept);
  forget(known.wrapUp, kept);
}

/** P(free within each moment and `connectSeconds` more), by the age of the talk or of the wrap-up. */
export function workForecast(
  known: WorkKnowledge,
  moments: readonly number[],
  connectSeconds: number,
): { freeAfterTalk: Ages; freeAfterWrapUp: Ages } {
  const { talk, wrapUp } = known;
  const stays = known.stayed / (known.stayed + known.left);
  const slotSeconds = wrapUp.spans.slotSeconds;
  const ahead = Math.ceil(((moments.at(-1) ?? 0) + connectSeconds) / slotSeconds) + 2;
  const wrapUpSums = summed(
    wrapUp.spans,
    rates(wrapUp, WRAP_UP_PRIOR),
    wrapUp.spans.spanOfSlot.length + ahead,
  );
  const talkRates = rates(talk, TALK_PRIOR);
  const talkSums = summed(talk.spans, talkRates, talk.spans.spanOfSlot.length + ahead);
  const wrapUpBy = Float64Array.from({ length: ahead }, (_, slot) => 1 - Math.exp(-(wrapUpSums[slot] ?? 0)));
  const columns = moments.map((moment) => (moment + connectSeconds) / slotSeconds);

  const freeAfterWrapUp = table(wrapUp, columns.length, (row, from) => {
    const start = wrapUpSums[from] ?? 0;
    return (j) => stays * (1 - Math.exp(start - (wrapUpSums[from + Math.round(columns[j] ?? 0)] ?? start)));
  });
  const freeAfterTalk = table(talk, columns.length, (row, from) => {
    const start = talkSums[from] ?? 0;
    // P(the talk ends in each slot ahead), then the whole wrap-up after it.
    const endsIn = new Float64Array(ahead);
    for (let slot = 0; slot + 1 < ahead; slot += 1) {
      endsIn[slot] =
        Math.exp(start - (talkSums[from + slot] ?? 0)) - Math.exp(start - (talkSums[from + slot + 1] ?? 0));
    }
    return (j) => {
      const last = Math.round(columns[j] ?? 0);
      let chance = 0;
      for (let slot = 0; slot < last; slot += 1) {
        // It ends within the slot: half a slot of the rest is gone on average.
        chance +=
          ((endsIn[slot] ?? 0) * ((wrapUpBy[last - slot] ?? 0) + (wrapUpBy[last - slot - 1] ?? 0))) / 2;
      }
      return stays * chance;
    };
  });
  return { freeAfterTalk, freeAfterWrapUp };
}

/** One row for each span of ages, reckoned from the middle of the span. */
function table(
  { spans }: Hazard,
  columns: number,
  rowAt: (span: number, fromSlot: number) => (column: number) => number,
): Ages {
  const { starts, slotSeconds, spanOfSlot } = spans;
  const rows = new Float64Array(starts.length * columns);
  starts.forEach((start, span) => {
    const end = starts[span + 1] ?? start;
    const chance = rowAt(span, Math.floor((start + end) / 2 / slotSeconds));
    for (let j = 0; j < columns; j += 1) rows[span * columns + j] = chance(j);
  });
  return { slotSeconds, rowOfSlot: spanOfSlot, rows };
}
