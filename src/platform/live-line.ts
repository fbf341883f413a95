import { Client } from 'pg';

import { LiveNote } from './live-event.ts';
import type { Log } from './log.ts';

/**
 * The line between processes: LISTEN and NOTIFY on one connection of its own (a pooled one would forget its LISTEN).
 *
 *     joining ──listening──▶ up ──connection lost──▶ waiting ──(back-off)──▶ joining … closed
 */
const CHANNEL = 'pauta_live';
const RECONNECT_MILLISECONDS_FIRST = 250;
const RECONNECT_MILLISECONDS_MAX = 10_000;
/** Notes in line behind a database that does not answer; more are given up, and everybody asks again later. */
const NOTES_WAITING_MAX = 100;

export interface LiveLine {
  /** True when the note reached the database; false: it is lost, and everybody will be told to ask again. */
  send(note: LiveNote): Promise<boolean>;
  readonly isUp: () => boolean;
  close(): Promise<void>;
}

export interface LineParts {
  readonly databaseUrl: string;
  readonly log: Log;
  onNote(note: LiveNote): void;
  /** After each return of the line: what was said meanwhile is unknown. */
  onReturn(): void;
}

/** Resolves once the line is up or its first attempt has failed; a lost line comes back by itself. */
export async function openLine(parts: LineParts): Promise<LiveLine> {
  const { log } = parts;
  let client: Client | null = null;
  let closed = false;
  let wasUp = false;
  let failures = 0;
  let timer: NodeJS.Timeout | undefined;
  let joining: Promise<void> = Promise.resolve();

  const lost = (from: Client, error?: Error): void => {
    if (client !== from) return;
    client = null;
    log.warn('live-line-lost', { error: error ?? null });
    void from.end().catch(() => undefined);
    later();
  };
  const later = (): void => {
    if (closed) return;
    const wait = Math.min(
      RECONNECT_MILLISECONDS_MAX,
      RECONNECT_MILLISECONDS_FIRST * 2 ** Math.min(failures, 8),
    );
    failures += 1;
    timer = setTimeout(() => {
      joining = join();
    }, wait);
  };
  const join = async (): Promise<void> => {
    const next = new Client({
      connectionString: parts.databaseUrl,
      application_name: 'pauta live',
      keepAlive: true,
      connectionTimeoutMillis: 10_000,
    });
    next.on('error', (error) => lost(next, error));
    next.on('end', () => lost(next));
    next.on('notification', ({ payload }) => {
      const note = readNote(payload ?? '');
      if (note === null) log.warn('live-note-not-understood', { bytes: payload?.length ?? 0 });
      else parts.onNote(note);
    });
    try {
      await next.connect();
      await next.query(`listen ${CHANNEL}`);
    } catch (error) {
      log.warn('live-line-failed', { error });
      void next.end().catch(() => undefined);
      return later();
    }
    if (closed) return next.end();
    client = next;
    failures = 0;
    if (wasUp) parts.onReturn();
    wasUp = true;
    return undefined;
  };

  /** One connection carries one statement at a time. */
  let sending: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  const sendNow = async (note: LiveNote): Promise<boolean> => {
    const line = client;
    if (line === null) return false;
    try {
      await line.query('select pg_notify($1, $2)', [CHANNEL, JSON.stringify(note)]);
      return true;
    } catch (error) {
      log.warn('live-note-lost', { error });
      return false;
    }
  };

  joining = join();
  await joining;
  return {
    send: (note) => {
      if (waiting >= NOTES_WAITING_MAX) return Promise.resolve(false);
      waiting += 1;
      const sent = sending
        .then(() => sendNow(note))
        .finally(() => {
          waiting -= 1;
        });
      sending = sent;
      return sent;
    },
    isUp: () => client !== null,
    close: async () => {
      closed = true;
      clearTimeout(timer);
      await joining;
      await sending;
      const line = client;
      client = null;
      await line?.end().catch(() => undefined);
    },
  };
}

function readNote(payload: string): LiveNote | null {
  try {
    return LiveNote.safeParse(JSON.parse(payload)).data ?? null;
  } catch {
    return null;
  }
}
