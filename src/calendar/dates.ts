/** Arithmetic on local dates and months as text; no zone needed: a date is a day on a wall calendar. */
import type { LocalDate } from '../platform/time.ts';

/** A local calendar month, '2024-07'. */
export type Month = string;

/** A day of the wall calendar, in ms; a local day lasts 23 to 25 hours (see startOfDay). */
export const DAY = 24 * 60 * 60 * 1_000;

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const MONTH = /^(\d{4})-(0[1-9]|1[0-2])$/;

/** Days since 1970-01-01. Throws RangeError on text that is no date ('2024-02-30' included). */
export function epochDay(date: LocalDate): number {
  const ms = DATE.test(date) ? Date.parse(`${date}T00:00:00.000Z`) : Number.NaN;
  // Date.parse takes 30 February for 1 March, so the way back must give the same text.
  if (Number.isNaN(ms) || dateOfEpochDay(ms / DAY) !== date) throw new RangeError(`not a date: ${date}`);
  return ms / DAY;
}

export function dateOfEpochDay(day: number): LocalDate {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

/** ISO weekday of an epoch day: 1 Monday … 7 Sunday. */
export function weekdayOfEpochDay(day: number): Weekday {
  return WEEKDAYS[(((day + 3) % 7) + 7) % 7] ?? 1; // 1970-01-01 was a Thursday
}

/** ISO: 1 Monday … 7 Sunday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;
const WEEKDAYS: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];

export function weekday(date: LocalDate): Weekday {
  return weekdayOfEpochDay(epochDay(date));
}

export function addDays(date: LocalDate, days: number): LocalDate {
  return dateOfEpochDay(epochDay(date) + days);
}

/** Days on the calendar from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return epochDay(to) - epochDay(from);
}

/** The Monday of the date's week. */
export function weekOf(date: LocalDate): LocalDate {
  const day = epochDay(date);
  return dateOfEpochDay(day - (weekdayOfEpochDay(day) - 1));
}

export function monthOf(date: LocalDate): Month {
  return date.slice(0, 7);
}

export function parseMonth(month: Month): { year: number; month: number } {
  const parts = MONTH.exec(month);
  if (parts === null) throw new RangeError(`not a month: ${month}`);
  return { year: Number(parts[1]), month: Number(parts[2]) };
}

function addMonths(month: Month, months: number): Month {
  const { year, month: ofYear } = parseMonth(month);
  const count = year * 12 + (ofYear - 1) + months;
  return `${String(Math.floor(count / 12)).padStart(4, '0')}-${String((count % 12) + 1).padStart(2, '0')}`;
}

export function previousMonth(month: Month): Month {
  return addMonths(month, -1);
}

export function nextMonth(month: Month): Month {
  return addMonths(month, 1);
}
