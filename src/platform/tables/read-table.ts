import { csvRows } from './csv.ts';
import { detectDelimiter, statedDelimiter } from './delimiter.ts';
import { decode, detectEncoding, looksDoubleEncoded, repairDoubleEncoding } from './encoding.ts';
import { detectFormat } from './format.ts';
import { detectHeader } from './header.ts';
import {
  BLANK_ROWS_ABOVE_MAX,
  BLANK_ROWS_MAX,
  FILE_BYTES_MAX,
  HEADER_SEARCH_ROWS,
  ROWS_MAX,
  SAMPLE_BYTES,
} from './limits.ts';
import { rawOf } from './row-limits.ts';
import { sheetNames } from './sheets.ts';
import type { Table, TableHeader, TableItem, TableOptions, TableRefusal } from './table.ts';
import { xlsxRows } from './xlsx.ts';
import { checkZip } from './zip-limits.ts';

export type TableInput = Uint8Array | AsyncIterable<Uint8Array>;

interface Source {
  readonly about: Pick<Table, 'format' | 'encoding' | 'delimiter' | 'sheet'>;
  readonly items: AsyncGenerator<TableItem>;
  /** The beginning of a text file, where broken encoding shows. */
  readonly sample?: string;
}

/** Takes a file of any name; the kind is seen from its bytes. A stream is gathered up to `bytesMax` and no further. */
export async function readTable(
  input: TableInput,
  options: TableOptions = {},
): Promise<Table | { refused: TableRefusal }> {
  const bytes = await gather(input, options.bytesMax ?? FILE_BYTES_MAX);
  if (bytes === null) return { refused: 'too-large' };
  const format = detectFormat(bytes);
  const source =
    format === 'csv' ? openCsv(bytes, options) : format === 'xlsx' ? await openXlsx(bytes, options) : format;
  if (typeof source === 'string') return { refused: source };
  return frame(source, options);
}

function openCsv(bytes: Uint8Array, options: TableOptions): Source | TableRefusal {
  const encoding = options.encoding ?? detectEncoding(bytes);
  if (encoding === null) return 'not-a-table';
  const sample = [...decode(bytes.subarray(0, SAMPLE_BYTES), encoding)].join('');
  const stated = statedDelimiter(sample);
  const delimiter = options.delimiter ?? stated ?? detectDelimiter(sample);
  const items = csvRows(bytes, encoding, delimiter);
  return {
    about: { format: 'csv', encoding, delimiter },
    items: stated === null ? items : withoutFirst(items),
  };
}

async function openXlsx(bytes: Uint8Array, options: TableOptions): Promise<Source | TableRefusal> {
  const checked = checkZip(bytes);
  if (checked !== 'ok') return checked;
  const names = await sheetNames(bytes);
  if (names === null) return 'damaged';
  const wanted = options.sheet ?? 0;
  const sheet = typeof wanted === 'number' ? names[wanted] : names.find((name) => name === wanted);
  if (sheet === undefined) return 'no-such-sheet';
  return { about: { format: 'xlsx', sheet }, items: xlsxRows(bytes, wanted) };
}

/** Looks at the first rows for the header, then gives those after it, each against the header's width. */
async function frame(source: Source, options: TableOptions): Promise<Table | { refused: TableRefusal }> {
  const first: TableItem[] = [];
  for (let blank = 0; first.length < HEADER_SEARCH_ROWS && blank < BLANK_ROWS_ABOVE_MAX;) {
    const next = await source.items.next();
    if (next.done === true) break;
    if (isEmpty(next.value)) blank += 1;
    else first.push(next.value);
  }
  if (first.length === 0) {
    await source.items.return(undefined);
    return { refused: 'empty' };
  }
  const header = findHeader(first, options);
  if (header === undefined) {
    await source.items.return(undefined);
    return { refused: 'no-header' };
  }
  const brokenEncoding =
    looksDoubleEncoded(source.sample ?? '') ||
    first.some((each) => each.kind === 'row' && each.cells.some(looksDoubleEncoded));
  const repaired =
    options.repair === true && header !== null
      ? { ...header, names: header.names.map(repairDoubleEncoding) }
      : header;
  return {
    ...source.about,
    header: repaired,
    brokenEncoding,
    rows: body(first, source.items, header, options),
  };
}

