import { CELL_CHARACTERS_MAX, COLUMNS_MAX, FAULT_RAW_CHARACTERS_MAX } from './limits.ts';
import type { TableItem } from './table.ts';

/** The limits of one row, the same for every format. */
export function asItem(row: number, cells: readonly string[]): TableItem {
  const filled = cells.findLastIndex((cell) => cell !== '') + 1;
  if (filled > COLUMNS_MAX) {
    return { kind: 'fault', row, column: COLUMNS_MAX + 1, fault: 'too-many-columns', raw: rawOf(cells) };
  }
  const long = cells.findIndex((cell) => cell.length > CELL_CHARACTERS_MAX);
  if (long >= 0) return { kind: 'fault', row, column: long + 1, fault: 'cell-too-long', raw: rawOf(cells) };
  return { kind: 'row', row, cells: cells.slice(0, filled) };
}

/** Of a faulty row, for the person who repairs it. */
export function rawOf(cells: readonly string[]): string {
  return cells.slice(0, COLUMNS_MAX).join(' | ').slice(0, FAULT_RAW_CHARACTERS_MAX);
}
