import { expect, test } from 'vitest';
import { instant } from '../platform/time.ts';
import { advisorOf, type ExtensionEntry } from './extension-map.ts';

const june = instant('2026-06-01T00:00:00Z');
const july = instant('2026-07-01T00:00:00Z');
const now = instant('2026-07-15T15:18:39Z');
const map: ExtensionEntry[] = [
  { person: 'ana', extension: '101', name: 'Ana Ruiz', from: june, until: july },
  { person: 'beto', extension: '101', name: 'Beto Gómez', from: july, until: null },
  { person: 'ana', extension: '102', name: 'Ana Ruiz', from: july, until: null },
  { person: 'caro', name: 'Carolina Paz', from: july, until: null },
  { person: 'carla', name: 'carolina  paz', from: july, until: null },
];

test.each([
  ['extension', { extension: '101' }, now, { person: 'beto' }],
  [
    'the same extension a month before',
    { extension: '101' },
    instant('2026-06-15T00:00:00Z'),
    { person: 'ana' },
  ],
  ['the instant it changed hands', { extension: '101' }, july, { person: 'beto' }],
  ['name without accents, in capitals', { name: '  BETO   GOMEZ ' }, now, { person: 'beto' }],
  ['the extension wins over an old name', { name: 'Ana Ruiz', extension: '101' }, now, { person: 'beto' }],
  ['two of one name', { name: 'Carolina Paz' }, now, { refused: 'ambiguous-advisor', seen: 'Carolina Paz' }],
  ['nobody known', { name: 'Zoe', extension: '999' }, now, { refused: 'unknown-advisor', seen: '999 · Zoe' }],
  ['nothing said', {}, now, { refused: 'unknown-advisor', seen: '' }],
  [
    'before the map begins',
    { extension: '101' },
    instant('2026-05-01T00:00:00Z'),
    { refused: 'unknown-advisor', seen: '101' },
  ],
])('%s', (_name, advisor, at, found) => {
  expect(advisorOf({ advisor }, map, at)).toEqual(found);
});
