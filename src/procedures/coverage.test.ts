import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { clausesCommand, stalePages, writePages } from './clauses.store.ts';
import { coverage, standingOf } from './coverage.ts';
import type { Pack } from './pack.ts';
import { readPacks } from './packs.store.ts';

const project = fileURLToPath(new URL('../../', import.meta.url));
let packs: readonly Pack[] = [];

beforeAll(async () => {
  const loaded = await readPacks(project);
  if ('faults' in loaded) throw new Error(JSON.stringify(loaded.faults));
  packs = loaded.packs;
});

function found(kind: 'rules' | 'tests', file: string, text: string): string[] {
  const sources = { rules: [], tests: [], [kind]: [{ file, text }] };
  return coverage(packs, sources).flatMap((row) =>
    row[kind].map((place) => `${row.procedure}#${row.clause} ${place}`),
  );
}

describe('a rule is found where code cites its clause', () => {
  const L4 = 'contact-center-policy#L4';
  const cases = [
    {
      name: 'cite',
      text: `export function decide(rules) {\n  return rules.cite('contact-center-policy', 'L4');\n}`,
      rows: [`${L4} src/a.ts:decide`],
    },
    {
      name: 'over several lines',
      text: `const late = (rules: Rules) =>\n  rules.parameter(\n    'contact-center-policy',\n    'L4',\n    'contactMinutes',\n  );`,
      rows: [`${L4} src/a.ts:late`],
    },
    {
      name: 'a literal reference',
      text: `export const why = 'contact-center-policy#L4';`,
      rows: [`${L4} src/a.ts:why`],
    },
    {
      name: 'twice in one place is one place',
      text: `function f(r) { r.cite("contact-center-policy", "L4"); r.cite("contact-center-policy", "L4"); }`,
      rows: [`${L4} src/a.ts:f`],
    },
    {
      name: 'a comment is no rule',
      text: `// rules.cite('contact-center-policy', 'L4')\n/* 'contact-center-policy#L4' */`,
      rows: [],
    },
    {
      name: 'an address in a string is no comment',
      text: `const a = 'https://example.com'; const b = cite('contact-center-policy', 'L4');`,
      rows: [`${L4} src/a.ts:a`],
    },
    {
      name: 'a clause that does not exist',
      text: `const a = cite('contact-center-policy', 'L44');`,
      rows: [],
    },
    {
      name: 'conditions that are data',
      text: `export function judge(rules, facts) { return failing(rules, 'lead-assignment', facts); }`,
      rows: ['P2', 'P3', 'P6', 'P7'].map((id) => `lead-assignment#${id} src/a.ts:judge`),
    },
    {
      name: 'a topic',
      text: `function share(rules) { return rules.governing('commission.share'); }`,
      rows: ['lead-assignment#P12 src/a.ts:share', 'contact-center-policy#P6 src/a.ts:share'],
    },
    {
      name: 'one of the two topics of a clause is not the clause',
      text: `function whose(rules) { return rules.governing('duplicates'); }`,
      rows: ['contact-center-policy#L9 src/a.ts:whose'],
    },
    {
      name: 'what a signature covers',
      text: `function sign(rules, procedure) { return rules.agreed(procedure); }`,
      rows: ['lead-assignment#P5', 'contact-center-policy#P4', 'contact-center-policy#S1'].map(
        (ref) => `${ref} src/a.ts:sign`,
      ),
    },
  ];
  it.each(cases)('$name', ({ text, rows }) => {
    expect(found('rules', 'src/a.ts', text)).toEqual(rows);
  });
});

describe('a test is found where it names its clause', () => {
  const cases = [
    {
      name: 'in a title',
      file: 'src/a.test.ts',
      text: `it('contact-center-policy L4: ten minutes', () => {});`,
      rows: ['contact-center-policy#L4 src/a.test.ts'],
    },
    {
      name: 'in a because',
      file: 'src/a.test.ts',
      text: `expect(entry.because).toEqual(['contact-center-policy@2023-03-01#L4']);`,
      rows: ['contact-center-policy#L4 src/a.test.ts'],
    },
    {
      name: 'a skipped test is none',
      file: 'src/a.test.ts',
      text: `it.skip('contact-center-policy#L4', () => {}); it.todo("lead-assignment#P8");`,
      rows: [],
    },
    { name: 'a comment is none', file: 'src/a.test.ts', text: `// contact-center-policy#L4`, rows: [] },
    {
      name: 'a scenario',
      file: 'scenarios/a.yaml',
      text: `scenario: nobody calls\nexpect:\n  - { lead.reassigned: { lead: L1 }, because: contact-center-policy#L4 } # lead-assignment#P8\n# lead-assignment#P9`,
      rows: ['contact-center-policy#L4 scenarios/a.yaml'],
    },
    {
      name: 'the list of procedures names no clause',
      file: 'scenarios/a.yaml',
      text: `procedures: [lead-assignment, contact-center-policy]\nstaff:\n  - { id: L4 }`,
      rows: [],
    },
    {
      name: 'L5 is not L5a',
      file: 'src/a.test.ts',
      text: `it('lead-reassignment#L5a', f);`,
      rows: ['lead-reassignment#L5a src/a.test.ts'],
    },
  ];
  it.each(cases)('$name', ({ file, text, rows }) => {
    expect(found('tests', file, text)).toEqual(rows);
  });
});

