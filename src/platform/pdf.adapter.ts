import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import pdfmake from 'pdfmake';
import type { Content, TDocumentDefinitions } from 'pdfmake/interfaces.js';

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

/** For what stands beside the figures: subtitles, notes. */
export const PDF_MUTED = '#5f5b54';

export interface PdfPage {
  readonly title: string;
  /** On every page, beside its number. */
  readonly footer: string;
  readonly createdAt: Date;
  readonly content: readonly Content[];
}

/** The house's paper: one font, page numbers. Gives the bytes of the PDF. */
export function printPdf({ title, footer, createdAt, content }: PdfPage): Promise<Buffer> {
  const definition: TDocumentDefinitions = {
    info: { title, creationDate: createdAt },
    pageMargins: [40, 40, 40, 48],
    defaultStyle: { font: 'Roboto', fontSize: 8.5 },
    footer: (page, pages) => ({
      columns: [
        { text: footer, fontSize: 7, color: PDF_MUTED },
        { text: `${page} / ${pages}`, alignment: 'right', width: 50, fontSize: 7 },
      ],
      margin: [40, 12],
    }),
    content: [...content],
  };
  return pdfmake.createPdf(definition).getBuffer();
}
