import {
  Rows,
  isAbout,
  tell,
  type Deciding,
  type Fact,
  type Refusal,
  type World,
} from '../decisions/index.ts';
import type { JournalEntry, Json, NewEntry } from '../journal/index.ts';
import { SECOND, type Instant } from '../platform/time.ts';
import { houseRule } from '../procedures/index.ts';

/**
 * A message on its way out:
 *
 *   queued ──a worker takes it──▶ sending ──▶ accepted ──▶ delivered ──▶ read
 *      │                             ├──▶ queued again, later (the channel asked to wait)
 *      │                             ├──▶ refused ─────────┐
 *      │                             └──▶ unknown ─────────┤  no answer: settled by a status that carries our id, or
 *      └──▶ canceled                      failed ──────────┘  by a person; never sent again blindly
 *                                                          ▼
 *                                        the same notice by the person's next channel, as a message of its own
 *
 * The row follows from the `told` entry; what a channel answers is a fact of its own. `sending` is a worker's mark on the
 * row, with its lease: for decisions the message is still queued.
 */
export interface OutboxMessage {
  readonly id: string;
  readonly recipient: string;
  readonly channel: string;
  /** What it is about. */
  readonly kind: string;
  readonly lead: string | null;
  readonly fields: Json;
  readonly queuedAt: Instant;
  readonly notBefore: Instant;
  readonly state: MessageState;
  readonly providerId: string | null;
  readonly outcome: Json;
  readonly settledAt: Instant | null;
  /** The first message of the same notice; null for the first itself. */
  readonly root: string | null;
  /** Channels that did not take the notice before this one. */
  readonly tried: readonly string[];
  /** The message that took this one's place. */
  readonly followedBy: string | null;
}

export type MessageState =
  | 'queued'
  | 'accepted'
  | 'refused'
  | 'unknown'
  | 'delivered'
  | 'read'
  | 'failed'
  | 'canceled';

/** A message to the person behind a lead, in the words of whoever wrote it; all others are notices to people of the floor. */
export const CONVERSATION = 'conversation';

/** How long whoever writes a message may take it back before it goes; notices of the rules do not wait. */
export const UNDO_MILLISECONDS = 5 * SECOND;

export const outboxSlice = {
  name: 'outbox',
  empty: () => ({ messages: new Rows<OutboxMessage>(), taken: new Set<string>() }),
};

export function outboxMessage(world: World, id: string): OutboxMessage | undefined {
  return world.get(outboxSlice).messages.get(id);
}

/** What a channel answered, or said later of a message. */
export interface MessageOutcome extends Fact {
  readonly fact: 'message.outcome';
  readonly message: string;
  readonly outcome: 'accepted' | 'refused' | 'unknown' | 'delivered' | 'read' | 'failed';
  readonly channel: string;
  readonly providerId?: string | null;
  readonly code?: string | null;
  /** The person's next channel, where this one did not take it; null or absent: there is none. */
  readonly next?: string | null;
}

/** Its writer thinks better of it, in time. */
export interface MessageCanceled extends Fact {
  readonly fact: 'message.canceled';
  readonly message: string;
  readonly by: string;
}

/** A person who has seen what became of it sends it again: the one way in which a message of unknown outcome is repeated. */
export interface MessageResent extends Fact {
  readonly fact: 'message.resent';
  readonly message: string;
  readonly by: string;
}

const RANK = {
  queued: 0,
  unknown: 1,
  refused: 2,
  canceled: 2,
  accepted: 2,
  failed: 3,
  delivered: 4,
  read: 5,
} as const satisfies Record<MessageState, number>;

/** These say that the person was not reached, as far as is known. */
const NOT_REACHED: ReadonlySet<string> = new Set(['refused', 'unknown', 'failed']);

/**
 * Statuses come repeated and out of order; one that says nothing newer changes nothing and gives null. A notice that was
 * not taken goes on by the person's next channel, once.
 */
export function settleMessage(fact: MessageOutcome, deciding: Deciding): OutboxMessage | null {
  const message = outboxMessage(deciding.world, fact.message);
  if (message === undefined || RANK[fact.outcome] <= RANK[message.state]) return null;
  const providerId = fact.providerId ?? message.providerId;
  // WhatsApp's ids hold the number written to: of a person who may ask to be forgotten it stands outside the hash.
  const isPersonal = message.kind === CONVERSATION;
  deciding.record({
    entry: `message.${fact.outcome}`,
    kind: 'fact',
    because: [],
    actor: fact.channel,
    person: isPersonal ? null : message.recipient,
    ...(message.lead === null ? {} : { lead: message.lead }),
    fields: {
      message: fact.message,
      channel: fact.channel,
      ...(isPersonal ? {} : { providerId }),
      ...(fact.code == null ? {} : { code: fact.code }),
    },
    ...(isPersonal ? { personal: { providerId } } : {}),
  });
  if (fact.next != null && message.followedBy === null && NOT_REACHED.has(fact.outcome))
    tellInstead(deciding, message, fact.next, [...message.tried, message.channel]);
  return message;
}

function tellInstead(
  deciding: Deciding,
  message: OutboxMessage,
  channel: string,
  tried: readonly string[],
): void {
  const { id, kind, recipient, lead, fields, root } = message;
  if (!isAbout(kind)) return;
  const p8 = lead === null ? null : deciding.rules.cite('lead-assignment', 'P8');
  tell(deciding, {
    to: recipient,
    about: kind,
    because: [...(p8 === null ? [] : [p8]), houseRule('notices')],
    ...(lead === null ? {} : { lead }),
    // Written by `tell` from an object of this shape.
    values: fields as { readonly [name: string]: Json },
    channel,
    instead: { message: id, root: root ?? id, tried },
  });
}

