import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { instant } from '../platform/time.ts';
import type { Contact } from './contact.ts';
import { applyMerge, applyUnmerge, keptOf, mayUnmerge, planMerge, type MergedPair } from './merge.ts';

const held = fc.record({
  value: fc.constantFrom('v1', 'v2', 'v3'),
  origin: fc.constantFrom('form:1', 'import:2'),
  raw: fc.constantFrom('r1', 'r2'),
});
const facts = fc.uniqueArray(held, { maxLength: 4, selector: (each) => JSON.stringify(each) });
const at = fc.integer({ min: 0, max: 5 }).map((day) => instant(Date.UTC(2024, 0, 1 + day)));
const firstContact = fc.option(
  fc.record({ firstContactBy: fc.constantFrom('ana', 'beto'), firstContactAt: at }),
);

function contact(id: string): fc.Arbitrary<Contact> {
  return fc
    .record({
      id: fc.constant(id),
      createdAt: at,
      first: firstContact,
      names: facts,
      phones: facts,
      emails: facts,
      documents: facts,
      whatsappIds: facts,
    })
    .map(({ first, ...rest }) => ({
      ...rest,
      ...(first ?? { firstContactBy: null, firstContactAt: null }),
      consents: [],
      mergedInto: null,
      merge: null,
      erasedAt: null,
    }));
}

const pairs = fc.record({ kept: contact('a'), absorbed: contact('b') });
const how = { at: instant('2024-02-01T00:00:00Z'), doubt: 'd', leads: ['L3'] };

function merged(pair: MergedPair): MergedPair {
  const merge = planMerge(pair, how);
  if ('refused' in merge) throw new Error(merge.refused);
  return applyMerge(pair, merge);
}

test('un-merging restores both exactly', () => {
  fc.assert(
    fc.property(pairs, (pair) => {
      const together = merged(pair);
      expect(mayUnmerge(together)).toBeNull();
      expect(applyUnmerge(together, null)).toEqual(pair);
    }),
  );
});

test('a merge loses nothing: every value is under the kept contact, the absorbed keeps its own', () => {
  fc.assert(
    fc.property(pairs, (pair) => {
      const { kept, absorbed } = merged(pair);
      for (const kind of ['names', 'phones', 'emails', 'documents', 'whatsappIds'] as const) {
        const there = kept[kind].map(({ value, origin, raw }) => ({ value, origin, raw }));
        expect(there).toEqual(expect.arrayContaining([...pair.kept[kind], ...pair.absorbed[kind]]));
        expect(absorbed[kind]).toEqual(pair.absorbed[kind]);
      }
      expect(absorbed).toMatchObject({ mergedInto: 'a' });
    }),
  );
});

test('what arrived after the merge stays with the kept contact', () => {
  fc.assert(
    fc.property(pairs, held, (pair, later) => {
      const news = { ...later, origin: 'later' };
      const together = merged(pair);
      const kept = { ...together.kept, phones: [...together.kept.phones, news] };
      const apart = applyUnmerge({ ...together, kept }, null);
      expect(apart).toEqual({
        ...pair,
        kept: { ...pair.kept, phones: [...pair.kept.phones, news] },
      });
    }),
  );
});

test('a first contact proven meanwhile goes with the lead by which it was proven', () => {
  const nobody = { firstContactBy: null, firstContactAt: null };
  const proven = { firstContactBy: 'carla', firstContactAt: instant('2024-03-01T00:00:00Z') };
  fc.assert(
    fc.property(pairs, fc.boolean(), (given, onAbsorbed) => {
      const pair = { kept: { ...given.kept, ...nobody }, absorbed: { ...given.absorbed, ...nobody } };
      const together = merged(pair);
      const lived = { ...together, kept: { ...together.kept, ...proven } };
      const apart = applyUnmerge(lived, onAbsorbed ? { by: null, at: null } : null);
      expect(onAbsorbed ? apart.absorbed : apart.kept).toMatchObject(proven);
      expect(onAbsorbed ? apart.kept : apart.absorbed).toMatchObject(nobody);
    }),
  );
});

test('refusals', () => {
  const [pair] = fc.sample(pairs, { numRuns: 1, seed: 1 });
  if (pair === undefined) throw new Error('no sample');
  const together = merged(pair);
  const { kept, absorbed } = together;
  expect(planMerge({ kept: pair.kept, absorbed: pair.kept }, how)).toEqual({ refused: 'same-contact' });
  expect(planMerge({ kept: pair.kept, absorbed }, how)).toEqual({ refused: 'already-merged' });
  expect(planMerge({ ...pair, kept: { ...pair.kept, erasedAt: how.at } }, how)).toEqual({
    refused: 'contact-erased',
  });
  expect(mayUnmerge(pair)).toEqual({ refused: 'not-merged' });
  expect(mayUnmerge({ absorbed, kept: { ...kept, mergedInto: 'z' } })).toEqual({ refused: 'merged-onward' });
});

test('the one contacted first stays, then the older, then the lower id, whichever is named first', () => {
  fc.assert(
    fc.property(pairs, ({ kept: a, absorbed: b }) => {
      expect(keptOf(a, b)).toEqual(keptOf(b, a));
      const { kept, absorbed } = keptOf(a, b);
      if (absorbed.firstContactAt !== null)
        expect(kept.firstContactAt !== null && kept.firstContactAt <= absorbed.firstContactAt).toBe(true);
    }),
  );
});
