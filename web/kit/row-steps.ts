export type RowKey = 'ArrowDown' | 'ArrowUp' | 'PageDown' | 'PageUp' | 'Home' | 'End';

/** The row a key leads to, from row `from` (-1: none yet) of `count`; -1 when there is no row at all. */
export function nextRow(key: RowKey, from: number, count: number, page: number): number {
  if (count === 0) return -1;
  const last = count - 1;
  const leadsTo: Record<RowKey, number> = {
    ArrowDown: Math.min(last, from + 1),
    ArrowUp: from < 0 ? last : Math.max(0, from - 1),
    PageDown: Math.min(last, Math.max(0, from) + page),
    PageUp: Math.max(0, from - page),
    Home: 0,
    End: last,
  };
  return leadsTo[key];
}
