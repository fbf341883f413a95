import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { instant } from '../platform/time.ts';
import {
  addBusinessDays,
  addBusinessHours,
  atLocal,
  businessMillisecondsBetween,
  isBusinessDay,
  isPublicHoliday,
  type BusinessCalendar,
} from './index.ts';

const zone = 'America/Mexico_City';
const mexico: BusinessCalendar = {
  zone,
  weekdays: [1, 2, 3, 4, 5],
  holidays: (date) => isPublicHoliday('MX', date),
  hours: { opens: '08:00', closes: '18:00' },
};
const local = (text: string) => atLocal(text, zone);

test('business days', () => {
  expect(isBusinessDay('2024-07-01', mexico)).toBe(true);
  expect(isBusinessDay('2024-07-06', mexico)).toBe(false);
  expect(isBusinessDay('2024-09-16', mexico)).toBe(false);
  expect(isBusinessDay('2024-07-06', { ...mexico, weekdays: [1, 2, 3, 4, 5, 6] })).toBe(true);
});

test.each([
  ['the next day, same local time', '2024-07-01T11:20:30.456', 1, '2024-07-02T11:20:30.456'],
  ['over the weekend', '2024-07-05T17:00', 1, '2024-07-08T17:00'],
  ['asked on a Saturday', '2024-07-06T10:00', 1, '2024-07-08T10:00'],
  ['over a weekend and a holiday (16 September)', '2024-09-13T09:00', 1, '2024-09-17T09:00'],
  ['inauguration day 2024', '2024-09-30T09:00', 1, '2024-10-02T09:00'],
  ['over the change of clocks of 2022', '2022-10-28T09:00', 1, '2022-10-31T09:00'],
  ['three', '2024-07-04T09:00', 3, '2024-07-09T09:00'],
  ['none', '2024-07-06T09:00', 0, '2024-07-06T09:00'],
])('%s', (_, from, n, expected) => {
  expect(addBusinessDays(local(from), n, mexico)).toBe(local(expected));
});

test.each([
  ['inside a day', '2024-07-01T09:00', 2, '2024-07-01T11:00'],
  ['exactly to closing ends at closing', '2024-07-01T09:00', 9, '2024-07-01T18:00'],
  ['over the night', '2024-07-01T17:00', 2, '2024-07-02T09:00'],
  ['from outside hours', '2024-07-05T20:00', 1, '2024-07-08T09:00'],
  ['72 of them: seven days and two hours', '2024-07-01T09:00', 72, '2024-07-10T11:00'],
])('business hours: %s', (_, from, hours, expected) => {
  expect(addBusinessHours(local(from), hours, mexico)).toBe(local(expected));
});

test('a calendar without business days is told, not looped over', () => {
  expect(() => addBusinessDays(local('2024-07-01T09:00'), 1, { ...mexico, weekdays: [] })).toThrow(
    RangeError,
  );
  expect(() => addBusinessHours(local('2024-07-01T09:00'), 1, { ...mexico, weekdays: [] })).toThrow(
    RangeError,
  );
});

test('adding hours and measuring them undo each other; parts add up', () => {
  const from = Date.parse('2024-01-01T00:00:00Z');
  const aMoment = fc.integer({ min: 0, max: 366 * 24 * 60 }).map((m) => instant(from + m * 60_000));
  fc.assert(
    fc.property(aMoment, fc.integer({ min: 1, max: 400 }), aMoment, (at, hours, other) => {
      expect(businessMillisecondsBetween(at, addBusinessHours(at, hours, mexico), mexico)).toBe(
        hours * 3_600_000,
      );
      const [a, b] = at < other ? [at, other] : [other, at];
      const middle = instant((Date.parse(a) + Date.parse(b)) / 2);
      expect(
        businessMillisecondsBetween(a, middle, mexico) + businessMillisecondsBetween(middle, b, mexico),
      ).toBe(businessMillisecondsBetween(a, b, mexico));
      expect(businessMillisecondsBetween(b, a, mexico)).toBe(0);
    }),
  );
});
