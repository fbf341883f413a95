/**
 * What a mail says of the client somebody asks for. People write as people do: "Cliente: Carla Ruiz", a signature below, a
 * quoted mail above. Only what stands beside its word counts, and phones and e-mails that are nobody else's.
 */
import { readEmail, readPhone, type HomeCountry } from '../contacts/index.ts';
import type { LocalDate } from '../platform/time.ts';

export interface RequestRead {
  readonly name: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly source: string | null;
  readonly imageDatedOn: LocalDate | null;
  readonly firstContact: boolean;
}

const NAME = [
  'nombre del cliente',
  'nombre del prospecto',
  'nombre del lead',
  'nombre completo',
  'nombre',
  'cliente',
  'prospecto',
  'client',
  'name',
];
const PHONE = ['telefono del cliente', 'telefono', 'tel', 'celular', 'cel', 'movil', 'whatsapp', 'phone'];
const EMAIL = ['correo del cliente', 'correo electronico', 'correo', 'email', 'e-mail', 'mail'];
const SOURCE = ['fuente de prospeccion', 'fuente', 'origen', 'medio', 'source'];
const DATED = [
  'fecha de la imagen',
  'fecha de la captura',
  'fecha en la imagen',
  'fecha visible',
  'captura del',
  'imagen del',
  'fecha de la fuente',
  'image date',
  'fecha',
];
const FIRST = [
  'primer contacto',
  'primer acercamiento',
  'evidencia de contacto',
  'evidencia del primer contacto',
  'first contact',
];

const VALUE_CHARACTERS_MAX = 200;
const LINES_MAX = 400;

export interface RequestReader {
  readonly country: HomeCountry;
  /** Phones and e-mails that cannot be the client's: the staff's own, the mailbox's. */
  readonly ours: ReadonlySet<string>;
  readonly today: LocalDate;
}

export function readRequest(text: string, reader: RequestReader): RequestRead {
  const lines = ownWords(text);
  const phones = (line: string): string[] => phonesIn(line, reader);
  const emails = (line: string): string[] => emailsIn(line, reader);
  const phone = labelled(lines, PHONE, (value) => phones(value)[0] ?? null) ?? anywhere(lines, phones);
  const email = labelled(lines, EMAIL, (value) => emails(value)[0] ?? null) ?? anywhere(lines, emails);
  return {
    name: labelled(lines, NAME, nameIn),
    phone,
    email,
    source: labelled(lines, SOURCE, wordsIn),
    imageDatedOn: labelled(lines, DATED, (value) => dateIn(value, reader.today)),
    firstContact: labelled(lines, FIRST, wordsIn) !== null,
  };
}

/** A later mail of the thread adds what was missing and corrects what was there. */
export function joined(before: RequestRead, later: RequestRead): RequestRead {
  return {
    name: later.name ?? before.name,
    phone: later.phone ?? before.phone,
    email: later.email ?? before.email,
    source: later.source ?? before.source,
    imageDatedOn: later.imageDatedOn ?? before.imageDatedOn,
    firstContact: later.firstContact || before.firstContact,
  };
}

const QUOTED_FROM =
  /^(?:el .{4,120} escribio:|on .{4,120} wrote:|-{2,} ?(?:mensaje original|original message|mensaje reenviado|forwarded message) ?-{2,}|de:\s.+@.+)$/;

/** Without what is quoted from an earlier mail, and without the signature below its dashes. */
export function ownWords(text: string): string[] {
  const own: string[] = [];
  for (const line of text.split(/\r?\n/).slice(0, LINES_MAX)) {
    const plain = folded(line);
    if (QUOTED_FROM.test(plain) || /^-- ?$/.test(line)) break;
    if (!line.trimStart().startsWith('>')) own.push(line.slice(0, 1_000));
  }
  return own;
}

function folded(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[*_\s]+/g, ' ')
    .trim();
}

