import { asTold, type Fact, type Feature, type Recalled } from '../decisions/index.ts';
import { isErased, type JournalEntry, type NewEntry } from '../journal/index.ts';
import { between, type Instant } from '../platform/time.ts';
import { deliveries, outcomeOf, type Deliveries } from './deliveries.ts';
import { textIn } from './fields.ts';
import { tenures, type Held } from './tenures.ts';

/** Something the world told, to be told again. */
export interface ToldAgain {
  /** Its place in the journal: what was told at one instant is told again in the same order. */
  readonly order: number;
  readonly at: Instant;
  readonly fact: Fact;
  /** Ids drawn while it was decided. */
  readonly ids: readonly string[];
}

/** Something done about a lead by whoever had it. */
export interface Act extends ToldAgain {
  readonly lead: string;
  readonly by: string;
  /** Of the doer among those who had the lead, from 0. */
  readonly place: number;
  /** Milliseconds after the lead was given to its doer. */
  readonly after: number;
  /** The same for when a call that was told of later began; null where the act is its own moment. */
  readonly beganAfter: number | null;
  /** The end of a call that began: whoever began it ends it. */
  readonly ends: boolean;
}

/** What is not decided again: its entries hold as they were written. */
export interface AsRecorded {
  readonly order: number;
  readonly at: Instant;
  readonly entries: readonly JournalEntry[];
}

/** The clock of the house fired what was due by then; so many entries came of it. */
export interface ClockFired {
  readonly order: number;
  readonly at: Instant;
  readonly entriesOfClock: number;
}

export type Happening = ToldAgain | Act | AsRecorded;

/** What was recorded in a period, ready to be run again. */
export interface RecordedMonth {
  readonly happenings: readonly Happening[];
  readonly clock: readonly ClockFired[];
  /** Facts taken as recorded because what they rested on was erased since, by name. */
  readonly erased: ReadonlyMap<string, number>;
  /** By lead: what was done by those who had it. */
  readonly acts: ReadonlyMap<string, readonly Act[]>;
  readonly deliveries: Deliveries;
  /** How often each decision was taken, by `decisionKey`; those of what is taken as recorded are not among them. */
  readonly decisions: ReadonlyMap<string, number>;
  readonly leads: number;
  /** The number of every lead known by then. */
  readonly numbers: ReadonlyMap<string, number>;
}

/** Which decision it is, and when it was taken; null: it is none, or a message, whose way is its channel's. */
export function decisionKey({ kind, entry, at, lead, person }: JournalEntry | NewEntry): string | null {
  if (kind !== 'decision' || entry === 'told') return null;
  return `${at}|${entry}|${lead ?? ''}|${person ?? ''}`;
}

/** The one fact that the product tells itself; all else that the clock writes comes of a deadline. */
const TOLD_BY_CLOCK: ReadonlySet<string> = new Set(['lead.forgotten']);

const REFUSED = 'fact.refused';

export interface Recorder {
  /** Every entry of the journal in its order; those before the period only say who has what. */
  see(entry: JournalEntry): void;
  end(): RecordedMonth;
}

