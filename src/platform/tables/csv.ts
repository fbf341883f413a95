import { CsvError, parse, type Parser } from 'csv-parse';
import { parse as parseAtOnce } from 'csv-parse/sync';
import { decode } from './encoding.ts';
import { FAULT_RAW_CHARACTERS_MAX, FAULTS_MAX, RECORD_BYTES_MAX } from './limits.ts';
import { asItem } from './row-limits.ts';
import type { RowFault, TableItem } from './table.ts';

interface CsvRecord {
  readonly record: readonly string[];
  readonly raw: string;
  /** Lines read from where the parser began to the record's end. */
  readonly lines: number;
}

/**
 * Every record with the line it begins on. A record without an end (a quote left open) costs its own first line: that line is reported and
 * reading goes on after it, at most FAULTS_MAX times.
 */
export async function* csvRows(
  bytes: Uint8Array,
  encoding: string,
  delimiter: string,
): AsyncGenerator<TableItem> {
  let line = 1;
  for (let faults = 0; ; faults += 1) {
    const stopped = yield* readFrom(bytes, encoding, delimiter, line);
    if (stopped === null) return;
    const raw = lineAt(bytes, encoding, stopped.line);
    if (faults >= FAULTS_MAX) {
      yield { kind: 'fault', row: stopped.line, fault: 'too-many-faults', raw, last: true };
      return;
    }
    yield { kind: 'fault', row: stopped.line, fault: stopped.fault, raw };
    line = stopped.line + 1;
  }
}

interface Stopped {
  readonly line: number;
  readonly fault: RowFault;
}

/**
 * Gives the line of the record that could not be read, or null at the end of the file. The parser is fed by hand, a piece at a time: read as a
 * stream it would drop the good records still in its buffer when a bad one comes, and run ahead of a slow reader.
 */
async function* readFrom(
  bytes: Uint8Array,
  encoding: string,
  delimiter: string,
  firstLine: number,
): AsyncGenerator<TableItem, Stopped | null> {
  let found: CsvRecord[] = [];
  const parser = parse({
    delimiter,
    record_delimiter: '\n',
    relax_column_count: true,
    // 32" inside an unquoted cell is an inch, not a quote.
    relax_quotes: true,
    max_record_size: RECORD_BYTES_MAX,
    raw: true,
    // With `raw` the parser hands over both; its types know only the cells.
    on_record: (given: unknown, { lines }) => {
      found.push({ ...(given as Pick<CsvRecord, 'record' | 'raw'>), lines });
      return null;
    },
  });
  // Errors are taken from the callbacks below.
  parser.on('error', () => undefined);
  parser.resume();
  let next = firstLine;
  try {
    for (const text of withEnd(skipLines(decode(bytes, encoding), firstLine - 1))) {
      const error = await feed(parser, text);
      for (const { record, raw, lines } of found) {
        if (swallowsLines(record, raw, delimiter)) return { line: next, fault: 'quote-not-closed' };
        yield asItem(next, record);
        next = firstLine + lines;
      }
      found = [];
      if (error !== null) return { line: next, fault: faultOf(error) };
    }
    return null;
  } finally {
    parser.destroy();
  }
}

/**
 * Two quotes left open on different lines make one cell of all that stands between them. Read leniently, such a cell keeps its first quote;
 * read strictly, it is an error. Both together tell it from a rightly quoted cell of several lines.
 */
function swallowsLines(record: readonly string[], raw: string, delimiter: string): boolean {
  if (!record.some((cell) => cell.startsWith('"') && cell.includes('\n'))) return false;
  try {
    parseAtOnce(raw, { delimiter, record_delimiter: '\n', relax_column_count: true });
    return false;
  } catch {
    return true;
  }
}

/** A piece of text, or null for the end. */
async function feed(parser: Parser, text: string | null): Promise<CsvError | null> {
  const error = await new Promise<Error | null | undefined>((resolve) => {
    if (text === null) parser.end(resolve);
    else parser.write(text, resolve);
  });
  if (error === null || error === undefined) return null;
  if (error instanceof CsvError) return error;
  throw error;
}

function* withEnd(pieces: Iterable<string>): Generator<string | null> {
  yield* pieces;
  yield null;
}

function faultOf(error: CsvError): RowFault {
  return error.code === 'CSV_QUOTE_NOT_CLOSED' ? 'quote-not-closed' : 'record-too-long';
}

function* skipLines(chunks: Iterable<string>, count: number): Generator<string> {
  let left = count;
  for (const chunk of chunks) {
    let at = 0;
    while (left > 0) {
      const end = chunk.indexOf('\n', at);
      if (end < 0) break;
      at = end + 1;
      left -= 1;
    }
    if (left === 0 && at < chunk.length) yield chunk.slice(at);
  }
}

function lineAt(bytes: Uint8Array, encoding: string, line: number): string {
  let text = '';
  for (const chunk of skipLines(decode(bytes, encoding), line - 1)) {
    text += chunk;
    const end = text.indexOf('\n');
    if (end >= 0) return text.slice(0, Math.min(end, FAULT_RAW_CHARACTERS_MAX));
    if (text.length >= FAULT_RAW_CHARACTERS_MAX) break;
  }
  return text.slice(0, FAULT_RAW_CHARACTERS_MAX);
}
