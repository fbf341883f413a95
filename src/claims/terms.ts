/**
 * How the terms of a holder are counted (lead-reassignment, "Instants"): a term includes its last instant; days are counted
 * between local dates; while a lead is frozen no term runs.
 */
import { addBusinessMilliseconds, daysBetween, localDate, type BusinessCalendar } from '../calendar/index.ts';
import { between, HOUR, plus, type Instant } from '../platform/time.ts';

/** From one claim's status request to its ruling: nobody could make contact, so nobody is late for it. */
export interface Period {
  readonly from: Instant;
  /** Null: still frozen. */
  readonly to: Instant | null;
}

interface Counting {
  readonly hours: number;
  /** Null: straight through, nights and Sundays included; else only the business hours of this calendar. */
  readonly calendar: BusinessCalendar | null;
  readonly frozen: readonly Period[];
}

/** The last instant of a term of hours that begins at `from`; null while a freeze that nobody has lifted stops it. */
export function endOfTerm(from: Instant, { hours, calendar, frozen }: Counting): Instant | null {
  const add = (at: Instant, milliseconds: number): Instant =>
    calendar === null ? plus(at, milliseconds) : addBusinessMilliseconds(at, milliseconds, calendar);
  let end = add(from, hours * HOUR);
  for (const period of merged(frozen)) {
    if (period.to !== null && period.to <= from) continue;
    if (period.from > end) break;
    if (period.to === null) return null;
    const stoppedAt = period.from < from ? from : period.from;
    // What was left of the term when the freeze began runs on from its end.
    end = resumed(end, stoppedAt, period.to, add, calendar);
  }
  return end;
}

function resumed(
  end: Instant,
  stoppedAt: Instant,
  goesOnAt: Instant,
  add: (at: Instant, milliseconds: number) => Instant,
  calendar: BusinessCalendar | null,
): Instant {
  if (calendar === null) return plus(goesOnAt, between(stoppedAt, end));
  let [least, most] = [0, between(stoppedAt, end)];
  // The business milliseconds left are found by halving: the calendar counts forwards only.
  while (least < most) {
    const middle = Math.floor((least + most) / 2);
    if (add(stoppedAt, middle) < end) least = middle + 1;
    else most = middle;
  }
  return add(goesOnAt, least);
}

/** Days on the calendar from one instant to another, less those on which it was frozen. */
export function daysRun(from: Instant, to: Instant, zone: string, frozen: readonly Period[]): number {
  let days = daysBetween(localDate(from, zone), localDate(to, zone));
  for (const period of merged(frozen)) {
    const begins = period.from < from ? from : period.from;
    const ends = period.to === null || period.to > to ? to : period.to;
    if (begins < ends) days -= daysBetween(localDate(begins, zone), localDate(ends, zone));
  }
  return days;
}

/** In order, those that overlap as one. */
function merged(periods: readonly Period[]): Period[] {
  const whole: Period[] = [];
  for (const period of periods.toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
    const last = whole.at(-1);
    if (last === undefined || (last.to !== null && last.to < period.from)) whole.push(period);
    else if (last.to !== null && (period.to === null || period.to > last.to))
      whole[whole.length - 1] = { from: last.from, to: period.to };
  }
  return whole;
}
