/** Tables out of files and into files; knows no business word. */
export { readTable } from './read-table.ts';
export type { TableInput } from './read-table.ts';
export type {
  RowFault,
  Table,
  TableFault,
  TableFormat,
  TableHeader,
  TableItem,
  TableOptions,
  TableRefusal,
  TableRow,
} from './table.ts';
export { detectHeader, suggestMapping } from './header.ts';
export type { MappableField, SuggestedColumn } from './header.ts';
export { isBlank } from '../blank.ts';
export { repairDoubleEncoding } from './encoding.ts';
export { readNumber } from './numbers.ts';
export type { ReadNumber, TableLocale } from './numbers.ts';
export { readDate } from './dates.ts';
export type { DateOrder, ReadDate } from './dates.ts';
export { writeBook } from './book.ts';
export type { ColumnKind, ReportCell, ReportColumn, ReportTable } from './book.ts';
export { printReport, type PrintedReport } from './print.adapter.ts';
export { csvLine, writeCsv, writeXlsx } from './write.ts';
export type { CsvOptions, OutCell, XlsxOptions } from './write.ts';
