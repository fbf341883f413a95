import { i18n } from '@lingui/core';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { catalogFaults, compileCatalog, faultsOfFile, placeholders } from './catalogs.ts';

test('every word is there in Spanish and English, and every word used exists', () => {
  expect(catalogFaults()).toEqual([]);
});

/** Forms that say «tú» and nothing else: pronouns, the verbs that are never of a third person, the future in -rás. */
const TU =
  /(?<!\p{L})(?:tú|te|ti|contigo|tus?|tuy[oa]s?|eres|estás|has|puedes|quieres|tienes|sabes|debes|necesitas|eliges|recibes|(?!a?trás|detrás)\p{L}+rás|\p{L}{3,}aste)(?!\p{L})/iu;

const read = (path: string): Record<string, string> =>
  existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>) : {};

describe('Spanish of Colombia', () => {
  const folder = join(import.meta.dirname, 'locales');
  const files = readdirSync(join(folder, 'es-MX'));

  test.each(files)('%s: has words for every id, and speaks of usted in each', (file) => {
    const base = read(join(folder, 'es-MX', file));
    const said = { ...base, ...read(join(folder, 'es-CO', file)) };
    expect(Object.keys(said).toSorted()).toEqual(Object.keys(base).toSorted());
    expect(Object.entries(said).filter(([, message]) => TU.test(message))).toEqual([]);
  });

  test('the mark of «tú» is found where it is said', () => {
    expect(
      ['Tu llave', 'aquí verás cada caso', 'Te quedan', '¿Qué quieres?'].filter((text) => !TU.test(text)),
    ).toEqual([]);
    expect(['Su llave', 'aquí verá cada caso', 'detrás', 'hasta'].filter((text) => TU.test(text))).toEqual(
      [],
    );
  });
});

describe('faults of the words', () => {
  const base = { 'a.hello': 'Hola {name}' };
  test.each([
    ['missing in English', { 'es-MX': base, en: {} }, 'en/a.json: «a.hello» is missing'],
    [
      'unknown in English',
      { 'es-MX': base, en: { ...base, 'a.more': 'More' } },
      'en/a.json: «a.more» is not in es-MX',
    ],
    [
      'unknown in Colombia',
      { 'es-MX': base, en: base, 'es-CO': { 'a.x': 'X' } },
      'es-CO/a.json: «a.x» is not in es-MX',
    ],
    [
      'another placeholder',
      { 'es-MX': base, en: { 'a.hello': 'Hi {who}' } },
      'en/a.json: «a.hello» takes {who}, es-MX {name}',
    ],
    [
      'another file’s id',
      { 'es-MX': { 'b.x': 'X' }, en: { 'b.x': 'X' } },
      'es-MX/a.json: «b.x» should begin with «a.»',
    ],
    [
      'no «many»',
      {
        'es-MX': { 'a.n': '{n, plural, one {#} other {#}}' },
        en: { 'a.n': '{n, plural, one {#} other {#}}' },
      },
      'es-MX/a.json: «a.n» lacks the plural «many» (1 millón de …)',
    ],
    [
      'a figure formatted by the message',
      { 'es-MX': { 'a.n': '{n, number}' }, en: { 'a.n': '{n, number}' } },
      'es-MX/a.json: «a.n» formats a figure itself; give it formatted text',
    ],
  ])('%s', (_, catalogs, fault) => expect(faultsOfFile('a.json', catalogs)).toContain(fault));

  test('what Colombia does not say differently is no fault', () => {
    expect(faultsOfFile('a.json', { 'es-MX': base, en: base })).toEqual([]);
  });
  test('not ICU', () => {
    expect(faultsOfFile('a.json', { 'es-MX': { 'a.x': 'bad {x' }, en: { 'a.x': 'x' } }).join()).toMatch(
      /es-MX\/a\.json/,
    );
  });
});

test.each([
  ['Hola {name}, <0>entra</0>', ['<0>', 'name']],
  ['{count, plural, one {# lead de {name}} other {#}}', ['count', 'name']],
])('placeholders of %s', (message, names) => expect(placeholders(message)).toEqual(names));

test.each([
  ['es-MX', 1, '1 lead'],
  ['es-MX', 1_234, '1,234 leads'],
  ['es-CO', 1_234, '1.234 leads'],
  ['es-MX', 1_000_000, '1,000,000 de leads'],
])('plurals in %s: %d', (locale, count, text) => {
  const source = compileCatalog(
    locale,
    '{"a.n":"{count, plural, one {# lead} many {# de leads} other {# leads}}"}',
  );
  i18n.load(locale, JSON.parse(source));
  i18n.activate(locale);
  expect(i18n._('a.n', { count })).toBe(text);
});
