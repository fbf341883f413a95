import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { HOUSE_RULES, isPure, longFiles } from './house-rules.ts';
import { codeOf, importsOf, readSources } from './sources.ts';

const sources = readSources(join(import.meta.dirname, '..'));

describe('the house', () => {
  it.each(Object.entries(HOUSE_RULES))('%s', (_name, rule) => {
    expect(rule(sources).map(({ path, line, what }) => `${path}:${line} ${what}`)).toEqual([]);
  });

  it('has its source where the rules look', () => {
    expect(sources.map(({ path }) => path)).toContain('src/platform/config.ts');
    const long = longFiles(sources);
    if (long.length > 0)
      console.warn(`Over 300 lines, is there a second idea inside?\n  ${long.join('\n  ')}`);
  });
});

interface Planted {
  readonly rule: keyof typeof HOUSE_RULES;
  readonly path: string;
  readonly text: string;
  readonly caught: boolean;
}

const planted: readonly Planted[] = [
  ...[
    'const at = Date.now();',
    'const at = new Date();',
    'const at = new Date( );',
    'const at = Temporal.Now.instant();',
    'const x = Math.random();',
    'const id = crypto.randomUUID();',
    'const salt = randomBytes(8);',
    'setTimeout(go, 5);',
    'await fetch(url);',
    'if (process.env.X) go();',
    "import { readFileSync } from 'node:fs';",
    "import { readFile } from 'node:fs/promises';",
    "import {\n  Client,\n} from 'pg';",
    "import { sql } from 'kysely';",
    "import http from 'node:http';",
  ].map((text) => ({ rule: 'rules are pure', path: 'src/leads/next-turn.ts', text, caught: true })),
  ...[
    'const at = new Date(0);',
    '// Date.now() would not be replayed',
    "const text = 'new Date()';",
    'const lead = candidates.fetch(now);',
    "import { createHash } from 'node:crypto';",
    "import type { Pool } from 'pg';",
    'this.process.id',
  ].map((text) => ({ rule: 'rules are pure', path: 'src/leads/next-turn.ts', text, caught: false })),
  ...[
    'store.ts',
    'turn.store.ts',
    'routes.ts',
    'jobs.ts',
    'live.ts',
    'index.ts',
    'meta.adapter.ts',
    'turn.test.ts',
  ].map((file) => ({
    rule: 'rules are pure',
    path: `src/leads/${file}`,
    text: 'Date.now();',
    caught: false,
  })),
  { rule: 'rules are pure', path: 'src/leads/restore.ts', text: 'Date.now();', caught: true },
  { rule: 'rules are pure', path: 'src/platform/time.ts', text: 'Date.now();', caught: false },
  { rule: 'rules are pure', path: 'src/main.ts', text: 'Date.now();', caught: false },

  ...[
    ['src/platform/http.ts', "import { turn } from '../leads/index.ts';", true],
    ['src/gate/gate.ts', "import type { Call } from '../calls/index.ts';", true],
    ['src/calls/call.ts', "import { lead } from '../leads/index.ts';", true],
    ['src/bases/load.ts', "import { dial } from '../dialing/index.ts';", true],
    ['src/leads/lead.ts', "import { base } from '../bases/index.ts';", true],
    ['src/claims/ruling.ts', "export { lead } from '../leads/index.ts';", false],
    ['src/leads/lead.ts', "import { may } from '../gate/index.ts';", false],
    ['src/staff/duty.ts', "import { day } from '../calendar/index.ts';", false],
    ['src/reports/hours.ts', "import { sale } from '../sales/index.ts';", false],
    ['src/main.ts', "import { lead } from './leads/index.ts';", false],
    ['src/odds/odd.ts', '', true],
  ].map(([path, text, caught]) => ({
    rule: 'imports run one way',
    path: String(path),
    text: String(text),
    caught: caught === true,
  })),

  ...[
    ["import { rows } from '../staff/store.ts';", true],
    ["import type { Row } from '../staff/person.ts';", true],
    ["const staff = await import('../staff/store.ts');", true],
    ["import { person } from '../staff/index.ts';", false],
    ["import { instant } from '../platform/time.ts';", false],
    ["import { lead } from './lead.ts';", false],
  ].map(([text, caught]) => ({
    rule: 'features meet at their doors',
    path: 'src/leads/next-turn.ts',
    text: String(text),
    caught: caught === true,
  })),

  ...[
    ['src/services/lead.ts', true],
    ['src/leads/utils.ts', true],
    ['src/leads/phone-helpers.ts', true],
    ['web/kit/types.ts', true],
    ['src/leads/common.test.ts', true],
    ['src/reports/service-level.ts', false],
    ['src/staff/manager.ts', false],
    ['src/messages/service-window.ts', false],
  ].map(([path, caught]) => ({
    rule: 'names are of the business',
    path: String(path),
    text: '',
    caught: caught === true,
  })),

  { rule: 'files are short', path: 'src/leads/a.ts', text: 'x;\n'.repeat(501), caught: true },
  { rule: 'files are short', path: 'src/leads/a.ts', text: 'x;\n'.repeat(500), caught: false },

  ...[
    ['src/platform/http.ts', 'const port = process.env.PORT;', true],
    ['src/main.ts', 'process.argv.slice(2)', true],
    ['web/api.ts', 'import.meta.env.X', true],
    ['cli/pauta.ts', 'process.env.PORT', true],
    ['cli/pauta.ts', 'process.argv.slice(2)', false],
    ['src/platform/config.ts', 'process.env', false],
    ['tests/run.ts', 'process.env', false],
  ].map(([path, text, caught]) => ({
    rule: 'only config reads the environment',
    path: String(path),
    text: String(text),
    caught: caught === true,
  })),

  ...[
    ["it.only('x', () => {});", true],
    ["describe.skip('x', () => {});", true],
    ["it.concurrent.only('x', () => {});", true],
    ["it.todo('x');", true],
    ["xit('x', () => {});", true],
    ["it.runIf(asRoot)('x', () => {});", false],
    ["it('only skips', () => {});", false],
    ['rows.skip(5)', false],
  ].map(([text, caught]) => ({
    rule: 'no test is left out',
    path: 'src/leads/a.test.ts',
    text: String(text),
    caught: caught === true,
  })),
];

