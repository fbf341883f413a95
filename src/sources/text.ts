/** Longest name, e-mail, phone, city or id kept from a source, in characters. */
export const TEXT_CHARACTERS_MAX = 500;
/** Longest message, note or extra answer kept from a source, in characters. */
export const MESSAGE_CHARACTERS_MAX = 10_000;
/** Most extra answers kept with a lead; the raw body has the rest. */
export const FIELDS_MAX = 200;
/** Most phones, and most e-mails, read from one lead. */
export const WAYS_MAX = 10;

/** What offices write in a cell to say that there is nothing. */
const NOTHING = new Set([
  '',
  '-',
  '--',
  '.',
  'null',
  'undefined',
  'n/a',
  'na',
  'n.a.',
  's/d',
  'sin dato',
  'sin datos',
  'ninguno',
  'none',
]);

// NUL and other control or invisible direction characters cannot stand in a text column or mislead on a screen;
// tabs, line breaks and the joiner inside emoji can.
const CONTROLS = /(?![\t\n\r\u200d])[\p{Cc}\p{Cf}]/gu;

/** Nearly every cell: letters as Spanish uses them, nothing to clean. A file has millions. */
const ORDINARY = /^[\u0020-\u007e\u00a1-\u00ac\u00ae-\u024f]*$/;

/** Text, number or yes/no from outside as storable text: no control characters, no lone surrogates, blanks trimmed. */
export function textOf(value: unknown, charactersMax = TEXT_CHARACTERS_MAX): string {
  const whole = plain(value);
  if (whole.length <= charactersMax && ORDINARY.test(whole)) return whole.trim();
  const text = whole.slice(0, charactersMax * 2);
  return text
    .toWellFormed()
    .replace(CONTROLS, '')
    .replace(/\u00a0/g, ' ')
    .trim()
    .slice(0, charactersMax)
    .toWellFormed();
}

function plain(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean')
    return String(value);
  return '';
}

/** The same, with "N/A", "-", "SIN DATO" and their kind read as nothing. */
export function valueOf(value: unknown, charactersMax = TEXT_CHARACTERS_MAX): string {
  const text = textOf(value, charactersMax);
  return NOTHING.has(text.toLowerCase()) ? '' : text;
}

/** A field kept for the record: text as it is, anything deeper as JSON. */
export function keptOf(value: unknown): string {
  if (typeof value !== 'object' || value === null) return textOf(value, MESSAGE_CHARACTERS_MAX);
  return textOf(JSON.stringify(value), MESSAGE_CHARACTERS_MAX);
}

/** Lower case, without accents, words joined by "_": how names of fields are compared. */
export function folded(name: string): string {
  return name
    .slice(0, TEXT_CHARACTERS_MAX)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
}

/** Fewest and most digits of a number somebody could be called on. */
export const PHONE_DIGITS_MIN = 7;
export const PHONE_DIGITS_MAX = 20;

/** The testing tools' placeholder, and a number in scientific notation: digits, but nobody's. */
const NO_PHONE = /^<test lead|\de[+-]?\d/i;

/** Whether there is a number in it at all (an area or country code may be missing); validity is a rule of contacts. */
export function looksLikePhone(text: string): boolean {
  const digits = text.replace(/\D/g, '');
  if (/^0+$/.test(digits)) return false;
  return digits.length >= PHONE_DIGITS_MIN && digits.length <= PHONE_DIGITS_MAX && !NO_PHONE.test(text);
}

/** RFC 5321: 64 before the sign, 255 after. Longer is no address, and not worth a regular expression's time. */
const EMAIL_CHARACTERS_MAX = 320;

export function looksLikeEmail(text: string): boolean {
  if (text.length > EMAIL_CHARACTERS_MAX) return false;
  return /^[^\s@<>"(),;:]{1,64}@[^\s@<>"(),;:]+\.[^\s@<>"(),;:.]{2,}$/.test(text);
}

/** A spreadsheet's "5.51E+09": the last digits are gone and nobody can say which they were. */
export function isDamagedNumber(text: string): boolean {
  return /^\d+([.,]\d+)?e\+?\d+$/i.test(text.trim());
}
