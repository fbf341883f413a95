import { Rows, type World } from '../decisions/index.ts';
import type { JournalEntry, Json, NewEntry } from '../journal/index.ts';
import type { Instant } from '../platform/time.ts';
import { serviceWindow, type ServiceWindow } from './service-window.ts';

/**
 * What was written to and by the person behind a lead, on whatever channel:
 *
 *   out   written ──channel takes it──▶ counted      what became of it stands in the outbox, under the same id
 *   in    heard                                      once for each id that its channel gave it
 *
 * The words, the subject and the channel's own id are the person's: they stand in the journal outside the hash.
 */
export interface ThreadMessage {
  readonly id: string;
  readonly lead: string;
  readonly direction: 'in' | 'out';
  readonly channel: string;
  readonly author: string | null;
  readonly at: Instant;
  readonly form: MessageForm;
  readonly template: string | null;
  readonly repliesTo: string | null;
  /** Outgoing: its channel took it, so that it counts as follow-up. */
  readonly countedAt: Instant | null;
  readonly subject: string | null;
  readonly words: string | null;
  readonly variables: readonly string[] | null;
  readonly providerId: string | null;
  /** Where the person wrote from: a phone, an e-mail, WhatsApp's own id. */
  readonly address: string | null;
}

export type MessageForm = 'text' | 'template' | 'media' | 'other';

/** How a lead's conversation stands. */
export interface Thread {
  readonly lead: string;
  readonly lastAt: Instant;
  readonly lastDirection: 'in' | 'out';
  /** Messages of the person that nobody has answered or looked at. */
  readonly unread: number;
  /** The person's last WhatsApp message; with the two below, until when one may write freely. */
  readonly heardAt: Instant | null;
  readonly adAt: Instant | null;
  readonly adAnsweredAt: Instant | null;
}

/** A file that came with a message: wanted from its channel, kept with its hash, or lost and why. */
export interface MessageMedia {
  readonly id: string;
  readonly message: string;
  readonly lead: string;
  readonly state: 'wanted' | 'kept' | 'lost';
  readonly mime: string | null;
  readonly size: number | null;
  readonly sha256: string | null;
  readonly why: string | null;
  readonly voice: boolean;
  readonly name: string | null;
}

/** As a channel tells of a file; `sha256`: it is here already, else `remoteId` says where to fetch it. */
export interface MediaTold {
  readonly id: string;
  readonly mime: string | null;
  readonly name?: string | null;
  readonly voice?: boolean;
  readonly remoteId?: string;
  readonly toldSha256?: string | null;
  readonly sha256?: string;
  readonly size?: number;
}

export interface WantedMedia {
  readonly media: string;
  readonly remoteId: string;
  readonly toldSha256: string | null;
  readonly since: Instant;
}

export const threadsSlice = {
  name: 'threads',
  empty: () => ({
    messages: new Rows<ThreadMessage>(({ lead }) => [lead]),
    threads: new Rows<Thread>(),
    media: new Rows<MessageMedia>(({ message }) => [message]),
    /** Of this batch: to be fetched, and settled. */
    wanted: [] as WantedMedia[],
  }),
};

export function threadMessage(world: World, id: string): ThreadMessage | undefined {
  return world.get(threadsSlice).messages.get(id);
}

export function threadOf(world: World, lead: string): Thread | undefined {
  return world.get(threadsSlice).threads.get(lead);
}

/** WhatsApp counts by person: the best of all leads of theirs. */
export function windowOf(
  threads: readonly Pick<Thread, 'heardAt' | 'adAt' | 'adAnsweredAt'>[],
  now: Instant,
): ServiceWindow {
  const best = (names: 'heardAt' | 'adAt'): Instant | undefined =>
    threads
      .map((thread) => thread[names])
      .filter((at) => at !== null)
      .toSorted()
      .at(-1);
  const lastInboundAt = best('heardAt');
  const adAt = best('adAt');
  const answeredAt = threads.find((thread) => thread.adAt === adAt)?.adAnsweredAt ?? undefined;
  return serviceWindow(
    { lastInboundAt, fromAd: adAt === undefined ? undefined : { inboundAt: adAt, answeredAt } },
    now,
  );
}

interface EntryFields {
  readonly message: string;
  readonly lead: string;
  readonly by: string | null;
  readonly channel: string;
  readonly form?: MessageForm;
  readonly template?: string | null;
  readonly repliesTo?: string | null;
  readonly sentAt?: Instant;
  readonly fromAd?: boolean;
  readonly media?: readonly (Omit<MediaTold, 'name'> & { readonly id: string })[];
  readonly sha256?: string;
  readonly size?: number;
  readonly mime?: string | null;
  readonly why?: string;
}

interface EntryPersonal {
  readonly text?: string | null;
  readonly subject?: string | null;
  readonly variables?: readonly string[] | null;
  readonly providerId?: string | null;
  readonly address?: string | null;
  readonly mediaNames?: { readonly [id: string]: Json };
}

