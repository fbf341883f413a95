import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { benchBackup } from './bench-backup.ts';
import { benchDeadlines } from './bench-deadlines.ts';
import { benchDialing } from './bench-dialing.ts';
import { machine, type Figure } from './bench-ground.ts';
import { benchImport } from './bench-import.ts';
import { benchLeadIn } from './bench-lead-in.ts';
import { benchResults } from './bench-results.ts';
import { benchWhatIf } from './bench-what-if.ts';

const BENCHES: Readonly<Record<string, () => Promise<Figure[]>>> = {
  'lead-in': benchLeadIn,
  deadlines: benchDeadlines,
  import: benchImport,
  backup: benchBackup,
  dialing: benchDialing,
  'what-if': benchWhatIf,
  results: benchResults,
};

const HEAD = ['| Work | Measured | Limit | Beside it, in the same run | |', '|---|---|---|---|---|'];
/** Around the table in docs/benchmarks.md. */
const BEGIN = '<!-- figures: npm run bench -- --write -->';
const END = '<!-- end of figures -->';

/** `npm run bench [-- lead-in deadlines import backup dialing what-if results] [--write]`: prints the table; `--write` keeps it in docs/benchmarks.md. */
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const unknown = wanted.filter((name) => !Object.hasOwn(BENCHES, name));
if (unknown.length > 0) {
  process.stderr.write(`${unknown.join(', ')}: ${Object.keys(BENCHES).join(' | ')}\n`);
  process.exit(2);
}
const figures: Figure[] = [];
for (const [name, bench] of Object.entries(BENCHES)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  process.stderr.write(`${name} …\n`);
  const measured = await bench();
  for (const figure of measured) process.stderr.write(`  ${figure.measured}\n`);
  figures.push(...measured);
}
const rows = figures.map(
  (f) => `| ${f.work} | ${f.measured} | ${f.limit} | ${f.beside} | ${f.met ? 'met' : '**not met**'} |`,
);
process.stdout.write(`${[...HEAD, ...rows].join('\n')}\n`);
if (process.argv.includes('--write')) keep(rows);

/** Puts the rows into the table of the page, each in the place of the one that measured the same; the rest of the page stays. */
function keep(measured: readonly string[]): void {
  const path = join(import.meta.dirname, '..', 'docs', 'benchmarks.md');
  const page = readFileSync(path, 'utf8');
  const from = page.indexOf(BEGIN);
  const to = page.indexOf(END);
  if (from < 0 || to < from) throw new Error(`${path} has no place for the table: ${BEGIN} … ${END}`);
  const stands = page
    .slice(from, to)
    .split('\n')
    .filter((line) => line.startsWith('| ') && line !== HEAD[0]);
  const isNew = (row: string) => !stands.some((old) => workOf(old) === workOf(row));
  const table = [
    ...stands.map((old) => measured.find((row) => workOf(row) === workOf(old)) ?? old),
    ...measured.filter(isNew),
  ];
  const where = `${machine()}, ${new Date().toISOString().slice(0, 10)}.`;
  writeFileSync(
    path,
    `${page.slice(0, from)}${BEGIN}\n\n${where}\n\n${[...HEAD, ...table].join('\n')}\n\n${page.slice(to)}`,
  );
}

/** What a row is about. */
function workOf(row: string): string {
  return (row.split('|')[1] ?? '').trim();
}
