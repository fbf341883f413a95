import { CsvError, parse, type Parser } from 'csv-parse';
import { decode } from './encoding.ts';
import { FAULT_RAW_CHARACTERS_MAX, FAULTS_MAX, RECORD_BYTES_MAX } from './limits.ts';
import type { RowFault, TableItem } from './table.ts';
import { asItem } from './xlsx.ts';

interface CsvRecord {
  readonly record: readonly string[];
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
    on_record: (record: string[], info) => {
      found.push({ record, lines: info.lines });
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
      for (const { record, lines } of found) {
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
