import { fixedRatioPacer, pautaPacer, progressivePacer, type Counting } from './baselines.ts';
import { configOf, playDay, type DayResult } from './day.ts';
import type { KindOfDay } from './kind-of-day.ts';
import type { OpenPacer } from './pacer.ts';
import { referencePacer } from './reference.ts';
import { VICIDIAL_DEFAULTS, vicidialPacer, type VicidialSettings } from './vicidial.ts';

/** The pacers of the table, in its order. */
export const PACERS = [
  'pauta',
  'progressive',
  'vicidial-default',
  'fixed-ratio',
  'vicidial-tuned',
  'reference',
] as const;
export type PacerName = (typeof PACERS)[number];

/** What one pacer did in one cell (a kind of day and a team), a figure for each seed from 1 on. */
export interface Run {
  readonly kind: string;
  readonly agents: number;
  readonly pacer: PacerName;
  /** How it was set, where it was tuned. */
  readonly setting: string;
  readonly occupancy: readonly number[];
  readonly abandonedShare: readonly number[];
  /** Calls placed for each one answered, over all seeds: what it takes from the list. */
  readonly callsPerAnswer: number;
}

export function runCell(day: KindOfDay, pacer: PacerName, seeds: number): Run {
  switch (pacer) {
    case 'pauta':
      return runOf(day, pacer, '', play(day, seeds, pautaPacer));
    case 'progressive':
      return runOf(day, pacer, '', play(day, seeds, progressivePacer));
    case 'vicidial-default':
      return runOf(
        day,
        pacer,
        settingsText(VICIDIAL_DEFAULTS),
        play(day, seeds, vicidialPacer(VICIDIAL_DEFAULTS)),
      );
    case 'reference':
      return runOf(day, pacer, '', play(day, seeds, referencePacer(day)));
    case 'fixed-ratio':
      return tunedFixedRatio(day, seeds);
    case 'vicidial-tuned':
      return tunedVicidial(day, seeds);
    default:
      return pacer satisfies never;
  }
}

export function play(day: KindOfDay, seeds: number, open: OpenPacer): DayResult[] {
  return Array.from({ length: seeds }, (_, index) => playDay(day, index + 1, open(configOf(day))));
}

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

const rounded = (value: number): number => Number(value.toFixed(5));

function runOf(day: KindOfDay, pacer: PacerName, setting: string, days: readonly DayResult[]): Run {
  return {
    kind: day.name,
    agents: day.agents,
    pacer,
    setting,
    occupancy: days.map((one) => rounded(one.occupancy)),
    abandonedShare: days.map((one) => rounded(one.abandonedShare)),
    callsPerAnswer: rounded(
      mean(days.map((one) => one.placed)) / Math.max(1, mean(days.map((one) => one.answered))),
    ),
  };
}

const legal = (day: KindOfDay, days: readonly DayResult[]): boolean =>
  mean(days.map((one) => one.abandonedShare)) <= day.abandonedShareMax;
const occupancyOf = (days: readonly DayResult[]): number => mean(days.map((one) => one.occupancy));

const HALVINGS = 8;

/** In hindsight, on the very days it is judged by: the highest ratio, of both ways of counting, whose mean stays legal. */
function tunedFixedRatio(day: KindOfDay, seeds: number): Run {
  const best = (['all', 'available'] as const).map((counting) => {
    let low = 1;
    let high = counting === 'all' ? 4 : 14;
    let found = { ratio: low, counting, days: play(day, seeds, fixedRatioPacer(low, counting)) };
    for (let step = 0; step < HALVINGS; step += 1) {
      const ratio = (low + high) / 2;
      const days = play(day, seeds, fixedRatioPacer(ratio, counting));
      if (legal(day, days)) {
        low = ratio;
        if (occupancyOf(days) > occupancyOf(found.days)) found = { ratio, counting, days };
      } else high = ratio;
    }
    return found;
  });
  const [first, ...others] = best;
  const winner = others.reduce(
    (a, b) => (b !== undefined && a !== undefined && occupancyOf(b.days) > occupancyOf(a.days) ? b : a),
    first,
  );
  if (winner === undefined) throw new RangeError('nothing was tried');
  return runOf(day, 'fixed-ratio', `${winner.ratio.toFixed(2)} × ${winner.counting}`, winner.days);
}

