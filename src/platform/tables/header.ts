import { distance } from 'fastest-levenshtein';
import { foldHeader, isBlank } from '../blank.ts';
import type { TableHeader } from './table.ts';

interface SampleRow {
  readonly row: number;
  readonly cells: readonly string[];
}

/**
 * Finds the header among the first rows: titles, dates and blank lines may stand above it. With `isKnown`, the first row with most known names;
 * otherwise the first that is nearly as wide as the table and holds only different words, no numbers, dates or addresses. Null: none found.
 */
export function detectHeader(
  rows: readonly SampleRow[],
  isKnown?: (text: string) => boolean,
): TableHeader | null {
  if (isKnown !== undefined) {
    const known = rows.map((each) => ({
      each,
      names: each.cells.filter((cell) => cell !== '' && isKnown(cell)).length,
    }));
    const most = Math.max(0, ...known.map(({ names }) => names));
    const found = known.find(({ names }) => names === most && most > 0)?.each;
    if (found !== undefined) return asHeader(found);
  }
  const width = Math.max(0, ...rows.map((each) => filled(each.cells).length));
  const found = rows.find((each) => looksLikeHeader(each.cells, width));
  return found === undefined ? null : asHeader(found);
}

function asHeader({ row, cells }: SampleRow): TableHeader {
  return { row, names: cells.map((cell) => cell.replaceAll(/\s+/gu, ' ').trim()) };
}

function looksLikeHeader(cells: readonly string[], width: number): boolean {
  const names = filled(cells).map(foldHeader);
  if (names.length === 0 || names.length < width * 0.6) return false;
  return new Set(names).size === names.length && !names.some(looksLikeData);
}

function looksLikeData(text: string): boolean {
  return text.includes('@') || !/\p{L}/u.test(text) || text.replace(/\D/gu, '').length >= 7 || isBlank(text);
}

function filled(cells: readonly string[]): string[] {
  return cells.filter((cell) => cell.trim() !== '');
}

export interface MappableField {
  readonly field: string;
  /** Names this field goes by, in any case, with or without accents. The first is the best. */
  readonly synonyms: readonly string[];
}

export interface SuggestedColumn {
  /** Position in the row, from 0. */
  readonly column: number;
  readonly header: string;
  /** Null: no field suggested. */
  readonly field: string | null;
  /** 1 the very name … 0 none. */
  readonly score: number;
}

const ONE_LETTER_NAME_MIN = 5;

/** Takes a header and the caller's fields; each field goes to at most one column, the best match first, then the leftmost. */
export function suggestMapping(
  names: readonly string[],
  fields: readonly MappableField[],
): SuggestedColumn[] {
  const pairs = names.flatMap((header, column) =>
    fields.map(({ field, synonyms }, order) => ({
      column,
      field,
      order,
      score: likeness(foldName(header), synonyms.map(foldName)),
    })),
  );
  const ranked = pairs
    .filter((pair) => pair.score > 0)
    .toSorted((a, b) => b.score - a.score || a.column - b.column || a.order - b.order);
  const byColumn = new Map<number, { field: string; score: number }>();
  const taken = new Set<string>();
  for (const { column, field, score } of ranked) {
    if (byColumn.has(column) || taken.has(field)) continue;
    byColumn.set(column, { field, score });
    taken.add(field);
  }
  return names.map((header, column) => ({ column, header, field: null, score: 0, ...byColumn.get(column) }));
}

function likeness(header: string, synonyms: readonly string[]): number {
  if (header === '') return 0;
  if (synonyms.includes(header)) return 1;
  const words = new Set(header.split(' '));
  if (synonyms.some((each) => each !== '' && each.split(' ').every((word) => words.has(word)))) return 0.8;
  const slip = (each: string) =>
    Math.min(each.length, header.length) >= ONE_LETTER_NAME_MIN && distance(each, header) === 1;
  return synonyms.some(slip) ? 0.7 : 0;
}

/** "Teléfono (celular)*" and "TELEFONO_CELULAR" are one name. */
function foldName(text: string): string {
  return foldHeader(text)
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
