/** What the readers of files give. Knows no business word. */

export type TableFormat = 'csv' | 'xlsx';

export type TableRefusal =
  | 'empty'
  | 'too-large'
  /** A binary workbook of before 2007. Open it and save it as .xlsx. */
  | 'old-xls'
  /** A web page saved with the name of a spreadsheet. Open it and save it as .xlsx. */
  | 'html-as-table'
  | 'password-protected'
  /** Unpacks to far more than its size: refused before it is unpacked. */
  | 'zip-too-large'
  /** A zip that is no workbook, or one that is broken. */
  | 'damaged'
  | 'no-such-sheet'
  /** Not text, not a workbook: an image, a PDF. */
  | 'not-a-table'
  | 'no-header';

export type RowFault =
  | 'quote-not-closed'
  | 'record-too-long'
  | 'cell-too-long'
  | 'too-many-columns'
  /** More filled cells than the header has columns: a delimiter inside a cell that nobody quoted. */
  | 'more-cells-than-header'
  /** Reading ended here; what follows was not read. */
  | 'too-many-rows'
  | 'too-many-faults'
  | 'damaged';

export interface TableRow {
  readonly kind: 'row';
  /** Line of a text file on which the record begins, or row of a sheet; the first is 1. */
  readonly row: number;
  /** As written, one for each column of the header. */
  readonly cells: readonly string[];
  /** The last row, and it says "Total". */
  readonly totals?: true;
}

export interface TableFault {
  readonly kind: 'fault';
  readonly row: number;
  /** The first is 1; absent when the whole row is at fault. */
  readonly column?: number;
  readonly fault: RowFault;
  /** What could be read of it, cut to a line's length. */
  readonly raw: string;
  /** Nothing after this row was read. */
  readonly last?: true;
}

export type TableItem = TableRow | TableFault;

export interface TableHeader {
  readonly row: number;
  readonly names: readonly string[];
}

export interface Table {
  readonly format: TableFormat;
  readonly encoding?: string;
  readonly delimiter?: string;
  readonly sheet?: string;
  /** Null when the caller said there is none. */
  readonly header: TableHeader | null;
  /** UTF-8 once read as windows-1252 ("MuÃ±oz"): the caller offers to read again with `repair`. */
  readonly brokenEncoding: boolean;
  /** Every row after the header that is not blank, either read or with the fault that kept it out. To be iterated once. */
  readonly rows: AsyncIterable<TableItem>;
}

export interface TableOptions {
  readonly delimiter?: string;
  readonly encoding?: string;
  /** Name, or position from 0. The first when absent. */
  readonly sheet?: string | number;
  /** Row of the header, from 1; `none`; or found by looking (default). */
  readonly header?: number | 'detect' | 'none';
  /** Whether a cell's text is the name of a column the caller knows; makes finding the header surer. */
  readonly isKnownHeader?: (text: string) => boolean;
  readonly repair?: boolean;
  readonly rowsMax?: number;
  readonly bytesMax?: number;
}