const LEVELS_MAX = [1.25, 1.5, 1.75, 2, 2.5, 3, 3.5, 4, 5, 6, 7, 8, 10, 12] as const;
/** Counting all agents, a higher cap than this was never legal; counting the ready ones, large teams need at least so much. */
const ALL_LEVEL_MAX = 3;
const LARGE_TEAM_LEVEL_MIN = 3.5;

/**
 * Days of the search; so many of its best settings are then played on all days, each with its cap moved so many times. Small teams
 * vary more from day to day, and are quicker to play.
 */
const SEARCH = { small: { seeds: 3, tried: 3 }, large: { seeds: 2, tried: 2 } } as const;
const SMALL_TEAM = 25;
const CAP_HALVINGS = 4;

/** In hindsight, by search over level cap, counting, wanted difference and intensity. */
function tunedVicidial(day: KindOfDay, seeds: number): Run {
  const search = day.agents <= SMALL_TEAM ? SEARCH.small : SEARCH.large;
  const grid: VicidialSettings[] = [];
  for (const levelMax of LEVELS_MAX) {
    for (const [counting, difference, intensity] of VICIDIAL_GRID) {
      if (counting === 'all' && levelMax > ALL_LEVEL_MAX) continue;
      if (counting === 'available' && search === SEARCH.large && levelMax < LARGE_TEAM_LEVEL_MIN) continue;
      grid.push({ method: 'average', levelMax, intensity, difference, counting });
    }
  }
  const searched = grid
    .map((settings) => {
      const days = play(day, Math.min(seeds, search.seeds), vicidialPacer(settings));
      return { settings, occupancy: occupancyOf(days), share: mean(days.map((one) => one.abandonedShare)) };
    })
    .filter(({ share }) => share <= day.abandonedShareMax * SEARCH_SLACK)
    .toSorted((a, b) => b.occupancy - a.occupancy);
  const tried = searched.slice(0, search.tried).flatMap(({ settings }) => capHalved(day, seeds, settings));
  const cautious: VicidialSettings = { ...VICIDIAL_DEFAULTS, levelMax: 1 };
  const best = tried.reduce((a, b) => (occupancyOf(b.days) > occupancyOf(a.days) ? b : a), {
    settings: cautious,
    days: play(day, seeds, vicidialPacer(cautious)),
  });
  return runOf(day, 'vicidial-tuned', settingsText(best.settings), best.days);
}

/** The same setting with its level cap moved within a grid step up and down, on all seeds: those that are legal. */
function capHalved(
  day: KindOfDay,
  seeds: number,
  settings: VicidialSettings,
): { settings: VicidialSettings; days: DayResult[] }[] {
  const found = [];
  let low = settings.levelMax * 0.75;
  let high = settings.levelMax * 1.25;
  let levelMax = settings.levelMax;
  for (let step = 0; step < CAP_HALVINGS; step += 1) {
    const capped = { ...settings, levelMax: Number(levelMax.toFixed(2)) };
    const days = play(day, seeds, vicidialPacer(capped));
    if (legal(day, days)) {
      found.push({ settings: capped, days });
      low = levelMax;
    } else high = levelMax;
    levelMax = (low + high) / 2;
  }
  return found;
}

/** A few days may lie above the limit where ten do not. */
const SEARCH_SLACK = 1.05;
const VICIDIAL_GRID: readonly (readonly [Counting, difference: number, intensity: number])[] = [
  ['all', 0, 0],
  ['all', -1, 0],
  ['available', 0, 0],
  ['available', -1, 0],
  ['available', 0, -60],
  ['available', -1, -60],
];

function settingsText({ method, levelMax, intensity, difference, counting }: VicidialSettings): string {
  return `${method}, level ≤ ${levelMax}, ${counting}, difference ${difference}, intensity ${intensity}`;
}
