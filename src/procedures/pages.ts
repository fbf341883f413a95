import { standingOf, type CoverageRow, type Standing } from './coverage.ts';
import { clauseText } from './pack.ts';
import type { Clause, Pack, Reading } from './pack.ts';

/**
 * A page of `docs/procedures/`: each clause, what the product does for it, its readings, its rule and its test. The
 * pages are made from the packs and the table, never by hand.
 */
export function procedurePage(pack: Pack, rows: readonly CoverageRow[]): string {
  const of = new Map(rows.filter((row) => row.procedure === pack.name).map((row) => [row.clause, row]));
  const built = [...of.values()].filter((row) => standingOf(row) === 'held').length;
  return [
    `# ${pack.title.es} · ${pack.title.en}`,
    '<!-- Made by `npm run clauses -- --docs write` from procedures/ and the sources; do not edit by hand. -->',
    `${pack.aim.es}<br>*${pack.aim.en}*`,
    facts(pack),
    `${built} of ${pack.clauses.length} clauses have a rule and a test.`,
    [
      '| Clause | Kind | Rule | Test |',
      '|---|---|---|---|',
      ...pack.clauses.map((clause) => tableLine(clause, of.get(clause.id))),
    ].join('\n'),
    ...pack.clauses.map((clause) => section(pack, clause, of.get(clause.id))),
    '',
  ]
    .join('\n\n')
    .replace(/\n+$/, '\n');
}

function facts(pack: Pack): string {
  const from = pack.version ?? 'undated: the organization sets the day';
  const lines = [`- Procedure \`${pack.name}\`, ${pack.country}, ${pack.zone}`, `- In force from: ${from}`];
  if (pack.note !== undefined) lines.push(`- ${pack.note.es} *${pack.note.en}*`);
  return lines.join('\n');
}

function tableLine(clause: Clause, row: CoverageRow | undefined): string {
  return `| ${clause.id} | ${clause.kind} | ${places(row?.rules ?? [])} | ${places(row?.tests ?? [])}${pendingIn(row)} |`;
}

function pendingIn(row: CoverageRow | undefined): string {
  return row?.pending == null ? '' : `: ${row.pending.es}<br>*${row.pending.en}*`;
}

function places(found: readonly string[]): string {
  return found.length === 0 ? 'missing' : found.map((place) => `\`${place}\``).join('<br>');
}

/** Before what the product does for a clause, so that nobody takes what is to come for what is. */
const NOT_YET: Readonly<Record<Standing, string>> = {
  held: '',
  unproven: 'Sin prueba todavía *(no test yet)*. ',
  outside: 'Todavía no, se cumple fuera del sistema *(not yet, kept outside the system)*. ',
};

function section(pack: Pack, clause: Clause, row: CoverageRow | undefined): string {
  const readings = pack.readings.filter((reading) => reading.clauses.includes(clause.id));
  const lines = [
    `### ${clause.id}`,
    `> ${clauseText(clause, 'es')}<br>*${clauseText(clause, 'en')}*`,
    [
      `- ${NOT_YET[standingOf(row ?? { rules: [], tests: [] })]}${clause.effect.es} *${clause.effect.en}*`,
      ...(clause.topics.length > 0 ? [`- Sets: ${clause.topics.map(code).join(', ')}`] : []),
      ...(clause.condition === undefined
        ? []
        : [`- Condition: \`${clause.condition.replaceAll(/\s+/g, ' ')}\``]),
      ...readings.flatMap(readingLines),
    ].join('\n'),
  ];
  return lines.join('\n\n');
}

function readingLines(reading: Reading): string[] {
  const head = `- Reading ${code(reading.token)}, default ${code(reading.default)}: ${reading.question.es} *${reading.question.en}*`;
  const ways = reading.alternatives.map((way) => {
    const value = 'value' in way ? code(way.value) : `for example ${code(way.example)}`;
    return `  - ${value}: ${way.label.es}. *${way.label.en}.*`;
  });
  return [head, ...ways];
}

function code(value: unknown): string {
  return `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
}
