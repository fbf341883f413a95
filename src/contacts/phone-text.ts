import { isBlank } from '../platform/blank.ts';

/** What people write in a phone cell around the digits, taken apart before any rule about numbers is asked. */

/** Soft hyphens, zero-width and directional marks, byte-order marks: they come along when a number is copied from a screen. */
const INVISIBLE = /[\p{Cf}\p{Variation_Selector}]/gu;

/** What is left in place of a phone, beyond what is left in any cell. */
const NO_PHONE: ReadonlySet<string> = new Set([
  'na', 'sn', 's/t', 'sin numero', 'sin telefono', 'sin tel', 'sin celular', 'no proporciono', 'no hay', 'no dio', 'no quiso', 'x', 'xx',
  'xxx', 'tel', 'telefono', 'celular', '0',
]); // prettier-ignore

const LABELS: ReadonlySet<string> = new Set([
  'p', 't', 'c', 'm', 'tel', 'tels', 'telf', 'telefono', 'telefonos', 'cel', 'cels', 'celular', 'movil', 'mobile', 'phone', 'whatsapp',
  'whats', 'wsp', 'wa', 'casa', 'oficina', 'fijo', 'trabajo', 'recados', 'personal', 'numero', 'num', 'no', 'lada', 'contacto',
]); // prettier-ignore

const EXTENSION =
  /[\s;,(]*(?:\b(?:ext(?:ensi[oó]n)?|anexo|int(?:erno)?)|(?<=[\d\s)])x|#)[\s.:=]*(\d{1,6})\)?\s*$/iu;
const SEPARATORS = /\s*(?:[/;|\n\r]|\s(?:[oóuyeOÓUYE]|or|and)\s|&)\s*/u;
/** Two written one after the other, with a space or a comma between. */
const TWO_IN_A_ROW = /^(\+?\d{10,13})(?:\s+|\s*,\s*)(\+?\d{10,13})$/u;
const MIN_DIGITS_OF_A_PHONE = 7;

/** Full-width digits to plain ones, invisible and directional marks and the spreadsheet's text mark (' or =" ") removed. */
export function plainText(raw: string): string {
  const text = raw.normalize('NFKC').replace(INVISIBLE, '').replace(/\s+/gu, ' ').trim();
  const quoted = /^="?([^"]*)"?$/u.exec(text);
  return (quoted?.[1] ?? text).replace(/^['’`]+/u, '').trim();
}

export function isBlankPhone(text: string): boolean {
  return isBlank(text) || NO_PHONE.has(fold(text));
}

/** "55 1234 5678 / 55 8765 4321" to its parts; a slash inside one number, as in (55) 1234/5678, does not split it. */
export function splitPhones(raw: string): string[] {
  const lines = raw.normalize('NFKC').replace(INVISIBLE, '').trim();
  const row = TWO_IN_A_ROW.exec(lines);
  if (row?.[1] !== undefined && row[2] !== undefined) return [row[1], row[2]];
  const { body, extension } = takeExtension(lines);
  const parts = body.split(SEPARATORS).filter((part) => part.trim() !== '');
  if (parts.length < 2 || !parts.some(longEnough)) return [raw];
  if (extension === undefined) return parts;
  return parts.map((part, index) => (index === parts.length - 1 ? `${part} ext. ${extension}` : part));
}

export function takeExtension(text: string): { body: string; extension?: string } {
  const found = EXTENSION.exec(text);
  if (found?.[1] === undefined || !longEnough(text.slice(0, found.index))) return { body: text };
  return { body: text.slice(0, found.index).trim(), extension: found[1] };
}

/**
 * Takes the words before and after the number away ("Cel:", "(recados)"); `dropped` says that one of them was not a mere label and
 * may matter to a person. Letters among or glued to the digits are not a number: null.
 */
export function takeWords(text: string): { body: string; dropped: boolean } | null {
  const before = /^([^\d+(]*)([\s\S]*)$/u.exec(text);
  const lead = before?.[1] ?? '';
  let body = before?.[2] ?? text;
  if (/\p{L}$/u.test(lead) && !areLabels(lead)) return null;
  const after = /[\s(,;:–-]+([\p{L}.][^\d]*)$/u.exec(body);
  const tail = after?.[1] ?? '';
  if (after !== null) body = body.slice(0, after.index);
  if (!/^[\d\s+().,·'’/:_–—‐‑*-]*$/u.test(body)) return null;
  return { body, dropped: !areLabels(lead) || !areLabels(tail) };
}

/** The digits of 5.512345678E+09 when all are there; null for 5.51E+09, whose digits a spreadsheet threw away. Undefined: not this notation. */
export function scientificDigits(text: string): string | null | undefined {
  const found = /^\+?(\d)(?:[.,](\d+))?e\+?(\d{1,2})$/iu.exec(text);
  if (found === null) return undefined;
  const [, whole = '', decimals = '', exponent = ''] = found;
  return decimals.length === Number(exponent) ? whole + decimals : null;
}

function longEnough(part: string): boolean {
  return part.replace(/\D/gu, '').length >= MIN_DIGITS_OF_A_PHONE;
}

function areLabels(words: string): boolean {
  return fold(words)
    .split(/[^a-z]+/u)
    .every((word) => word === '' || LABELS.has(word));
}

function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();
}
