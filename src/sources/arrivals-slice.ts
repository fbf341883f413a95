import { call as callOf } from '../calls/index.ts';
import type { Deciding, Fact, World } from '../decisions/index.ts';
import type { JournalEntry, Json, NewEntry } from '../journal/index.ts';
import type { Instant } from '../platform/time.ts';
import { person } from '../staff/index.ts';
import { answerAfter, asJsonAnswer, type LeadAnswer } from './answer.ts';
import type { Arrival } from './arrival.ts';

/** A receipt as its decision leaves it, in the transaction of the decision. */
export interface SettledReceipt {
  readonly id: string;
  readonly lead: string | null;
  readonly answer: Json;
  /** What an administrator should see of it though it was used: an advisor nobody knows, a withheld number. */
  readonly note: Json;
}

/** How an import's rows went, and the last row that was decided. */
export interface ImportCount {
  leads: number;
  duplicates: number;
  repeats: number;
  refused: number;
  doneRow: number;
}

interface ArrivalsState {
  /** Only while facts are decided; deriving the tables again has no use for answers. */
  deciding: boolean;
  now: Instant | null;
  /** Receipts that were settled before this batch. */
  readonly settledBefore: Set<string>;
  readonly answers: Map<string, LeadAnswer>;
  /** Leads of people who were known already. */
  readonly ofKnown: Set<string>;
  readonly repeats: Map<string, LeadAnswer>;
  readonly settled: Map<string, SettledReceipt>;
  readonly imports: Map<string, ImportCount>;
}

export const arrivalsSlice = {
  name: 'arrivals',
  empty: (): ArrivalsState => ({
    deciding: false,
    now: null,
    settledBefore: new Set(),
    answers: new Map(),
    ofKnown: new Set(),
    repeats: new Map(),
    settled: new Map(),
    imports: new Map(),
  }),
};

/** What a lead that is there already says of itself. */
interface EarlierLead {
  readonly id: string;
  readonly number: number;
  readonly stage: LeadAnswer['stage'];
  readonly holder: string | null;
  readonly dueAt: Instant | null;
}

/**
 * Whether an arrival was decided before: its receipt is settled (the process ended between the commit and the answer), or
 * its source told of it earlier under the same id. Remembers where it stands for the answer.
 */
export function toldBefore(world: World, fact: Arrival, earlier: EarlierLead | undefined): boolean {
  const state = world.get(arrivalsSlice);
  if (fact.receipt !== null && state.settledBefore.has(fact.receipt)) return true;
  if (earlier === undefined) return false;
  const { id, number, stage, holder, dueAt } = earlier;
  const held = holder === null ? null : { id: holder, name: '' };
  if (fact.receipt !== null)
    state.repeats.set(fact.receipt, { lead: id, number, stage, holder: held, dueAt, because: [] });
  return true;
}

export function evolveArrivals(world: World, entry: JournalEntry | NewEntry): void {
  const state = world.get(arrivalsSlice);
  if (!state.deciding) return;
  const lead = entry.lead ?? null;
  if (lead === null) return;
  if (entry.entry === 'contact.recognized') state.ofKnown.add(lead);
  const after = answerAfter(state.answers.get(lead), entry);
  if (after !== undefined) state.answers.set(lead, after);
}

/** A fact that came by a receipt or from a file. */
export interface Delivered extends Fact {
  readonly receipt?: string | null;
  readonly note?: Json;
  readonly lead?: string | null;
  readonly call?: string;
  /** The row of a file it stands in. */
  readonly row?: { readonly import: string; readonly row: number };
}

/** After any arrival that was not refused: its receipt is done, or its row counted, in the same transaction. */
export function settle(fact: Delivered, { world }: Deciding): void {
  const state = world.get(arrivalsSlice);
  const receipt = fact.receipt ?? null;
  if (fact.row !== undefined) return countRow(world, fact, fact.row);
  if (receipt === null || state.settledBefore.has(receipt)) return;
  const ofCall = fact.call === undefined ? null : (callOf(world, fact.call)?.lead ?? null);
  const lead = fact.lead ?? ofCall;
  const answer = state.repeats.get(receipt) ?? (lead === null ? undefined : state.answers.get(lead));
  state.settledBefore.add(receipt);
  state.settled.set(receipt, {
    id: receipt,
    lead: answer?.lead ?? lead,
    answer: answer === undefined ? null : asJsonAnswer(named(world, answer)),
    note: fact.note ?? null,
  });
}

function countRow(
  world: World,
  fact: Delivered,
  { import: id, row }: { readonly import: string; readonly row: number },
): void {
  const state = world.get(arrivalsSlice);
  const count = state.imports.get(id) ?? { leads: 0, duplicates: 0, repeats: 0, refused: 0, doneRow: 0 };
  state.imports.set(id, count);
  const answer = fact.lead == null ? undefined : state.answers.get(fact.lead);
  if (answer === undefined) count.repeats += 1;
  else if (answer.stage === 'refused') count.refused += 1;
  else {
    count.leads += 1;
    if (state.ofKnown.has(answer.lead)) count.duplicates += 1;
  }
  count.doneRow = Math.max(count.doneRow, row);
}

function named(world: World, answer: LeadAnswer): LeadAnswer {
  if (answer.holder === null) return answer;
  const { id } = answer.holder;
  return { ...answer, holder: { id, name: person(world, id)?.name ?? id } };
}
