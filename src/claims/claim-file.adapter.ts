import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import pdfmake from 'pdfmake';
import type { Content, TableCell, TDocumentDefinitions } from 'pdfmake/interfaces.js';

import { localDateTime } from '../calendar/index.ts';
import type { LookedUp } from '../journal/index.ts';
import type { AnswerLanguage } from '../platform/http.ts';
import type { Instant } from '../platform/time.ts';
import type { CaseView } from './case-view.ts';
import { fileWords, type FileWords } from './file-words.ts';
import type { ImageAbout } from './images.store.ts';

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

export interface ClaimFileParts {
  readonly view: CaseView;
  readonly entries: readonly LookedUp[];
  readonly images: readonly (ImageAbout & { readonly bytes: Buffer })[];
  readonly organization: string;
  readonly language: AnswerLanguage;
}

/** What pdfmake can draw; others are named with their hash. */
const DRAWN: ReadonlySet<string> = new Set(['image/png', 'image/jpeg']);
const MUTED = '#5f5b54';

/** One claim with everything it rests on, to print or to send to the parties. */
export async function claimFile(parts: ClaimFileParts): Promise<Buffer> {
  const words = fileWords[parts.language];
  const { view, organization } = parts;
  const definition: TDocumentDefinitions = {
    info: { title: `${words.title} · ${view.claim.number}`, creationDate: new Date(view.now) },
    pageMargins: [40, 40, 40, 48],
    defaultStyle: { font: 'Roboto', fontSize: 8.5 },
    footer: (page, pages) => ({
      columns: [
        { text: `${organization} · ${view.claim.id} · ${when(view, view.now)}`, fontSize: 7, color: MUTED },
        { text: `${page} / ${pages}`, alignment: 'right', width: 50, fontSize: 7 },
      ],
      margin: [40, 12],
    }),
    content: [
      { text: words.title, fontSize: 16, bold: true },
      { text: `${words.lead} ${view.claim.number}`, fontSize: 10, color: MUTED, margin: [0, 2, 0, 8] },
      ...head(view, words),
      ...request(view, words),
      ...ruling(view, words),
      ...evidence(view, words),
      ...clauses(view, words),
      ...pictures(parts, words),
      ...journal(parts, words),
    ],
  };
  return pdfmake.createPdf(definition).getBuffer();
}

function title(text: string): Content {
  return { text, fontSize: 11, bold: true, margin: [0, 10, 0, 4] };
}

function when({ zone }: CaseView, at: Instant | null): string {
  return at === null ? '—' : localDateTime(at, zone).replace('T', ' ');
}

function named({ people }: CaseView, id: string | null): string {
  return id === null ? '—' : (people[id] ?? id);
}

function pairs(rows: readonly (readonly [string, string])[]): Content {
  return {
    table: {
      widths: [170, '*'],
      body: rows.map(([name, text]): TableCell[] => [{ text: name, color: MUTED }, { text }]),
    },
    layout: 'noBorders',
  };
}

function table(headers: readonly string[], rows: readonly (readonly string[])[], widths: string[]): Content {
  const body: TableCell[][] = [
    headers.map((text): TableCell => ({ text, bold: true })),
    ...rows.map((row) => row.map((text): TableCell => ({ text, fontSize: 7.5 }))),
  ];
  return { table: { headerRows: 1, widths, body }, layout: 'lightHorizontalLines' };
}

function head(view: CaseView, words: FileWords): Content[] {
  const { claim } = view;
  return [
    pairs([
      [words.requester, named(view, claim.requester)],
      [words.holder, named(view, claim.holder)],
      [words.requestedAt, when(view, claim.requestedAt)],
      [words.askedAt, when(view, claim.askedAt)],
      [words.evidenceDueAt, when(view, claim.evidenceDueAt)],
      [words.rulingDueAt, when(view, claim.rulingDueAt)],
      [words.ruledAt, claim.ruledAt === null ? words.notYet : when(view, claim.ruledAt)],
    ]),
  ];
}

