/**
 * The server's time on this screen. A countdown decided by a laptop's clock would lie by as much as that clock is
 * wrong, so the offset is learnt from the server (`hello` of the live channel, `now` of the session).
 */
import { useSyncExternalStore } from 'react';
import { instant, type Instant } from '../src/platform/time.ts';

const TICK_MILLISECONDS = 1_000;

let offset = 0;
let tick = 0;
let timer: ReturnType<typeof setTimeout> | undefined;
const watchers = new Set<() => void>();

/** Takes the server's instant as just received. */
export function serverSays(now: Instant): void {
  offset = Date.parse(now) - Date.now();
}

export function serverNow(): Instant {
  return instant(Date.now() + offset);
}

// One timer for every clock on the screen, on the server's whole seconds: all of them change together.
function schedule(): void {
  const wait = TICK_MILLISECONDS - ((Date.now() + offset) % TICK_MILLISECONDS);
  timer = setTimeout(() => {
    tick = Math.floor((Date.now() + offset) / TICK_MILLISECONDS);
    for (const watcher of watchers) watcher();
    schedule();
  }, wait);
}

function watch(watcher: () => void): () => void {
  if (watchers.size === 0) {
    tick = Math.floor((Date.now() + offset) / TICK_MILLISECONDS);
    schedule();
  }
  watchers.add(watcher);
  return () => {
    watchers.delete(watcher);
    if (watchers.size === 0) clearTimeout(timer);
  };
}

/** The server's time, drawn again every `everySeconds` (1 for a countdown, 30 for "5 minutes ago"). */
export function useServerNow(everySeconds = 1): Instant {
  useSyncExternalStore(watch, () => Math.floor(tick / everySeconds));
  return serverNow();
}
