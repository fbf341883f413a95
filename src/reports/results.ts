import type { Month } from '../calendar/index.ts';
import type { Placement } from './hierarchy.ts';

/** What is put side by side (lead-assignment O1). */
export const dimensions = ['advisor', 'manager', 'zone', 'source'] as const;
export type Dimension = (typeof dimensions)[number];

/** What happened in a month to one key of a dimension, or to all of it. */
export interface ResultRow {
  readonly key: string;
  /** Leads assigned, by turn or by reassignment, less what was undone. */
  readonly received: number;
  readonly closings: number;
  /** Ten-minute terms that are over. */
  readonly clocked: number;
  readonly inTime: number;
  readonly missed: number;
  /** Leads that went from them to somebody else, whatever for. */
  readonly passed: number;
  /** Leads that were referred by another. */
  readonly referred: number;
  /** Median seconds from the assignment to the first proven contact; null with none. */
  readonly secondsToContact: number | null;
}

/** One month of the course of a key. */
export interface ResultPoint {
  readonly month: Month;
  readonly key: string;
  readonly received: number;
  readonly closings: number;
}

/** closings / leads assigned; null with no lead at all. */
export function conversionOf({
  closings,
  received,
}: Pick<ResultRow, 'closings' | 'received'>): number | null {
  return received === 0 ? null : closings / received;
}

/** Whether so many leads are enough to be judged, and what they came to is below the aim. */
export function isBelow(
  row: Pick<ResultRow, 'closings' | 'received'>,
  { aimPercent, minLeads }: { readonly aimPercent: number; readonly minLeads: number },
): boolean {
  // Multiplied, not divided: 7 of 100 is exactly the aim.
  return row.received >= minLeads && row.closings * 100 < aimPercent * row.received;
}

export const NOTHING: Omit<ResultRow, 'key'> = {
  received: 0,
  closings: 0,
  clocked: 0,
  inTime: 0,
  missed: 0,
  passed: 0,
  referred: 0,
  secondsToContact: null,
};

/** Whose figures are looked at, and under whom each of them works. */
export type Floor = readonly Placement[];

/** What one person was given and closed in a month, of one source. */
export interface Counted {
  readonly month: Month;
  readonly person: string;
  readonly source: string;
  readonly received: number;
  readonly closings: number;
  readonly referred: number;
}

interface SumOf extends Omit<Counted, 'month' | 'person' | 'source'> {
  readonly dimension: Dimension | 'all';
  readonly key: string;
}

/** By every dimension at once, and of all. */
export function sumMoves(moves: readonly Counted[], floor: Floor): SumOf[] {
  const places = new Map(floor.map((each) => [each.person, each]));
  const sums = new Map<string, SumOf>();
  for (const { person, source, received, closings, referred } of moves) {
    const { manager, zone } = places.get(person) ?? { manager: '', zone: '' };
    const keys = { advisor: person, manager, zone, source, all: '' };
    for (const dimension of [...dimensions, 'all'] as const) {
      const key = keys[dimension];
      const name = `${dimension} ${key}`;
      const sum = sums.get(name) ?? { dimension, key, received: 0, closings: 0, referred: 0 };
      sums.set(name, {
        ...sum,
        received: sum.received + received,
        closings: sum.closings + closings,
        referred: sum.referred + referred,
      });
    }
  }
  return [...sums.values()];
}

export interface Course {
  readonly all: readonly ResultPoint[];
  readonly by: Readonly<Record<Dimension, readonly ResultPoint[]>>;
}

/** Month by month, of all and of each key of a dimension. */
export function courseOf(moves: readonly Counted[], floor: Floor): Course {
  const months = [...new Set(moves.map(({ month }) => month))].toSorted();
  const points = months.flatMap((month) => {
    const own = moves.filter((each) => each.month === month);
    return sumMoves(own, floor).map(({ dimension, key, received, closings }) => ({
      dimension,
      point: { month, key, received, closings },
    }));
  });
  const of = (wanted: Dimension | 'all'): ResultPoint[] =>
    points.filter(({ dimension }) => dimension === wanted).map(({ point }) => point);
  return {
    all: of('all'),
    by: { advisor: of('advisor'), manager: of('manager'), zone: of('zone'), source: of('source') },
  };
}
