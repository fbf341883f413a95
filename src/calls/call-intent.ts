import { Rows, type Deciding, type Fact, type Refusal, type World } from '../decisions/index.ts';
import type { JournalEntry, NewEntry } from '../journal/index.ts';
import { between, MINUTE, plus, type Instant } from '../platform/time.ts';
import { houseRule } from '../procedures/index.ts';

/**
 * A call that the PBX is asked to make:
 *
 *   intended ──▶ dialing ──▶ made    the PBX's event told of the call: it rang, and is over
 *       ├──▶ unknown ──▶ made        no answer: a phone may be ringing, so it is never asked again
 *       ├──▶ made                    the process fell while asking; the event tells what became of it
 *       ├──▶ not-dialed              certainly not: may be asked anew, as another intent
 *       └──▶ refused                 somebody must set something right
 *
 * The PBX has no way to be asked about a call; its event at hang-up is what settles an intent of which nobody knows.
 */
export interface CallIntent {
  readonly id: string;
  readonly lead: string;
  readonly contact: string | null;
  readonly by: string;
  readonly intendedAt: Instant;
  readonly state: 'intended' | DialedAs | 'made';
  /** What the PBX said, when it refused. */
  readonly code: string | null;
  /** The PBX's own id of the call, where it gave one when it took the order. */
  readonly pbxCall: string | null;
  /** The call that the PBX told of (calls.id). */
  readonly call: string | null;
  readonly settledAt: Instant | null;
}

export type DialedAs = 'dialing' | 'refused' | 'not-dialed' | 'unknown';

/** The PBX has answered, or has not. */
export interface CallDialed extends Fact {
  readonly fact: 'call.dialed';
  readonly intent: string;
  readonly outcome: DialedAs;
  readonly code: string | null;
  /** The PBX's id of the call it began; absent or null where it gave none. */
  readonly pbxCall?: string | null;
}

/** While a phone may be ringing for the same lead, nobody asks for another call to it. */
const RINGS_MAX = MINUTE;
/** An event without the id we were given belongs to an intent pressed at most so long before the call began, */
const BEGINS_WITHIN = 3 * MINUTE;
/** or, as the clocks of two companies differ, so long after it. */
const CLOCKS_DIFFER = MINUTE;

export const callIntentsSlice = {
  name: 'call-intents',
  empty: (): { readonly intents: Rows<CallIntent> } => ({ intents: new Rows<CallIntent>() }),
};

/** Null when the PBX may be asked for this call; else why not. A phone does not ring twice for one intent. */
export function mayIntend(deciding: Deciding, intent: string, lead: string): Refusal | null {
  const { intents } = deciding.world.get(callIntentsSlice);
  const ringing = intents
    .values()
    .some(
      (each) =>
        each.lead === lead &&
        (each.state === 'intended' || each.state === 'unknown' || each.state === 'dialing') &&
        plus(each.intendedAt, RINGS_MAX) > deciding.now,
    );
  return intents.has(intent) || ringing ? { refused: 'call-in-hand', because: [houseRule('facts')] } : null;
}

export function callDialed(fact: CallDialed, deciding: Deciding): Refusal | void {
  const intent = deciding.world.get(callIntentsSlice).intents.get(fact.intent);
  if (intent === undefined) return { refused: 'no-such-call', because: [houseRule('facts')] };
  if (intent.state !== 'intended') return undefined;
  const { outcome, code, pbxCall = null } = fact;
  deciding.record({
    entry: 'call.dialed',
    kind: 'fact',
    because: [],
    lead: intent.lead,
    contact: intent.contact,
    person: intent.by,
    fields: { intent: intent.id, lead: intent.lead, by: intent.by, outcome, code, pbxCall },
  });
  return undefined;
}

/** A call as the PBX tells of it, as far as it says which intent it answers. */
export interface AnsweringCall {
  readonly call: string;
  /** Without the number of its attempt; null where the channel gives none. */
  readonly pbxCall: string | null;
  readonly by: string | null;
  readonly lead: string | null;
  readonly contact: string | null;
  readonly direction: 'in' | 'out';
  readonly startedAt: Instant;
}

/**
 * The intent that this call answers: by the PBX's id, else the nearest one of the same advisor for the same person.
 * Only one that no call has answered yet, or a later attempt under the same id.
 */
export function intentOf(world: World, call: AnsweringCall): CallIntent | undefined {
  if (call.direction !== 'out') return undefined;
  const all = world.get(callIntentsSlice).intents.values();
  const named = call.pbxCall === null ? undefined : all.find(({ pbxCall }) => pbxCall === call.pbxCall);
  if (named !== undefined) return named;
  const distance = ({ intendedAt }: CallIntent): number => Math.abs(between(intendedAt, call.startedAt));
  return all
    .filter((intent) => mayBeAnsweredBy(intent, call))
    .toSorted((one, other) => distance(one) - distance(other))[0];
}

function mayBeAnsweredBy(intent: CallIntent, call: AnsweringCall): boolean {
  const open = intent.state === 'intended' || intent.state === 'unknown' || intent.state === 'dialing';
  const same = intent.lead === call.lead || (intent.contact !== null && intent.contact === call.contact);
  return (
    open &&
    same &&
    (intent.pbxCall === null || call.pbxCall === null) &&
    intent.by === call.by &&
    call.startedAt <= plus(intent.intendedAt, BEGINS_WITHIN) &&
    call.startedAt >= plus(intent.intendedAt, -CLOCKS_DIFFER)
  );
}

interface IntentFields {
  readonly intent?: string | null;
  readonly by: string;
  readonly outcome: DialedAs;
  readonly code: string | null;
  readonly pbxCall?: string | null;
  readonly call: string;
}

export function evolveIntents(world: World, entry: JournalEntry | NewEntry): void {
  const { intents } = world.get(callIntentsSlice);
  const fields = entry.fields as unknown as IntentFields;
  const { intent } = fields;
  if (intent == null) return;
  const before = intents.get(intent);
  if (entry.entry === 'call.intended' && entry.lead != null) {
    intents.set(intent, {
      id: intent,
      lead: entry.lead,
      contact: entry.contact ?? null,
      by: fields.by,
      intendedAt: entry.at,
      state: 'intended',
      code: null,
      settledAt: null,
      pbxCall: null,
      call: null,
    });
  } else if (before !== undefined && entry.entry === 'call.dialed') {
    const { outcome, code, pbxCall = null } = fields;
    intents.set(intent, { ...before, state: outcome, code, pbxCall, settledAt: entry.at });
  } else if (before !== undefined && entry.entry === 'call.reported') {
    intents.set(intent, { ...before, state: 'made', call: fields.call, settledAt: entry.at });
  }
}
