import { erasedNow } from '../contacts/index.ts';
import { on, type Fact, type Feature } from '../decisions/index.ts';
import { saveRows } from '../platform/rows.ts';
import { evolveThreads, threadsSlice } from './thread.ts';
import {
  mediaLost,
  mediaKept,
  readThread,
  type MediaKept,
  type MediaLost,
  type ThreadRead,
} from './thread-acts.ts';
import {
  allMedia,
  allMessages,
  allThreads,
  eraseThreads,
  loadMedia,
  loadThreadMessages,
  loadThreads,
  settleWanted,
  wantMedia,
} from './threads.store.ts';

type Named = Fact & { readonly message?: string; readonly lead?: string | null; readonly media?: unknown };

/** Conversations. Writing and hearing are decided by the leads, who know whose they are and ask the gate. */
export const threadsFeature: Feature = {
  name: 'threads',
  load: async (tx, facts, _due, { world }) => {
    const named = facts as readonly Named[];
    const messages = named.flatMap(({ message }) => message ?? []);
    const media = named.flatMap((f) => (typeof f.media === 'string' ? f.media : []));
    const leads = named.flatMap((f) => (f.fact === 'thread.read' ? (f.lead ?? []) : []));
    await Promise.all([
      loadThreadMessages(tx, world, messages),
      loadMedia(tx, world, media),
      loadThreads(tx, world, leads),
    ]);
  },
  facts: new Map([
    on<ThreadRead>('thread.read', readThread),
    on<MediaKept>('media.kept', mediaKept),
    on<MediaLost>('media.lost', mediaLost),
  ]),
  deadlines: new Map(),
  evolve: evolveThreads,
  save: async (tx, organization, world) => {
    const { messages, threads, media, wanted } = world.get(threadsSlice);
    await saveRows(
      tx,
      organization,
      'thread_messages',
      ['id'],
      messages.changed().map(([, row]) => ({ ...row })),
    );
    await saveRows(
      tx,
      organization,
      'threads',
      ['lead'],
      threads.changed().map(([, row]) => ({ ...row })),
    );
    const files = media.changed().map(([, row]) => row);
    await saveRows(
      tx,
      organization,
      'message_media',
      ['id'],
      files.map((row) => ({ ...row })),
    );
    await wantMedia(tx, organization, wanted);
    await settleWanted(
      tx,
      organization,
      files.flatMap(({ id, state }) => (state === 'wanted' ? [] : [id])),
    );
    await eraseThreads(
      tx,
      organization,
      erasedNow(world).flatMap(({ leads }) => leads),
    );
  },
  changedSubjects: () => [],
  deadlinesOf: () => null,
  tables: [
    {
      table: 'thread_messages',
      key: ['id'],
      derived: (world) =>
        world
          .get(threadsSlice)
          .messages.values()
          .map((row) => ({ ...row })),
      stored: async (tx) => (await allMessages(tx)).map((row) => ({ ...row })),
    },
    {
      table: 'threads',
      key: ['lead'],
      derived: (world) =>
        world
          .get(threadsSlice)
          .threads.values()
          .map((row) => ({ ...row })),
      stored: async (tx) => (await allThreads(tx)).map((row) => ({ ...row })),
    },
    {
      table: 'message_media',
      key: ['id'],
      derived: (world) =>
        world
          .get(threadsSlice)
          .media.values()
          .map((row) => ({ ...row })),
      stored: async (tx) => (await allMedia(tx)).map((row) => ({ ...row })),
    },
  ],
};
