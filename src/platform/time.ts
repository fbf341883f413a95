/**
 * Instants travel through the whole product as UTC ISO text with milliseconds ("2024-07-01T15:10:00.000Z"):
 * fixed width, so that comparing text compares time; the same in JSON, in the journal's hash and in SQL.
 */
declare const instantBrand: unique symbol;
export type Instant = string & { readonly [instantBrand]: true };

/** A local calendar date, "2024-07-01". */
export type LocalDate = string;

export const SECOND = 1_000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;

/** Takes a Date, epoch milliseconds, or ISO text with an offset. Throws RangeError on anything that is not an instant. */
export function instant(value: Date | number | string): Instant {
  return new Date(value).toISOString() as Instant;
}

export function plus(at: Instant, milliseconds: number): Instant {
  return instant(Date.parse(at) + milliseconds);
}

/** Milliseconds from `from` to `to`; negative when `to` is earlier. */
export function between(from: Instant, to: Instant): number {
  return Date.parse(to) - Date.parse(from);
}

/** Where the product reads the time. Rules never do: `now` is handed to them. */
export interface Clock {
  now(): Instant;
}

export const systemClock: Clock = { now: () => instant(Date.now()) };
