import { i18n } from '@lingui/core';
import { describe, expect, test } from 'vitest';
import { catalogFaults, compileCatalog, faultsOfFile, placeholders } from './catalogs.ts';

test('every word is there in Spanish and English, and every word used exists', () => {
  expect(catalogFaults()).toEqual([]);
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
