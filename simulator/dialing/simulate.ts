import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { pautaPacer } from './baselines.ts';
import { mean, PACERS, runCell, type PacerName, type Run } from './cell.ts';
import { dayChart, spreadChart } from './chart.ts';
import { playDay, configOf } from './day.ts';
import { dayOf, KINDS, steady, type KindOfDay } from './kind-of-day.ts';
import { readDay } from './scenario-of-day.ts';
import { conditionsOf, confidence, tableOf } from './summary.ts';
import { ALL_KINDS, makeTable, readRuns, TEAMS } from './table-parts.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const TABLE_FILE = join(ROOT, 'docs', 'pacing-days.jsonl');
const PAGE = join(ROOT, 'docs', 'pacing.md');
const IMAGES = join(ROOT, 'docs', 'images');
const SEEDS = 10;

const USAGE = `npm run simulate -- [--agents 25] [--kind plain] [--scenario day.yaml]
    [--answer 0.25] [--talk 120] [--talk-cv 1] [--wrap-up 10] [--machine 0] [--hours 8]
    [--seeds 3] [--compare] [--chart folder]
npm run simulate -- --table [--kinds a,b] [--teams 10,25] [--pacers pauta,…] [--minutes 60]
npm run simulate -- --report        writes the table and charts of docs/pacing.md from what was made
kinds: ${ALL_KINDS.join(', ')}
pacers: ${PACERS.join(', ')}`;

// Who reads us may stop reading (`| head`): that is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

