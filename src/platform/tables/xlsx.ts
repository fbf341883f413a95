import { streamXlsxRows, type CellValue, type StreamRow } from 'hucre/xlsx';
import { SHEET_COLUMNS_MAX } from './limits.ts';
import { asItem } from './row-limits.ts';
import type { TableItem } from './table.ts';

/**
 * Every row of one sheet as text. Formulas give the value the spreadsheet last kept and are never evaluated. A number is written out in
 * full digits (phones), a date as 2024-07-01 or 2024-07-01 10:30:00.
 */
export async function* xlsxRows(bytes: Uint8Array, sheet: string | number): AsyncGenerator<TableItem> {
  const rows = streamXlsxRows(bytes, { sheet });
  let last = 0;
  try {
    for (;;) {
      const next = await nextRow(rows);
      if (next === null) return;
      if (next === 'damaged' || next.values.length > SHEET_COLUMNS_MAX) {
        yield {
          kind: 'fault',
          row: last + 1,
          fault: next === 'damaged' ? next : 'too-many-columns',
          raw: '',
          last: true,
        };
        return;
      }
      last = next.index + 1;
      yield asItem(last, next.values.map(cellText));
    }
  } finally {
    await rows.return();
  }
}

/**
 * The library throws errors of many kinds on a broken file, some of them plain; whatever comes out of it is damage, and what our own code
 * does with a row stays outside.
 */
async function nextRow(
  rows: AsyncGenerator<StreamRow, void, undefined>,
): Promise<StreamRow | 'damaged' | null> {
  try {
    const next = await rows.next();
    if (next.done === true) return null;
    return Number.isSafeInteger(next.value.index) && next.value.index >= 0 ? next.value : 'damaged';
  } catch {
    return 'damaged';
  }
}

function cellText(value: CellValue): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return dateText(value);
  if (typeof value === 'number') return numberText(value);
  return String(value);
}

/** Digits in full: a phone is never 5.5E+9. Beyond 2^53 the spreadsheet itself has lost digits, and the text says so by its exponent. */
function numberText(value: number): string {
  return Number.isSafeInteger(value) ? BigInt(value).toString() : String(value);
}

function dateText(value: Date): string {
  if (Number.isNaN(value.getTime())) return '';
  const text = value.toISOString();
  const time = text.slice(11, 19);
  return time === '00:00:00' ? text.slice(0, 10) : `${text.slice(0, 10)} ${time}`;
}
