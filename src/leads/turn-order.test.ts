import { array, assert, constantFrom, property, uniqueArray } from 'fast-check';
import { expect, test } from 'vitest';

import { NO_TURN_YET, nextTurn, takeTurn, turnOrder, type Standing } from './next-turn.ts';

test('the order shown is the order in which the rule chooses, whoever is there and whatever they took before', () => {
  const people = uniqueArray(constantFrom('ana', 'beto', 'carla', 'diego', 'elsa', 'fito'), {
    minLength: 1,
  });
  // Stamps rise along a rotation, so no two people ever hold the same one.
  const history = array(constantFrom('ana', 'beto', 'carla', 'diego', 'elsa', 'fito', 'gone'), {
    maxLength: 40,
  });
  assert(
    property(people, history, (present, turns) => {
      const standings = new Map<string, Standing>();
      for (const [index, person] of turns.entries())
        standings.set(person, takeTurn(standings.get(person) ?? NO_TURN_YET, index + 1));
      const candidates = present.map((person) => ({ person }));
      const shown = turnOrder(candidates, standings).map(({ person }) => person);
      const chosen = candidates.map(() => {
        const turn = nextTurn(candidates, standings);
        if (turn === null) throw new Error('nobody');
        standings.set(turn.person, takeTurn(standings.get(turn.person) ?? NO_TURN_YET, turn.stamp));
        return turn.person;
      });
      expect(shown).toEqual(chosen);
    }),
  );
});

test('who is owed a turn comes first', () => {
  const standings = new Map<string, Standing>([
    ['ana', { last: 1, owed: 0 }],
    ['beto', { last: 3, owed: 1 }],
  ]);
  const candidates = [{ person: 'ana' }, { person: 'beto' }];
  expect(turnOrder(candidates, standings)[0]).toEqual({ person: 'beto' });
  expect(nextTurn(candidates, standings)?.person).toBe('beto');
});