describe('a breach planted', () => {
  const named = planted.map((one) => ({ ...one, shown: one.text.replaceAll(/\s+/g, ' ').slice(0, 60) }));
  it.each(named)('$rule: $path, $shown → caught $caught', ({ rule, path, text, caught }) => {
    expect(HOUSE_RULES[rule]?.([{ path, text }]).length).toBe(caught ? 1 : 0);
  });

  it('imports run one way: a ring of two folders is caught at both ends, one of types alone is not', () => {
    const there = { path: 'src/staff/a.ts', text: "import { b } from '../calendar/index.ts';" };
    const back = { path: 'src/calendar/b.ts', text: "import { a } from '../staff/index.ts';" };
    const backByType = { ...back, text: "import type { A } from '../staff/index.ts';" };
    const rule = HOUSE_RULES['imports run one way'];
    expect(rule?.([there, back]).map(({ path }) => path)).toEqual(['src/staff/a.ts', 'src/calendar/b.ts']);
    expect(rule?.([there, backByType])).toEqual([]);
  });
});

describe('reading the source', () => {
  it('blanks comments and strings, keeping every line where it was', () => {
    const text = "a; // Date.now()\n/* two\nlines */ b;\nconst c = 'x' + `y\nz`;";
    const code = codeOf(text);
    expect(code.split('\n').map((line) => line.trim())).toEqual(['a;', '', 'b;', 'const c =     +', ';']);
  });

  it('finds imports of every form with their lines', () => {
    const text =
      "import a from './a.ts';\nimport type {\n  B,\n} from './b.ts';\nimport './c.ts';\nexport { d } from './d.ts';\nconst e = await import('./e.ts');";
    expect(importsOf(text)).toEqual([
      { line: 1, from: './a.ts', typeOnly: false },
      { line: 2, from: './b.ts', typeOnly: true },
      { line: 5, from: './c.ts', typeOnly: false },
      { line: 6, from: './d.ts', typeOnly: false },
      { line: 7, from: './e.ts', typeOnly: false },
    ]);
  });

  it('knows a rule from the shell', () => {
    expect(
      ['src/leads/next-turn.ts', 'src/leads/store.ts', 'src/platform/x.ts', 'cli/x.ts'].map(isPure),
    ).toEqual([true, false, false, false]);
  });
});