/** Reads a period out of the journal: what the world told, by whom, how soon after a lead was given, and how messages were taken. */
export function recordMonth(features: readonly Feature[], from: Instant): Recorder {
  const had = tenures();
  const messages = deliveries();
  const happenings: Happening[] = [];
  const clock: { order: number; at: Instant; entriesOfClock: number }[] = [];
  const acts = new Map<string, Act[]>();
  const decisions = new Map<string, number>();
  const erased = new Map<string, number>();
  const calls = new Map<string, Held>();
  const facts = new Set(features.flatMap((feature) => [...feature.facts.keys()]));
  const recalls = new Map(features.flatMap((feature) => [...(feature.recall ?? [])]));
  const numbers = new Map<string, number>();
  let leads = 0;
  let group: JournalEntry[] = [];
  let isClockOn = false;

  function keep(told: ToldAgain, entry: JournalEntry): void {
    const act = actOf(told, entry);
    if (act === null) return void happenings.push(told);
    const known = acts.get(act.lead);
    if (known === undefined) acts.set(act.lead, [act]);
    else known.push(act);
    return undefined;
  }

  function actOf(told: ToldAgain, entry: JournalEntry): Act | null {
    const [lead, by, call] = [entry.lead ?? null, textIn(entry, 'by'), textIn(entry, 'call')];
    if (lead === null || by === null || entry.entry === 'lead.registered') return null;
    const startedAt = entry.entry === 'call.reported' ? textIn(entry, 'startedAt') : null;
    const held =
      (call === null ? undefined : calls.get(call)) ??
      (startedAt === null ? null : had.during(lead, startedAt as Instant)) ??
      had.now(lead);
    if (held === null) return null;
    const ends = call !== null && calls.has(call);
    if (!ends && had.at(lead, held.place)?.person !== by) return null;
    if (call !== null && entry.entry === 'call.started') calls.set(call, held);
    return {
      ...told,
      lead,
      by,
      ends,
      place: held.place,
      after: between(held.since, entry.at),
      beganAfter: startedAt === null ? null : between(held.since, startedAt as Instant),
    };
  }

  const isTold = ({ entry }: JournalEntry): boolean =>
    recalls.has(entry) ? recalls.get(entry) !== null : facts.has(entry);

  /** Entries of one fact stand together; those after a fact that is a decision itself name no cause. */
  function follows(entry: JournalEntry): boolean {
    const [root] = group;
    if (root === undefined) return false;
    if (entry.causedBy === root.id) return true;
    // What was said no to changed nothing, and came of nothing.
    if (entry.entry === REFUSED || root.entry === REFUSED) return false;
    const nameless = root.kind === 'decision' && entry.kind === 'decision' && entry.causedBy === null;
    return nameless && isTold(root) && !isTold(entry) && entry.at === root.at && entry.actor === root.actor;
  }

  /** Who did it is asked of the moment before. */
  function flush(): void {
    const whole = group;
    group = [];
    gather(whole);
    for (const entry of whole) had.see(entry);
  }

  function gather(whole: readonly JournalEntry[]): void {
    const [root, ...followed] = whole;
    if (root === undefined) return undefined;
    const wasClockOn = isClockOn;
    isClockOn = root.actor === 'clock' && !TOLD_BY_CLOCK.has(root.entry);
    const { id: order, at } = root;
    if (isClockOn) {
      whole.forEach(decided);
      const last = clock.at(-1);
      if (wasClockOn && last?.at === at) last.entriesOfClock += whole.length;
      else clock.push({ order, at, entriesOfClock: whole.length });
      return undefined;
    }
    // What a channel answered is asked of `deliveries` as notices are told again.
    const isNotice = outcomeOf(root) !== null && messages.has(root);
    const recalled = isNotice ? null : again(root, followed);
    if (recalled === null && !isNotice) return void happenings.push({ order, at, entries: whole });
    whole.forEach(decided);
    if (recalled !== null) keep({ order, at, fact: recalled.fact, ids: recalled.ids ?? [] }, root);
    return undefined;
  }

  function decided(entry: JournalEntry): void {
    const key = decisionKey(entry);
    if (key !== null) decisions.set(key, (decisions.get(key) ?? 0) + 1);
  }

  /** Null: its entries hold as they were written. */
  function again(root: JournalEntry, followed: readonly JournalEntry[]): Recalled | null {
    const recall = outcomeOf(root) === null ? recalls.get(root.entry) : recalls.get('message.outcome');
    if (recall == null && !isTold(root)) return null;
    const recalled = recall != null ? recall(root, followed) : isErased(root) ? null : asTold(root);
    if (recalled === null) erased.set(root.entry, (erased.get(root.entry) ?? 0) + 1);
    return recalled;
  }

  return {
    see(entry) {
      const { number } = entry.fields;
      if (entry.lead != null && typeof number === 'number') numbers.set(entry.lead, number);
      if (entry.at < from) return had.see(entry);
      if (!follows(entry)) {
        flush();
        group = [entry];
      } else group.push(entry);
      messages.see(entry);
      if (entry.entry === 'lead.received') leads += 1;
      return undefined;
    },
    end() {
      flush();
      return { happenings, clock, acts, deliveries: messages, decisions, erased, leads, numbers };
    },
  };
}
