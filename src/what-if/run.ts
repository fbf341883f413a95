import type { Fact, Feature } from '../decisions/index.ts';
import type { Instant, LocalDate } from '../platform/time.ts';
import type { Adoption, Pack } from '../procedures/index.ts';
import { compareRuns, type Comparison, type Run } from './compare.ts';
import type { Beginning, MonthRead } from './month.store.ts';
import { decisionKey, type RecordedMonth } from './recorded-month.ts';
import { replay, type Replay } from './replay.ts';
import { makeRoomFor, rulesIn } from './rules.ts';
import { count, tally } from './tally.ts';

export interface MonthAgain {
  readonly features: readonly Feature[];
  readonly packs: readonly Pack[];
  readonly read: MonthRead;
  readonly from: Instant;
  readonly to: Instant;
}

export interface WhatIfAsked extends MonthAgain {
  readonly draft: Adoption;
  /** The first day of the month, local: from when the draft would have held. */
  readonly day: LocalDate;
}

/**
 * The month twice: as it was, so that what differs is the draft's doing alone, and under the draft. Yields how much is
 * done, from 0 to 1.
 */
export function* runWhatIf(asked: WhatIfAsked): Generator<number, Comparison> {
  const { read, draft, day } = asked;
  const [first, second] = read.beginnings;
  if (first === undefined || second === undefined) throw new Error('a what-if runs the month twice');
  const { month } = read;
  const asItWas = yield* halfOf(runOnce(asked, first, { month, told: [], fired: null }), 0);
  makeRoomFor(second.world, draft, day);
  const { happenings, first: told } = inPlaceOf(month.happenings, draft, day, second.open);
  const { fired } = asItWas.replayed;
  const run = runOnce(asked, second, { month: { ...month, happenings }, told, fired });
  const asItWouldBe = yield* halfOf(run, 1);
  return compareRuns(asItWas, asItWouldBe, month);
}

/** The month once, under the versions that held: what was decided then must come out. */
export function runAsItWas(asked: MonthAgain): {
  readonly decisions: ReadonlyMap<string, number>;
  readonly replayed: Run['replayed'];
} {
  const [beginning] = asked.read.beginnings;
  if (beginning === undefined) throw new Error('the month was read for no run');
  const run = runOnce(asked, beginning, { month: asked.read.month, told: [], fired: null });
  let step = run.next();
  while (step.done !== true) step = run.next();
  return { decisions: step.value.tally.decisions, replayed: step.value.replayed };
}

function* halfOf(run: Generator<number, Run>, half: 0 | 1): Generator<number, Run> {
  let step = run.next();
  while (step.done !== true) {
    yield (half + step.value) / 2;
    step = run.next();
  }
  return step.value;
}

/** What a run lives through. */
interface Lived extends Pick<Replay, 'month' | 'fired'> {
  /** Before all that is recorded. */
  readonly told: readonly Fact[];
}

function* runOnce(
  { features, packs, from, to }: MonthAgain,
  { had, world }: Beginning,
  { month, told, fired }: Lived,
): Generator<number, Run> {
  const of = tally();
  let all = month.happenings.length;
  for (const acts of month.acts.values()) all += acts.length;
  const run = replay({
    features,
    world,
    had,
    rulesAt: rulesIn(packs, world),
    month,
    from,
    to,
    first: told,
    fired,
    seen: (entry, isDecided) => {
      count(of, entry);
      const key = isDecided ? decisionKey(entry) : null;
      if (key !== null) of.decisions.set(key, (of.decisions.get(key) ?? 0) + 1);
    },
  });
  let step = run.next();
  while (step.done !== true) {
    yield Math.min(1, step.value / Math.max(1, all));
    step = run.next();
  }
  return { tally: of, had, replayed: step.value };
}

interface Placed {
  readonly happenings: RecordedMonth['happenings'];
  readonly first: readonly Fact[];
}

/**
 * The draft in place of every version of its procedure that was adopted in fact during the month: from the month's first
 * instant, or in the month in which the organization was opened, with its opening. It is told as a fact, so that whatever
 * follows from a new version follows: the instants of a roster, say.
 */
function inPlaceOf(
  happenings: RecordedMonth['happenings'],
  draft: Adoption,
  day: LocalDate,
  open: boolean,
): Placed {
  const others = happenings.filter((each) => !adopts(each, draft));
  const adoption = { ...draft, effectiveOn: day };
  const fact = { fact: 'procedure.adopted', actor: 'clock', adoption };
  const opening = happenings.find((each) => adopts(each, draft));
  if (open || opening === undefined) return { happenings: others, first: [fact] };
  const { order, at } = opening;
  return { happenings: [...others, { order, at, fact, ids: [] }], first: [] };
}

function adopts(happening: RecordedMonth['happenings'][number], draft: Adoption): boolean {
  if (!('fact' in happening) || happening.fact.fact !== 'procedure.adopted') return false;
  const { fact } = happening;
  return 'adoption' in fact && procedureOf(fact.adoption) === draft.procedure;
}

function procedureOf(adoption: unknown): unknown {
  return typeof adoption === 'object' && adoption !== null && 'procedure' in adoption
    ? adoption.procedure
    : null;
}
