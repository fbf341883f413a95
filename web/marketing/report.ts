/** Figures of the report, worked out for showing. Pure. */
import type { Report } from './answers.ts';

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

/** Leads by hour of the day, all days of the report together. */
export function byHour(report: Report, source: string | null): number[] {
  const counted = HOURS.map(() => 0);
  for (const each of report.hours)
    if (source === null || each.source === source)
      counted[each.hour] = (counted[each.hour] ?? 0) + each.leads;
  return counted;
}

export interface HeatRow {
  /** A date, or 1 Monday … 7 Sunday. */
  readonly of: string | number;
  readonly hours: readonly number[];
}

/** One row a day for a week, one row a weekday for a month: what is asked then is the habit, not the day. */
export function heatOf(report: Report, source: string | null, weekdays: boolean): HeatRow[] {
  const rows = new Map<string | number, number[]>();
  if (weekdays)
    for (const day of [1, 2, 3, 4, 5, 6, 7])
      rows.set(
        day,
        HOURS.map(() => 0),
      );
  else
    for (const day of daysBetween(report.from, report.to))
      rows.set(
        day,
        HOURS.map(() => 0),
      );
  for (const each of report.hours) {
    if (source !== null && each.source !== source) continue;
    const row = rows.get(weekdays ? weekdayOf(each.day) : each.day);
    if (row !== undefined) row[each.hour] = (row[each.hour] ?? 0) + each.leads;
  }
  return [...rows].map(([of, hours]) => ({ of, hours }));
}

const DAY_MILLISECONDS = 86_400_000;

function daysBetween(from: string, to: string): string[] {
  const days: string[] = [];
  for (let at = Date.parse(`${from}T00:00:00Z`); at <= Date.parse(`${to}T00:00:00Z`); at += DAY_MILLISECONDS)
    days.push(new Date(at).toISOString().slice(0, 10));
  return days;
}

function weekdayOf(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
}

const DAYS_A_MONTH = 30;

/** A source's cost for these days by its leads, decimal text; null without a cost or without leads. In cents, never a float. */
export function costPerLead(monthlyCost: string | undefined, days: number, leads: number): string | null {
  if (monthlyCost === undefined || leads === 0) return null;
  const [whole = '0', part = ''] = monthlyCost.split('.');
  const cents = BigInt(whole + part.padEnd(2, '0').slice(0, 2));
  const parts = BigInt(DAYS_A_MONTH) * BigInt(leads);
  const each = (cents * BigInt(days) + parts / 2n) / parts;
  const text = each.toString().padStart(3, '0');
  return `${text.slice(0, -2)}.${text.slice(-2)}`;
}
