/**
 * Statutory holidays of the two countries we work in, from date-holidays (pinned: an update of its data changes the law
 * gate) with our own overrides. Its data is CC-BY-3.0: credit stands in the licence notices.
 */
import Holidays from 'date-holidays';
import type { LocalDate } from '../platform/time.ts';
import { holidayOverrides } from './holiday-overrides.ts';

export type HolidayCountry = 'MX' | 'CO';

/** Years kept per country; a calendar is asked for a few years around now. */
const YEARS_MAX = 200;
const loaded = new Map<HolidayCountry, Holidays>();
const years = new Map<string, readonly LocalDate[]>();
const sets = new Map<string, ReadonlySet<LocalDate>>();

function compute(country: HolidayCountry, year: number): LocalDate[] {
  let source = loaded.get(country);
  if (source === undefined) loaded.set(country, (source = new Holidays(country)));
  // Type 'bank' (Holy Thursday in Mexico, 12 December) is custom, not law; two names may share one date.
  const dates = new Set(
    source
      .getHolidays(year)
      .filter((h) => h.type === 'public')
      .map((h) => h.date.slice(0, 10)),
  );
  for (const row of holidayOverrides) {
    if (row.country !== country || !row.date.startsWith(`${year}-`)) continue;
    if (row.change === 'add') dates.add(row.date);
    else dates.delete(row.date);
  }
  return [...dates].toSorted();
}

/** The year's public holidays as local dates, in order, each once. */
export function publicHolidays(country: HolidayCountry, year: number): readonly LocalDate[] {
  const key = `${country}${year}`;
  let dates = years.get(key);
  if (dates === undefined) {
    if (years.size >= YEARS_MAX) {
      years.clear();
      sets.clear();
    }
    dates = compute(country, year);
    years.set(key, dates);
    sets.set(key, new Set(dates));
  }
  return dates;
}

/** Is this local date a public holiday there? Fits BusinessCalendar.holidays once the country is given. */
export function isPublicHoliday(country: HolidayCountry, date: LocalDate): boolean {
  const year = Number(date.slice(0, 4));
  publicHolidays(country, year);
  return sets.get(`${country}${year}`)?.has(date) ?? false;
}
