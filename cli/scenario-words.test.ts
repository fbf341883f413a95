import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

import { factShapes, isBuilt } from './scenario-facts.ts';
import { scenarioPage } from './scenario-page.ts';
import { factWords, knownEntries } from './scenario-words.ts';

const ROOT = join(import.meta.dirname, '..');

/** Entry names as the source writes them: `entry: 'lead.held'`, and the two of one line that depend on a condition. */
function entriesWritten(): Set<string> {
  const files = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !file.endsWith('.test.ts'),
  );
  const written = new Set<string>();
  for (const file of files) {
    const text = readFileSync(join(ROOT, 'src', file), 'utf8');
    if (!text.includes('.record({')) continue;
    for (const [, said = ''] of text.matchAll(/\bentry: ([^,\n]+),/g))
      for (const [, entry = ''] of said.matchAll(/'([a-z]+(?:[.-][a-z]+)*)'/g)) written.add(entry);
  }
  return written;
}

describe('the words of scenarios', () => {
  it('know every entry the product writes', () => {
    const unknown = [...entriesWritten()].filter((entry) => !knownEntries.has(entry));
    expect(unknown).toEqual([]);
    expect(entriesWritten().size).toBeGreaterThan(30);
  });

  it('say something of every fact that is built', () => {
    const shapes = Object.keys(factShapes('UTC'));
    expect(shapes.filter((fact) => factWords[fact] === undefined)).toEqual([]);
    expect(
      Object.keys(factWords).filter((fact) => !isBuilt(fact) && factWords[fact]?.fields === undefined),
    ).toEqual([]);
  });

  it('are those of docs/scenarios.md (node cli/pauta.ts scenario-docs)', () => {
    expect(readFileSync(join(ROOT, 'docs', 'scenarios.md'), 'utf8')).toBe(scenarioPage());
  });
});
