import { glob, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { coverage, standingOf } from './coverage.ts';
import type { CoverageRow, SourceText } from './coverage.ts';
import { faultLine } from './faults.ts';
import type { PackFault } from './faults.ts';
import type { Pack, Saying } from './pack.ts';
import { procedurePage } from './pages.ts';
import { readPacks } from './packs.store.ts';

const RULE_FILES = ['src/**/*.ts'];
const TEST_FILES = ['src/**/*.test.ts', 'tests/**/*.ts', 'scenarios/**/*.yaml'];
/** The folder that holds the clauses is no evidence for them. */
const OWN_FOLDER = 'src/procedures/';

const words = {
  es: {
    head: ['procedimiento', 'cláusula', 'clase', 'regla', 'prueba'],
    missing: 'falta',
    summary: summaryEs,
  },
  en: { head: ['procedure', 'clause', 'kind', 'rule', 'test'], missing: 'missing', summary: summaryEn },
} as const;

export interface ClausesOptions {
  readonly json: boolean;
  /** The folder of the project. */
  readonly root: string;
  readonly print: (line: string) => void;
  readonly language?: keyof Saying;
  /** Instead of the table: writes the pages of docs/procedures, or names those that are not current. */
  readonly docs?: 'write' | 'check';
}

/**
 * `npm run clauses`: the table clause → rule → test. Gives the exit code: 0; 1 when `docs: 'check'` finds a page that is
 * not current; 2 when a pack cannot be read.
 */
export async function clausesCommand(options: ClausesOptions): Promise<number> {
  const { json, root, print, language = 'es', docs } = options;
  const table = await clauseTable(root);
  if ('faults' in table) {
    for (const fault of table.faults) print(faultLine(fault, language));
    return 2;
  }
  if (docs !== undefined) {
    const files = docs === 'write' ? await writePages(root) : await stalePages(root);
    for (const file of files) print(file);
    return docs === 'check' && files.length > 0 ? 1 : 0;
  }
  if (json) for (const row of table.rows) print(JSON.stringify(jsonRow(row)));
  else for (const line of tableLines(table.rows, language)) print(line);
  return 0;
}

export type ClauseTable =
  | { readonly packs: readonly Pack[]; readonly rows: readonly CoverageRow[] }
  | { readonly faults: readonly PackFault[] };

export async function clauseTable(root: string): Promise<ClauseTable> {
  const loaded = await readPacks(root);
  if ('faults' in loaded) return loaded;
  const rules = await readTexts(root, RULE_FILES, (file) => !file.endsWith('.test.ts'));
  const tests = await readTexts(root, TEST_FILES, () => true);
  return { packs: loaded.packs, rows: coverage(loaded.packs, { rules, tests }) };
}

/** Writes `docs/procedures/<name>.md` for every pack; gives the files. */
export async function writePages(root: string): Promise<string[]> {
  const pages = await pagesOf(root);
  await mkdir(join(root, 'docs', 'procedures'), { recursive: true });
  for (const { file, text } of pages) await writeFile(join(root, file), text);
  return pages.map(({ file }) => file);
}

/** The pages that do not say what the sources say now; empty when all are current. */
export async function stalePages(root: string): Promise<string[]> {
  const stale: string[] = [];
  for (const { file, text } of await pagesOf(root)) {
    const written = await readFile(join(root, file), 'utf8').catch(() => null);
    if (written !== text) stale.push(file);
  }
  return stale;
}

async function pagesOf(root: string): Promise<SourceText[]> {
  const table = await clauseTable(root);
  if ('faults' in table) throw new Error(table.faults.map((fault) => faultLine(fault, 'en')).join('\n'));
  return table.packs.map((pack) => ({
    file: `docs/procedures/${pack.name}.md`,
    text: procedurePage(pack, table.rows),
  }));
}

async function readTexts(
  root: string,
  patterns: string[],
  wanted: (file: string) => boolean,
): Promise<SourceText[]> {
  const files: string[] = [];
  for await (const found of glob(patterns, { cwd: root })) files.push(found.replaceAll('\\', '/'));
  const chosen = files.filter((file) => !file.startsWith(OWN_FOLDER) && wanted(file)).toSorted();
  return Promise.all(chosen.map(async (file) => ({ file, text: await readFile(join(root, file), 'utf8') })));
}

function jsonRow({ procedure, clause, kind, rules, tests }: CoverageRow) {
  return { procedure, clause, kind, rule: rules[0] ?? null, test: tests[0] ?? null };
}

function tableLines(rows: readonly CoverageRow[], language: keyof Saying): string[] {
  const { head, missing, summary } = words[language];
  const lines = rows.map((row) => [
    row.procedure,
    row.clause,
    row.kind,
    row.rules[0] ?? missing,
    [row.tests[0] ?? missing, ...(row.pending === null ? [] : [row.pending[language]])].join(': '),
  ]);
  const all = [[...head], ...lines];
  const widths = head.map((_, column) => Math.max(...all.map((cells) => cells[column]?.length ?? 0)));
  const drawn = all.map((cells) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const complete = rows.filter((row) => standingOf(row) === 'held').length;
  const noRule = rows.filter((row) => standingOf(row) === 'outside').length;
  const noTest = rows.filter((row) => row.tests.length === 0).length;
  return [...drawn, '', summary(rows.length, complete, noRule, noTest)];
}

function summaryEs(all: number, complete: number, noRule: number, noTest: number): string {
  return `${complete} de ${all} cláusulas completas; sin regla: ${noRule}; sin prueba: ${noTest}`;
}

function summaryEn(all: number, complete: number, noRule: number, noTest: number): string {
  return `${complete} of ${all} clauses complete; without a rule: ${noRule}; without a test: ${noTest}`;
}
