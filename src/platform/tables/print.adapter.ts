import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import pdfmake from 'pdfmake';
import type { Content, TableCell } from 'pdfmake/interfaces.js';

import type { ReportTable } from './book.ts';

const FONTS = join(
  dirname(createRequire(import.meta.url).resolve('pdfmake/package.json')),
  'fonts',
  'Roboto',
);
const SOFT = '#5f5b54';

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
  // Only its own fonts: what a document names is never fetched, nor read from the disk.
  pdfmake.setFonts({
    Roboto: {
      normal: join(FONTS, 'Roboto-Regular.ttf'),
      bold: join(FONTS, 'Roboto-Medium.ttf'),
      italics: join(FONTS, 'Roboto-Italic.ttf'),
      bolditalics: join(FONTS, 'Roboto-MediumItalic.ttf'),
    },
  });
  pdfmake.setUrlAccessPolicy(() => false);
  pdfmake.setLocalAccessPolicy((path) => path.startsWith(FONTS));
  const { title, subtitle, summary, tables, notes, footer } = printed;
  return pdfmake
    .createPdf({
      info: { title: `${title} · ${subtitle}`, creationDate: printed.createdAt },
      pageMargins: [40, 40, 40, 48],
      defaultStyle: { font: 'Roboto', fontSize: 8.5 },
      footer: (page, pages) => ({
        columns: [
          { text: footer, fontSize: 7, color: SOFT },
          { text: `${page} / ${pages}`, alignment: 'right', width: 50, fontSize: 7 },
        ],
        margin: [40, 12],
      }),
      content: [
        { text: title, fontSize: 16, bold: true },
        { text: subtitle, fontSize: 10, color: SOFT, margin: [0, 2, 0, 8] },
        {
          table: {
            widths: ['auto', 'auto'],
            body: summary.map(([name, value]) => [name, { text: value, alignment: 'right', bold: true }]),
          },
          layout: 'noBorders',
        },
        ...tables.flatMap((table) => drawn(table, printed)),
        ...notes.map((text): Content => ({ text, fontSize: 7.5, color: SOFT, margin: [0, 1] })),
      ],
    })
    .getBuffer();
}

function cell(value: string, kind: ReportTable['columns'][number]['kind'], bold = false): TableCell {
  return { text: value, bold, alignment: kind === 'text' ? 'left' : 'right' };
}

function drawn({ name, columns, rows }: ReportTable, { text, nothing }: PrintedReport): Content[] {
  const heading: Content = { text: name, fontSize: 11, bold: true, margin: [0, 10, 0, 2] };
  if (rows.length === 0) return [heading, { text: nothing, color: SOFT }];
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
