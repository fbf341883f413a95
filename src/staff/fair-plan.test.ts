import { array, assert, constantFrom, integer, property } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { daysOf, faultInShifts, gapsIn } from './coverage.ts';
import { fairPlan, minutesOf } from './fair-plan.ts';

const hours = () => ({ opens: '08:00', closes: '18:00' });
const BLOCKS = [
  { from: '08:00', until: '13:00' },
  { from: '13:00', until: '18:00' },
];
const PEOPLE = ['ana', 'beto', 'caro', 'dani', 'eli'];
const nobodyAway = () => false;

describe('a month’s guards shared out evenly', () => {
  it('every open hour has enough people, and hours differ by one block at most', () => {
    assert(
      property(integer({ min: 1, max: 5 }), integer({ min: 1, max: 3 }), (count, minimum) => {
        const people = PEOPLE.slice(0, Math.max(count, minimum));
        const days = daysOf('2024-07');
        const shifts = fairPlan(days, people, BLOCKS, minimum, hours, nobodyAway);
        expect(faultInShifts('2024-07', shifts)).toBeNull();
        expect(gapsIn(days, shifts, minimum, hours, nobodyAway)).toEqual([]);
        const worked = people.map((person) =>
          shifts.filter((each) => each.person === person).reduce((sum, each) => sum + minutesOf(each), 0),
        );
        expect(Math.max(...worked) - Math.min(...worked)).toBeLessThanOrEqual(300);
      }),
    );
  });

  it('nobody is planned on a day away, and nobody twice a day while another has none', () => {
    assert(
      property(array(constantFrom(...PEOPLE.slice(1)), { maxLength: 4 }), (away) => {
        const gone = new Set(away);
        const shifts = fairPlan(['2024-07-02'], PEOPLE, BLOCKS, 1, hours, (person) => gone.has(person));
        expect(shifts.some(({ person }) => gone.has(person))).toBe(false);
        const present = PEOPLE.length - gone.size;
        expect(new Set(shifts.map(({ person }) => person)).size).toBe(Math.min(present, 2));
      }),
    );
  });

  it('a closed day has no guards', () => {
    expect(fairPlan(['2024-07-02'], PEOPLE, BLOCKS, 1, () => null, nobodyAway)).toEqual([]);
  });
});
