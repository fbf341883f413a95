/**
 * Live updates from `GET /api/live` (server-sent events). Events `{ topic, id?, … }` make the queries of their topic be
 * asked again; screens may also listen themselves (`useLive`). The server's `hello` event brings its time.
 *
 *     off ──start──▶ joining ──open──▶ live ──error──▶ waiting ──(back-off)──▶ joining
 *
 * The browser's own reconnection is not used: it knows no back-off and gives up for good on some errors.
 */
import type { QueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { z } from 'zod';
import { instant, type Instant } from '../src/platform/time.ts';
import { serverNow, serverSays } from './server-clock.ts';

export const RECONNECT_FIRST_MILLISECONDS = 500;
export const RECONNECT_LONGEST_MILLISECONDS = 30_000;
/** The server sends something (a comment does not count, `hello` or `beat` does) at least this often, or the line is dead. */
export const SILENCE_LONGEST_MILLISECONDS = 45_000;

const eventSchema = z.looseObject({ topic: z.string(), id: z.string().optional() });
const helloSchema = z.object({ now: z.string() });
export type LiveEvent = z.infer<typeof eventSchema>;
/** Since when what is on screen may be old; undefined while live. */
export type LiveState = { at: 'off' | 'joining' | 'live' | 'waiting'; staleSince: Instant | undefined };

export interface LineEvents {
  open: () => void;
  message: (name: string, data: string, lastEventId: string) => void;
  error: () => void;
}
export interface Line {
  close(): void;
}

/** What the connection uses of the world. */
export interface LiveWorld {
  connect(url: string, events: LineEvents): Line;
  later(run: () => void, milliseconds: number): () => void;
  now(): Instant;
  /** 0 ≤ x < 1: spreads the screens of one floor after a restart. */
  random(): number;
}

/** Waits ever longer, with half of it left to chance, so that 200 screens do not come back in one instant. */
export function reconnectAfter(failures: number, random: number): number {
  const full = Math.min(
    RECONNECT_LONGEST_MILLISECONDS,
    RECONNECT_FIRST_MILLISECONDS * 2 ** Math.min(failures, 16),
  );
  return Math.round(full / 2 + (full / 2) * random);
}

export interface Live {
  start: () => void;
  stop: () => void;
  /** Tries now, e.g. when the browser says it is online again. */
  retryNow: () => void;
  state: () => LiveState;
  watch: (watcher: () => void) => () => void;
  listen: (topic: string, handler: (event: LiveEvent) => void) => () => void;
  /** After each reconnection, and when the server says that events were lost: what was missed is unknown, so all is asked again. */
  onRejoin: (handler: () => void) => () => void;
}

export function makeLive(url: string, world: LiveWorld, onHello: (now: Instant) => void): Live {
  let state: LiveState = { at: 'off', staleSince: undefined };
  let line: Line | undefined;
  let cancelWait: (() => void) | undefined;
  let cancelSilence: (() => void) | undefined;
  let failures = 0;
  let lastEventId = '';
  let joinedBefore = false;
  const watchers = new Set<() => void>();
  const rejoinHandlers = new Set<() => void>();
  const handlers = new Map<string, Set<(event: LiveEvent) => void>>();

  const become = (next: LiveState): void => {
    state = next;
    for (const watcher of watchers) watcher();
  };
  const hangUp = (): void => {
    line?.close();
    line = undefined;
    cancelSilence?.();
    cancelWait?.();
    cancelWait = undefined;
  };
  const lost = (): void => {
    hangUp();
    become({ at: 'waiting', staleSince: state.staleSince ?? world.now() });
    cancelWait = world.later(join, reconnectAfter(failures, world.random()));
    failures += 1;
  };
  const heard = (): void => {
    cancelSilence?.();
    cancelSilence = world.later(lost, SILENCE_LONGEST_MILLISECONDS);
  };
  const tell = (event: LiveEvent): void => {
    for (const topic of [event.topic, '*']) for (const handler of handlers.get(topic) ?? []) handler(event);
  };
  const take = (name: string, data: string, id: string): void => {
    heard();
    if (id !== '') lastEventId = id;
    const body = jsonOrNothing(data);
    if (name === 'hello') {
      const hello = helloSchema.safeParse(body);
      if (hello.success) onHello(instant(hello.data.now));
      return;
    }
    if (name === 'resync') {
      for (const handler of rejoinHandlers) handler();
      return;
    }
    const event = eventSchema.safeParse(body);
    if (event.success) tell(event.data);
  };
  const joined = (): void => {
    failures = 0;
    heard();
    become({ at: 'live', staleSince: undefined });
    if (joinedBefore) for (const handler of rejoinHandlers) handler();
    joinedBefore = true;
  };
  function join(): void {
    hangUp();
    become({ at: 'joining', staleSince: state.staleSince });
    // A new EventSource cannot send the header, so the last id also goes in the address.
    const from = lastEventId === '' ? url : `${url}?lastEventId=${encodeURIComponent(lastEventId)}`;
    line = world.connect(from, { open: joined, message: take, error: lost });
    heard();
  }

  return {
    start: () => {
      if (state.at === 'off') join();
    },
    stop: () => {
      hangUp();
      failures = 0;
      lastEventId = '';
      joinedBefore = false;
      become({ at: 'off', staleSince: undefined });
    },
    retryNow: () => {
      if (state.at === 'waiting') join();
    },
    state: () => state,
    watch: (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    listen: (topic, handler) => {
      const known = handlers.get(topic) ?? new Set();
      known.add(handler);
      handlers.set(topic, known);
      return () => known.delete(handler);
    },
    onRejoin: (handler) => {
      rejoinHandlers.add(handler);
      return () => rejoinHandlers.delete(handler);
    },
  };
}

function jsonOrNothing(text: string): unknown {
  try {
    const body: unknown = JSON.parse(text);
    return body;
  } catch {
    return undefined;
  }
}

/** Event names the server sends; EventSource hands over only those asked for by name. */
const NAMES = ['message', 'hello', 'beat', 'resync'];

const browserWorld: LiveWorld = {
  connect: (url, events) => {
    const source = new EventSource(url);
    source.addEventListener('open', events.open);
    source.addEventListener('error', events.error);
    for (const name of NAMES)
      source.addEventListener(name, (event: MessageEvent<string>) =>
        events.message(name, event.data, event.lastEventId),
      );
    return { close: () => source.close() };
  },
  later: (run, milliseconds) => {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  },
  now: serverNow,
  random: Math.random,
};

export const live: Live = makeLive('/api/live', browserWorld, serverSays);

/**
 * Makes events ask queries again. Query keys begin with their topic: `['leads', …]`; an event with an id leaves the
 * other single ones alone: `['leads', 'one', id]`.
 */
export function followLive(client: QueryClient): () => void {
  const stops = [
    live.listen('*', (event) => {
      void client.invalidateQueries({
        predicate: ({ queryKey: [topic, kind, id] }) =>
          topic === event.topic && (kind !== 'one' || event.id === undefined || id === event.id),
      });
    }),
    live.onRejoin(() => void client.invalidateQueries()),
  ];
  const online = (): void => live.retryNow();
  window.addEventListener('online', online);
  return () => {
    for (const stop of stops) stop();
    window.removeEventListener('online', online);
  };
}

export function useLiveState(): LiveState {
  return useSyncExternalStore(live.watch, live.state);
}

/** Calls `handler` for each event of `topic` while the screen is shown. */
export function useLive(topic: string, handler: (event: LiveEvent) => void): void {
  const latest = useRef(handler);
  useEffect(() => {
    latest.current = handler;
  });
  useEffect(() => live.listen(topic, (event) => latest.current(event)), [topic]);
}
