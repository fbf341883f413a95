/**
 * Time for the pretend world: driven by hand in tests (nothing sleeps, nothing races), or the real one in the demo.
 */
import { instant, type Instant } from '../../src/platform/time.ts';

export interface PretendTime {
  now(): Instant;
  /** Milliseconds that only go forward. */
  monotonic(): number;
  /** Runs `act` after that long; what it returns is awaited before time goes on (by hand) or ignored (real). */
  after(milliseconds: number, act: () => void | Promise<void>): void;
}

export interface HandTime extends PretendTime {
  /** Goes forward, running all that falls due in order of its instant. */
  advance(milliseconds: number): Promise<void>;
  /** A wait that itself moves time: for code that paces one message after another. */
  wait(milliseconds: number): Promise<void>;
  pending(): number;
}

export function timeByHand(start: Instant): HandTime {
  let elapsed = 0;
  let order = 0;
  const due: { at: number; order: number; act: () => void | Promise<void> }[] = [];
  const base = Date.parse(start);

  async function advance(milliseconds: number): Promise<void> {
    const until = elapsed + milliseconds;
    for (;;) {
      due.sort((one, other) => one.at - other.at || one.order - other.order);
      const next = due[0];
      if (!next || next.at > until) break;
      due.shift();
      elapsed = Math.max(elapsed, next.at);
      await next.act();
    }
    elapsed = Math.max(elapsed, until);
  }

  return {
    now: () => instant(base + elapsed),
    monotonic: () => elapsed,
    after(milliseconds, act) {
      due.push({ at: elapsed + milliseconds, order: order++, act });
    },
    advance,
    wait: advance,
    pending: () => due.length,
  };
}

export function realTime(): PretendTime {
  return {
    now: () => instant(Date.now()),
    monotonic: () => performance.now(),
    after(milliseconds, act) {
      setTimeout(() => void act(), milliseconds).unref();
    },
  };
}
