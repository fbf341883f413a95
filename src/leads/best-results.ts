/**
 * Who are the advisors with the best results (contact-center-policy L4, reading best.results): by closings last month,
 * then by conversion, then by the longest time without a reassigned lead; between equals the order of the staff.
 */
export interface ResultsRow {
  readonly person: string;
  readonly closings: number;
  /** closings / leads of last month; null without leads, which ranks last. */
  readonly conversion: number | null;
  /** When the person last received a reassigned lead; null ranks first. */
  readonly lastReassignedAt: string | null;
}

export type ResultsMeasure = 'closings' | 'conversion' | 'longest-without-reassigned';

/** `rows` in staff order; best first. */
export function rankByResults(
  rows: readonly ResultsRow[],
  measures: readonly ResultsMeasure[],
): ResultsRow[] {
  return rows.toSorted((a, b) => {
    for (const measure of measures) {
      const difference = compareBy(measure, a, b);
      if (difference !== 0) return difference;
    }
    // toSorted is stable: staff order stays.
    return 0;
  });
}

function compareBy(measure: ResultsMeasure, a: ResultsRow, b: ResultsRow): number {
  switch (measure) {
    case 'closings':
      return b.closings - a.closings;
    case 'conversion':
      return (b.conversion ?? -1) - (a.conversion ?? -1);
    case 'longest-without-reassigned': {
      const [one, other] = [a.lastReassignedAt ?? '', b.lastReassignedAt ?? ''];
      return one < other ? -1 : one > other ? 1 : 0;
    }
    default:
      return measure satisfies never;
  }
}
