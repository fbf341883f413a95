/**
 * Local time of a zone. Temporal knows the rules of every zone but takes tens of microseconds for each answer; these
 * functions run in hot paths (reports, the gate, the board), so each zone keeps the stretches of constant offset it has
 * already met: a handful (two a year where clocks change, one for ever in Bogota), exact, not a guess by day.
 */
import { Temporal } from 'temporal-polyfill';
import { instant, type Instant, type LocalDate } from '../platform/time.ts';
import { DAY, epochDay, parseMonth, type Month } from './dates.ts';

/** From `from` (inclusive) to `to` (exclusive), in epoch ms, local time is UTC + `offset` ms. */
interface Stretch {
  from: number;
  to: number;
  offset: number;
}

/** Zones held at once; real ones number about 400, so past this somebody feeds us text that is no zone. */
const ZONES_MAX = 1_000;
const zones = new Map<string, Stretch[]>();

function findStretch(zone: string, ms: number): Stretch {
  const here = Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(zone);
  // 'previous' is strictly before, so ask a millisecond later: at a change's own instant the new offset holds.
  const start = here.add({ milliseconds: 1 }).getTimeZoneTransition('previous');
  const end = here.getTimeZoneTransition('next');
  return {
    from: start === null ? -Infinity : start.epochMilliseconds,
    to: end === null ? Infinity : end.epochMilliseconds,
    offset: here.offsetNanoseconds / 1e6,
  };
}

function stretchAt(zone: string, ms: number): Stretch {
  let known = zones.get(zone);
  const first = known?.[0];
  if (first !== undefined && ms >= first.from && ms < first.to) return first;
  if (known === undefined) {
    if (zones.size >= ZONES_MAX) zones.clear();
    zones.set(zone, (known = []));
  }
  const index = known.findIndex((s) => ms >= s.from && ms < s.to);
  const [found = findStretch(zone, ms)] = index < 0 ? [] : known.splice(index, 1);
  // The latest asked goes first: work of one period asks for it again and again.
  known.unshift(found);
  return found;
}

/** Milliseconds to add to UTC for local time at `ms` (epoch ms). Throws RangeError for an unknown zone. */
export function offsetAt(zone: string, ms: number): number {
  return stretchAt(zone, ms).offset;
}

function localText(at: Instant, zone: string): string {
  const ms = Date.parse(at);
  return new Date(ms + offsetAt(zone, ms)).toISOString();
}

/** '2024-07-01': the date on the wall of `zone` (IANA name) at that instant. */
export function localDate(at: Instant, zone: string): LocalDate {
  return localText(at, zone).slice(0, 10);
}

/** '2024-07' */
export function localMonth(at: Instant, zone: string): Month {
  return localText(at, zone).slice(0, 7);
}

/** '09:10:00', the milliseconds cut off, not rounded. */
export function localTime(at: Instant, zone: string): string {
  return localText(at, zone).slice(11, 19);
}

/** '2024-07-01T09:10:00', the milliseconds cut off, not rounded. */
export function localDateTime(at: Instant, zone: string): string {
  return localText(at, zone).slice(0, 19);
}

const LOCAL = /^(\d{4}-\d{2}-\d{2})T([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{3}))?)?$/;

/**
 * Local 'YYYY-MM-DDTHH:MM[:SS[.fff]]' → instant. A local time the clocks skip (spring) is read with the offset before
 * the change, so it comes out later by the gap; one that happens twice (autumn) is the earlier of the two. Both as
 * Temporal's 'compatible'. Throws RangeError on other text, a date that is not, or an unknown zone.
 */
export function atLocal(text: string, zone: string): Instant {
  const parts = LOCAL.exec(text);
  if (parts === null) throw new RangeError(`not a local time: ${text}`);
  const [, date = '', hours, minutes, seconds = '0', fraction = '0'] = parts;
  const ofDay = (Number(hours) * 60 + Number(minutes)) * 60_000 + Number(seconds) * 1_000 + Number(fraction);
  return instant(atLocalMs(epochDay(date) * DAY + ofDay, zone));
}

/** `local`: the wall clock read as if it were UTC, in ms. → epoch ms. Gap and overlap as atLocal. */
export function atLocalMs(local: number, zone: string): number {
  // No zone is a whole day from UTC, so the offset that holds at `local` is one of these two.
  const before = offsetAt(zone, local - DAY);
  if (offsetAt(zone, local - before) === before) return local - before;
  const after = offsetAt(zone, local + DAY);
  return offsetAt(zone, local - after) === after ? local - after : local - before;
}

/** The first instant of a local day: 01:00 on the days when clocks skip midnight (Santiago in September). */
export function startOfDay(date: LocalDate, zone: string): Instant {
  return instant(startOfDayMs(epochDay(date), zone));
}

/** The same by epoch day, in epoch ms. */
export function startOfDayMs(day: number, zone: string): number {
  return atLocalMs(day * DAY, zone);
}

/** The local date at epoch ms, as a day count since 1970-01-01. */
export function localDayOf(ms: number, zone: string): number {
  return Math.floor((ms + offsetAt(zone, ms)) / DAY);
}

/** The first instant of a local month. */
export function startOfMonth(month: Month, zone: string): Instant {
  parseMonth(month);
  return startOfDay(`${month}-01`, zone);
}
