import type { Month } from '../calendar/index.ts';

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
