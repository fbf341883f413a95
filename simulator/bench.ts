import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { benchBackup } from './bench-backup.ts';
import { benchDeadlines } from './bench-deadlines.ts';
import { benchDialing } from './bench-dialing.ts';
import { machine, type Figure } from './bench-ground.ts';
import { benchImport } from './bench-import.ts';
import { benchLeadIn } from './bench-lead-in.ts';

const BENCHES: Readonly<Record<string, () => Promise<Figure[]>>> = {
  'lead-in': benchLeadIn,
  deadlines: benchDeadlines,
  import: benchImport,
  backup: benchBackup,
  dialing: benchDialing,
};

/** `npm run bench [-- lead-in deadlines import backup dialing] [--write]`: prints the table; `--write` keeps it in docs/benchmarks.md. */
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
const lines = [
  '| Work | Measured | Limit | Beside it, in the same run | |',
  '|---|---|---|---|---|',
  ...figures.map(
    (f) => `| ${f.work} | ${f.measured} | ${f.limit} | ${f.beside} | ${f.met ? 'met' : '**not met**'} |`,
  ),
];
process.stdout.write(`${lines.join('\n')}\n`);
if (process.argv.includes('--write')) {
  const page = [
    '# Benchmarks',
    '',
    'Measured by `npm run bench -- --write`: the whole program with its own PostgreSQL (fsync on), load generator and database on the same machine.',
    'Machines are noisy; hold a figure against the one beside it, from the same run.',
    '',
    `${machine()}, ${new Date().toISOString().slice(0, 10)}.`,
    '',
    ...lines,
    '',
  ];
  writeFileSync(join(import.meta.dirname, '..', 'docs', 'benchmarks.md'), page.join('\n'));
}
