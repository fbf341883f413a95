import { call as callOf, intentOf } from '../calls/index.ts';
import type { HeldFacts } from '../contacts/index.ts';
import { CONVERSATION, settleMessage, type MessageOutcome } from '../messages/index.ts';
import type { Deciding, Fact, Refusal } from '../decisions/index.ts';
import { plus, SECOND, type Instant } from '../platform/time.ts';
import { houseRule } from '../procedures/index.ts';
import type { LeadReceived } from '../sources/index.ts';
import type { Lead } from './lead.ts';
import { lead as leadOf } from './leads-slice.ts';
import { countWritten, strikeWritten } from './conversing.ts';
import { noticeGiven } from './notice.ts';
import { receiveLead } from './receive.ts';
import { callHeard } from './ten-minutes.ts';
import { leadWithNumber } from './whose-call.ts';

export interface CallStarted extends Fact {
  readonly fact: 'call.started';
  readonly call: string;
  readonly by: string;
  readonly lead: string;
  readonly direction: 'in' | 'out';
}

export interface CallEnded extends Fact {
  readonly fact: 'call.ended';
  readonly call: string;
  readonly answered: boolean;
  readonly talkSeconds: number | null;
  readonly ringSeconds: number | null;
}

/** The PBX tells of a call that is over; the only kind Callpicker sends. */
export interface CallReported extends Fact {
  readonly fact: 'call.reported';
  /** The PBX's own id and attempt, which makes a repeat harmless. */
  readonly call: string;
  /** Its id alone: what it answered when it was asked to dial. */
  readonly pbxCall?: string | null;
  readonly by: string | null;
  /** Null when only the number is known: see `identity`. */
  readonly lead: string | null;
  /** The other party's number. */
  readonly identity?: HeldFacts;
  /** The lead that an inbound call from a number of nobody's makes. */
  readonly arrival?: LeadReceived | null;
  readonly direction: 'in' | 'out';
  readonly startedAt: Instant;
  readonly answered: boolean;
  readonly talkSeconds: number | null;
  readonly ringSeconds: number | null;
  /** Where the PBX keeps the recordings: a person's voice, so they go with the person's data. */
  readonly recordings?: readonly string[];
}

const UNKNOWN_LEAD = { refused: 'no-such-lead', because: [houseRule('facts')] };

export function callStarted(fact: CallStarted, deciding: Deciding): Refusal | void {
  const lead = leadOf(deciding.world, fact.lead);
  if (lead === undefined) return UNKNOWN_LEAD;
  if (callOf(deciding.world, fact.call) !== undefined) return undefined;
  deciding.record({
    entry: 'call.started',
    kind: 'fact',
    because: [],
    lead: lead.id,
    contact: lead.contact,
    person: fact.by,
    fields: {
      call: fact.call,
      lead: lead.id,
      by: fact.by,
      direction: fact.direction,
      startedAt: deciding.now,
    },
  });
  return undefined;
}

export function callEnded(fact: CallEnded, deciding: Deciding): Refusal | void {
  const begun = callOf(deciding.world, fact.call);
  if (begun === undefined) return { refused: 'no-such-call', because: [houseRule('facts')] };
  if (begun.endedAt !== null) return undefined;
  const { answered, talkSeconds, ringSeconds } = fact;
  deciding.record({
    entry: 'call.ended',
    kind: 'fact',
    because: [],
    lead: begun.lead,
    contact: begun.contact,
    person: begun.by,
    fields: {
      call: fact.call,
      lead: begun.lead,
      by: begun.by,
      endedAt: deciding.now,
      answered,
      talkSeconds,
      ringSeconds,
    },
  });
  const ended = callOf(deciding.world, fact.call);
  if (ended?.lead != null) callHeard(deciding, ended.lead, ended);
  return undefined;
}

/**
 * A call is kept once. One that came without an advisor we know is heard again when its extension has been mapped since:
 * the evidence in it counts from then on.
 */
export function callReported(fact: CallReported, deciding: Deciding): Refusal | void {
  const before = callOf(deciding.world, fact.call);
  if (before !== undefined && (before.by !== null || fact.by === null)) return undefined;
  const { call, pbxCall = null, direction, startedAt, answered, talkSeconds, ringSeconds } = fact;
  const { recordings = [] } = fact;
  const answering = { call, pbxCall, by: fact.by, direction, startedAt };
  // What we asked for is known exactly: which lead, and who pressed.
  const asked = intentOf(deciding.world, { ...answering, lead: null, contact: null });
  const askedLead = asked === undefined ? undefined : leadOf(deciding.world, asked.lead);
  const told = before?.lead ?? fact.lead ?? askedLead?.id ?? null;
  const lead = told === null ? leadOfNumber(fact, deciding) : leadOf(deciding.world, told);
  if (told !== null && lead === undefined) return UNKNOWN_LEAD;
  const of = { lead: lead?.id ?? null, contact: lead?.contact ?? null };
  const intent = asked ?? intentOf(deciding.world, { ...answering, ...of });
  const by = fact.by ?? intent?.by ?? null;
  const endedAt = endOf(startedAt, ringSeconds, talkSeconds, deciding.now);
  deciding.record({
    entry: 'call.reported',
    kind: 'fact',
    because: [],
    ...of,
    person: by,
    fields: {
      call,
      lead: of.lead,
      by,
      direction,
      startedAt,
      endedAt,
      answered,
      talkSeconds,
      ringSeconds,
      ...(intent === undefined ? {} : { intent: intent.id }),
    },
    ...(recordings.length === 0 ? {} : { personal: { recordings: [...recordings] } }),
  });
  const reported = callOf(deciding.world, call);
  if (lead !== undefined && reported !== undefined) callHeard(deciding, lead.id, reported);
  return undefined;
}

/** The lead whose person has the number; an inbound call from a number of nobody's makes one. */
function leadOfNumber(fact: CallReported, deciding: Deciding): Lead | undefined {
  const { world } = deciding;
  const known = leadWithNumber(world, fact.identity?.phones.map(({ value }) => value) ?? [], fact);
  if (known !== undefined || fact.direction === 'out' || fact.arrival == null) return known;
  receiveLead(fact.arrival, deciding);
  return leadOf(world, fact.arrival.lead);
}

function endOf(
  startedAt: Instant,
  ringSeconds: number | null,
  talkSeconds: number | null,
  now: Instant,
): Instant {
  const end = plus(startedAt, Math.round(((ringSeconds ?? 0) + (talkSeconds ?? 0)) * SECOND));
  return end < now ? end : now;
}

/** A channel answered for a notice: the first that was accepted is when the advisor was told (lead-assignment P8). */
export function messageSettled(fact: MessageOutcome, deciding: Deciding): void {
  const told = settleMessage(fact, deciding);
  if (told?.kind === CONVERSATION && fact.outcome === 'failed') return strikeWritten(deciding, told);
  if (told === null || !['accepted', 'delivered', 'read'].includes(fact.outcome)) return;
  if (told.kind === CONVERSATION) return countWritten(deciding, told);
  const lead = told.lead === null ? undefined : leadOf(deciding.world, told.lead);
  if (lead === undefined || !GIVES_NOTICE.has(told.kind)) return;
  noticeGiven(deciding, lead, told.recipient, fact.channel);
}

const GIVES_NOTICE: ReadonlySet<string> = new Set(['lead.assigned', 'lead.reassigned']);
