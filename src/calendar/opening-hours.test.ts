import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { instant } from '../platform/time.ts';
import {
  atLocal,
  closesAt,
  everyDay,
  faultInHours,
  isOpen,
  nextOpening,
  type OpeningHours,
} from './index.ts';

const zone = 'America/Mexico_City';
const hours = everyDay(zone, '08:00', '18:00');
const local = (text: string, of = zone) => atLocal(text, of);

test.each([
  ['one ms before opening', '2024-07-01T07:59:59.999', false],
  ['opening itself', '2024-07-01T08:00', true],
  ['last ms', '2024-07-01T17:59:59.999', true],
  ['closing itself', '2024-07-01T18:00', false],
  ['Sunday too (L3: every day)', '2024-07-07T12:00', true],
])('%s', (_, text, open) => {
  expect(isOpen(hours, local(text))).toBe(open);
});

test('the next opening', () => {
  const inside = local('2024-07-01T09:00:00.001');
  expect(nextOpening(hours, inside)).toBe(inside);
  expect(nextOpening(hours, local('2024-07-01T06:00'))).toBe(local('2024-07-01T08:00'));
  expect(nextOpening(hours, local('2024-07-01T18:00'))).toBe(local('2024-07-02T08:00'));
  const workdays: OpeningHours = { ...everyDay(zone, '08:00', '18:00', [6, 7]), closedOn: ['2024-07-01'] };
  expect(nextOpening(workdays, local('2024-06-28T18:00'))).toBe(local('2024-07-02T08:00'));
  expect(nextOpening(everyDay(zone, '08:00', '18:00', [1, 2, 3, 4, 5, 6, 7]), inside)).toBeNull();
});

test('the closing of the stretch one is in', () => {
  expect(closesAt(hours, local('2024-07-01T08:00'))).toBe(local('2024-07-01T18:00'));
  expect(closesAt(hours, local('2024-07-01T18:00'))).toBeNull();
  expect(closesAt(everyDay(zone, '00:00', '24:00'), local('2024-07-01T23:59:59.999'))).toBe(
    local('2024-07-02T00:00'),
  );
});

test('hours follow the wall clock through a change of clocks', () => {
  const tijuana = everyDay('America/Tijuana', '08:00', '18:00');
  expect(nextOpening(tijuana, local('2024-03-09T20:00', 'America/Tijuana'))).toBe('2024-03-10T15:00:00.000Z');
  const skipped = everyDay('America/Santiago', '00:00', '00:30');
  const midnight = local('2024-09-08T00:00', 'America/Santiago');
  expect(isOpen(skipped, midnight)).toBe(true); // 00:00 to 00:30 does not exist that day: read as 01:00 to 01:30
});

test.each([
  ['fine', hours, null],
  ['no such zone', { ...hours, zone: 'Norte' }, 'zone'],
  ['not a time', everyDay(zone, '8:00', '18:00'), 'time'],
  ['closes before it opens', everyDay(zone, '22:00', '06:00'), 'order'],
] as const)('fault: %s', (_, given, fault) => {
  expect(faultInHours(given)).toBe(fault);
});

test('open now or not, the next opening is open, not in the past, and nothing opens before it', () => {
  const some = {
    ...everyDay('America/Santiago', '08:00', '18:00', [7]),
    closedOn: ['2024-09-18', '2024-09-19'],
  };
  const from = Date.parse('2024-01-01T00:00:00Z');
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 366 * 24 * 60 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (m, part) => {
        const at = instant(from + m * 60_000);
        const next = nextOpening(some, at);
        if (next === null) throw new Error('opens within the week');
        expect(next >= at).toBe(true);
        expect(isOpen(some, next)).toBe(true);
        expect(isOpen(some, at)).toBe(next === at);
        const between = instant(Date.parse(at) + Math.floor((Date.parse(next) - Date.parse(at)) * part));
        if (between < next) expect(isOpen(some, between)).toBe(false);
      },
    ),
  );
});