describe('what the product does for a clause now', () => {
  it.each([
    ['a rule and a test', ['src/a.ts:a'], ['src/a.test.ts'], 'held'],
    ['a rule that no test covers', ['src/a.ts:a'], [], 'unproven'],
    ['a test that names it, with no rule', [], ['src/a.test.ts'], 'outside'],
    ['neither', [], [], 'outside'],
  ] as const)('%s', (_, rules, tests, standing) => {
    expect(standingOf({ rules, tests })).toBe(standing);
  });
});

async function run(root: string, options: Partial<Parameters<typeof clausesCommand>[0]> = {}) {
  const lines: string[] = [];
  const code = await clausesCommand({ json: false, root, print: (line) => lines.push(line), ...options });
  return { code, lines };
}

describe('the command', () => {
  const made: string[] = [];
  afterEach(async () => {
    for (const folder of made.splice(0)) await rm(folder, { recursive: true });
  });

  async function sample(): Promise<string> {
    const root = await mkdtemp(join(tmpdir(), 'clauses-'));
    made.push(root);
    await cp(join(project, 'procedures'), join(root, 'procedures'), { recursive: true });
    await mkdir(join(root, 'src', 'procedures'), { recursive: true });
    await writeFile(
      join(root, 'src', 'a.ts'),
      `export function decide(r) { return r.cite('contact-center-policy', 'L4'); }`,
    );
    await writeFile(
      join(root, 'src', 'a.test.ts'),
      `it('contact-center-policy#L4', f); it('lead-assignment#P8', f);`,
    );
    await writeFile(join(root, 'src', 'procedures', 'own.ts'), `cite('contact-center-policy', 'L3')`);
    return root;
  }

  it('prints one object a line with null for what is missing', async () => {
    const { code, lines } = await run(await sample(), { json: true });
    const rows = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(code).toBe(0);
    expect(rows.length).toBe(107);
    expect(rows).toContainEqual({
      procedure: 'contact-center-policy',
      clause: 'L4',
      kind: 'enforced',
      rule: 'src/a.ts:decide',
      test: 'src/a.test.ts',
    });
    expect(rows).toContainEqual({
      procedure: 'contact-center-policy',
      clause: 'L3',
      kind: 'enforced',
      rule: null,
      test: null,
    });
    expect(rows).toContainEqual({
      procedure: 'lead-assignment',
      clause: 'P8',
      kind: 'enforced',
      rule: null,
      test: 'src/a.test.ts',
    });
  });

  it('prints a table with a summary, in either language', async () => {
    const root = await sample();
    const spanish = await run(root);
    expect(spanish.lines.filter((line) => line.includes('falta')).length).toBe(106);
    expect(spanish.lines.at(-1)).toBe('1 de 107 cláusulas completas; sin regla: 106; sin prueba: 105');
    const english = await run(root, { language: 'en' });
    expect(english.lines.at(-1)).toBe('1 of 107 clauses complete; without a rule: 106; without a test: 105');
  });

  it('a pack with a fault is told and nothing else', async () => {
    const root = await sample();
    await writeFile(join(root, 'procedures', 'lead-assignment.yaml'), 'name: [');
    const { code, lines } = await run(root);
    expect(code).toBe(2);
    expect(lines[0]).toMatch(/^procedures\/lead-assignment\.yaml:1 /);
  });

  it('pages are current until a rule, a test or a pack changes', async () => {
    const root = await sample();
    expect((await stalePages(root)).length).toBe(5);
    expect((await writePages(root)).length).toBe(5);
    expect(await run(root, { docs: 'check' })).toEqual({ code: 0, lines: [] });
    await writeFile(
      join(root, 'src', 'b.ts'),
      `export const hours = (r) => r.cite('contact-center-policy', 'L3');`,
    );
    expect(await run(root, { docs: 'check' })).toEqual({
      code: 1,
      lines: ['docs/procedures/contact-center-policy.md'],
    });
  });
});
