import { Temporal } from 'temporal-polyfill';
import { instant, type Instant } from './time.ts';

/** In which order a file writes day and month: Mexico and Colombia write the day first, some exports do not. */
export type DateOrder = 'dmy' | 'mdy';

const ISO =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i;
const SLASHED =
  /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})(?:,?[T ]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?\s*([ap])?\.?\s?(?:m\.?)?$/i;
/** Excel counts days from 1899-12-30; these bounds are 1954 to 2119, so that a year or an id is not taken for a date. */
const SERIAL = /^\d{5}(?:[.,]\d+)?$/;
const SERIAL_MIN = 20_000;
const SERIAL_MAX = 80_000;
/** Outside these years a time is a slip of the keyboard; past 9999 instants would no longer compare as text. */
const YEAR_MIN = 1900;
const YEAR_MAX = 2200;
const SERIAL_DAY_ZERO = Temporal.PlainDateTime.from('1899-12-30T00:00');

/**
 * An instant from the ways people and systems write one: ISO with or without offset ("2026-07-15T09:18:39-06:00",
 * "2024-07-01T12:00:00+0000", "2026-7-15 9:18:39" without leading zeros), "15/07/2026 9:18 p. m.", an Excel serial.
 * Without an offset it is the wall clock of `zone` (IANA). A time inside a clock change takes the earlier reading's
 * offset, as Temporal's "compatible" does. Null when it is not a time.
 */
export function readTime(text: string, zone: string, order: DateOrder = 'dmy'): Instant | null {
  const clean = text.replace(/[\s\u00a0\u202f]+/g, ' ').trim();
  const iso = ISO.exec(clean);
  if (iso !== null) return fromIso(iso, zone);
  const slashed = SLASHED.exec(clean);
  if (slashed !== null) return fromSlashed(slashed, zone, order);
  if (SERIAL.test(clean)) return fromSerial(Number(clean.replace(',', '.')), zone);
  return null;
}

type Fields = {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  millisecond: number;
};

function fromIso(found: RegExpExecArray, zone: string): Instant | null {
  const [, year, month, day, hour, minute, second, fraction, offset] = found;
  const fields: Fields = {
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour ?? 0),
    minute: Number(minute ?? 0),
    second: Number(second ?? 0),
    millisecond: Number((fraction ?? '').padEnd(3, '0').slice(0, 3)),
  };
  if (offset === undefined) return wallInstant(fields, zone);
  const utc = wallInstant(fields, 'UTC');
  return utc === null ? null : instant(Date.parse(utc) - offsetMinutes(offset) * 60_000);
}

function offsetMinutes(offset: string): number {
  if (/^z$/i.test(offset)) return 0;
  const digits = offset.replace(/\D/g, '');
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  return offset.startsWith('-') ? -minutes : minutes;
}

function fromSlashed(found: RegExpExecArray, zone: string, order: DateOrder): Instant | null {
  const [, first, second, year, hour, minute, seconds, half] = found;
  const [day, month] = order === 'dmy' ? [first, second] : [second, first];
  return wallInstant(
    {
      year: (year ?? '').length === 2 ? 2000 + Number(year) : Number(year),
      month: Number(month),
      day: Number(day),
      hour: hour === undefined ? 0 : hour24(Number(hour), half),
      minute: Number(minute ?? 0),
      second: Number(seconds ?? 0),
      millisecond: 0,
    },
    zone,
  );
}

function hour24(hour: number, half: string | undefined): number {
  if (half === undefined) return hour;
  return (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
}

function fromSerial(days: number, zone: string): Instant | null {
  if (days < SERIAL_MIN || days > SERIAL_MAX) return null;
  const local = SERIAL_DAY_ZERO.add({ seconds: Math.round(days * 86_400) });
  return inZone(local, zone);
}

function wallInstant(fields: Fields, zone: string): Instant | null {
  try {
    return inZone(Temporal.PlainDateTime.from(fields, { overflow: 'reject' }), zone);
  } catch {
    return null;
  }
}

function inZone(local: Temporal.PlainDateTime, zone: string): Instant | null {
  try {
    if (local.year < YEAR_MIN || local.year > YEAR_MAX) return null;
    return instant(local.toZonedDateTime(zone).epochMilliseconds);
  } catch {
    return null;
  }
}