export function cancelMessage(fact: MessageCanceled, deciding: Deciding): Refusal | void {
  const { world, now } = deciding;
  const message = outboxMessage(world, fact.message);
  const because = [houseRule('undo')];
  if (message === undefined) return { refused: 'no-such-message', because };
  if (message.state === 'canceled') return undefined;
  const gone = message.state !== 'queued' || world.get(outboxSlice).taken.has(message.id);
  if (gone || now >= message.notBefore) return { refused: 'message-gone', because };
  const written = message.kind === CONVERSATION;
  if (written && authorOf(message) !== fact.by) return { refused: 'no-such-message', because };
  deciding.record({
    entry: 'message.canceled',
    kind: 'fact',
    because: [],
    ...(written && message.lead !== null ? { lead: message.lead } : {}),
    person: written ? fact.by : message.recipient,
    fields: { message: message.id, by: fact.by },
  });
  return undefined;
}

/** Of a conversation's message: who wrote it. */
function authorOf({ fields }: OutboxMessage): string | null {
  const by = fields !== null && typeof fields === 'object' && 'by' in fields ? fields.by : null;
  return typeof by === 'string' ? by : null;
}

/**
 * Messages about these leads that have not gone yet go nowhere: the person was erased, or the like. One that a worker has
 * in hand may be gone already: what became of it is told by its channel.
 */
export function cancelMessages(
  deciding: Deciding,
  leads: ReadonlySet<string>,
  because: readonly string[],
): void {
  const { messages, taken } = deciding.world.get(outboxSlice);
  for (const { id, lead, state, recipient, kind } of messages.values()) {
    if (state !== 'queued' || taken.has(id) || lead === null || !leads.has(lead)) continue;
    deciding.record({
      entry: 'message.canceled',
      kind: 'decision',
      because,
      lead,
      person: kind === CONVERSATION ? null : recipient,
      fields: { message: id },
    });
  }
}

export function resendMessage(fact: MessageResent, deciding: Deciding): Refusal | void {
  const message = outboxMessage(deciding.world, fact.message);
  const because = [houseRule('notices')];
  if (message === undefined) return { refused: 'no-such-message', because };
  if (!NOT_REACHED.has(message.state) || message.followedBy !== null)
    return { refused: 'message-not-open', because };
  deciding.record({
    entry: 'message.resent',
    kind: 'fact',
    because: [],
    person: message.recipient,
    fields: { message: message.id, by: fact.by },
  });
  tellInstead(deciding, message, message.channel, message.tried);
  return undefined;
}

interface EntryFields {
  readonly message: string;
  readonly to: string;
  readonly channel: string;
  readonly about: string;
  readonly values: Json;
  readonly notBefore?: Instant;
  readonly instead?: { readonly message: string; readonly root: string; readonly tried: readonly string[] };
  readonly providerId?: string | null;
  readonly code?: string;
}

const OUTCOMES: Readonly<Record<string, MessageState>> = {
  'message.accepted': 'accepted',
  'message.refused': 'refused',
  'message.unknown': 'unknown',
  'message.delivered': 'delivered',
  'message.read': 'read',
  'message.failed': 'failed',
  'message.canceled': 'canceled',
};

export function evolveOutbox(world: World, entry: JournalEntry | NewEntry): void {
  const { messages } = world.get(outboxSlice);
  if (entry.entry === 'message.written') return written(world, entry);
  // The journal is read back only through the hash-checked store, so its fields have the shape they were written with.
  const fields = entry.fields as unknown as EntryFields;
  const personal = (entry.personal ?? {}) as { readonly providerId?: string | null };
  if (entry.entry === 'told') {
    const { instead } = fields;
    messages.set(fields.message, {
      id: fields.message,
      recipient: fields.to,
      channel: fields.channel,
      kind: fields.about,
      lead: entry.lead ?? null,
      fields: fields.values,
      queuedAt: entry.at,
      notBefore: fields.notBefore ?? entry.at,
      state: 'queued',
      providerId: null,
      outcome: null,
      settledAt: null,
      root: instead?.root ?? null,
      tried: instead?.tried ?? [],
      followedBy: null,
    });
    const before = instead === undefined ? undefined : messages.get(instead.message);
    if (before !== undefined) messages.set(before.id, { ...before, followedBy: fields.message });
    return;
  }
  const state = OUTCOMES[entry.entry];
  const before = state === undefined ? undefined : messages.get(fields.message);
  if (state === undefined || before === undefined) return;
  messages.set(before.id, {
    ...before,
    state,
    outcome: fields.code === undefined ? before.outcome : { code: fields.code },
    settledAt: before.settledAt ?? entry.at,
    providerId: fields.providerId ?? personal.providerId ?? before.providerId,
  });
}

/** A message of a conversation stands here under its own id; its words stand in the thread. */
function written(world: World, entry: JournalEntry | NewEntry): void {
  const { message, channel, by, notBefore } = entry.fields as unknown as WrittenFields;
  world.get(outboxSlice).messages.set(message, {
    id: message,
    recipient: entry.contact ?? '',
    channel,
    kind: CONVERSATION,
    lead: entry.lead ?? null,
    fields: { by },
    queuedAt: entry.at,
    notBefore,
    state: 'queued',
    providerId: null,
    outcome: null,
    settledAt: null,
    root: null,
    tried: [],
    followedBy: null,
  });
}

interface WrittenFields {
  readonly message: string;
  readonly channel: string;
  readonly by: string | null;
  readonly notBefore: Instant;
}