function request({ claim }: CaseView, words: FileWords): Content[] {
  const said = [claim.name, claim.phone, claim.email, claim.source].filter((each) => each !== null);
  return [
    title(words.request),
    { text: said.length === 0 ? words.none : said.join(' · ') },
    { text: `${words.imageDatedOn}: ${claim.imageDatedOn ?? '—'}`, margin: [0, 2] },
    ...(claim.imageSha256 === null
      ? []
      : [{ text: `SHA-256 ${claim.imageSha256}`, fontSize: 7, color: MUTED } satisfies Content]),
  ];
}

function ruling(view: CaseView, words: FileWords): Content[] {
  const { claim } = view;
  const outcome = claim.appealOutcome ?? claim.ruledOutcome;
  if (outcome === null) return [title(words.ruling), { text: words.notYet }];
  const by = claim.ruledBy === 'clock' ? words.byItself : named(view, claim.ruledBy);
  return [
    title(words.ruling),
    { text: words.outcome[outcome], fontSize: 11, bold: true },
    pairs([
      [words.ruledBy, `${by}, ${when(view, claim.ruledAt)}`],
      ...(claim.line === null ? [] : [[words.line, String(claim.line)] as const]),
      ...(claim.unmet.length === 0 ? [] : [[words.unmet, claim.unmet.join(', ')] as const]),
      ...(claim.reasons === null ? [] : [[words.reasons, claim.reasons] as const]),
      ...(claim.appealedAt === null
        ? []
        : [
            [
              words.appeal,
              `${named(view, claim.appealedBy)}, ${when(view, claim.appealedAt)}: ${claim.appealReasons ?? ''}`,
            ] as const,
          ]),
      ...(claim.appealRuledAt === null
        ? []
        : [
            [
              `${words.appeal}: ${words.ruling}`,
              `${named(view, claim.appealRuledBy)}, ${when(view, claim.appealRuledAt)}: ${claim.appealRuling ?? ''}`,
            ] as const,
          ]),
    ]),
  ];
}

function evidence(view: CaseView, words: FileWords): Content[] {
  const rows = view.judged.map(({ interaction, counts, whyNot }) => [
    when(view, interaction.at),
    interaction.direction === 'out' ? words.out : words.in,
    interaction.channel,
    interaction.recorded ? words.recorded : words.sent,
    counts || whyNot === null ? words.counts : words.whyNot[whyNot],
  ]);
  return [
    title(words.evidence),
    rows.length === 0
      ? { text: words.none }
      : table(words.evidenceColumns, rows, ['auto', 'auto', 'auto', 'auto', '*']),
  ];
}

function clauses({ clauses: cited, claim }: CaseView, words: FileWords): Content[] {
  const deciding = cited.filter(({ ref }) => claim.because.includes(ref));
  if (deciding.length === 0) return [];
  return [
    title(words.because),
    ...deciding.map(({ clause, text }): Content => ({
      text: [{ text: `${clause}  `, bold: true }, text],
      margin: [0, 2],
    })),
  ];
}

function pictures({ view, images }: ClaimFileParts, words: FileWords): Content[] {
  if (images.length === 0) return [];
  return [
    title(words.images),
    ...images.flatMap((image): Content[] => [
      ...(DRAWN.has(image.mediaType)
        ? [
            {
              image: `data:${image.mediaType};base64,${image.bytes.toString('base64')}`,
              fit: [420, 300],
              margin: [0, 4],
            } satisfies Content,
          ]
        : []),
      {
        text: `${image.fileName} · ${named(view, image.uploadedBy)} · ${when(view, image.uploadedAt)}\nSHA-256 ${image.sha256}`,
        fontSize: 7,
        color: MUTED,
        margin: [0, 0, 0, 6],
      },
    ]),
  ];
}

function journal({ view, entries }: ClaimFileParts, words: FileWords): Content[] {
  const rows = entries.map(({ at, entry, actor, seal }) => [
    when(view, at),
    entry,
    view.people[actor] ?? actor,
    seal?.hash ?? words.notYet,
  ]);
  return [
    title(words.journal),
    table(words.journalColumns, rows, ['auto', 'auto', 'auto', '*']),
    { text: words.journalNote, fontSize: 7.5, color: MUTED, margin: [0, 6] },
  ];
}
