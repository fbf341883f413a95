import { openPacing, pace } from '../src/dialing/index.ts';
import type { Figure } from './bench-ground.ts';
import { pautaPacer } from './dialing/baselines.ts';
import { mean, play, runCell } from './dialing/cell.ts';
import { configOf, playDay } from './dialing/day.ts';
import { plainDay } from './dialing/kind-of-day.ts';

const DECISION_MILLISECONDS_MAX = 2;
const DECISION_AGENTS = 500;
const TEAMS = [10, 50, 100, 500, 1000, 2000] as const;
const WARM_SECONDS = 600;
const MEASURED_SECONDS = 900;
const DAY_AGENTS = 50;
const TIMES_REAL_MIN = 3000;
const OCCUPANCY: readonly (readonly [agents: number, target: number])[] = [
  [10, 0.84],
  [25, 0.91],
  [50, 0.945],
  [100, 0.965],
];
/** Few days, to be quick: the published table (docs/pacing.md) has ten of each kind. */
const DAYS = 2;

/** The pacing rule: what a tick costs, how fast a day is simulated, and how busy it keeps agents. */
export async function benchDialing(): Promise<Figure[]> {
  return [decisions(), simulatedDay(), ...occupancy()];
}

/** Milliseconds of one tick, learning included, for each tick after the warm-up. */
function tickMilliseconds(agents: number): number[] {
  const day = { ...plainDay(agents), daySeconds: MEASURED_SECONDS };
  const memory = openPacing(configOf(day));
  const took: number[] = [];
  playDay(day, 1, {
    name: 'timed',
    decide: (tick) => {
      const from = performance.now();
      const pacing = pace(memory, tick);
      if (tick.at >= WARM_SECONDS) took.push(performance.now() - from);
      return pacing;
    },
  });
  return took.toSorted((a, b) => a - b);
}

const share = (sorted: readonly number[], part: number): number =>
  sorted[Math.floor(sorted.length * part)] ?? 0;
const percent = (part: number): string => `${(100 * part).toFixed(1)} %`;

function decisions(): Figure {
  const costs = TEAMS.map((agents) => ({ agents, took: tickMilliseconds(agents) }));
  const asked = costs.find(({ agents }) => agents === DECISION_AGENTS)?.took ?? [];
  const middle = share(asked, 0.5);
  return {
    work: `Pacing: one tick at ${DECISION_AGENTS} agents, learning and decision`,
    measured: `p50 ${middle.toFixed(2)} ms, p99 ${share(asked, 0.99).toFixed(2)} ms`,
    limit: `≤ ${DECISION_MILLISECONDS_MAX} ms`,
    beside: `p50 at ${costs.map(({ agents, took }) => `${agents} agents ${share(took, 0.5).toFixed(3)} ms`).join(', ')}`,
    met: middle <= DECISION_MILLISECONDS_MAX,
  };
}

function simulatedDay(): Figure {
  const day = plainDay(DAY_AGENTS);
  const from = process.cpuUsage().user;
  const { placed } = playDay(day, 1, pautaPacer(configOf(day)));
  const seconds = (process.cpuUsage().user - from) / 1e6;
  const times = day.daySeconds / seconds;
  return {
    work: `Simulated day: ${DAY_AGENTS} agents, ${placed.toLocaleString('en')} calls, a decision each half second`,
    measured: `${seconds.toFixed(1)} s of one core, ${Math.round(times).toLocaleString('en')} × real time`,
    limit: `≥ ${TIMES_REAL_MIN.toLocaleString('en')} ×`,
    beside: '',
    met: times >= TIMES_REAL_MIN,
  };
}

function occupancy(): Figure[] {
  return OCCUPANCY.map(([agents, target]) => {
    const day = plainDay(agents);
    const days = play(day, DAYS, pautaPacer);
    const ratio = runCell(day, 'fixed-ratio', DAYS);
    const kept = mean(days.map((one) => one.occupancy));
    const abandoned = mean(days.map((one) => one.abandonedShare));
    return {
      work: `Pacing: occupancy of ${agents} agents over ${DAYS} whole days, true rates unknown to the pacer`,
      measured: `${percent(kept)} at ${(100 * abandoned).toFixed(2)} % abandoned`,
      limit: `≥ ${percent(target)} at ≤ 3 %`,
      beside: `fixed ratio tuned in hindsight on these days (${ratio.setting}): ${percent(mean(ratio.occupancy))}`,
      met: kept >= target && abandoned <= 0.03,
    };
  });
}