function findHeader(first: readonly TableItem[], options: TableOptions): TableHeader | null | undefined {
  const rows = first.filter((each) => each.kind === 'row');
  if (options.header === 'none') return null;
  if (typeof options.header === 'number') {
    const stated = rows.find((each) => each.row === options.header);
    return stated === undefined
      ? undefined
      : { row: stated.row, names: stated.cells.map((cell) => cell.trim()) };
  }
  return detectHeader(rows, options.isKnownHeader) ?? undefined;
}

async function* body(
  first: readonly TableItem[],
  rest: AsyncGenerator<TableItem>,
  header: TableHeader | null,
  options: TableOptions,
): AsyncGenerator<TableItem> {
  const width = header === null ? null : header.names.length;
  const rowsMax = options.rowsMax ?? ROWS_MAX;
  let count = 0;
  let blank = 0;
  // One row is held back: only the last can be the totals.
  let held: TableItem | null = null;
  for await (const item of chain(first, rest)) {
    if (item.kind === 'row' && item.row <= (header?.row ?? 0)) continue;
    if (isEmpty(item)) blank += 1;
    if (isEmpty(item) && blank <= BLANK_ROWS_MAX) continue;
    if (held !== null) yield held;
    held = null;
    if (count >= rowsMax || blank > BLANK_ROWS_MAX) {
      yield { kind: 'fault', row: item.row, fault: 'too-many-rows', raw: '', last: true };
      return;
    }
    count += 1;
    held = shape(item, width, options.repair === true);
  }
  if (held !== null) yield held.kind === 'row' && saysTotal(held.cells) ? { ...held, totals: true } : held;
}

function shape(item: TableItem, width: number | null, repair: boolean): TableItem {
  if (item.kind === 'fault') return item;
  const cells = repair ? item.cells.map(repairDoubleEncoding) : item.cells;
  if (width === null) return { ...item, cells };
  if (cells.slice(width).some((cell) => cell.trim() !== '')) {
    return {
      kind: 'fault',
      row: item.row,
      column: width + 1,
      fault: 'more-cells-than-header',
      raw: rawOf(cells),
    };
  }
  return { ...item, cells: Array.from({ length: width }, (_, column) => cells[column] ?? '') };
}

function saysTotal(cells: readonly string[]): boolean {
  const filled = cells.filter((cell) => cell.trim() !== '').slice(0, 2);
  return filled.some((cell) => /^\s*(?:gran |sub ?)?total(?:es)?\b|^\s*suma\b|^\s*total\s*:/iu.test(cell));
}

function isEmpty(item: TableItem): boolean {
  return item.kind === 'row' && item.cells.every((cell) => cell.trim() === '');
}

async function* chain(
  first: readonly TableItem[],
  rest: AsyncGenerator<TableItem>,
): AsyncGenerator<TableItem> {
  try {
    yield* first;
    yield* rest;
  } finally {
    await rest.return(undefined);
  }
}

async function* withoutFirst(items: AsyncGenerator<TableItem>): AsyncGenerator<TableItem> {
  try {
    await items.next();
    yield* items;
  } finally {
    await items.return(undefined);
  }
}

async function gather(input: TableInput, bytesMax: number): Promise<Uint8Array | null> {
  if (input instanceof Uint8Array) return input.byteLength > bytesMax ? null : input;
  const chunks: Uint8Array[] = [];
  let total = 0;
  for await (const chunk of input) {
    total += chunk.byteLength;
    if (total > bytesMax) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
