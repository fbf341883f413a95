/**
 * Business days and business hours: lead-reassignment L7 and R2 ("one business day": the same local time of the next
 * business day) and its readings `businessDays` and `clock.72h: business`. One step a day, never a minute.
 */
import { instant, HOUR, type Instant, type LocalDate } from '../platform/time.ts';
import { DAY, dateOfEpochDay, epochDay, weekdayOfEpochDay, type Weekday } from './dates.ts';
import { spanOf, type DayHours } from './opening-hours.ts';
import { atLocalMs, localDayOf, offsetAt } from './zones.ts';

export interface BusinessCalendar {
  zone: string;
  /** ISO weekdays worked: [1, 2, 3, 4, 5] or with 6. */
  weekdays: readonly Weekday[];
  /** True on a day nobody works; must always answer the same for the same date. */
  holidays: (date: LocalDate) => boolean;
  hours: DayHours;
}

/** How far a business day is looked for: a calendar without one is a mistake, and must not hang the process. */
const SEARCH_DAYS_MAX = 3_700;

function isBusinessEpochDay(day: number, calendar: BusinessCalendar): boolean {
  return calendar.weekdays.includes(weekdayOfEpochDay(day)) && !calendar.holidays(dateOfEpochDay(day));
}

export function isBusinessDay(date: LocalDate, calendar: BusinessCalendar): boolean {
  return isBusinessEpochDay(epochDay(date), calendar);
}

/**
 * The same local time of the n-th business day after the local day of `at` (which itself need not be one); n = 0 gives
 * `at`. A local time the clocks skip that day comes out later. Throws RangeError when ten years hold no such day.
 */
export function addBusinessDays(at: Instant, n: number, calendar: BusinessCalendar): Instant {
  if (n <= 0) return at;
  const ms = Date.parse(at);
  const today = localDayOf(ms, calendar.zone);
  const local = ms + offsetAt(calendar.zone, ms) - today * DAY;
  let left = n;
  for (let day = today + 1; day <= today + SEARCH_DAYS_MAX; day += 1) {
    if (!isBusinessEpochDay(day, calendar)) continue;
    left -= 1;
    if (left === 0) return instant(atLocalMs(day * DAY + local, calendar.zone));
  }
  throw new RangeError(`no ${n} business days within ${SEARCH_DAYS_MAX} days`);
}

/** Milliseconds of business hours from `from` to `to`; 0 when `to` is not later. */
export function businessMillisecondsBetween(from: Instant, to: Instant, calendar: BusinessCalendar): number {
  const start = Date.parse(from);
  const end = Date.parse(to);
  let sum = 0;
  if (end <= start) return 0;
  const last = localDayOf(end, calendar.zone);
  for (let day = localDayOf(start, calendar.zone); day <= last; day += 1) {
    if (!isBusinessEpochDay(day, calendar)) continue;
    const span = spanOf(calendar.hours, day, calendar.zone);
    sum += Math.max(0, Math.min(end, span.to) - Math.max(start, span.from));
  }
  return sum;
}

/**
 * The instant at which that many business hours have passed since `at`. A term that is used up exactly at closing ends at
 * the closing, not at the next opening. Throws RangeError when ten years hold too few.
 */
export function addBusinessHours(at: Instant, hours: number, calendar: BusinessCalendar): Instant {
  return addBusinessMilliseconds(at, hours * HOUR, calendar);
}

/** The same for what is left of a term that was stopped on the way. */
export function addBusinessMilliseconds(
  at: Instant,
  milliseconds: number,
  calendar: BusinessCalendar,
): Instant {
  let left = milliseconds;
  if (left <= 0) return at;
  const ms = Date.parse(at);
  const today = localDayOf(ms, calendar.zone);
  for (let day = today; day <= today + SEARCH_DAYS_MAX; day += 1) {
    if (!isBusinessEpochDay(day, calendar)) continue;
    const span = spanOf(calendar.hours, day, calendar.zone);
    const from = Math.max(ms, span.from);
    if (from >= span.to) continue;
    if (left <= span.to - from) return instant(from + left);
    left -= span.to - from;
  }
  throw new RangeError(`no ${milliseconds / HOUR} business hours within ${SEARCH_DAYS_MAX} days`);
}
