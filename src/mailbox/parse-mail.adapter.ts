/** A mail's bytes → what we read of it. mailparser does the work; whatever it makes of damaged bytes is bounded here. */
import { createHash } from 'node:crypto';
import { simpleParser, type Attachment, type ParsedMail as Parsed } from 'mailparser';
import { takenAt } from '../platform/exif.adapter.ts';
import { readPicture, type PictureRead } from '../platform/picture.ts';
import { readEmail } from '../contacts/index.ts';
import { idsIn, type MailHeaders } from './kind-of-mail.ts';

export const MAIL_BYTES_MAX = 30 * 1024 * 1024;
const FILES_MAX = 20;
const TEXT_CHARACTERS_MAX = 100_000;
const SUBJECT_CHARACTERS_MAX = 250;

export interface MailFile {
  readonly name: string | null;
  readonly mime: string;
  readonly bytes: Buffer;
  readonly sha256: string;
  /** Which picture it is, or why none, where it says that it is one. */
  readonly image: PictureRead | null;
  /** As the camera says, local to it: "2024-07-01T10:22:05". */
  readonly takenAt: string | null;
}

export interface MailRead extends MailHeaders {
  /** Folded, for knowing people again. */
  readonly from: string | null;
  readonly fromAddress: string | null;
  readonly messageId: string | null;
  /** Newest first. */
  readonly references: readonly string[];
  readonly text: string;
  readonly files: readonly MailFile[];
  /** Of a bounce: the ids of what came back, and whether for good. */
  readonly returned: { readonly ids: readonly string[]; readonly status: string | null } | null;
}

export type MailParsed =
  | { readonly mail: MailRead }
  | { readonly fault: 'too-large' | 'empty' | 'not-readable' };

export async function parseMail(raw: Buffer): Promise<MailParsed> {
  if (raw.byteLength > MAIL_BYTES_MAX) return { fault: 'too-large' };
  if (raw.byteLength === 0 || !/^[\x21-\x39\x3b-\x7e]{1,80}:/m.test(raw.toString('latin1', 0, 65_536)))
    return { fault: 'empty' };
  let parsed: Parsed;
  try {
    parsed = await simpleParser(raw, {
      skipImageLinks: true,
      skipTextToHtml: true,
      maxHtmlLengthToParse: 500_000,
    });
  } catch {
    return { fault: 'not-readable' };
  }
  const address = parsed.from?.value[0]?.address ?? null;
  const read = address === null ? null : readEmail(address);
  const contentType = lineOf(parsed.headerLines, 'content-type') ?? '';
  const returnPath = lineOf(parsed.headerLines, 'return-path');
  const files = parsed.attachments.slice(0, FILES_MAX).map(fileOf);
  return {
    mail: {
      from: read === null || 'refused' in read ? null : read.folded,
      fromAddress: read === null || 'refused' in read ? null : read.address,
      returnPath: returnPath === null ? null : returnPath.replaceAll(/[<>\s]/g, ''),
      subject: (parsed.subject ?? '')
        .replaceAll(/[\p{Cc}\s]+/gu, ' ')
        .trim()
        .slice(0, SUBJECT_CHARACTERS_MAX),
      contentType,
      header: (name) => lineOf(parsed.headerLines, name),
      messageId: idsIn(parsed.messageId ?? null)[0] ?? null,
      references: [
        ...new Set([
          ...idsIn(lineOf(parsed.headerLines, 'in-reply-to')),
          ...idsIn(lineOf(parsed.headerLines, 'references')),
        ]),
      ],
      text: storable(textOf(parsed)).slice(0, TEXT_CHARACTERS_MAX),
      files,
      returned: returnedBy(contentType, parsed.attachments, parsed.text ?? ''),
    },
  };
}

/** PostgreSQL keeps no NUL, and half a character is none. */
function storable(text: string): string {
  return text.replaceAll('\u0000', '').toWellFormed();
}

function lineOf(lines: Parsed['headerLines'], name: string): string | null {
  const found = lines.find(({ key }) => key === name);
  return found === undefined
    ? null
    : storable(found.line.slice(found.line.indexOf(':') + 1))
        .replaceAll(/\s+/g, ' ')
        .trim();
}

function textOf({ text, html }: Parsed): string {
  if (text !== undefined && text.trim() !== '') return text;
  if (typeof html !== 'string') return '';
  return html
    .slice(0, 500_000)
    .replaceAll(/<(?:script|style)[\s\S]{0,200000}?<\/(?:script|style)>/gi, ' ')
    .replaceAll(/<(?:br|\/p|\/div|\/tr|\/li)[^>]{0,200}>/gi, '\n')
    .replaceAll(/<[^>]{0,2000}>/g, ' ')
    .replaceAll(/&nbsp;/gi, ' ')
    .replaceAll(/&amp;/gi, '&');
}

function fileOf(attachment: Attachment): MailFile {
  const { content, contentType, filename } = attachment;
  const bytes = Buffer.isBuffer(content) ? content : Buffer.alloc(0);
  const saysPicture = /^image\//i.test(contentType) || /\.(?:jpe?g|png|webp|gif|heic)$/i.test(filename ?? '');
  const image = saysPicture ? readPicture(bytes) : null;
  return {
    name: filename === undefined ? null : storable(filename).slice(0, 200),
    mime: storable(contentType).slice(0, 120),
    bytes,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    image,
    takenAt: image !== null && 'picture' in image ? takenAt(bytes) : null,
  };
}

/** RFC 3464: which of our messages came back; its id stands in the headers that the report brings along. */
function returnedBy(
  contentType: string,
  attachments: readonly Attachment[],
  text: string,
): MailRead['returned'] {
  if (!/^multipart\/report\b/i.test(contentType)) return null;
  const parts = attachments.map(({ content }) =>
    Buffer.isBuffer(content) ? content.toString('latin1', 0, 200_000) : '',
  );
  const all = [...parts, text].join('\n');
  const ids = [...all.matchAll(/^message-id:\s*(<[^<>\s]{3,250}>)/gim)].flatMap(([, id]) => id ?? []);
  const status = /^status:\s*([245]\.\d{1,3}\.\d{1,3})/im.exec(all)?.[1] ?? null;
  return { ids, status };
}
