import { instant, plus, type Instant, MINUTE } from '../platform/time.ts';

/** Leads that appear late in Meta's list are still found: each read starts this much before the watermark. */
export const BACKFILL_OVERLAP = 10 * MINUTE;

/** What became of one lead of a form that was read again. */
export interface Taken {
  createdAt: Instant | null;
  /** Stored now or before; a lead whose content is refused with a reason is stored too. */
  stored: boolean;
}

/**
 * How far the next back-fill may trust that nothing is missing. It never passes a lead that failed, and never moves when
 * the list was not read to its end: Meta lists the newest first, so that what was not read is the oldest.
 */
export function nextWatermark(from: Instant, taken: readonly Taken[], complete: boolean): Instant {
  if (!complete) return from;
  const failed = taken.filter(({ stored }) => !stored);
  if (failed.some(({ createdAt }) => createdAt === null)) return from;
  const firstFailed = failed.map(({ createdAt }) => createdAt ?? from).toSorted()[0];
  const stored = taken.filter((one) => one.stored).map(({ createdAt }) => createdAt ?? from);
  const reached = stored.filter((at) => firstFailed === undefined || at < firstFailed).toSorted();
  const latest = reached.at(-1) ?? from;
  return latest > from ? latest : from;
}

/** Where to start reading, in epoch seconds, for Graph's filter "time_created greater than". */
export function readFromSeconds(watermark: Instant): number {
  const at = Math.floor(Date.parse(plus(watermark, -BACKFILL_OVERLAP)) / 1000);
  return Math.max(0, at);
}

/** A form never read before starts here: Meta keeps leads for 90 days. */
export const LEADS_KEPT_DAYS = 90;
export function firstWatermark(now: Instant): Instant {
  return instant(Date.parse(now) - LEADS_KEPT_DAYS * 24 * 60 * MINUTE);
}
