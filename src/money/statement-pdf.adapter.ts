import type { Content, TableCell } from 'pdfmake/interfaces.js';

import { PDF_MUTED, printPdf } from '../platform/pdf.adapter.ts';

/** A page of text and one table, ready to print. */
export interface PrintedTable {
  readonly title: string;
  readonly subtitle: string;
  readonly head: readonly string[];
  /** Numbers align right: their columns, from 0. */
  readonly right: readonly number[];
  readonly rows: readonly (readonly string[])[];
  readonly totals: readonly (readonly [name: string, amount: string])[];
  readonly notes: readonly string[];
  readonly footer: string;
  readonly nothing: string;
  readonly createdAt: Date;
}

export function printTable(printed: PrintedTable): Promise<Buffer> {
  const { title, subtitle, head, right, rows, totals, notes, footer, nothing } = printed;
  const cell = (text: string, place: number, bold = false): TableCell => ({
    text,
    bold,
    alignment: right.includes(place) ? 'right' : 'left',
  });
  const table: Content =
    rows.length === 0
      ? { text: nothing, margin: [0, 8] }
      : {
          table: {
            headerRows: 1,
            widths: head.map((_, place) => (place === 0 || place === 3 ? '*' : 'auto')),
            body: [
              head.map((text, place) => cell(text, place, true)),
              ...rows.map((row) => row.map((text, place) => cell(text, place))),
            ],
          },
          layout: 'lightHorizontalLines',
          margin: [0, 8],
        };
  return printPdf({
    title: `${title} · ${subtitle}`,
    footer,
    createdAt: printed.createdAt,
    content: [
      { text: title, fontSize: 16, bold: true },
      { text: subtitle, fontSize: 10, color: PDF_MUTED, margin: [0, 2, 0, 8] },
      {
        table: {
          widths: ['auto', 'auto'],
          body: totals.map(([name, amount], place) => [
            cell(name, 0, place === totals.length - 1),
            { text: amount, alignment: 'right', bold: place === totals.length - 1 },
          ]),
        },
        layout: 'noBorders',
      },
      table,
      ...notes.map((text): Content => ({ text, fontSize: 7.5, color: PDF_MUTED, margin: [0, 1] })),
    ],
  });
}