function main(): number {
  let given;
  try {
    given = parseArgs({
      options: {
        agents: { type: 'string', default: '25' },
        kind: { type: 'string' },
        scenario: { type: 'string' },
        answer: { type: 'string' },
        talk: { type: 'string' },
        'talk-cv': { type: 'string', default: '1' },
        'wrap-up': { type: 'string' },
        machine: { type: 'string' },
        hours: { type: 'string' },
        seeds: { type: 'string', default: '3' },
        compare: { type: 'boolean', default: false },
        chart: { type: 'string' },
        table: { type: 'boolean', default: false },
        report: { type: 'boolean', default: false },
        kinds: { type: 'string', default: ALL_KINDS.join(',') },
        teams: { type: 'string', default: TEAMS.join(',') },
        pacers: { type: 'string', default: PACERS.join(',') },
        minutes: { type: 'string', default: '60' },
      },
    }).values;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}\n`);
    return 2;
  }
  if (given.report) return report();
  if (given.table) {
    const left = makeTable(
      {
        file: TABLE_FILE,
        kinds: given.kinds.split(','),
        teams: given.teams.split(',').map(Number),
        pacers: PACERS.filter((pacer) => given.pacers.split(',').includes(pacer)),
        seeds: SEEDS,
        secondsMax: Number(given.minutes) * 60,
      },
      print,
    );
    print(left === 0 ? 'the table is whole' : `${left} parts are missing: run it again`);
    return 0;
  }
  const day = dayAsked(given);
  if (day === null) {
    process.stderr.write(`${USAGE}\n`);
    return 2;
  }
  simulate(day, Number(given.seeds), given.compare, given.chart);
  return 0;
}

const number = (text: string | undefined): number | null => (text === undefined ? null : Number(text));

function dayAsked(given: {
  readonly agents: string;
  readonly kind?: string | undefined;
  readonly scenario?: string | undefined;
  readonly answer?: string | undefined;
  readonly talk?: string | undefined;
  readonly 'talk-cv': string;
  readonly 'wrap-up'?: string | undefined;
  readonly machine?: string | undefined;
  readonly hours?: string | undefined;
}): KindOfDay | null {
  if (given.scenario !== undefined) return readDay(given.scenario);
  const agents = Number(given.agents);
  const kind = given.kind ?? 'plain';
  if (!(agents >= 1) || !Object.hasOwn(KINDS, kind)) return null;
  const answer = number(given.answer);
  const talk = number(given.talk);
  const wrapUp = number(given['wrap-up']);
  const machine = number(given.machine);
  const hours = number(given.hours);
  if ([answer, talk, wrapUp, machine, hours].some((value) => value !== null && !(value >= 0))) return null;
  return {
    ...dayOf(kind, agents),
    ...(answer === null ? {} : { answer: steady(answer) }),
    ...(talk === null
      ? {}
      : { talk: { law: 'log-normal', mean: talk, cv: Number(given['talk-cv']) } as const }),
    ...(wrapUp === null ? {} : { wrapUp: { law: 'fixed', mean: wrapUp } as const }),
    ...(machine === null ? {} : { machine }),
    ...(hours === null ? {} : { daySeconds: hours * 3600 }),
  };
}

const figure = (values: readonly number[]): string =>
  `${(100 * mean(values)).toFixed(2)} % ± ${(100 * confidence(values)).toFixed(2)}`.padEnd(17);

function simulate(day: KindOfDay, seeds: number, compare: boolean, chart: string | undefined): void {
  const pacers: readonly PacerName[] = compare ? PACERS : ['pauta'];
  print(`${day.name}: ${day.agents} agents, ${day.daySeconds / 3600} h, ${seeds} days`);
  print('pacer              occupancy        abandoned        calls per answer');
  const runs: Run[] = [];
  for (const pacer of pacers) {
    const run = runCell(day, pacer, seeds);
    runs.push(run);
    print(
      `${pacer.padEnd(18)} ${figure(run.occupancy)}${figure(run.abandonedShare)}${run.callsPerAnswer.toFixed(2)}   ${run.setting}`,
    );
  }
  if (chart === undefined) return;
  mkdirSync(chart, { recursive: true });
  const spread = join(chart, 'occupancy-and-abandoned.svg');
  const oneDay = join(chart, 'one-day.svg');
  writeFileSync(spread, spreadOf(runs, 'Occupancy and abandoned calls', `${day.name}, ${seeds} days`));
  writeFileSync(oneDay, oneDayOf(day, 'One day'));
  print(`${spread}\n${oneDay}`);
}

function spreadOf(runs: readonly Run[], title: string, what: string): string {
  const teams = [...new Set(runs.map(({ agents }) => agents))].toSorted((a, b) => a - b);
  return spreadChart(
    title,
    what,
    teams.map((agents) => ({
      name: `${agents} agents`,
      points: runs
        .filter((run) => run.agents === agents)
        .map((run) => ({
          pacer: run.pacer,
          occupancy: mean(run.occupancy),
          abandonedShare: mean(run.abandonedShare),
        })),
    })),
  );
}

function oneDayOf(day: KindOfDay, title: string): string {
  const { minutes, occupancy, abandonedShare } = playDay(day, 1, pautaPacer(configOf(day)));
  const marks = day.answer.between === 'step' ? day.answer.points.slice(1) : [];
  return dayChart(
    title,
    `${KINDS[day.name]?.what ?? day.name}; ${day.agents} agents: occupancy ${(100 * occupancy).toFixed(1)} %, abandoned ${(100 * abandonedShare).toFixed(2)} %`,
    minutes,
    [
      ...marks.map(([at, value]) => ({ at, name: `answer ${Math.round(100 * value)} %` })),
      ...day.congestion.map(({ from, share }) => ({
        at: from,
        name: `carrier refuses ${Math.round(100 * share)} %`,
      })),
    ],
  );
}

const BEGIN = '<!-- table: made by npm run simulate -- --report -->';
const END = '<!-- end of table -->';

/** Writes the table and the charts of docs/pacing.md from the parts that were made; 1 where a condition is not met. */
function report(): number {
  const runs = readRuns(TABLE_FILE);
  const conditions = conditionsOf(runs);
  const table = [
    '| Condition | Measured | |',
    '|---|---|---|',
    ...conditions.map(
      ({ what, measured, met }) => `| ${what} | ${measured} | ${met ? 'met' : '**not met**'} |`,
    ),
    '',
    ...TEAMS.flatMap((agents) => [...tableOf(runs, agents), '']),
  ];
  const page = readFileSync(PAGE, 'utf8');
  const from = page.indexOf(BEGIN);
  const to = page.indexOf(END);
  if (from < 0 || to < from) {
    process.stderr.write(`${PAGE}: the marks of the table are missing\n`);
    return 2;
  }
  writeFileSync(PAGE, `${page.slice(0, from)}${BEGIN}\n\n${table.join('\n')}\n${page.slice(to)}`);
  mkdirSync(IMAGES, { recursive: true });
  const plain = runs.filter(({ kind }) => kind === 'plain');
  writeFileSync(
    join(IMAGES, 'pacing-occupancy.svg'),
    spreadOf(
      plain,
      'Who keeps agents talking without hanging up on people',
      'Answer 25 %, talk 120 s, wrap-up 10 s; means of ten whole days',
    ),
  );
  writeFileSync(
    join(IMAGES, 'pacing-step.svg'),
    oneDayOf(dayOf('step-down', 25), 'A day on which the list turns bad at noon'),
  );
  writeFileSync(
    join(IMAGES, 'pacing-carrier.svg'),
    oneDayOf(dayOf('congestion', 25), 'A day on which the carrier fails'),
  );
  for (const line of table) print(line);
  return conditions.every(({ met }) => met) ? 0 : 1;
}

process.exitCode = main();
