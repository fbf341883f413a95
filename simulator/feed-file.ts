import { readFileSync } from 'node:fs';
import { CsvError, parse } from 'csv-parse/sync';
import { z } from 'zod';

import { StartupFault } from '../src/platform/startup-fault.ts';

export const FEED_COLUMNS = [
  'ProspectID',
  'LeadOrigin',
  'LeadSource',
  'TotalVisits',
  'TotalTime',
  'PageViews',
  'Specialization',
  'Occupation',
  'Converted',
] as const;

const rows = z.array(z.record(z.enum(FEED_COLUMNS), z.string()));
export type FeedRow = z.infer<typeof rows>[number];

/** The rows of a file of web leads. Throws StartupFault naming what is wrong with the file, and where. */
export function readFeedFile(path: string): FeedRow[] {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw fault(`El archivo ${path} no se puede leer.`, `The file ${path} cannot be read.`, cause);
  }
  let records: string[][];
  try {
    records = parse(text, { bom: true, skip_empty_lines: true });
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    throw fault(
      `${path} no es un CSV bien formado: ${cause.message}`,
      `${path} is not well-formed CSV: ${cause.message}`,
      cause,
    );
  }
  const [header = [], ...body] = records;
  const missing = FEED_COLUMNS.filter((column) => !header.includes(column));
  if (missing.length > 0) {
    const names = missing.join(', ');
    throw fault(`A ${path} le faltan las columnas: ${names}`, `${path} lacks the columns: ${names}`);
  }
  const places = FEED_COLUMNS.map((column) => [column, header.indexOf(column)] as const);
  const read = body.map((record) =>
    Object.fromEntries(places.map(([column, place]) => [column, record[place] ?? ''])),
  );
  const line = read.findIndex((row) => (row['ProspectID'] ?? '').trim() === '');
  if (line >= 0)
    throw fault(`${path}:${line + 2}: falta ProspectID`, `${path}:${line + 2}: ProspectID is missing`);
  if (read.length === 0) throw fault(`${path} no tiene ningún lead.`, `${path} has no lead.`);
  return rows.parse(read);
}

function fault(es: string, en: string, cause?: unknown): StartupFault {
  return new StartupFault('feed-file', { es, en }, cause);
}
