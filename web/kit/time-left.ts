import { between, MINUTE, type Instant } from '../../src/platform/time.ts';

export type Urgency = 'calm' | 'soon' | 'last' | 'over';

/** Half of the time gone: amber; a fifth left: red. */
const SOON_SHARE = 0.5;
const LAST_SHARE = 0.2;
/** Told aloud when this much is left. */
const ANNOUNCED_MILLISECONDS = [5 * MINUTE, MINUTE, 0];

export interface TimeLeft {
  /** Never negative. */
  milliseconds: number;
  /** 1 at the start, 0 at the end. */
  share: number;
  urgency: Urgency;
  /** The threshold last passed, to be told aloud once; undefined before the first. */
  announce: string | undefined;
}

/** What is left at `now` of the time between `from` and `until`. At the very instant of `until` it is over. */
export function timeLeft(from: Instant, until: Instant, now: Instant): TimeLeft {
  const whole = Math.max(1, between(from, until));
  const milliseconds = Math.max(0, between(now, until));
  const share = Math.min(1, milliseconds / whole);
  const passed = ANNOUNCED_MILLISECONDS.filter(
    (threshold) => threshold < whole && milliseconds <= threshold,
  ).at(-1);
  return { milliseconds, share, urgency: urgencyOf(milliseconds, share), announce: passed?.toString() };
}

function urgencyOf(milliseconds: number, share: number): Urgency {
  if (milliseconds === 0) return 'over';
  if (share <= LAST_SHARE) return 'last';
  return share <= SOON_SHARE ? 'soon' : 'calm';
}
