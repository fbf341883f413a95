import { expect, test } from 'vitest';
import { addDays, isPublicHoliday, publicHolidays, weekday } from './index.ts';
import { holidayOverrides } from './holiday-overrides.ts';

test.each([
  [2023, []],
  [2024, ['2024-06-02', '2024-10-01']],
  [2026, []],
  [2030, ['2030-06-02', '2030-10-01']],
] as const)('Mexico %i: the seven of the labour law, and what only that year has', (year, more) => {
  const monday = (month: string, nth: number) =>
    [...Array(31).keys()].map((d) => addDays(`${year}-${month}-01`, d)).filter((d) => weekday(d) === 1)[
      nth - 1
    ] ?? '';
  const yearly = ['01-01', '05-01', '09-16', '12-25'].map((d) => `${year}-${d}`);
  const mondays = [monday('02', 1), monday('03', 3), monday('11', 3)];
  expect(publicHolidays('MX', year)).toEqual([...yearly, ...mondays, ...more].toSorted());
});

test.each(['2026-04-02', '2026-04-03', '2026-11-02', '2026-12-12'])(
  '%s is custom in Mexico, not law',
  (date) => {
    expect(isPublicHoliday('MX', date)).toBe(false);
  },
);

test.each([
  ['Epiphany moves to Monday (Ley Emiliani)', '2026-01-06', '2026-01-12'],
  ['Saint Joseph', '2026-03-19', '2026-03-23'],
  ['All Saints', '2026-11-01', '2026-11-02'],
  ['Independence of Cartagena', '2026-11-11', '2026-11-16'],
  ['Chiquinquirá, since 2026', '2026-07-09', '2026-07-13'],
])('Colombia: %s', (_, original, monday) => {
  expect(isPublicHoliday('CO', original)).toBe(false);
  expect(isPublicHoliday('CO', monday)).toBe(true);
});

test('Colombia: Holy Thursday and Friday, fixed days, and no 13 July before 2026', () => {
  for (const date of ['2026-04-02', '2026-04-03', '2026-07-20', '2026-08-07', '2026-12-08']) {
    expect(isPublicHoliday('CO', date)).toBe(true);
  }
  expect(isPublicHoliday('CO', '2025-07-14')).toBe(false);
  // 19 by law and Easter Sunday, which is closed as a Sunday anyway.
  expect(publicHolidays('CO', 2026)).toHaveLength(20);
});

test('two holidays on one date count once (30 June 2025)', () => {
  const dates = publicHolidays('CO', 2025);
  expect(new Set(dates).size).toBe(dates.length);
  expect(dates).toContain('2025-06-30');
});

test('every override is a real date, says where it comes from, and stands once', () => {
  for (const row of holidayOverrides) {
    expect(addDays(row.date, 0)).toBe(row.date);
    expect(row.source).not.toBe('');
  }
  const keys = holidayOverrides.map((row) => `${row.country} ${row.date}`);
  expect(new Set(keys).size).toBe(keys.length);
});
