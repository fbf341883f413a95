import { sql } from 'kysely';

import { erasedNow } from '../contacts/index.ts';
import { Rows, type Deciding, type Fact, type Feature, type World } from '../decisions/index.ts';
import type { JournalEntry, Json, NewEntry } from '../journal/index.ts';
import type { Tx } from '../platform/database.ts';
import { saveRows } from '../platform/rows.ts';
import type { Instant } from '../platform/time.ts';

/**
 * A message on its way out:
 *
 *   queued ──a worker takes it──▶ sending ──▶ accepted ──▶ delivered ──▶ read
 *                                    ├──▶ queued again, later (the channel asked to wait)
 *                                    ├──▶ refused
 *                                    └──▶ unknown   no answer: settled by asking the other side, never sent again blindly
 *
 * The row follows from the `told` entry; what a channel answers is a fact of its own.
 */
export interface OutboxMessage {
  readonly id: string;
  readonly recipient: string;
  readonly channel: string;
  readonly kind: string;
  readonly lead: string | null;
  readonly fields: Json;
  readonly queuedAt: Instant;
  readonly notBefore: Instant;
  readonly state:
    | 'queued'
    | 'accepted'
    | 'refused'
    | 'unknown'
    | 'delivered'
    | 'read'
    | 'failed'
    | 'canceled';
  readonly providerId: string | null;
  readonly outcome: Json;
  readonly settledAt: Instant | null;
}

const outboxSlice = {
  name: 'outbox',
  empty: (): { readonly messages: Rows<OutboxMessage> } => ({ messages: new Rows<OutboxMessage>() }),
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
} as const;

/** Statuses come repeated and out of order; one that says nothing newer changes nothing and gives null. */
export function settleMessage(fact: MessageOutcome, deciding: Deciding): OutboxMessage | null {
  const message = outboxMessage(deciding.world, fact.message);
  if (message === undefined || RANK[fact.outcome] <= RANK[message.state]) return null;
  deciding.record({
    entry: `message.${fact.outcome}`,
    kind: 'fact',
    because: [],
    actor: fact.channel,
    person: message.recipient,
    ...(message.lead === null ? {} : { lead: message.lead }),
    fields: {
      message: fact.message,
      channel: fact.channel,
      providerId: fact.providerId ?? message.providerId,
      ...(fact.code == null ? {} : { code: fact.code }),
    },
  });
  return message;
}

/** Messages about these leads that have not gone yet go nowhere: the person was erased, or the like. */
export function cancelMessages(
  deciding: Deciding,
  leads: ReadonlySet<string>,
  because: readonly string[],
): void {
  for (const { id, lead, state, recipient } of deciding.world.get(outboxSlice).messages.values()) {
    if (state !== 'queued' || lead === null || !leads.has(lead)) continue;
    deciding.record({
      entry: 'message.canceled',
      kind: 'decision',
      because,
      lead,
      person: recipient,
      fields: { message: id },
    });
  }
}

/** For acts on a lead that concern what was queued about it. */
export async function loadQueuedMessages(tx: Tx, world: World, leads: readonly string[]): Promise<void> {
  if (leads.length === 0) return;
  const found = await sql<OutboxMessage>`
    select id, recipient, channel, kind, lead, fields, queued_at, not_before, 'queued' as state, provider_id, outcome,
           settled_at
      from outbox
     where organization_id = (select pauta_organization()) and lead = any(${leads}::text[])
       and state in ('queued', 'sending')`.execute(tx);
  for (const row of found.rows) world.get(outboxSlice).messages.loaded(row.id, row);
}

/** Notices hold no personal data by rule (tell); should one have, it goes with the person. */
async function eraseFields(tx: Tx, world: World): Promise<void> {
  const leads = erasedNow(world).flatMap((each) => each.leads);
  if (leads.length === 0) return;
  await sql`
    update outbox set fields = '{}', outcome = null
     where organization_id = (select pauta_organization()) and lead = any(${leads}::text[])
       and state not in ('queued', 'sending')`.execute(tx);
}

interface ToldFields {
  readonly message: string;
  readonly to: string;
  readonly channel: string;
  readonly about: string;
  readonly values: Json;
  readonly notBefore?: Instant;
  readonly providerId?: string | null;
  readonly code?: string;
}

const OUTCOMES: Readonly<Record<string, OutboxMessage['state']>> = {
  'message.accepted': 'accepted',
  'message.refused': 'refused',
  'message.unknown': 'unknown',
  'message.delivered': 'delivered',
  'message.read': 'read',
  'message.failed': 'failed',
  'message.canceled': 'canceled',
};

function evolveOutbox(world: World, entry: JournalEntry | NewEntry): void {
  const { messages } = world.get(outboxSlice);
  const fields = entry.fields as unknown as ToldFields;
  if (entry.entry === 'told') {
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
    });
    return;
  }
  const state = OUTCOMES[entry.entry];
  const before = state === undefined ? undefined : messages.get(fields.message);
  if (state === undefined || before === undefined) return;
  const outcome = fields.code === undefined ? before.outcome : { code: fields.code };
  const settledAt = before.settledAt ?? entry.at;
  messages.set(before.id, {
    ...before,
    state,
    outcome,
    settledAt,
    providerId: fields.providerId ?? before.providerId,
  });
}

export const outboxFeature: Feature = {
  name: 'outbox',
  load: async (tx, facts, _due, { world }) => {
    const ids = (facts as readonly (Fact & { message?: string })[]).flatMap((f) =>
      f.fact === 'message.outcome' ? (f.message ?? []) : [],
    );
    if (ids.length === 0) return;
    // A worker's own mark on the row ('sending') says nothing of the message: for decisions it is still queued.
    const found = await sql<OutboxMessage>`
      select id, recipient, channel, kind, lead, fields, queued_at, not_before,
             case state when 'sending' then 'queued' else state end as state, provider_id, outcome, settled_at
        from outbox where organization_id = (select pauta_organization()) and id = any(${ids}::text[])`.execute(
      tx,
    );
    for (const row of found.rows) world.get(outboxSlice).messages.loaded(row.id, row);
  },
  facts: new Map(),
  deadlines: new Map(),
  evolve: evolveOutbox,
  save: async (tx, organization, world) => {
    const changed = world.get(outboxSlice).messages.changed();
    await saveRows(
      tx,
      organization,
      'outbox',
      ['id'],
      changed.map(([, message]) => ({ ...message })),
    );
    await eraseFields(tx, world);
  },
  changedSubjects: () => [],
  deadlinesOf: () => null,
  tables: [
    {
      table: 'outbox',
      key: ['id'],
      derived: (world) => world.get(outboxSlice).messages.values().map(compared),
      stored: async (tx) => {
        const found = await sql<OutboxMessage>`
          select id, recipient, channel, kind, lead, case state when 'sending' then 'queued' else state end as state, provider_id
            from outbox where organization_id = (select pauta_organization())`.execute(tx);
        return found.rows.map(compared);
      },
    },
  ],
};

function compared({ id, recipient, channel, kind, lead, state, providerId }: OutboxMessage) {
  return { id, recipient, channel, kind, lead, state, providerId };
}
