import { sql, type RawBuilder } from 'kysely';

import { erasedNow } from '../contacts/index.ts';
import { on, type Fact, type Feature, type World } from '../decisions/index.ts';
import type { Tx } from '../platform/database.ts';
import { saveRows } from '../platform/rows.ts';
import { hearAnswer, hearUnknown, type AnswerFromUnknown, type AnswerHeard } from './answers.ts';
import {
  channelSaved,
  channelStopped,
  testChannel,
  type ChannelSaved,
  type ChannelStopped,
  type ChannelTested,
} from './channel-acts.ts';
import {
  cancelMessage,
  CONVERSATION,
  evolveOutbox,
  outboxSlice,
  resendMessage,
  type MessageCanceled,
  type MessageResent,
  type OutboxMessage,
} from './outbox.ts';

const ABOUT_MESSAGES = new Set(['message.outcome', 'message.canceled', 'message.resent']);
const COLUMNS = sql.raw(`id, recipient, channel, kind, lead, fields, queued_at, not_before,
  case state when 'sending' then 'queued' else state end as state, provider_id, outcome, settled_at, root, tried, followed_by`);

/** For acts on a lead that concern what was queued about it. */
export async function loadQueuedMessages(tx: Tx, world: World, leads: readonly string[]): Promise<void> {
  if (leads.length === 0) return;
  await loadMessages(tx, world, sql`lead = any(${leads}::text[]) and state in ('queued', 'sending')`);
}

async function loadMessages(tx: Tx, world: World, which: RawBuilder<unknown>): Promise<void> {
  const found = await sql<OutboxMessage & { taken: boolean }>`
    select ${COLUMNS}, state = 'sending' as taken
      from outbox where organization_id = (select pauta_organization()) and ${which}`.execute(tx);
  const { messages, taken } = world.get(outboxSlice);
  for (const { taken: isTaken, ...row } of found.rows) {
    messages.loaded(row.id, row);
    if (isTaken) taken.add(row.id);
  }
}

/** Notices hold no personal data by rule (tell); should one have, it goes with the person. */
async function eraseFields(tx: Tx, leads: readonly string[]): Promise<void> {
  if (leads.length === 0) return;
  await sql`
    update outbox set fields = '{}', outcome = null,
           provider_id = case kind when ${CONVERSATION} then null else provider_id end
     where organization_id = (select pauta_organization()) and lead = any(${leads}::text[])
       and state not in ('queued', 'sending')`.execute(tx);
}

export const outboxFeature: Feature = {
  name: 'outbox',
  load: async (tx, facts, _due, { world }) => {
    const ids = (facts as readonly (Fact & { message?: string })[]).flatMap((f) =>
      ABOUT_MESSAGES.has(f.fact) ? (f.message ?? []) : [],
    );
    if (ids.length > 0) await loadMessages(tx, world, sql`id = any(${ids}::text[])`);
  },
  // What a channel answered ('message.outcome') is decided by the leads, whose clocks it moves, through `settleMessage`.
  facts: new Map([
    on<MessageCanceled>('message.canceled', cancelMessage),
    on<MessageResent>('message.resent', resendMessage),
    on<ChannelSaved>('channel.saved', channelSaved),
    on<ChannelStopped>('channel.stopped', channelStopped),
    on<ChannelTested>('channel.tested', testChannel),
    on<AnswerHeard>('answer.heard', hearAnswer),
    on<AnswerFromUnknown>('answer.from-unknown', hearUnknown),
  ]),
  deadlines: new Map(),
  evolve: evolveOutbox,
  save: async (tx, organization, world) => {
    const changed = world.get(outboxSlice).messages.changed();
    const erased = erasedNow(world).flatMap((each) => each.leads);
    await saveRows(
      tx,
      organization,
      'outbox',
      ['id'],
      changed.map(([, message]) => ({ ...message })),
    );
    await eraseFields(tx, erased);
  },
  // Messages of a month that is run again are others; what a person did with one of them is not done to those.
  recall: new Map([
    ['message.canceled', null],
    ['message.resent', null],
    ['channel.saved', null],
    ['channel.stopped', null],
    ['channel.tested', null],
  ]),
  changedSubjects: () => [],
  deadlinesOf: () => null,
  tables: [
    {
      table: 'outbox',
      key: ['id'],
      derived: (world) => world.get(outboxSlice).messages.values().map(compared),
      stored: async (tx) => {
        const found = await sql<OutboxMessage>`
          select ${COLUMNS} from outbox where organization_id = (select pauta_organization())`.execute(tx);
        return found.rows.map(compared);
      },
    },
  ],
};

/** When to try again, and which worker is at it, are the workers' own. */
function compared(message: OutboxMessage) {
  const { id, recipient, channel, kind, lead, state, providerId, root, tried, followedBy } = message;
  return { id, recipient, channel, kind, lead, state, providerId, root, tried, followedBy };
}
