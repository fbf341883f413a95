/**
 * Figures, money and times as the organization writes them: never by the browser's locale, never in its zone.
 * Pure: `now` and the browser's zone are given.
 */
import type { Instant } from '../src/platform/time.ts';
import type { Language } from './words.ts';

export type FiguresLocale = 'es-MX' | 'es-CO';

export interface Place {
  /** How numbers are written: the organization's country. */
  figures: FiguresLocale;
  /** Which words months and days have: the user's language. */
  language: Language;
  /** IANA zone of the organization. */
  zone: string;
  /** IANA zone of this browser: where it differs in hours, times name their zone. */
  browserZone: string;
}

export interface Figures {
  /** 1,234.5 in Mexico, 1.234,5 in Colombia. `decimals`: exactly so many. */
  number(value: number, decimals?: number): string;
  /** 0.823 → 82.3 %. Rounded down: 6.98 % against an aim of 7 % is not there yet. */
  percent(ratio: number, decimals?: number): string;
  /** Decimal text ("166.67"), never a float; pesos of the other country are named (COP 1,234). */
  money(amount: string, currency: 'MXN' | 'COP'): string;
  /** 10:04 a.m.; with the zone when it differs from the browser's. */
  time(at: Instant): string;
  /** 5 mar 2026. */
  date(at: Instant): string;
  /** A calendar date of the organization, "2026-03-05", read as such: no zone shifts it. */
  readonly day: (on: string) => string;
  /** marzo de 2026: a calendar month, "2026-03". */
  month(of: string): string;
  /** 5 mar 2026, 10:04:09 a.m., with the zone's name: what stands behind a hover. */
  exact(at: Instant): string;
  /** hoy, 10:04 a.m.; ayer, …; 5 mar, 10:04 a.m. The short form, in a list or within a sentence. */
  moment(at: Instant, now: Instant): string;
  /** hace 5 minutos; en 2 días. */
  relative(at: Instant, now: Instant): string;
  place: Place;
}

const RATIO_DIGITS = 12;
const OWN_CURRENCY: Record<FiguresLocale, 'MXN' | 'COP'> = { 'es-MX': 'MXN', 'es-CO': 'COP' };
/** Colombian pesos are written without cents. */
const CENTS = { MXN: 2, COP: 0 } as const;

export function figuresFor(place: Place): Figures {
  const { figures, language, zone } = place;
  // Day first in both countries; English words keep that order.
  const dates = language === 'en' ? 'en-GB' : figures;
  const formats = new Map<string, Intl.DateTimeFormat>();
  const dateFormat = (options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat => {
    const key = JSON.stringify(options);
    const known = formats.get(key);
    if (known) return known;
    const made = new Intl.DateTimeFormat(dates, { timeZone: zone, ...options });
    formats.set(key, made);
    return made;
  };
  const numbers = new Intl.NumberFormat(figures, { maximumFractionDigits: 2 });
  const relatives = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const clock: Intl.DateTimeFormatOptions = { hour: 'numeric', minute: '2-digit', hour12: true };
  const dayOf = (at: Instant): string =>
    new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    }).format(Date.parse(at));

  const number = (value: number, decimals?: number): string =>
    decimals === undefined
      ? numbers.format(value)
      : new Intl.NumberFormat(figures, {
          minimumFractionDigits: decimals,
          maximumFractionDigits: decimals,
        }).format(value);

  const time = (at: Instant): string =>
    dateFormat(zonesDiffer(place, at) ? { ...clock, timeZoneName: 'short' } : clock).format(Date.parse(at));

  return {
    place,
    number,
    percent: (ratio, decimals = 1) =>
      new Intl.NumberFormat(figures, {
        style: 'percent',
        maximumFractionDigits: decimals,
        roundingMode: 'floor',
      })
        // By its decimal digits: 0.29 is a little less in binary, and would be cut to 28.9.
        .format(ratio.toPrecision(RATIO_DIGITS) as Intl.StringNumericLiteral),
    money: (amount, currency) => moneyText(amount, currency, figures),
    time,
    date: (at) => dateFormat({ dateStyle: 'medium' }).format(Date.parse(at)),
    day: (on) =>
      dateFormat({ dateStyle: 'medium', timeZone: 'UTC' }).format(Date.parse(`${on.slice(0, 10)}T00:00:00Z`)),
    month: (of) =>
      dateFormat({ month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
        Date.parse(`${of}-01T00:00:00Z`),
      ),
    exact: (at) =>
      dateFormat({
        weekday: 'short',
        day: 'numeric',
        month: 'short',
        year: 'numeric',
        ...clock,
        second: '2-digit',
        timeZoneName: 'short',
      }).format(Date.parse(at)),
    moment: (at, now) => {
      const days = calendarDays(dayOf(now), dayOf(at));
      if (Math.abs(days) <= 1) return `${relatives.format(days, 'day')}, ${time(at)}`;
      const sameYear = dayOf(at).slice(0, 4) === dayOf(now).slice(0, 4);
      const date = dateFormat(
        sameYear ? { day: 'numeric', month: 'short' } : { day: 'numeric', month: 'short', year: 'numeric' },
      ).format(Date.parse(at));
      return `${date}, ${time(at)}`;
    },
    relative: (at, now) => relativeText(relatives, Date.parse(at) - Date.parse(now)),
  };
}

