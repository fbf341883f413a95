/**
 * Hours of the week in one zone: contact-center-policy L3 ("every day, 08:00 to 18:00"), the agreed channels' hours (P3),
 * the windows of the law. Opening is inclusive, closing exclusive: 08:00:00.000 is in, 17:59:59.999 is in, 18:00:00 is out.
 */
import { instant, type Instant, type LocalDate } from '../platform/time.ts';
import { DAY, dateOfEpochDay, weekdayOfEpochDay, type Weekday } from './dates.ts';
import { atLocalMs, localDayOf } from './zones.ts';

/** Local 'HH:MM', `closes` after `opens` on the same day; '24:00' is midnight at the day's end. */
export interface DayHours {
  opens: string;
  closes: string;
}

export interface OpeningHours {
  /** IANA name. */
  zone: string;
  /** By ISO weekday, 1 Monday … 7 Sunday; null is closed. */
  days: Record<Weekday, DayHours | null>;
  closedOn?: readonly LocalDate[];
}

/** How far ahead an opening is looked for: a year with room for a long closure. Past it, closed for good. */
export const OPENING_SEARCH_DAYS_MAX = 400;

const TIME = /^(?:([01]\d|2[0-3]):([0-5]\d)|24:00)$/;

/** 'HH:MM' → ms of the day. Throws RangeError on other text: hours are checked where they are entered. */
export function timeOfDay(text: string): number {
  const parts = TIME.exec(text);
  if (parts === null) throw new RangeError(`not a time of day: ${text}`);
  return parts[1] === undefined ? DAY : (Number(parts[1]) * 60 + Number(parts[2])) * 60_000;
}

/** What is wrong with these hours, or null; for whoever takes them from a person or a file. */
export function faultInHours(hours: OpeningHours): 'zone' | 'time' | 'order' | null {
  try {
    localDayOf(0, hours.zone);
  } catch {
    return 'zone';
  }
  for (const day of Object.values(hours.days)) {
    if (day === null) continue;
    if (!TIME.test(day.opens) || !TIME.test(day.closes)) return 'time';
    if (timeOfDay(day.closes) <= timeOfDay(day.opens)) return 'order';
  }
  return null;
}

interface Span {
  from: number;
  to: number;
}

/** One local day's hours in epoch ms. */
export function spanOf(hours: DayHours, day: number, zone: string): Span {
  return {
    from: atLocalMs(day * DAY + timeOfDay(hours.opens), zone),
    to: atLocalMs(day * DAY + timeOfDay(hours.closes), zone),
  };
}

function openSpan(hours: OpeningHours, day: number): Span | null {
  const ofDay = hours.days[weekdayOfEpochDay(day)];
  if (ofDay === null) return null;
  if (hours.closedOn !== undefined && hours.closedOn.length > 0) {
    if (hours.closedOn.includes(dateOfEpochDay(day))) return null;
  }
  return spanOf(ofDay, day, hours.zone);
}

export function isOpen(hours: OpeningHours, at: Instant): boolean {
  return closesAt(hours, at) !== null;
}

/** `at` itself when open, else the next opening; null when nothing opens within OPENING_SEARCH_DAYS_MAX. */
export function nextOpening(hours: OpeningHours, at: Instant): Instant | null {
  const ms = Date.parse(at);
  const today = localDayOf(ms, hours.zone);
  for (let day = today; day <= today + OPENING_SEARCH_DAYS_MAX; day += 1) {
    const span = openSpan(hours, day);
    if (span !== null && ms < span.to) return ms >= span.from ? at : instant(span.from);
  }
  return null;
}

/** While open: the instant the day's hours end (round-the-clock hours end, and go on, at midnight). Null when closed. */
export function closesAt(hours: OpeningHours, at: Instant): Instant | null {
  const ms = Date.parse(at);
  const span = openSpan(hours, localDayOf(ms, hours.zone));
  return span !== null && ms >= span.from && ms < span.to ? instant(span.to) : null;
}

/** The same hours every day of the week; `closed` names weekdays without them. */
export function everyDay(
  zone: string,
  opens: string,
  closes: string,
  closed: readonly Weekday[] = [],
): OpeningHours {
  const of = (weekday: Weekday): DayHours | null => (closed.includes(weekday) ? null : { opens, closes });
  return { zone, days: { 1: of(1), 2: of(2), 3: of(3), 4: of(4), 5: of(5), 6: of(6), 7: of(7) } };
}
