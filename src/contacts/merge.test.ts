import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { instant } from '../platform/time.ts';
import { applyMerge, applyUnmerge, keptOf, planMerge, type ContactRecord, type MergedPair } from './merge.ts';

const held = fc.record({
  value: fc.constantFrom('v1', 'v2', 'v3'),
  origin: fc.constantFrom('form:1', 'import:2'),
  raw: fc.constantFrom('r1', 'r2'),
});
const facts = fc.uniqueArray(held, { maxLength: 4, selector: (each) => JSON.stringify(each) });
const at = fc.integer({ min: 0, max: 5 }).map((day) => instant(Date.UTC(2024, 0, 1 + day)));

function contact(id: string, leads: readonly string[]): fc.Arbitrary<ContactRecord> {
  return fc.record({
    id: fc.constant(id),
    createdAt: at,
    firstContactAt: fc.option(at),
    mergedInto: fc.constant(null),
    leads: fc.shuffledSubarray([...leads]),
    names: facts,
    phones: facts,
    emails: facts,
    documents: facts,
    whatsappIds: facts,
  });
}

const pairs = fc.record({ kept: contact('a', ['L1', 'L2']), absorbed: contact('b', ['L3', 'L4', 'L5']) });

function merged(pair: MergedPair) {
  const plan = planMerge(pair.kept, pair.absorbed);
  if ('refused' in plan) throw new Error(plan.refused);
  return { plan, pair: applyMerge(pair, plan) };
}

test('un-merging restores both exactly', () => {
  fc.assert(
    fc.property(pairs, (pair) => {
      const { plan, pair: together } = merged(pair);
      expect(applyUnmerge(together, plan)).toEqual(pair);
    }),
  );
});

test('a merge loses nothing: every fact and every lead is under the kept contact, the absorbed keeps its facts', () => {
  fc.assert(
    fc.property(pairs, (pair) => {
      const { kept, absorbed } = merged(pair).pair;
      for (const kind of ['names', 'phones', 'emails', 'documents', 'whatsappIds'] as const) {
        expect(kept[kind]).toEqual(expect.arrayContaining([...pair.kept[kind], ...pair.absorbed[kind]]));
        expect(absorbed[kind]).toEqual(pair.absorbed[kind]);
      }
      expect(kept.leads).toEqual([...pair.kept.leads, ...pair.absorbed.leads]);
      expect(absorbed).toMatchObject({ leads: [], mergedInto: 'a' });
    }),
  );
});

test('what arrived after the merge stays with the kept contact', () => {
  fc.assert(
    fc.property(pairs, held, (pair, later) => {
      const news = { ...later, origin: 'later' };
      const { plan, pair: together } = merged(pair);
      const lived = {
        ...together,
        kept: {
          ...together.kept,
          phones: [...together.kept.phones, news],
          leads: [...together.kept.leads, 'L9'],
        },
      };
      const apart = applyUnmerge(lived, plan);
      expect(apart).toMatchObject({
        kept: { phones: [...pair.kept.phones, news], leads: [...pair.kept.leads, 'L9'] },
        absorbed: pair.absorbed,
      });
    }),
  );
});

test('refusals', () => {
  const [pair] = fc.sample(pairs, { numRuns: 1, seed: 1 });
  if (pair === undefined) throw new Error('no sample');
  const { plan, pair: together } = merged(pair);
  expect(planMerge(pair.kept, pair.kept)).toEqual({ refused: 'same-contact' });
  expect(planMerge(pair.kept, together.absorbed)).toEqual({ refused: 'already-merged' });
  expect(applyUnmerge(pair, plan)).toEqual({ refused: 'not-merged' });
  expect(applyUnmerge({ ...together, kept: { ...together.kept, mergedInto: 'z' } }, plan)).toEqual({
    refused: 'merged-onward',
  });
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
