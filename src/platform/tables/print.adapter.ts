import type { Content, TableCell } from 'pdfmake/interfaces.js';

import { PDF_MUTED, printPdf } from '../pdf.adapter.ts';
import type { ReportTable } from './book.ts';

export interface PrintedReport {
  readonly title: string;
  readonly subtitle: string;
  /** What the whole comes to, before the tables. */
  readonly summary: readonly (readonly [name: string, value: string])[];
  readonly tables: readonly ReportTable[];
  /** A cell as people read it. */
  readonly text: (
    cell: ReportTable['rows'][number][number],
    kind: ReportTable['columns'][number]['kind'],
  ) => string;
  readonly notes: readonly string[];
  readonly footer: string;
  readonly nothing: string;
  readonly createdAt: Date;
}

/** A report of several tables, ready to print. */
export function printReport(printed: PrintedReport): Promise<Buffer> {
  const { title, subtitle, summary, tables, notes, footer } = printed;
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
          body: summary.map(([name, value]) => [name, { text: value, alignment: 'right', bold: true }]),
        },
        layout: 'noBorders',
      },
      ...tables.flatMap((table) => drawn(table, printed)),
      ...notes.map((text): Content => ({ text, fontSize: 7.5, color: PDF_MUTED, margin: [0, 1] })),
    ],
  });
}

function cell(value: string, kind: ReportTable['columns'][number]['kind'], bold = false): TableCell {
  return { text: value, bold, alignment: kind === 'text' ? 'left' : 'right' };
}

function drawn({ name, columns, rows }: ReportTable, { text, nothing }: PrintedReport): Content[] {
  const heading: Content = { text: name, fontSize: 11, bold: true, margin: [0, 10, 0, 2] };
  if (rows.length === 0) return [heading, { text: nothing, color: PDF_MUTED }];
  return [
    heading,
    {
      table: {
        headerRows: 1,
        widths: columns.map((_, place) => (place === 0 ? '*' : 'auto')),
        body: [
          columns.map((column) => cell(column.title, column.kind, true)),
          ...rows.map((row) => columns.map(({ kind }, place) => cell(text(row[place] ?? null, kind), kind))),
        ],
      },
      layout: 'lightHorizontalLines',
    },
  ];
}
