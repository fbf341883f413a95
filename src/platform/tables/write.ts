import { writeXlsxStream } from 'hucre/xlsx';
import type { TableLocale } from './numbers.ts';

/** Text is written as text. A number loses nothing only when it is small: money and phones go as text. */
export type OutCell = string | number | null;

export interface CsvOptions {
  readonly locale: TableLocale;
  /** In place of the country's own. */
  readonly delimiter?: string;
  /** "+525512345678" (default) or "525512345678", for systems that take digits only. */
  readonly phones?: 'plus' | 'digits';
}

/** What Excel of each country expects between cells. */
const DELIMITER: Readonly<Record<TableLocale, string>> = { 'es-MX': ',', 'es-CO': ';' };
const BYTE_ORDER_MARK = '\uFEFF';
const CHUNK_CHARACTERS = 64 * 1024;

/** Pieces of a CSV that Spanish Excel opens by double click: byte-order mark, the country's delimiter, CRLF. */
export function* writeCsv(rows: Iterable<readonly OutCell[]>, options: CsvOptions): Generator<string> {
  let text = BYTE_ORDER_MARK;
  for (const row of rows) {
    text += csvLine(row, options);
    if (text.length < CHUNK_CHARACTERS) continue;
    yield text;
    text = '';
  }
  yield text;
}

export function csvLine(row: readonly OutCell[], options: CsvOptions): string {
  const delimiter = options.delimiter ?? DELIMITER[options.locale];
  return `${row.map((cell) => quoted(cellText(cell, options), delimiter)).join(delimiter)}\r\n`;
}

function cellText(cell: OutCell, options: CsvOptions): string {
  if (cell === null) return '';
  if (typeof cell === 'number')
    return options.locale === 'es-CO' ? String(cell).replace('.', ',') : String(cell);
  // A plus and digits cannot be a formula; escaped, it would no longer be a phone for the next system.
  if (/^\+\d{7,15}$/u.test(cell)) return options.phones === 'digits' ? cell.slice(1) : cell;
  return withoutFormula(cell);
}

/**
 * A cell that begins with one of these signs is run as a formula by whoever opens the file (formula injection); an apostrophe makes it
 * text. Negative numbers stay numbers.
 */
function withoutFormula(text: string): string {
  if (/^-\d+(?:[.,]\d+)*$/u.test(text)) return text;
  return /^\s*[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20|%]/u.test(text) || /^[\t\r\n]/u.test(text)
    ? `'${text}`
    : text;
}

function quoted(text: string, delimiter: string): string {
  const needs = text.includes(delimiter) || /["\r\n\t]|^\s|\s$/u.test(text);
  return needs ? `"${text.replaceAll('"', '""')}"` : text;
}

export interface XlsxOptions {
  readonly sheet: string;
  /** The first row stays in sight. */
  readonly freezeHeader?: boolean;
}

/** An .xlsx as it is made, in constant memory. Text cells are typed as text: nothing in them is a formula, a phone keeps its plus and zeros. */
export function writeXlsx(
  rows: Iterable<readonly OutCell[]> | AsyncIterable<readonly OutCell[]>,
  options: XlsxOptions,
): ReadableStream<Uint8Array> {
  return writeXlsxStream(cellsOf(rows), {
    name: options.sheet,
    ...(options.freezeHeader === true ? { freezePane: { rows: 1 } } : {}),
  });
}

async function* cellsOf(rows: Iterable<readonly OutCell[]> | AsyncIterable<readonly OutCell[]>) {
  for await (const row of rows) yield [...row];
}
