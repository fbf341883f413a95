import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDays, daysBetween, monthOf, nextMonth, previousMonth, weekday, weekOf } from './index.ts';

test.each([
  ['2024-02-28', 1, '2024-02-29'],
  ['2023-02-28', 1, '2023-03-01'],
  ['2024-01-01', -1, '2023-12-31'],
  ['2024-03-10', 0, '2024-03-10'],
])('%s + %i days = %s', (date, days, expected) => {
  expect(addDays(date, days)).toBe(expected);
  expect(daysBetween(date, expected)).toBe(days);
});

test.each([
  ['Monday', '2024-07-01', '2024-07-01', 1],
  ['Sunday belongs to the Monday before', '2024-07-07', '2024-07-01', 7],
  ['over a year', '2025-01-01', '2024-12-30', 3],
  ['before 1970', '1969-12-31', '1969-12-29', 3],
])('week: %s', (_, date, monday, day) => {
  expect(weekOf(date)).toBe(monday);
  expect(weekday(date)).toBe(day);
});

test('months', () => {
  expect(monthOf('2024-07-31')).toBe('2024-07');
  expect(previousMonth('2024-01')).toBe('2023-12');
  expect(nextMonth('2024-12')).toBe('2025-01');
  expect(() => nextMonth('2024-13')).toThrow(RangeError);
});

test.each(['2024-02-30', '2024-7-1', 'yesterday', ''])('%j is no date', (text) => {
  expect(() => addDays(text, 1)).toThrow(RangeError);
});

test('adding and counting days undo each other', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -20_000, max: 40_000 }),
      fc.integer({ min: -5_000, max: 5_000 }),
      (a, b) => {
        const date = addDays('1970-01-01', a);
        expect(daysBetween(date, addDays(date, b))).toBe(b);
        expect(weekday(weekOf(date))).toBe(1);
      },
    ),
  );
});
