import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { rankByResults, type ResultsMeasure, type ResultsRow } from './best-results.ts';

const BY_CLOSINGS: readonly ResultsMeasure[] = ['closings', 'conversion', 'longest-without-reassigned'];
const row = (
  person: string,
  closings: number,
  conversion: number | null,
  lastReassignedAt: string | null = null,
): ResultsRow => ({
  person,
  closings,
  conversion,
  lastReassignedAt,
});

describe('the best results (contact-center-policy L4, reading best.results)', () => {
  it.each<[name: string, measures: readonly ResultsMeasure[], rows: readonly ResultsRow[], order: string]>([
    ['nobody', BY_CLOSINGS, [], ''],
    ['closings first', BY_CLOSINGS, [row('a', 1, 0.9), row('b', 2, 0.1)], 'b a'],
    ['of equal closings, conversion', BY_CLOSINGS, [row('a', 2, 0.1), row('b', 2, 0.2)], 'b a'],
    [
      'no lead at all ranks below a conversion of nothing',
      BY_CLOSINGS,
      [row('a', 0, null), row('b', 0, 0)],
      'b a',
    ],
    [
      'of equal results, never a reassigned lead before one long ago',
      BY_CLOSINGS,
      [
        row('a', 2, 0.1, '2024-07-01T00:00:00.000Z'),
        row('b', 2, 0.1),
        row('c', 2, 0.1, '2024-06-01T00:00:00.000Z'),
      ],
      'b c a',
    ],
    [
      'a full tie keeps the order of the staff',
      BY_CLOSINGS,
      [row('a', 2, 0.1), row('b', 2, 0.1), row('c', 2, 0.1)],
      'a b c',
    ],
    [
      'conversion first where it is read so',
      ['conversion', 'closings'],
      [row('a', 9, 0.1), row('b', 2, 0.2)],
      'b a',
    ],
    [
      'one measure alone',
      ['longest-without-reassigned'],
      [row('a', 9, 0.9, '2024-07-01T00:00:00.000Z'), row('b', 0, 0)],
      'b a',
    ],
  ])('%s', (_name, measures, rows, order) => {
    expect(
      rankByResults(rows, measures)
        .map(({ person }) => person)
        .join(' '),
    ).toBe(order);
  });

  it('ranks the same people the same way whatever else is ranked with them', () => {
    const rows = fc.uniqueArray(
      fc.record({
        person: fc.stringMatching(/^[a-z]{3}$/),
        closings: fc.nat(3),
        conversion: fc.option(fc.constantFrom(0, 0.07, 0.5)),
        lastReassignedAt: fc.option(fc.constantFrom('2024-06-01T00:00:00.000Z', '2024-07-01T00:00:00.000Z')),
      }),
      { selector: ({ person }) => person, maxLength: 8 },
    );
    fc.assert(
      fc.property(rows, fc.nat(7), (all, drop) => {
        const ranked = rankByResults(all, BY_CLOSINGS).map(({ person }) => person);
        const fewer = all.filter((_, index) => index !== drop);
        const left = new Set(fewer.map(({ person }) => person));
        expect(rankByResults(fewer, BY_CLOSINGS).map(({ person }) => person)).toEqual(
          ranked.filter((p) => left.has(p)),
        );
      }),
    );
  });
});