/** "Teléfono: 55…", "Teléfono del cliente - 55…", or the value on the line below its word. */
function labelled<T>(
  lines: readonly string[],
  words: readonly string[],
  read: (value: string) => T | null,
): T | null {
  for (const word of words) {
    for (const [place, line] of lines.entries()) {
      const own = line.replace(/^[-•·*_\d.)\s]+/, '');
      const plain = folded(own);
      if (!plain.startsWith(word)) continue;
      const after = plain.slice(word.length);
      if (after !== '' && !/^\s*(?:\(.*?\))?\s*[:=\-–]/.test(after)) continue;
      const value = (/^[^:=]*[:=]\s*(.*)$/.exec(own) ?? /^.*?\s[-–]\s*(.*)$/.exec(own))?.[1]?.trim() ?? '';
      const found = read(value === '' ? (lines[place + 1] ?? '').trim() : value);
      if (found !== null) return found;
    }
  }
  return null;
}

function anywhere<T>(lines: readonly string[], read: (line: string) => readonly T[]): T | null {
  const found = new Set(lines.flatMap((line) => read(line)));
  const [only = null] = found;
  // Two of them: which is the client's, nobody can say.
  return found.size === 1 ? only : null;
}

function phonesIn(text: string, { country, ours }: RequestReader): string[] {
  return [...text.matchAll(/\+?[\d(][\d\s().-]{6,20}\d/g)].flatMap(([candidate]) => {
    const read = readPhone(candidate, country);
    return 'refused' in read || ours.has(read.e164) ? [] : [read.e164];
  });
}

function emailsIn(text: string, { ours }: RequestReader): string[] {
  return [...text.matchAll(/[^\s<>()[\],;:"]+@[^\s<>()[\],;:"]+\.[\p{L}]{2,}/gu)].flatMap(([candidate]) => {
    const read = readEmail(candidate);
    return 'refused' in read || ours.has(read.folded) ? [] : [read.address];
  });
}

function nameIn(text: string): string | null {
  const value = wordsIn(text.replaceAll(/[^\s@]+@\S+|\+?\d[\d\s().-]{5,}/g, ' '));
  return value !== null && /\p{L}{2,}/u.test(value) ? value : null;
}

function wordsIn(text: string): string | null {
  const value = text.replaceAll(/[*_]+/g, '').replaceAll(/\s+/g, ' ').trim().slice(0, VALUE_CHARACTERS_MAX);
  return value === '' || /^(?:n\/?a|-+|ninguno|sin dato)$/i.test(value) ? null : value;
}

const MONTHS = ['ene', 'feb', 'mar', 'abr', 'may', 'jun', 'jul', 'ago', 'sep', 'oct', 'nov', 'dic'];

/** 2024-07-01, 01/07/2024, 1 de julio de 2024; a day that has not come yet is none. */
export function dateIn(text: string, today: LocalDate): LocalDate | null {
  const plain = folded(text);
  const iso = /\b(\d{4})-(\d{1,2})-(\d{1,2})\b/.exec(plain);
  const slashed = /\b(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})\b/.exec(plain);
  const worded = /\b(\d{1,2})\s*(?:de\s+)?([a-z]{3})[a-z]*\.?\s*(?:de[l]?\s+)?(\d{4})\b/.exec(plain);
  const found =
    iso !== null
      ? [iso[1], iso[2], iso[3]]
      : slashed !== null
        ? [slashed[3]?.length === 2 ? `20${slashed[3]}` : slashed[3], slashed[2], slashed[1]]
        : worded !== null
          ? [worded[3], String(MONTHS.indexOf(worded[2] ?? '') + 1), worded[1]]
          : null;
  if (found === null) return null;
  const [year = '', month = '', day = ''] = found;
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const midnight = Date.parse(`${date}T00:00:00Z`);
  // The 31st of February would be read as a day of March.
  if (Number.isNaN(midnight) || new Date(midnight).toISOString().slice(0, 10) !== date) return null;
  return date <= today ? date : null;
}
