import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { features } from '../src/features.ts';

const ROOT = join(import.meta.dirname, '..');
const NAME = /[a-z]+(?:-[a-z]+)*(?:\.[a-z]+(?:-[a-z]+)*)*/.source;

function sources(): string[] {
  return readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/\.test\.ts$|-cases\.ts$/.test(file))
    .map((file) => readFileSync(join(ROOT, 'src', file), 'utf8'));
}

/** Named where an entry is written: `entry: 'lead.held'`, either side of a condition. */
function literals(text: string): string[] {
  return [...text.matchAll(/\bentry: ([^,\n}]+)/g)].flatMap(([, said = '']) =>
    [...said.matchAll(new RegExp(`'(${NAME})'`, 'g'))].map(([, name = '']) => name),
  );
}

/** Of `entry: \`message.${outcome}\`` all names of that beginning that the same file knows. */
function templates(text: string): string[] {
  return [...text.matchAll(/\bentry: `([a-z.-]+)\$\{/g)].flatMap(([, beginning = '']) =>
    [...text.matchAll(new RegExp(`'(${beginning.replace('.', '\\.')}${NAME})'`, 'g'))].map(
      ([, name = '']) => name,
    ),
  );
}

/** Known where the state follows from an entry: those of older days stand in journals too. */
function applied(text: string): string[] {
  if (!text.includes('switch (entry.entry)')) return [];
  return [...text.matchAll(new RegExp(`case '(${NAME})':`, 'g'))]
    .map(([, name = '']) => name)
    .filter((name) => name.includes('.'));
}

/**
 * Every entry the house can write: those written by name, and every fact the features decide, as a fact is journaled
 * under its own name, or stands in `fact.refused`.
 */
function entriesOfTheHouse(): string[] {
  const facts = features.flatMap((feature) => [...feature.facts.keys()]);
  const written = sources().flatMap((text) => [...literals(text), ...templates(text), ...applied(text)]);
  return [...new Set([...facts, ...written])].toSorted();
}

const wordsOf = (locale: string): Record<string, string> =>
  JSON.parse(readFileSync(join(import.meta.dirname, 'locales', locale, 'entries.json'), 'utf8')) as Record<
    string,
    string
  >;

describe('the words of entries', () => {
  const entries = entriesOfTheHouse();

  it('are looked for in all that the house writes', () => {
    expect(entries).toEqual(
      expect.arrayContaining([
        'lead.assigned',
        'lead.reassigned',
        'message.delivered',
        'gate.held',
        'note',
        'told',
      ]),
    );
  });

  // es-CO says only what it says differently: what it lacks, es-MX says (catalogs.test.ts).
  it.each(['es-MX', 'en'])('stand in %s for every one of them', (locale) => {
    const words = wordsOf(locale);
    expect(entries.filter((entry) => words[`entries.${entry}`] === undefined)).toEqual([]);
  });

  it.each(['es-MX', 'en'])('name in %s what they are of', (locale) => {
    const words = wordsOf(locale);
    const groups = entries.filter((entry) => entry.includes('.')).map((entry) => entry.split('.')[0] ?? '');
    expect(groups.filter((group) => words[`entries.of.${group}`] === undefined)).toEqual([]);
  });

  it('are of no entry that is written no more', () => {
    const names = Object.keys(wordsOf('es-MX')).map((id) => id.replace('entries.', ''));
    expect(names.filter((name) => !name.startsWith('of.') && !entries.includes(name))).toEqual([]);
  });
});
