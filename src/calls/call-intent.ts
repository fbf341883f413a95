import { Rows, type Deciding, type Fact, type Refusal, type World } from '../decisions/index.ts';
import type { JournalEntry, NewEntry } from '../journal/index.ts';
import { MINUTE, plus, type Instant } from '../platform/time.ts';
import { houseRule } from '../procedures/index.ts';

/**
 * A call that the PBX is asked to make:
 *
 *   intended ──▶ dialing       it rings the advisor, then the prospect
 *       ├──▶ not-dialed        certainly not: may be asked anew, as another intent
 *       ├──▶ refused           somebody must set something right
 *       └──▶ unknown           no answer: a phone may be ringing, so it is never asked again
 *
 * One that stays `intended` (the process fell while asking) counts as unknown.
 */
export interface CallIntent {
  readonly id: string;
  readonly lead: string;
  readonly contact: string | null;
  readonly by: string;
  readonly intendedAt: Instant;
  readonly state: 'intended' | DialedAs;
  /** What the PBX said, when it refused. */
  readonly code: string | null;
  readonly settledAt: Instant | null;
}

export type DialedAs = 'dialing' | 'refused' | 'not-dialed' | 'unknown';

/** The PBX has answered, or has not. */
export interface CallDialed extends Fact {
  readonly fact: 'call.dialed';
  readonly intent: string;
  readonly outcome: DialedAs;
  readonly code: string | null;
}

/** While a phone may be ringing for the same lead, nobody asks for another call to it. */
const RINGS_MAX = MINUTE;

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
  const { outcome, code } = fact;
  deciding.record({
    entry: 'call.dialed',
    kind: 'fact',
    because: [],
    lead: intent.lead,
    contact: intent.contact,
    person: intent.by,
    fields: { intent: intent.id, lead: intent.lead, by: intent.by, outcome, code },
  });
  return undefined;
}

interface IntentFields {
  readonly intent: string;
  readonly by: string;
  readonly outcome: DialedAs;
  readonly code: string | null;
}

export function evolveIntents(world: World, entry: JournalEntry | NewEntry): void {
  const { intents } = world.get(callIntentsSlice);
  const fields = entry.fields as unknown as IntentFields;
  if (entry.entry === 'call.intended' && entry.lead != null) {
    intents.set(fields.intent, {
      id: fields.intent,
      lead: entry.lead,
      contact: entry.contact ?? null,
      by: fields.by,
      intendedAt: entry.at,
      state: 'intended',
      code: null,
      settledAt: null,
    });
  } else if (entry.entry === 'call.dialed') {
    const before = intents.get(fields.intent);
    if (before !== undefined)
      intents.set(before.id, { ...before, state: fields.outcome, code: fields.code, settledAt: entry.at });
  }
}