/** Decimal text to grouped text without passing through a float, which would lose cents of a big sum. */
function moneyText(amount: string, currency: 'MXN' | 'COP', figures: FiguresLocale): string {
  const digits = CENTS[currency];
  const exact = amount as Intl.StringNumericLiteral;
  const number = new Intl.NumberFormat(figures, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  const text = number.format(exact);
  if (currency !== OWN_CURRENCY[figures]) return `${currency} ${text}`;
  const sign = text.startsWith('-') ? '-' : '';
  return figures === 'es-CO' ? `${sign}$ ${text.slice(sign.length)}` : `${sign}$${text.slice(sign.length)}`;
}

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

function relativeText(format: Intl.RelativeTimeFormat, milliseconds: number): string {
  for (const [unit, size] of UNITS) {
    if (Math.abs(milliseconds) >= size) return format.format(Math.trunc(milliseconds / size), unit);
  }
  return format.format(Math.trunc(milliseconds / 1_000), 'second');
}

function calendarDays(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

/** By name, in the reader's words: 1 Monday … 7 Sunday. 1 January 2024 was a Monday. */
export function weekdayName({ place }: Pick<Figures, 'place'>, day: number): string {
  return dayFormat(place, { weekday: 'long' }).format(Date.UTC(2024, 0, day));
}

/** "mar 3", of a calendar date as such. */
export function shortDay({ place }: Pick<Figures, 'place'>, on: string): string {
  return dayFormat(place, { weekday: 'short', day: 'numeric' }).format(Date.parse(`${on}T00:00:00Z`));
}

function dayFormat({ figures, language }: Place, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(language === 'en' ? 'en-GB' : figures, { timeZone: 'UTC', ...options });
}

/** Two zones may have different names and the same hours (Mexico City, Monterrey): only hours matter. */
function zonesDiffer(place: Place, at: Instant): boolean {
  if (place.zone === place.browserZone) return false;
  const read = (timeZone: string): string =>
    new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'short', timeStyle: 'short' }).format(
      Date.parse(at),
    );
  return read(place.zone) !== read(place.browserZone);
}

const pad = (value: number): string => String(value).padStart(2, '0');

/** mm:ss left, never negative; hours when there are any. */
export function clockText(milliseconds: number): string {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1_000));
  const hours = Math.floor(seconds / 3_600);
  const minutes = Math.floor((seconds % 3_600) / 60);
  return hours > 0 ? `${hours}:${pad(minutes)}:${pad(seconds % 60)}` : `${minutes}:${pad(seconds % 60)}`;
}

/** Minutes and seconds of a span, as a stopwatch shows them. */
export function minutesText(seconds: number | null): string {
  return seconds === null ? '—' : clockText(seconds * 1_000);
}

/** "+525512345678" → "55 1234 5678" at home, with its country code abroad. What it does not know it leaves as is. */
export function phoneText(e164: string, home: FiguresLocale): string {
  const mexico = /^\+52(\d{10})$/.exec(e164)?.[1];
  if (mexico) {
    // The three big cities have two-digit area codes, everywhere else three.
    const local = /^(55|56|33|81)/.test(mexico)
      ? mexico.replace(/^(\d{2})(\d{4})(\d{4})$/, '$1 $2 $3')
      : mexico.replace(/^(\d{3})(\d{3})(\d{4})$/, '$1 $2 $3');
    return home === 'es-MX' ? local : `+52 ${local}`;
  }
  const colombia = /^\+57(\d{3})(\d{3})(\d{4})$/.exec(e164);
  if (colombia) {
    const local = `${colombia[1]} ${colombia[2]} ${colombia[3]}`;
    return home === 'es-CO' ? local : `+57 ${local}`;
  }
  return e164;
}

/** For looking up: case and accents do not count (ñ folds too), order of words does not either. */
export function folded(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLocaleLowerCase('es');
}
