import { sameEvent, type LiveEvent } from './live-event.ts';

/** At most ten frames a second to one screen; what happens in between travels together, repeats once. */
export const FRAME_MILLISECONDS_MIN = 100;
/** A burst of more different events than this is one "ask everything again". */
export const EVENTS_WAITING_MAX = 200;
/** A screen that has not taken this many bytes is on a dead line or asleep: it is cut, and asks again when it is back. */
export const UNREAD_BYTES_MAX = 256 * 1024;

/** Where the text of a stream goes: a socket, or a test's list. */
export interface LiveSink {
  write(text: string): void;
  /** Bytes handed over and not yet taken. */
  unreadBytes(): number;
  end(): void;
}

export interface LiveStream {
  /** `id` is where the hub stands after this event. */
  tell(event: LiveEvent, id: string): void;
  resync(id: string): void;
  beat(now: string): void;
  /** Sends what waits and hangs up. */
  end(): void;
}

/** One screen's stream: frames spaced, repeats joined, a slow reader dropped. */
export function openStream(sink: LiveSink, onDropped: () => void): LiveStream {
  const waiting = new Map<string, LiveEvent>();
  let allAgain = false;
  let lastId = '';
  let timer: NodeJS.Timeout | undefined;
  let ended = false;

  const write = (text: string): void => {
    if (ended) return;
    if (sink.unreadBytes() > UNREAD_BYTES_MAX) {
      hangUp();
      onDropped();
      return;
    }
    sink.write(text);
  };
  const hangUp = (): void => {
    ended = true;
    clearTimeout(timer);
    sink.end();
  };
  const flush = (): void => {
    const texts = allAgain
      ? [message('resync', {}, lastId)]
      : [...waiting.values()].map((event) => message(null, event, lastId));
    waiting.clear();
    allAgain = false;
    if (texts.length > 0) write(texts.join(''));
  };
  const soon = (): void => {
    // The first event goes at once; those in the tenth of a second after it go together.
    if (timer !== undefined || ended) return;
    flush();
    timer = setTimeout(() => {
      timer = undefined;
      if (waiting.size > 0 || allAgain) soon();
    }, FRAME_MILLISECONDS_MIN);
  };

  return {
    tell: (event, id) => {
      lastId = id;
      waiting.set(sameEvent(event), event);
      if (waiting.size > EVENTS_WAITING_MAX) allAgain = true;
      soon();
    },
    resync: (id) => {
      lastId = id;
      allAgain = true;
      soon();
    },
    beat: (now) => write(message('beat', { now }, null)),
    end: () => {
      if (ended) return;
      flush();
      hangUp();
    },
  };
}

/** One message of an event stream (WHATWG HTML, 9.2.6). */
export function message(name: string | null, data: object, id: string | null): string {
  return `${id === null ? '' : `id: ${id}\n`}${name === null ? '' : `event: ${name}\n`}data: ${JSON.stringify(data)}\n\n`;
}
