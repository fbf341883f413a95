import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareNames, foldName, nameKeys, phoneticKey } from './names.ts';

test.each([
  ['Vázquez', 'Basques'],
  ['Hernández', 'Ernandes'],
  ['Yáñez', 'Llanes'],
  ['Quintero', 'Kintero'],
  ['Giménez', 'Jiménez'],
  ['Cecilia', 'Sesilia'],
  ['Zúñiga', 'Suniga'],
  ['Velasco', 'Belazco'],
  ['Quiroga', 'Kiroga'],
  ['Gonzales', 'González'],
  ['Erika', 'Erica'],
  ['Rey', 'Rei'],
  ['Echeverría', 'Echeberria'],
])('%s sounds like %s', (one, other) => {
  expect(phoneticKey(one)).toBe(phoneticKey(other));
});

test.each([
  ['Pérez', 'Flores'],
  ['Chávez', 'Sáez'],
  ['Guerra', 'Jerra'],
])('%s does not sound like %s', (one, other) => {
  expect(phoneticKey(one)).not.toBe(phoneticKey(other));
});

test.each([
  ['Ana Pérez López', 'ana perez lopez', true, true],
  ['Ana Pérez López', 'PEREZ LOPEZ ANA', true, true],
  ['Ana Pérez López', 'Ana López Pérez', true, true],
  ['Ana Pérez López', 'Ana Pérez', true, false],
  ['Ana Pérez López', 'Ana', true, false],
  ['Ana Pérez', '', true, false],
  ['Lic. Ana Pérez', 'Ana Pérez', true, false],
  ['Ma. Elena de la Cruz Ríos', 'María Elena Cruz Ríos', true, true],
  ['Mª Elena Cruz', 'María Elena Cruz', true, true],
  ['Pepe Vázquez', 'José Basques', true, false],
  ['Juanito Hdz', 'Juan Hernández', true, false],
  ['Anita Ruiz', 'Ana Ruiz', true, false],
  ['J. Carlos Ruiz', 'Juan Carlos Ruiz', true, false],
  ['Roberto Gonzáles Mena', 'Roberto Gonzalez Mena', true, true],
  ['Catalina Restrepo', 'Catalina Restrpeo', true, false],
  ['Muebles del Sur S.A. de C.V.', 'MUEBLES DEL SUR', true, false],
  ['Aromas Andinos S.A.S.', 'Aromas Andinos SAS', true, false],
  ['Ana Pérez', 'Luis Pérez', false, false],
  ['Mario Ruiz', 'María Ruiz', false, false],
  ['Juan Ruiz', 'Juana Ruiz', false, false],
  ['Gabriel Ruiz', 'Gabriela Ruiz', false, false],
  ['María Fernanda Pérez López', 'María José Pérez López', false, false],
  ['Ana', 'Eva', false, false],
  ['A.', 'Ana', true, false],
])('%j and %j: compatible %s, full %s', (known, incoming, compatible, full) => {
  expect(compareNames(known, incoming)).toMatchObject({ compatible, full });
});

test('what matched is told', () => {
  expect(compareNames('Pepe Vázquez', 'José Basques').matched).toEqual([
    { known: 'vazquez', incoming: 'basques', how: 'same-sound' },
    { known: 'pepe', incoming: 'jose', how: 'nickname' },
  ]);
});

test.each([
  ['Ana Pérez López', 'Ana Peres'],
  ['Ana Pérez López', 'Pérez López, Ana'],
  ['Ana Vázquez', 'ANA BASQUES RUIZ'],
  ['María del Carmen Yáñez', 'Ma. Carmen Llanes'],
])('%j and %j share a key', (one, other) => {
  expect(nameKeys(one).some((key) => nameKeys(other).includes(key))).toBe(true);
});

test('comparison is symmetric and bounded; folding twice is folding once', () => {
  const word = fc.constantFrom(
    'Ana',
    'María',
    'Ma.',
    'Pepe',
    'José',
    'Pérez',
    'Peres',
    'López',
    'J.',
    'de la',
    'S.A.S.',
    'Vázquez',
    'Basques',
  );
  const name = fc.oneof(
    fc.string(),
    fc.array(word, { maxLength: 6 }).map((words) => words.join(' ')),
  );
  fc.assert(
    fc.property(name, name, (one, other) => {
      const there = compareNames(one, other);
      const back = compareNames(other, one);
      expect({ ...back, matched: null }).toEqual({ ...there, matched: null });
      expect(there.score).toBeGreaterThanOrEqual(0);
      expect(there.score).toBeLessThanOrEqual(1);
      expect(foldName(foldName(one))).toBe(foldName(one));
    }),
    { numRuns: 1000 },
  );
});
