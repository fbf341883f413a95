import type { Fact, Feature, Recall } from '../decisions/index.ts';
import type { JournalEntry } from '../journal/index.ts';
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

export type Happening = ToldAgain | Act | AsRecorded;

/** What was recorded in a period, ready to be run again. */
export interface RecordedMonth {
  readonly happenings: readonly Happening[];
  /** By lead: what was done by those who had it. */
  readonly acts: ReadonlyMap<string, readonly Act[]>;
  readonly deliveries: Deliveries;
  /** How often each decision was taken, by `decisionKey`. */
  readonly decisions: ReadonlyMap<string, number>;
  readonly leads: number;
  /** The number of every lead known by then. */
  readonly numbers: ReadonlyMap<string, number>;
}

/** Which decision it is, whenever it was taken: messages aside, which are of their channels. */
export function decisionKey({
  entry,
  lead,
  person,
}: Pick<JournalEntry, 'entry' | 'lead' | 'person'>): string {
  return `${entry}|${lead ?? ''}|${person ?? ''}`;
}

/** Shifts drawn up, requests read out of mails, data put right: people’s own work, which no reading decides. */
const AS_WRITTEN = /^(?:(?:shifts?|absence|draft)\.|lead\.edited$)/;

const isRecorded = ({ entry }: JournalEntry): boolean => !TOLD_WITHIN.has(entry);

/** An inbound call from a number of nobody's tells of a lead and of a call at once; a message that went, of contact. */
const TOLD_WITHIN: ReadonlySet<string> = new Set(['call.reported', 'message']);

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
  const acts = new Map<string, Act[]>();
  const decisions = new Map<string, number>();
  const calls = new Map<string, Held>();
  const facts = new Set(features.flatMap((feature) => [...feature.facts.keys()]));
  const recalls = new Map(features.flatMap((feature) => [...(feature.recall ?? [])]));
  const numbers = new Map<string, number>();
  let leads = 0;
  let group: JournalEntry[] = [];

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

  function tellAgain(
    entry: JournalEntry,
    followed: readonly JournalEntry[],
    recall: Recall | undefined,
  ): void {
    const { fact, ids = [] } = recall?.(entry, followed) ?? { fact: asTold(entry) };
    keep({ order: entry.id, at: entry.at, fact, ids }, entry);
  }

  const isTold = ({ entry }: JournalEntry): boolean => {
    if (AS_WRITTEN.test(entry)) return false;
    return recalls.has(entry) ? recalls.get(entry) !== null : facts.has(entry);
  };

  /** Entries of one fact stand together; those after a fact that is a decision itself name no cause. */
  function follows(entry: JournalEntry): boolean {
    const [root] = group;
    if (root === undefined) return false;
    if (entry.causedBy === root.id) return true;
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

  function gather([root, ...followed]: readonly JournalEntry[]): void {
    if (root === undefined || root.actor === 'clock') return;
    const recall = recalls.get(root.entry);
    // What a channel answered is asked of `deliveries` as messages are told again.
    if (outcomeOf(root) === null) {
      if (isTold(root)) tellAgain(root, followed, recall ?? undefined);
      else happenings.push({ order: root.id, at: root.at, entries: [root, ...followed].filter(isRecorded) });
    }
    for (const entry of followed)
      if (TOLD_WITHIN.has(entry.entry)) tellAgain(entry, [], recalls.get(entry.entry) ?? undefined);
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
      if (entry.kind !== 'decision' || entry.entry === 'told') return undefined;
      const key = decisionKey(entry);
      decisions.set(key, (decisions.get(key) ?? 0) + 1);
      return undefined;
    },
    end() {
      flush();
      return { happenings, acts, deliveries: messages, decisions, leads, numbers };
    },
  };
}

/** The entry's own fields are the fact. */
function asTold({ entry, actor, fields, personal, lead, contact, person }: JournalEntry): Fact {
  return Object.assign(
    {
      ...(lead == null ? {} : { lead }),
      ...(contact == null ? {} : { contact }),
      ...(person == null ? {} : { person }),
    },
    fields,
    personal ?? {},
    { fact: entry, actor },
  );
}
