import { describe, expect, test } from 'vitest';
import { instant } from '../src/platform/time.ts';
import { clockText, figuresFor, folded, phoneText, type Place } from './figures.ts';

const mexico: Place = {
  figures: 'es-MX',
  language: 'es-MX',
  zone: 'America/Mexico_City',
  browserZone: 'America/Mexico_City',
};
const colombia: Place = {
  figures: 'es-CO',
  language: 'es-CO',
  zone: 'America/Bogota',
  browserZone: 'America/Bogota',
};
const at = instant('2026-03-05T16:04:09Z');
/** Intl puts no-break spaces into times. */
const plain = (text: string): string => text.replaceAll(/[\u00a0\u202f]/g, ' ');

describe('figures by the organization, whatever the words', () => {
  test.each([
    ['Mexico', mexico, '1,234.5'],
    ['Colombia', colombia, '1.234,5'],
    ['English words in Colombia', { ...colombia, language: 'en' as const }, '1.234,5'],
  ])('number: %s', (_, place, text) => expect(figuresFor(place).number(1234.5)).toBe(text));

  test.each([
    ['own pesos, Mexico', mexico, '1234567.5', 'MXN', '$1,234,567.50'],
    ['own pesos, Colombia, no cents', colombia, '1234567.5', 'COP', '$ 1.234.568'],
    ['the other country’s are named', mexico, '1234568', 'COP', 'COP 1,234,568'],
    ['and the other way round', colombia, '1234.50', 'MXN', 'MXN 1.234,50'],
    ['beyond a float’s precision', mexico, '9007199254740993.01', 'MXN', '$9,007,199,254,740,993.01'],
    ['owed', mexico, '-166.67', 'MXN', '-$166.67'],
  ] as const)('money: %s', (_, place, amount, currency, text) =>
    expect(figuresFor(place).money(amount, currency)).toBe(text),
  );

  test('percent', () => expect(plain(figuresFor(colombia).percent(0.823))).toMatch(/^82,3 ?%$/));
  test.each([
    ['what falls short of an aim is not shown as reaching it', 3 / 43, '6.9%'],
    ['exactly the aim', 0.07, '7%'],
    ['a little less in binary', 0.29, '29%'],
    ['all', 1, '100%'],
  ])('percent: %s', (_, ratio, text) => expect(plain(figuresFor(mexico).percent(ratio))).toBe(text));
});

describe('times in the organization’s zone', () => {
  test('no zone named where the browser keeps the same hours', () => {
    expect(plain(figuresFor(mexico).time(at))).toBe('10:04 a.m.');
    expect(plain(figuresFor({ ...mexico, browserZone: 'America/Monterrey' }).time(at))).toBe('10:04 a.m.');
  });
  test('named where it differs', () => {
    expect(plain(figuresFor({ ...colombia, browserZone: 'America/Mexico_City' }).time(at))).toBe(
      '11:04 a. m. COT',
    );
  });
  test('a calendar date is not moved by any zone', () => {
    expect(figuresFor({ ...mexico, zone: 'America/Tijuana' }).day('2026-03-05')).toBe('5 mar 2026');
  });
  test.each([
    ['today', '2026-03-05T22:00:00Z', 'hoy, 10:04 a.m.'],
    ['yesterday by the local calendar, not by 24 hours', '2026-03-06T06:30:00Z', 'ayer, 10:04 a.m.'],
    ['earlier this year', '2026-05-01T12:00:00Z', '5 mar, 10:04 a.m.'],
    ['another year', '2027-01-01T12:00:00Z', '5 mar 2026, 10:04 a.m.'],
  ])('moment: %s', (_, now, text) => {
    const shown = plain(figuresFor(mexico).moment(at, instant(now)));
    expect(shown.replaceAll(' de ', ' ')).toBe(text);
  });
  test('relative, in the words’ language', () => {
    const now = instant('2026-03-05T16:09:30Z');
    expect(figuresFor(mexico).relative(at, now)).toBe('hace 5 minutos');
    expect(figuresFor({ ...mexico, language: 'en' }).relative(at, now)).toBe('5 minutes ago');
  });
});

test.each([
  [600_000, '10:00'],
  [371_001, '6:12'],
  [1, '0:01'],
  [0, '0:00'],
  [-5_000, '0:00'],
  [3_661_000, '1:01:01'],
])('%d ms left: %s', (milliseconds, text) => expect(clockText(milliseconds)).toBe(text));

test.each([
  ['+525512345678', 'es-MX', '55 1234 5678'],
  ['+528661234567', 'es-MX', '866 123 4567'],
  ['+525512345678', 'es-CO', '+52 55 1234 5678'],
  ['+573001234567', 'es-CO', '300 123 4567'],
  ['+15551234567', 'es-MX', '+15551234567'],
] as const)('phone %s in %s: %s', (number, home, text) => expect(phoneText(number, home)).toBe(text));

test('folding', () => expect(folded('Muñoz ÁVILA')).toBe('munoz avila'));
