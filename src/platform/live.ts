import { randomUUID } from 'node:crypto';

import { notesOf, sameEvent, type LiveEvent, type LiveNote } from './live-event.ts';
import { openLine } from './live-line.ts';
import { message, openStream, type LiveSink, type LiveStream } from './live-stream.ts';
import type { Log } from './log.ts';
import type { Clock } from './time.ts';

export type { LiveEvent } from './live-event.ts';
export type { LiveSink } from './live-stream.ts';

const HEARTBEAT_MILLISECONDS = 15_000;
/** What happens within this time goes to the other processes in one NOTIFY. */
const BATCH_MILLISECONDS_MAX = 50;
/** Events an organization's screens can be away for and still catch up; past it they ask everything again. */
const REMEMBERED_EVENTS_MAX = 500;
const STREAMS_A_SUBSCRIBER_MAX = 12;

export interface Subscription {
  readonly organization: string;
  /** Who watches (the user): `end` closes all their streams. */
  readonly subscriber: string;
  /** Which events this subscriber may know of; asked for each event. */
  readonly sees: (event: LiveEvent) => boolean;
  /** As the browser gives it back after a reconnection; null the first time. */
  readonly lastEventId: string | null;
  readonly sink: LiveSink;
}

export interface Live {
  /** Tells every screen of the organization, on every process, that these changed. Never throws and never waits. */
  publish(organization: string, events: readonly LiveEvent[]): void;
  /** Sends `hello` and what was missed; gives the way to leave. */
  subscribe(subscription: Subscription): () => void;
  /** Ends the streams of these subscribers at once, here and on every process. */
  end(subscribers: readonly string[]): void;
  /** Whether other processes hear us. */
  readonly isUp: () => boolean;
  /** How many streams are open here. */
  streams(): number;
  close(): Promise<void>;
}

interface Watching extends Subscription {
  readonly stream: LiveStream;
}

/** What an organization's screens were told last; ids are of this process and this run of it alone. */
interface Remembered {
  number: number;
  readonly events: { readonly number: number; readonly event: LiveEvent }[];
}

/**
 * The hub of live updates. Its own screens are told at once; other processes within 50 ms, over NOTIFY. Nothing is promised
 * beyond that: a screen that may have missed something is told `resync` and asks again, so no event is ever needed to be right.
 */
export async function createLive({
  databaseUrl,
  clock,
  log,
}: {
  databaseUrl: string;
  clock: Clock;
  log: Log;
}): Promise<Live> {
  const self = randomUUID().slice(0, 8);
  const watching = new Set<Watching>();
  const remembered = new Map<string, Remembered>();
  const outgoing = new Map<string, Map<string, LiveEvent>>();
  let batch: NodeJS.Timeout | undefined;
  let unheard = false;
  let closed = false;
  /** Changes when events may have been missed, so that ids given before are not believed. */
  let run = 0;
  const prefix = (): string => `${self}.${run}-`;

  const memoryOf = (organization: string): Remembered => {
    const known = remembered.get(organization) ?? { number: 0, events: [] };
    remembered.set(organization, known);
    return known;
  };
  const tellOwn = (organization: string, events: readonly LiveEvent[]): void => {
    const memory = memoryOf(organization);
    for (const event of events) {
      memory.number += 1;
      memory.events.push({ number: memory.number, event });
      if (memory.events.length > REMEMBERED_EVENTS_MAX) memory.events.shift();
      for (const one of watching) {
        if (one.organization === organization && one.sees(event))
          one.stream.tell(event, `${prefix()}${memory.number}`);
      }
    }
  };
  const resyncOwn = (organizations: readonly string[]): void => {
    run += 1;
    for (const one of watching) {
      if (organizations.includes('*') || organizations.includes(one.organization)) {
        one.stream.resync(`${prefix()}${memoryOf(one.organization).number}`);
      }
    }
  };
  const endOwn = (subscribers: readonly string[]): void => {
    for (const one of watching) if (subscribers.includes(one.subscriber)) leave(one);
  };
  const leave = (one: Watching): void => {
    if (watching.delete(one)) one.stream.end();
  };
  const onNote = (note: LiveNote): void => {
    if (note.from === self) return;
    for (const [organization, events] of Object.entries(note.events ?? {})) tellOwn(organization, events);
    if (note.end !== undefined) endOwn(note.end);
    if (note.resync !== undefined) resyncOwn(note.resync);
  };

  const line = await openLine({
    databaseUrl,
    log,
    onNote,
    onReturn: () => {
      resyncOwn(['*']);
      if (!unheard) return;
      unheard = false;
      void tellOthers({ from: self, resync: ['*'] });
    },
  });
  const tellOthers = async (note: LiveNote): Promise<void> => {
    if (!(await line.send(note))) unheard = true;
  };
  const sendBatch = (): void => {
    batch = undefined;
    const notes = notesOf(self, outgoing);
    outgoing.clear();
    for (const note of notes) void tellOthers(note);
  };
  const beats = setInterval(() => {
    const now = clock.now();
    for (const { stream } of watching) stream.beat(now);
  }, HEARTBEAT_MILLISECONDS);

  return {
    publish: (organization, events) => {
      if (events.length === 0) return;
      tellOwn(organization, events);
      const waiting = outgoing.get(organization) ?? new Map<string, LiveEvent>();
      outgoing.set(organization, waiting);
      for (const event of events) waiting.set(sameEvent(event), event);
      batch ??= setTimeout(sendBatch, BATCH_MILLISECONDS_MAX);
    },
    subscribe: (subscription) => {
      if (closed) {
        subscription.sink.end();
        return () => {};
      }
      const own = [...watching].filter(({ subscriber }) => subscriber === subscription.subscriber);
      // A browser keeps few streams; more is a loop in some script, and the oldest gives way.
      if (own.length >= STREAMS_A_SUBSCRIBER_MAX && own[0] !== undefined) leave(own[0]);
      const memory = memoryOf(subscription.organization);
      const stream = openStream(subscription.sink, () => {
        watching.delete(one);
        log.info('live-stream-dropped', {
          organization: subscription.organization,
          user: subscription.subscriber,
        });
      });
      const one: Watching = { ...subscription, stream };
      subscription.sink.write(message('hello', { now: clock.now() }, `${prefix()}${memory.number}`));
      catchUp(one, memory, prefix());
      watching.add(one);
      return () => leave(one);
    },
    end: (subscribers) => {
      endOwn(subscribers);
      void tellOthers({ from: self, end: [...subscribers] });
    },
    isUp: line.isUp,
    streams: () => watching.size,
    close: async () => {
      closed = true;
      clearInterval(beats);
      if (batch !== undefined) {
        clearTimeout(batch);
        sendBatch();
      }
      for (const one of watching) leave(one);
      await line.close();
    },
  };
}

/** What happened since the id the browser gives back; an id of another process or run cannot be understood. */
function catchUp({ lastEventId, stream, sees }: Watching, memory: Remembered, prefix: string): void {
  if (lastEventId === null) return;
  const number = lastEventId.startsWith(prefix) ? Number(lastEventId.slice(prefix.length)) : Number.NaN;
  const oldest = memory.events[0]?.number ?? memory.number + 1;
  const understood = Number.isSafeInteger(number) && number <= memory.number && number >= oldest - 1;
  if (!understood) return stream.resync(`${prefix}${memory.number}`);
  for (const missed of memory.events) {
    if (missed.number > number && sees(missed.event)) stream.tell(missed.event, `${prefix}${memory.number}`);
  }
  return undefined;
}
