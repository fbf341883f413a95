import { writeXlsx as writeWorkbook } from 'hucre/xlsx';

/** How a column's cells are to be read: a ratio as a percentage, an amount as decimal text. */
export type ColumnKind = 'text' | 'count' | 'percent' | 'minutes';

export interface ReportColumn {
  readonly title: string;
  readonly kind: ColumnKind;
}

export type ReportCell = string | number | null;

/** One table of a report, the same on paper and in a spreadsheet. */
export interface ReportTable {
  readonly name: string;
  readonly columns: readonly ReportColumn[];
  readonly rows: readonly (readonly ReportCell[])[];
}

const FORMATS: Readonly<Record<ColumnKind, string | null>> = {
  text: null,
  count: '#,##0',
  percent: '0.0%',
  minutes: '0.0',
};
const WIDTHS: Readonly<Record<ColumnKind, number>> = { text: 28, count: 14, percent: 14, minutes: 16 };
/** As Excel allows them. */
const SHEET_NAME_MAX = 31;

/** A workbook with a sheet for each table: headings stay in sight, numbers are numbers, nothing in a text is a formula. */
export async function writeBook(tables: readonly ReportTable[]): Promise<Buffer> {
  const bytes = await writeWorkbook({
    sheets: tables.map(({ name, columns, rows }) => ({
      name: name.replaceAll(/[[\]:*?/\\]/g, ' ').slice(0, SHEET_NAME_MAX),
      columns: columns.map(({ kind }) => {
        const numFmt = FORMATS[kind];
        return { width: WIDTHS[kind], ...(numFmt === null ? {} : { numFmt }) };
      }),
      rows: [columns.map(({ title }) => title), ...rows.map((row) => [...row])],
      freezePane: { rows: 1 },
    })),
  });
  return Buffer.from(bytes);
}
