import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { giveBackTurn, nextTurn, NO_TURN_YET, takeTurn, type Standing } from './next-turn.ts';

const order = ['ana', 'beto', 'caro'];
const asked = (people: readonly string[]) => people.map((person) => ({ person }));
const at = (last: number, owed = 0): Standing => ({ last, owed });

describe('next turn (contact-center-policy P1, reading turns: strict)', () => {
  it.each<[name: string, candidates: string[], standings: Record<string, Standing>, next: string | null]>([
    ['nobody', [], {}, null],
    ['nobody has had one: the first in order', order, {}, 'ana'],
    ['a tie is broken by the order', order, { ana: at(1), beto: at(0), caro: at(0) }, 'beto'],
    ['the one longest without', order, { ana: at(7), beto: at(9), caro: at(8) }, 'ana'],
    ['the tenth comes after the ninth', order, { ana: at(10), beto: at(9), caro: at(11) }, 'beto'],
    ['an absent one is not asked', ['beto', 'caro'], { ana: at(1), beto: at(3), caro: at(2) }, 'caro'],
    ['somebody new is next', order, { ana: at(8), beto: at(9) }, 'caro'],
    ['who is owed a turn comes first', order, { ana: at(1), beto: at(9, 1), caro: at(2) }, 'beto'],
    [
      'of two who are owed one, the longest without',
      order,
      { ana: at(5, 1), beto: at(9, 2), caro: at(2) },
      'ana',
    ],
  ])('%s', (_name, candidates, standings, next) => {
    expect(nextTurn(asked(candidates), new Map(Object.entries(standings)))?.person ?? null).toBe(next);
  });

  it('the stamp is higher than any taken, by whomever', () => {
    expect(nextTurn(asked(['ana']), new Map([['beto', at(41)]]))?.stamp).toBe(42);
  });
});

type Step = { readonly lead: true } | { readonly toggle: number } | { readonly back: number };
const steps = fc.array(
  fc.oneof<[fc.Arbitrary<Step>, fc.Arbitrary<Step>, fc.Arbitrary<Step>]>(
    fc.constant({ lead: true as const }),
    fc.record({ toggle: fc.nat(4) }),
    fc.record({ back: fc.nat(60) }),
  ),
  { maxLength: 120 },
);
const PEOPLE = ['p0', 'p1', 'p2', 'p3', 'p4'];

/** Plays the steps; gives what each person kept and what each decision saw. */
function play(script: readonly Step[], absentees: readonly string[]) {
  const standings = new Map<string, Standing>();
  const absent = new Set<string>();
  const taken: { person: string; back: boolean }[] = [];
  const picks: { person: string; onDuty: readonly string[]; before: ReadonlyMap<string, Standing> }[] = [];
  const standing = (person: string) => standings.get(person) ?? NO_TURN_YET;
  for (const step of script) {
    if ('toggle' in step) {
      const person = absentees[step.toggle % Math.max(1, absentees.length)];
      if (person !== undefined && !absent.delete(person)) absent.add(person);
    } else if ('back' in step) {
      const one = taken[step.back];
      if (one === undefined || one.back) continue;
      one.back = true;
      standings.set(one.person, giveBackTurn(standing(one.person)));
    } else {
      const onDuty = PEOPLE.filter((person) => !absent.has(person));
      const turn = nextTurn(asked(onDuty), standings);
      if (turn === null) continue;
      picks.push({ person: turn.person, onDuty, before: new Map(standings) });
      standings.set(turn.person, takeTurn(standing(turn.person), turn.stamp));
      taken.push({ person: turn.person, back: false });
    }
  }
  const kept = (person: string) => taken.filter((t) => t.person === person && !t.back).length;
  return { standings, picks, kept, owed: (person: string) => standing(person).owed };
}

describe('turns, whatever happens', () => {
  it('pass nobody on duty who stands lower, or who stands equal and comes first', () => {
    fc.assert(
      fc.property(steps, (script) => {
        for (const { person, onDuty, before } of play(script, PEOPLE).picks) {
          const rank = (p: string) => {
            const { last, owed } = before.get(p) ?? NO_TURN_YET;
            return [owed > 0 ? 0 : 1, last, PEOPLE.indexOf(p)] as const;
          };
          const lowest = onDuty.toSorted((a, b) => {
            const [x, y] = [rank(a), rank(b)];
            return x[0] - y[0] || x[1] - y[1] || x[2] - y[2];
          })[0];
          expect(person).toBe(lowest);
        }
      }),
    );
  });

  it('keep those who are always on duty within one turn of each other, turns still owed included', () => {
    fc.assert(
      fc.property(steps, (script) => {
        const { kept, owed } = play(script, ['p3', 'p4']);
        const shares = ['p0', 'p1', 'p2'].map((person) => kept(person) + owed(person));
        expect(Math.max(...shares) - Math.min(...shares)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('are the same for the same history', () => {
    fc.assert(
      fc.property(steps, (script) => {
        expect([...play(script, PEOPLE).standings]).toEqual([...play(script, PEOPLE).standings]);
      }),
    );
  });
});
