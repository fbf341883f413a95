import type { Fact, Feature, ProcedureAdopted } from '../decisions/index.ts';
import type { Instant, LocalDate } from '../platform/time.ts';
import type { Adoption, Pack } from '../procedures/index.ts';
import { compareRuns, type Comparison, type Run } from './compare.ts';
import type { Beginning, MonthRead } from './month.store.ts';
import { decisionKey, type RecordedMonth } from './recorded-month.ts';
import { replay, type Replay } from './replay.ts';
import { makeRoomFor, rulesIn, type Earlier } from './rules.ts';
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
  const { month } = read;
  const asItWas = yield* halfOf(
    runOnce(asked, read.begin(), { month, told: [], fired: null, earlier: null }),
    0,
  );
  const second = read.begin();
  const { adoptions, effectiveOn } = makeRoomFor(second.world, draft, day);
  const { happenings, first: told } = inPlaceOf(month.happenings, { ...draft, effectiveOn }, second.open);
  const { fired } = asItWas.replayed;
  const earlier = { before: asked.from, adoptions };
  const run = runOnce(asked, second, { month: { ...month, happenings }, told, fired, earlier });
  const asItWouldBe = yield* halfOf(run, 1);
  return compareRuns(asItWas, asItWouldBe, month);
}

/** The month once, under the versions that held: what was decided then must come out. */
export function runAsItWas(asked: MonthAgain): {
  readonly decisions: ReadonlyMap<string, number>;
  readonly replayed: Run['replayed'];
} {
  const run = runOnce(asked, asked.read.begin(), {
    month: asked.read.month,
    told: [],
    fired: null,
    earlier: null,
  });
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
  readonly earlier: Earlier | null;
}

function* runOnce(
  { features, packs, from, to }: MonthAgain,
  { had, world }: Beginning,
  { month, told, fired, earlier }: Lived,
): Generator<number, Run> {
  const of = tally();
  let all = month.happenings.length;
  for (const acts of month.acts.values()) all += acts.length;
  const run = replay({
    features,
    world,
    had,
    rulesAt: rulesIn(packs, world, earlier),
    month,
    from,
    to,
    first: told,
    fired,
    seen: (entry, isDecided) => {
      count(of, entry);
      // Only the month as it was is held against what was decided then.
      const key = isDecided && fired === null ? decisionKey(entry) : null;
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
function inPlaceOf(happenings: RecordedMonth['happenings'], draft: Adoption, open: boolean): Placed {
  const others = happenings.filter((each) => adopted(each, draft) === null);
  const opening = happenings.find((each) => adopted(each, draft) !== null);
  if (open || opening === undefined) return { happenings: others, first: [asFact(draft)] };
  const { order, at } = opening;
  const { effectiveOn } = adopted(opening, draft) ?? draft;
  const told = effectiveOn < draft.effectiveOn ? { ...draft, effectiveOn } : draft;
  return { happenings: [...others, { order, at, fact: asFact(told), ids: [] }], first: [] };
}

function asFact(adoption: Adoption): Fact {
  return Object.assign({ fact: 'procedure.adopted', actor: 'clock' }, { adoption });
}

/** Since when a version of the draft's procedure counts, where this is its adoption. */
function adopted(
  happening: RecordedMonth['happenings'][number],
  { procedure }: Adoption,
): Pick<Adoption, 'effectiveOn'> | null {
  if (!('fact' in happening) || happening.fact.fact !== 'procedure.adopted') return null;
  const { fact } = happening;
  const { adoption } = fact as ProcedureAdopted;
  return adoption.procedure === procedure ? adoption : null;
}
