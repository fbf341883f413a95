import {
  addDays,
  atLocal,
  closesAt,
  isOpen,
  localDate,
  localDateTime,
  nextOpening,
  startOfDay,
} from '../calendar/index.ts';
import type { Instant } from '../platform/time.ts';
import type { Rules } from '../procedures/index.ts';
import { assignmentHours } from './hours.ts';

/** Weeks that make up what is usual for this weekday. */
export const USUAL_WEEKS = 4;
const DAYS_A_WEEK = 7;

/** Whether leads are being assigned now, until when or from when; always open where no clause sets hours. */
export interface HoursState {
  readonly open: boolean;
  readonly closesAt: Instant | null;
  readonly opensAt: Instant | null;
  readonly because: readonly string[];
}

export function hoursState(rules: Rules, zone: string, now: Instant): HoursState {
  const hours = assignmentHours(rules, zone);
  const clause = rules.cite('contact-center-policy', 'L3');
  const because = clause === null ? [] : [clause];
  if (hours === null) return { open: true, closesAt: null, opensAt: null, because };
  const open = isOpen(hours, now);
  return { open, closesAt: closesAt(hours, now), opensAt: open ? null : nextOpening(hours, now), because };
}

export interface DayWindow {
  readonly from: Instant;
  readonly to: Instant;
}

/** Today up to now, then the same weekday of each of the last weeks up to the same local time. */
export function dayWindows(zone: string, now: Instant, after: Instant): DayWindow[] {
  const today = localDate(now, zone);
  const time = localDateTime(now, zone).slice(10);
  const earlier = Array.from({ length: USUAL_WEEKS }, (_, week) => {
    const day = addDays(today, -DAYS_A_WEEK * (week + 1));
    return { from: startOfDay(day, zone), to: atLocal(day + time, zone) };
  });
  return [{ from: startOfDay(today, zone), to: after }, ...earlier];
}

/** The mean of the earlier weeks in which anything arrived at all; null with none. */
export function usual(values: readonly number[], arrived: readonly number[]): number | null {
  const lived = values.filter((_, week) => (arrived[week] ?? 0) > 0);
  return lived.length === 0 ? null : lived.reduce((sum, value) => sum + value, 0) / lived.length;
}