export function evolveThreads(world: World, entry: JournalEntry | NewEntry): void {
  // Written by this product alone, so its fields have the shape they were written with.
  const fields = entry.fields as unknown as EntryFields;
  const personal = (entry.personal ?? {}) as EntryPersonal;
  switch (entry.entry) {
    case 'message.written':
      return written(world, entry, fields, personal);
    case 'message':
      return fields.by === null ? heard(world, entry, fields, personal) : counted(world, entry, fields);
    case 'message.struck':
      return struck(world, fields.message);
    case 'thread.read':
      return read(world, fields.lead);
    case 'media.kept':
    case 'media.lost':
      return settled(world, entry.entry === 'media.kept' ? 'kept' : 'lost', fields);
    default:
      return undefined;
  }
}

type Entry = JournalEntry | NewEntry;

function written(world: World, entry: Entry, fields: EntryFields, personal: EntryPersonal): void {
  const { messages, threads } = world.get(threadsSlice);
  const message = rowOf(entry, fields, personal, 'out');
  messages.set(message.id, message);
  const before = threads.get(message.lead);
  threads.set(message.lead, {
    ...(before ?? emptyThread(message)),
    lastAt: entry.at,
    lastDirection: 'out',
    // Who answers has read.
    unread: 0,
  });
}

function heard(world: World, entry: Entry, fields: EntryFields, personal: EntryPersonal): void {
  // Told without an id by a source that has none, or by a scenario: it counts, but there is nothing to show.
  if (fields.form === undefined) return;
  const { messages, threads, media, wanted } = world.get(threadsSlice);
  const message = rowOf(entry, fields, personal, 'in');
  messages.set(message.id, message);
  const before = threads.get(message.lead) ?? emptyThread(message);
  const whatsapp = message.channel === 'whatsapp';
  const fresh = before.lastAt <= message.at || before.unread === 0;
  threads.set(message.lead, {
    ...before,
    lastAt: before.lastAt > message.at ? before.lastAt : message.at,
    lastDirection: fresh ? 'in' : before.lastDirection,
    unread: before.unread + 1,
    heardAt: whatsapp ? later(before.heardAt, message.at) : before.heardAt,
    ...(fields.fromAd === true ? { adAt: message.at, adAnsweredAt: null } : {}),
  });
  for (const told of fields.media ?? []) {
    const name = personal.mediaNames?.[told.id];
    const { id, mime, voice = false, sha256 = null, size = null, remoteId, toldSha256 = null } = told;
    const row = { id, message: message.id, lead: message.lead, mime, size, sha256, why: null, voice };
    const kept = sha256 !== null;
    media.set(id, { ...row, state: kept ? 'kept' : 'wanted', name: typeof name === 'string' ? name : null });
    if (!kept && remoteId !== undefined) wanted.push({ media: id, remoteId, toldSha256, since: entry.at });
  }
}

function later(one: Instant | null, other: Instant): Instant {
  return one !== null && one > other ? one : other;
}

function counted(world: World, entry: Entry, fields: EntryFields): void {
  const { messages, threads } = world.get(threadsSlice);
  const message = fields.message === undefined ? undefined : messages.get(fields.message);
  if (message === undefined) return;
  messages.set(message.id, { ...message, countedAt: entry.at });
  const thread = threads.get(message.lead);
  if (thread?.adAt != null && thread.adAnsweredAt === null && message.channel === 'whatsapp')
    threads.set(message.lead, { ...thread, adAnsweredAt: entry.at });
}

function struck(world: World, id: string): void {
  const { messages } = world.get(threadsSlice);
  const message = messages.get(id);
  if (message !== undefined) messages.set(id, { ...message, countedAt: null });
}

function read(world: World, lead: string): void {
  const { threads } = world.get(threadsSlice);
  const thread = threads.get(lead);
  if (thread !== undefined) threads.set(lead, { ...thread, unread: 0 });
}

function settled(world: World, state: 'kept' | 'lost', fields: EntryFields & { media?: unknown }): void {
  const { media } = world.get(threadsSlice);
  const found = typeof fields.media === 'string' ? media.get(fields.media) : undefined;
  if (found === undefined) return;
  const { sha256 = null, size = null, mime = found.mime, why = null } = fields;
  media.set(found.id, { ...found, state, sha256, size, mime, why });
}

function rowOf(
  entry: Entry,
  fields: EntryFields,
  personal: EntryPersonal,
  direction: 'in' | 'out',
): ThreadMessage {
  return {
    id: fields.message,
    lead: fields.lead,
    direction,
    channel: fields.channel,
    author: fields.by,
    at: fields.sentAt ?? entry.at,
    form: fields.form ?? 'text',
    template: fields.template ?? null,
    repliesTo: fields.repliesTo ?? null,
    countedAt: null,
    subject: personal.subject ?? null,
    words: personal.text ?? null,
    variables: personal.variables ?? null,
    providerId: personal.providerId ?? null,
    address: personal.address ?? null,
  };
}

function emptyThread(message: ThreadMessage): Thread {
  const { lead, at, direction } = message;
  const none = { heardAt: null, adAt: null, adAnsweredAt: null };
  return { lead, lastAt: at, lastDirection: direction, unread: 0, ...none };
}
