import type { CSSProperties, ReactNode } from 'react';

/** One column. `value` sorts and, without `cell`, shows; numbers align right. */
export interface Column<Row> {
  id: string;
  title: string;
  value: (row: Row) => string | number | null | undefined;
  cell?: (row: Row) => ReactNode;
  align?: 'left' | 'right' | 'center';
  /** In rem, at least; 7 unless told. */
  width?: number;
  /** Share of the room left over; 0 keeps the width. */
  grow?: number;
  /** Left out on a phone (where `narrow` is not given). */
  wideOnly?: boolean;
  sortable?: boolean;
}

const COLUMN_REM = 7;
/** Rows looked at to see whether a column holds numbers. */
const ALIGN_ROWS = 50;

export type Align = 'left' | 'right' | 'center';

/** By the first row that has a value: a column's header and cells stand on one line. */
export function alignOf<Row>(column: Column<Row>, rows: readonly Row[]): Align {
  if (column.align) return column.align;
  const first = rows
    .slice(0, ALIGN_ROWS)
    .find((row) => column.value(row) !== null && column.value(row) !== undefined);
  return first !== undefined && typeof column.value(first) === 'number' ? 'right' : 'left';
}

/** Header and rows are grids of their own, so their tracks must not depend on what is in them. */
export function tracksOf<Row>(columns: readonly Column<Row>[]): CSSProperties {
  const track = ({ width = COLUMN_REM, grow = 0 }: Column<Row>): string =>
    grow > 0 ? `minmax(${width}rem, ${grow}fr)` : `${width}rem`;
  const least = columns.reduce((sum, { width = COLUMN_REM }) => sum + width, 1);
  return { '--columns': columns.map(track).join(' '), '--least': `${least}rem` } as CSSProperties;
}
