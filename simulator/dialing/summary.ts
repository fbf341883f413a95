import { mean, PACERS, type PacerName, type Run } from './cell.ts';
import { KINDS } from './kind-of-day.ts';

/** Two-sided 95 % points of Student's law by degrees of freedom, 1 to 30. */
const STUDENT = [
  12.71, 4.3, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26, 2.23, 2.2, 2.18, 2.16, 2.14, 2.13, 2.12, 2.11, 2.1,
  2.09, 2.09, 2.08, 2.07, 2.07, 2.06, 2.06, 2.06, 2.05, 2.05, 2.05, 2.04,
] as const;

/** Half the width of the 95 % confidence interval of the mean over seeds. */
export function confidence(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const middle = mean(values);
  const variance = values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1);
  return (STUDENT[values.length - 2] ?? 1.96) * Math.sqrt(variance / values.length);
}

const percent = (share: number, digits = 1): string => (100 * share).toFixed(digits);

/** One table a team: occupancy with its confidence, abandoned below it. */
export function tableOf(
  runs: readonly Run[],
  agents: number,
  pacers: readonly PacerName[] = PACERS,
): string[] {
  const cell = (kind: string, pacer: PacerName): string => {
    const run = runs.find((one) => one.kind === kind && one.agents === agents && one.pacer === pacer);
    if (run === undefined) return '';
    const over = mean(run.abandonedShare) > 0.03 ? ' **over**' : '';
    return `${percent(mean(run.occupancy))} ± ${percent(confidence(run.occupancy))} · ${percent(mean(run.abandonedShare), 2)}${over}`;
  };
  const kinds = Object.keys(KINDS).filter((kind) =>
    runs.some((run) => run.kind === kind && run.agents === agents),
  );
  return [
    `| ${agents} agents | ${pacers.join(' | ')} |`,
    `|---|${pacers.map(() => '---').join('|')}|`,
    ...kinds.map((kind) => `| ${kind} | ${pacers.map((pacer) => cell(kind, pacer)).join(' | ')} |`),
  ];
}

/** Days without change in people or carrier, where nothing has to be learned twice. */
export const STEADY_KINDS = [
  'plain',
  'answer-15',
  'answer-40',
  'talk-60',
  'talk-180',
  'long-tail',
  'gamma-talk',
  'empirical',
  'machines',
  'short-wrap-up',
] as const;
const TARGETS = [
  [10, 0.84],
  [25, 0.91],
  [50, 0.945],
  [100, 0.965],
] as const;
const LIMIT = 0.03;
const DAY_LIMIT = 0.033;
const LARGE_TEAM = 25;

export interface Condition {
  readonly what: string;
  readonly measured: string;
  readonly met: boolean;
}

/** What the table has to show, and whether it does. */
export function conditionsOf(runs: readonly Run[]): Condition[] {
  const find = (kind: string, agents: number, pacer: PacerName): Run | undefined =>
    runs.find((one) => one.kind === kind && one.agents === agents && one.pacer === pacer);
  const ours = runs.filter(({ pacer }) => pacer === 'pauta');
  const over = ours.filter((run) => mean(run.abandonedShare) > LIMIT);
  const highest = Math.max(0, ...ours.map((run) => mean(run.abandonedShare)));
  const largeDays = ours
    .filter(({ agents }) => agents >= LARGE_TEAM)
    .flatMap(({ abandonedShare }) => abandonedShare);
  const badDays = largeDays.filter((share) => share > DAY_LIMIT).length;
  const leads = ours.flatMap((run) => {
    const legal = (['progressive', 'fixed-ratio', 'vicidial-default', 'vicidial-tuned'] as const)
      .map((pacer) => find(run.kind, run.agents, pacer))
      .filter((other) => other !== undefined && mean(other.abandonedShare) <= LIMIT);
    const best = Math.max(...legal.map((other) => mean(other?.occupancy ?? [])));
    return legal.length === 0 ? [] : [{ run, lead: mean(run.occupancy) - best }];
  });
  const sorted = leads.toSorted((a, b) => a.lead - b.lead);
  const least = sorted[0];
  const median = sorted[Math.floor(sorted.length / 2)]?.lead ?? 0;
  const gaps = ours.flatMap((run) => {
    const reference = find(run.kind, run.agents, 'reference');
    if (reference === undefined || !STEADY_KINDS.some((kind) => kind === run.kind)) return [];
    return [{ run, gap: mean(reference.occupancy) - mean(run.occupancy) }];
  });
  const widest = gaps.toSorted((a, b) => b.gap - a.gap)[0];
  return [
    {
      what: 'mean abandoned share of a cell ≤ 3.0 %',
      measured: `${over.length} of ${ours.length} cells above; highest ${percent(highest, 2)} %`,
      met: over.length === 0,
    },
    {
      what: `days above 3.3 %, teams of ${LARGE_TEAM} and more: at most 1 in 20`,
      measured: `${badDays} of ${largeDays.length}`,
      met: badDays * 20 <= largeDays.length,
    },
    ...TARGETS.map(([agents, target]) => {
      const run = find('plain', agents, 'pauta');
      const occupancy = mean(run?.occupancy ?? []);
      return {
        what: `occupancy on the plain day, ${agents} agents ≥ ${percent(target)} %`,
        measured: `${percent(occupancy)} % at ${percent(mean(run?.abandonedShare ?? []), 2)} % abandoned`,
        met: occupancy >= target,
      };
    }),
    {
      what: 'above the best legal baseline in every cell',
      measured:
        least === undefined
          ? 'no cells'
          : `least lead ${percent(least.lead)} points (${least.run.kind}, ${least.run.agents} agents), over ${leads.length} cells`,
      met: (least?.lead ?? -1) > 0,
    },
    {
      what: '… by 3 points or more in the median cell',
      measured: `${percent(median)} points`,
      met: median >= 0.03,
    },
    {
      what: 'within 1.5 points of the reference that knows, steady cells',
      measured:
        widest === undefined
          ? 'no cells'
          : `widest gap ${percent(widest.gap)} points (${widest.run.kind}, ${widest.run.agents} agents), over ${gaps.length} cells`,
      met: widest !== undefined && widest.gap <= 0.015,
    },
  ];
}
