import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Temporal } from 'temporal-polyfill';
import { between, HOUR, instant, plus, type Instant } from '../platform/time.ts';
import { addDays, atLocal, localDate, localDateTime, localMonth, localTime, startOfDay } from './index.ts';

const ZONES = [
  'America/Mexico_City',
  'America/Bogota',
  'America/Tijuana',
  'America/Santiago',
  'America/New_York',
  'UTC',
];
const at = (text: string): Instant => instant(text);

test('local parts of an instant', () => {
  const nine = at('2024-07-01T15:10:00.999Z');
  expect(localDate(nine, 'America/Mexico_City')).toBe('2024-07-01');
  expect(localTime(nine, 'America/Mexico_City')).toBe('09:10:00');
  expect(localDateTime(nine, 'America/Bogota')).toBe('2024-07-01T10:10:00');
  expect(localMonth(at('2024-07-01T05:59:59.999Z'), 'America/Mexico_City')).toBe('2024-06');
  expect(localMonth(at('2024-07-01T06:00:00.000Z'), 'America/Mexico_City')).toBe('2024-07');
});

describe('atLocal', () => {
  test.each([
    ['minutes only', '2024-07-01T09:10', 'America/Mexico_City', '2024-07-01T15:10:00.000Z'],
    ['milliseconds', '2024-07-01T09:10:00.123', 'America/Bogota', '2024-07-01T14:10:00.123Z'],
    [
      'Mexico before it gave up summer time',
      '2022-07-01T09:00',
      'America/Mexico_City',
      '2022-07-01T14:00:00.000Z',
    ],
    ['skipped: later', '2024-03-10T02:30', 'America/Tijuana', '2024-03-10T10:30:00.000Z'],
    ['first instant after the gap', '2024-03-10T03:00', 'America/Tijuana', '2024-03-10T10:00:00.000Z'],
    ['twice: the earlier', '2024-11-03T01:30', 'America/New_York', '2024-11-03T05:30:00.000Z'],
    ['skipped midnight', '2024-09-08T00:00', 'America/Santiago', '2024-09-08T04:00:00.000Z'],
    ['last second before the year', '2023-12-31T23:59:59', 'UTC', '2023-12-31T23:59:59.000Z'],
  ])('%s', (_, text, zone, expected) => {
    expect(atLocal(text, zone)).toBe(expected);
  });

  test.each([
    '2024-07-01',
    '2024-07-01T24:00',
    '2024-02-30T10:00',
    '2024-07-01T10:60',
    '2024-07-01T10:00Z',
    '',
  ])('refuses %j', (text) => {
    expect(() => atLocal(text, 'UTC')).toThrow(RangeError);
  });

  test('refuses a zone that is not', () => {
    expect(() => atLocal('2024-07-01T10:00', 'America/Nowhere')).toThrow(RangeError);
  });
});

const FROM = Date.parse('2023-01-01T00:00:00Z');
const TO = Date.parse('2026-01-01T00:00:00Z');
const anInstant = fc.integer({ min: FROM / 1_000, max: TO / 1_000 }).map((s) => instant(s * 1_000));
const aZone = fc.constantFrom(...ZONES);

test('agrees with Temporal at any instant and any zone', () => {
  fc.assert(
    fc.property(anInstant, aZone, (moment, zone) => {
      const there = Temporal.Instant.from(moment).toZonedDateTimeISO(zone);
      expect(localDateTime(moment, zone)).toBe(there.toPlainDateTime().toString({ smallestUnit: 'second' }));
      expect(startOfDay(localDate(moment, zone), zone)).toBe(instant(there.startOfDay().epochMilliseconds));
    }),
    { numRuns: 2_000 },
  );
});

test('any wall time comes out as Temporal reads it', () => {
  fc.assert(
    fc.property(anInstant, aZone, (wall, zone) => {
      const text = wall.slice(0, 19);
      const expected = Temporal.PlainDateTime.from(text).toZonedDateTime(zone).epochMilliseconds;
      expect(atLocal(text, zone)).toBe(instant(expected));
    }),
    { numRuns: 2_000 },
  );
});

test('there and back is the same instant, or an hour earlier in an overlap', () => {
  fc.assert(
    fc.property(anInstant, aZone, (moment, zone) => {
      const back = atLocal(localDateTime(moment, zone), zone);
      if (back !== moment) {
        expect(between(back, moment)).toBe(HOUR);
        expect(localDateTime(back, zone)).toBe(localDateTime(moment, zone));
      }
    }),
    { numRuns: 2_000 },
  );
});

test.each(['America/Tijuana', 'America/Santiago', 'America/New_York'])(
  'three years of days in %s: each 24 h but one of 23 and one of 25 a year, none missing, none twice',
  (zone) => {
    const lengths = new Map<number, number>();
    for (let date = '2023-01-01'; date < '2026-01-01'; date = addDays(date, 1)) {
      const start = startOfDay(date, zone);
      const end = startOfDay(addDays(date, 1), zone);
      expect(localDate(start, zone)).toBe(date);
      expect(localDate(plus(start, -1), zone)).toBe(addDays(date, -1));
      const hours = between(start, end) / HOUR;
      lengths.set(hours, (lengths.get(hours) ?? 0) + 1);
    }
    expect(Object.fromEntries(lengths)).toEqual({ 23: 3, 24: 1_090, 25: 3 });
  },
);

test('both sides of a change of clocks, to the millisecond', () => {
  const change = at('2024-03-10T10:00:00.000Z');
  expect(localDateTime(plus(change, -1), 'America/Tijuana')).toBe('2024-03-10T01:59:59');
  expect(localDateTime(change, 'America/Tijuana')).toBe('2024-03-10T03:00:00');
});
