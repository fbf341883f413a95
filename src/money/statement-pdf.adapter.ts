import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import pdfmake from 'pdfmake';
import type { Content, TableCell, TDocumentDefinitions } from 'pdfmake/interfaces.js';

const FONTS = join(
  dirname(createRequire(import.meta.url).resolve('pdfmake/package.json')),
  'fonts',
  'Roboto',
);

/** Only its own fonts: what a document names is never fetched, nor read from the disk. */
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

export async function printTable(printed: PrintedTable): Promise<Buffer> {
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
  const definition: TDocumentDefinitions = {
    info: { title: `${title} · ${subtitle}`, creationDate: printed.createdAt },
    pageMargins: [40, 40, 40, 48],
    defaultStyle: { font: 'Roboto', fontSize: 8.5 },
    footer: (page, pages) => ({
      columns: [
        { text: footer, fontSize: 7, color: '#5f5b54' },
        { text: `${page} / ${pages}`, alignment: 'right', width: 50, fontSize: 7 },
      ],
      margin: [40, 12],
    }),
    content: [
      { text: title, fontSize: 16, bold: true },
      { text: subtitle, fontSize: 10, color: '#5f5b54', margin: [0, 2, 0, 8] },
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
      ...notes.map((text): Content => ({ text, fontSize: 7.5, color: '#5f5b54', margin: [0, 1] })),
    ],
  };
  return pdfmake.createPdf(definition).getBuffer();
}
