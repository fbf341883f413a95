import { array, assert, constantFrom, integer, pre, property, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { daysOf, faultInShifts, gapsIn, type PersonShift } from './coverage.ts';

const DAY = '2024-07-02';
const hours = () => ({ opens: '08:00', closes: '18:00' });
const guard = (person: string, from: string, until: string, on = DAY): PersonShift => ({
  person,
  on,
  from,
  until,
});

describe('which hours of a month have too few people on guard', () => {
  it.each<[name: string, shifts: PersonShift[], minimum: number, gaps: string]>([
    ['nobody', [], 1, '08:00-18:00: 0'],
    ['one all day', [guard('ana', '08:00', '18:00')], 1, ''],
    ['two halves that meet', [guard('ana', '08:00', '13:00'), guard('beto', '13:00', '18:00')], 1, ''],
    [
      'a minute between two halves',
      [guard('ana', '08:00', '12:59'), guard('beto', '13:00', '18:00')],
      1,
      '12:59-13:00: 0',
    ],
    ['longer than the hours', [guard('ana', '06:00', '24:00')], 1, ''],
    [
      'one where two are asked for',
      [guard('ana', '08:00', '18:00'), guard('beto', '10:00', '12:00')],
      2,
      '08:00-10:00: 1, 12:00-18:00: 1',
    ],
    [
      'two guards of one person are one person',
      [guard('ana', '08:00', '13:00'), guard('ana', '13:00', '18:00')],
      2,
      '08:00-18:00: 1',
    ],
    ['of another day', [guard('ana', '08:00', '18:00', '2024-07-03')], 1, '08:00-18:00: 0'],
    ['away with leave', [guard('zoe', '08:00', '18:00')], 1, '08:00-18:00: 0'],
  ])('%s', (_name, shifts, minimum, gaps) => {
    const found = gapsIn([DAY], shifts, minimum, hours, (person) => person === 'zoe');
    expect(found.map(({ from, until, people }) => `${from}-${until}: ${people}`).join(', ')).toBe(gaps);
  });

  it('a closed day has no gap', () => {
    expect(
      gapsIn(
        [DAY],
        [],
        1,
        () => null,
        () => false,
      ),
    ).toEqual([]);
  });

  it('every minute is in a gap exactly when too few are on guard then', () => {
    const time = integer({ min: 0, max: 24 * 4 }).map(
      (quarter) => `${String(quarter >> 2).padStart(2, '0')}:${['00', '15', '30', '45'][quarter & 3]}`,
    );
    const shift = tuple(constantFrom('ana', 'beto', 'caro'), time, time)
      .filter(([, from, until]) => from < until)
      .map(([person, from, until]) => guard(person, from, until));
    assert(
      property(array(shift, { maxLength: 8 }), integer({ min: 1, max: 3 }), time, (shifts, minimum, at) => {
        pre(at >= '08:00' && at < '18:00');
        const people = new Set(
          shifts.filter(({ from, until }) => from <= at && at < until).map(({ person }) => person),
        ).size;
        const gap = gapsIn([DAY], shifts, minimum, hours, () => false).find(
          ({ from, until }) => from <= at && at < until,
        );
        expect(gap?.people).toBe(people < minimum ? people : undefined);
      }),
    );
  });
});

describe('what is wrong with a plan', () => {
  it.each<[name: string, shifts: PersonShift[], fault: string | undefined]>([
    ['nothing', [guard('ana', '08:00', '13:00'), guard('ana', '13:00', '18:00')], undefined],
    ['two at a time', [guard('ana', '08:00', '13:00'), guard('ana', '12:59', '18:00')], 'shifts-overlap'],
    ['two people at a time', [guard('ana', '08:00', '13:00'), guard('beto', '08:00', '13:00')], undefined],
    ['outside the month', [guard('ana', '08:00', '13:00', '2024-08-01')], 'shift-not-in-month'],
    ['no time at all', [guard('ana', '08:00', '08:00')], 'shift-times'],
    ['until midnight', [guard('ana', '20:00', '24:00')], undefined],
    ['from no hour', [guard('ana', '24:00', '24:30')], 'shift-times'],
  ])('%s', (_name, shifts, fault) => expect(faultInShifts('2024-07', shifts)?.fault).toBe(fault));

  it('a month has its days', () => {
    expect(daysOf('2024-02')).toHaveLength(29);
    expect(daysOf('2024-12').at(-1)).toBe('2024-12-31');
  });
});
