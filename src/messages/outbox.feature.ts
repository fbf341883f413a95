import { sql } from 'kysely';

import { on, type Fact, type Feature } from '../decisions/index.ts';
import { saveRows } from '../platform/rows.ts';
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

export const outboxFeature: Feature = {
  name: 'outbox',
  load: async (tx, facts, _due, { world }) => {
    const ids = (facts as readonly (Fact & { message?: string })[]).flatMap((f) =>
      ABOUT_MESSAGES.has(f.fact) ? (f.message ?? []) : [],
    );
    if (ids.length === 0) return;
    const found = await sql<OutboxMessage & { taken: boolean }>`
      select ${COLUMNS}, state = 'sending' as taken
        from outbox where organization_id = (select pauta_organization()) and id = any(${ids}::text[])`.execute(
      tx,
    );
    const { messages, taken } = world.get(outboxSlice);
    for (const { taken: isTaken, ...row } of found.rows) {
      messages.loaded(row.id, row);
      if (isTaken) taken.add(row.id);
    }
  },
  // What a channel answered ('message.outcome') is decided by the leads, whose clocks it moves, through `settleMessage`.
  facts: new Map([
    on<MessageCanceled>('message.canceled', cancelMessage),
    on<MessageResent>('message.resent', resendMessage),
    on<ChannelSaved>('channel.saved', channelSaved),
    on<ChannelStopped>('channel.stopped', channelStopped),
    on<ChannelTested>('channel.tested', testChannel),
  ]),
  deadlines: new Map(),
  evolve: evolveOutbox,
  save: (tx, organization, world) =>
    saveRows(
      tx,
      organization,
      'outbox',
      ['id'],
      world
        .get(outboxSlice)
        .messages.changed()
        .map(([, message]) => ({ ...message })),
    ),
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
