import { expect, test } from 'vitest';

import { instant } from '../platform/time.ts';
import type { Rules } from '../procedures/index.ts';
import { decideFact } from './decide.ts';
import { on, type Fact, type Feature } from './feature.ts';
import { World } from './world.ts';

const nothing: Omit<Feature, 'name'> = {
  load: async () => undefined,
  facts: new Map(),
  deadlines: new Map(),
  evolve: () => undefined,
  save: async () => undefined,
  changedSubjects: () => [],
  deadlinesOf: () => null,
  tables: [],
};

const decide = (features: readonly Feature[]) =>
  decideFact(
    {
      features,
      world: new World(),
      now: instant(0),
      // Neither feature asks for a rule.
      rulesAt: () => ({}) as Rules,
      newId: () => 'id',
    },
    { fact: 'contact.erased', actor: 'ada' },
  );

test('what another feature has against a fact stops it before it is decided, and is journaled', () => {
  const people: Feature = {
    ...nothing,
    name: 'people',
    facts: new Map([
      on<Fact>('contact.erased', (_fact, deciding) => {
        deciding.record({ entry: 'contact.erased', kind: 'fact', because: [], fields: {} });
      }),
    ]),
  };
  const against: Feature = {
    ...nothing,
    name: 'money',
    before: new Map([
      on<Fact>('contact.erased', () => ({ refused: 'invoice-open', because: ['house#facts'] })),
    ]),
  };
  expect(decide([people]).refused).toBeNull();
  const stopped = decide([people, against]);
  expect(stopped.refused).toMatchObject({ refused: 'invoice-open' });
  expect(stopped.entries.map(({ entry }) => entry.entry)).toEqual(['fact.refused']);
});
