import { MINUTE, SECOND } from './time.ts';

/** Callers remembered at once; past it the oldest windows are forgotten first. */
const CALLERS_MAX = 50_000;

interface Window {
  readonly from: number;
  count: number;
}

export interface RequestRate {
  /** Counts a request. Gives 0 when it may go on, else the seconds until the caller may try again. */
  take(caller: string, aMinute: number): number;
}

/** Requests by caller and minute, in this process. `nowMs` is a clock that never jumps back. */
export function requestRate(nowMs: () => number): RequestRate {
  const windows = new Map<string, Window>();
  return {
    take(caller, aMinute) {
      const now = nowMs();
      let window = windows.get(caller);
      if (window === undefined || now - window.from >= MINUTE) {
        windows.delete(caller);
        window = { from: now, count: 0 };
        windows.set(caller, window);
        if (windows.size > CALLERS_MAX) {
          const [oldest] = windows.keys();
          if (oldest !== undefined) windows.delete(oldest);
        }
      }
      if (window.count >= aMinute) return Math.ceil((window.from + MINUTE - now) / SECOND);
      window.count += 1;
      return 0;
    },
  };
}
