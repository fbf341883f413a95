import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseClause } from './clause.ts';
import { ranked } from './fuzzy.ts';
import { inOrder } from './ordering.ts';
import { nextRow, type RowKey } from './row-steps.ts';

const by = (values: (string | number | null)[], desc = false): unknown[] =>
  inOrder(
    values.map((value) => ({ value })),
    (row) => row.value,
    desc,
  ).map((row) => row.value);

describe('order of a list', () => {
  test.each([
    ['accents and case aside', ['Óscar', 'ana', 'Álvaro', 'Beto'], ['Álvaro', 'ana', 'Beto', 'Óscar']],
    ['ñ after n', ['Ñandú', 'Nube', 'Noche', 'Oca'], ['Noche', 'Nube', 'Ñandú', 'Oca']],
    ['figures inside by size', ['L10', 'L9', 'L100'], ['L9', 'L10', 'L100']],
    ['numbers', [10, 9, -1], [-1, 9, 10]],
    ['nothing last', [null, 2, null, 1], [1, 2, null, null]],
  ])('%s', (_, given, wanted) => expect(by(given)).toEqual(wanted));
  test('nothing last also downwards', () => expect(by([null, 2, 3], true)).toEqual([3, 2, null]));
  test('law: the same rows, equals in their order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ key: fc.integer({ min: 0, max: 3 }) })),
        fc.boolean(),
        (rows, desc) => {
          const sorted = inOrder(rows, (row) => row.key, desc);
          const expected = rows.toSorted((one, other) => (desc ? other.key - one.key : one.key - other.key));
          expect(sorted).toEqual(expected);
        },
      ),
    );
  });
});

test.each([
  ['ArrowDown', -1, 0],
  ['ArrowDown', 4, 4],
  ['ArrowUp', -1, 4],
  ['ArrowUp', 0, 0],
  ['PageDown', 1, 3],
  ['PageUp', 1, 0],
  ['Home', 3, 0],
  ['End', 0, 4],
] as [RowKey, number, number][])('%s from %d of five rows, pages of two: %d', (key, from, to) =>
  expect(nextRow(key, from, 5, 2)).toBe(to),
);

test('an empty list has no row to go to', () => expect(nextRow('ArrowDown', -1, 0, 2)).toBe(-1));

test.each([
  ['audit', ['Auditorías', 'Personas'], ['Auditorías']],
  ['mi dia', ['Mi día', 'Mi reporte'], ['Mi día']],
  ['mdi', ['Mi reporte', 'Mi día'], ['Mi día']],
  ['ruiz carla', ['Carla Ruiz', 'Carla Paz'], ['Carla Ruiz']],
  ['per', ['Super', 'Personas'], ['Personas', 'Super']],
  ['zzz', ['Personas'], []],
])('looking for «%s»', (query, items, found) => expect(ranked(query, items, (item) => item)).toEqual(found));

test.each([
  [
    'contact-center-policy@2023-03-01#L4',
    { procedure: 'contact-center-policy', version: '2023-03-01', clause: 'L4' },
  ],
  ['lead-assignment#P8', { procedure: 'lead-assignment', version: '', clause: 'P8' }],
  ['nonsense', undefined],
])('clause %s', (reference, clause) => expect(parseClause(reference)).toEqual(clause));
