import type { Content, TableCell } from 'pdfmake/interfaces.js';

import { localDateTime } from '../calendar/index.ts';
import type { LookedUp } from '../journal/index.ts';
import type { AnswerLanguage } from '../platform/http.ts';
import { PDF_MUTED, printPdf } from '../platform/pdf.adapter.ts';
import { canDraw } from '../platform/picture-drawn.ts';
import type { Instant } from '../platform/time.ts';
import type { CaseView } from './case-view.ts';
import { fileWords, type FileWords } from './file-words.ts';
import type { ImageAbout } from './images.store.ts';

export interface ClaimFileParts {
  readonly view: CaseView;
  readonly entries: readonly LookedUp[];
  readonly images: readonly (ImageAbout & { readonly bytes: Buffer })[];
  readonly organization: string;
  readonly language: AnswerLanguage;
}

/** One claim with everything it rests on, to print or to send to the parties. */
export async function claimFile(parts: ClaimFileParts): Promise<Buffer> {
  const drawn = new Set<string>();
  for (const { id, bytes } of parts.images) if (await canDraw(bytes)) drawn.add(id);
  try {
    return await printed(parts, drawn);
  } catch (fault) {
    if (drawn.size === 0) throw fault;
    // A picture the printer will not take must not keep the case from its parties: all are named with their hash.
    return printed(parts, new Set());
  }
}

function printed(parts: ClaimFileParts, drawn: ReadonlySet<string>): Promise<Buffer> {
  const words = fileWords[parts.language];
  const { view, organization } = parts;
  return printPdf({
    title: `${words.title} · ${view.claim.number}`,
    footer: `${organization} · ${view.claim.id} · ${when(view, view.now)}`,
    createdAt: new Date(view.now),
    content: [
      { text: words.title, fontSize: 16, bold: true },
      { text: `${words.lead} ${view.claim.number}`, fontSize: 10, color: PDF_MUTED, margin: [0, 2, 0, 8] },
      ...head(view, words),
      ...request(view, words),
      ...ruling(view, words),
      ...agreement(view, words),
      ...terms(view, words),
      ...evidence(view, words),
      ...clauses(view, words),
      ...edits(view, words),
      ...pictures(parts, drawn, words),
      ...journal(parts, words),
    ],
  });
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
      body: rows.map(([name, text]): TableCell[] => [{ text: name, color: PDF_MUTED }, { text }]),
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
      : [{ text: `SHA-256 ${claim.imageSha256}`, fontSize: 7, color: PDF_MUTED } satisfies Content]),
  ];
}

function ruling(view: CaseView, words: FileWords): Content[] {
  const { claim } = view;
  const outcome = claim.appealOutcome ?? claim.ruledOutcome;
  if (outcome === null)
    return [
      title(words.ruling),
      { text: claim.outcome === null ? words.notYet : `${words.proposed}: ${words.outcome[claim.outcome]}` },
      ...(claim.line === null ? [] : [pairs([[words.line, lineWords(claim.line, words)]])]),
    ];
  const by = claim.ruledBy === 'clock' ? words.byItself : named(view, claim.ruledBy);
  return [
    title(words.ruling),
    { text: words.outcome[outcome], fontSize: 11, bold: true },
    pairs([
      [words.ruledBy, `${by}, ${when(view, claim.ruledAt)}`],
      ...(claim.line === null ? [] : [[words.line, lineWords(claim.line, words)] as const]),
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

function lineWords(line: number, { lines }: FileWords): string {
  const why = lines[line];
  return why === undefined ? String(line) : `${line} · ${why}`;
}

/** R10: who signed, and for whom. */
function agreement(view: CaseView, words: FileWords): Content[] {
  const { signatures } = view.claim;
  if (signatures.length === 0) return [];
  return [
    title(words.agreement),
    pairs(
      signatures.map(({ person, holder, at }) => [
        named(view, person),
        `${words.signed} ${named(view, holder)}, ${when(view, at)}`,
      ]),
    ),
  ];
}

/** For whoever may see the follow-up: by when it had to be. */
function terms(view: CaseView, words: FileWords): Content[] {
  const found = view.ruling?.terms;
  if (found === undefined) return [];
  const rows: readonly (readonly [string, string | null])[] = [
    [words.term.R4, found.firstContactDueAt === null ? null : when(view, found.firstContactDueAt)],
    [words.term.R6, found.extensionEndsAt === null ? null : when(view, found.extensionEndsAt)],
    [words.term.R5, found.followUpDueOn],
    [words.term.R8, found.protectedUntilOn],
  ];
  return [
    title(words.terms),
    pairs(rows.flatMap(([name, text]) => (text === null ? [] : [[name, text] as const]))),
  ];
}

/** L10: for the control area and those above it alone. */
function edits(view: CaseView, words: FileWords): Content[] {
  if (view.edits.length === 0) return [];
  const rows = view.edits.map(({ at, by, field, before, after }) => [
    when(view, at),
    named(view, by),
    words.fields[field] ?? field,
    before ?? '—',
    after ?? '—',
  ]);
  return [title(words.edits), table(words.editColumns, rows, ['auto', 'auto', 'auto', '*', '*'])];
}

function evidence(view: CaseView, words: FileWords): Content[] {
  const rows = view.judged.map(({ interaction, counts, whyNot }) => [
    when(view, interaction.at),
    interaction.direction === 'out' ? words.out : words.in,
    words.channels[interaction.channel] ?? interaction.channel,
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

function pictures({ view, images }: ClaimFileParts, drawn: ReadonlySet<string>, words: FileWords): Content[] {
  if (images.length === 0) return [];
  return [
    title(words.images),
    ...images.flatMap((image): Content[] => [
      ...(drawn.has(image.id)
        ? [
            {
              image: `data:${image.mediaType};base64,${image.bytes.toString('base64')}`,
              fit: [420, 300],
              margin: [0, 4],
            } satisfies Content,
          ]
        : [{ text: words.notDrawn, italics: true } satisfies Content]),
      {
        text: `${image.fileName} · ${named(view, image.uploadedBy)} · ${when(view, image.uploadedAt)}\nSHA-256 ${image.sha256}`,
        fontSize: 7,
        color: PDF_MUTED,
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
    { text: words.journalNote, fontSize: 7.5, color: PDF_MUTED, margin: [0, 6] },
  ];
}
