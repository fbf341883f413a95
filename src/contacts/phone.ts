import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { CALLING_CODE, isWellFormed, nationalDigits, type HomeCountry } from './phone-rules.ts';
import {
  isBlankPhone,
  plainText,
  scientificDigits,
  splitPhones,
  takeExtension,
  takeWords,
} from './phone-text.ts';

export type { HomeCountry } from './phone-rules.ts';

export type PhoneWarning =
  /** The numbering data does not know this range; it may be newer than the data, so it is kept. */
  | 'range-unknown'
  | 'toll-free'
  /** Shared cost, premium and other ranges no person's phone is in. */
  | 'special-rate'
  /** More than one reading was possible; the likelier was taken. */
  | 'guessed'
  | 'other-country'
  | 'text-dropped';

export interface Phone {
  /** Exactly as received. */
  readonly raw: string;
  readonly e164: string;
  readonly national: string;
  /** ISO 3166 code of the number's own country. */
  readonly country: string;
  /** Which cleaning rules changed the digits, in order, joined by "+"; null when only the way of writing differed. */
  readonly rule: string | null;
  /** Mexico's numbers do not tell: `either`. */
  readonly kind: 'mobile' | 'fixed' | 'either';
  readonly extension?: string;
  readonly warning?: PhoneWarning;
}

export type PhoneRefusal =
  | 'blank'
  | 'too-short'
  | 'too-long'
  /** A local number without its city: ask, never guess. */
  | 'needs-city'
  | 'not-a-number'
  /** Ten digits no plan of the country has. */
  | 'not-assigned'
  | 'ambiguous'
  /** 5.51E+09: a spreadsheet kept three digits of ten. */
  | 'digits-lost'
  /** 5555555555 and the like, typed to get past a form. */
  | 'repeated-digit'
  /** Two phones in one cell: `readPhones` reads each. */
  | 'several'
  /** Our own number, which some PBX reports give as the caller's. */
  | 'company-line';

export interface RefusedPhone {
  readonly refused: PhoneRefusal;
  readonly raw: string;
}

export interface PhoneOptions {
  /** E.164 of the organization's own lines, never a prospect's. */
  readonly companyLines?: ReadonlySet<string>;
}

interface Found {
  readonly e164: string;
  readonly national: string;
  readonly country: string;
  readonly rules: readonly string[];
  readonly warning?: PhoneWarning;
}

/** Longer text is no phone cell; nothing is parsed from it. */
const PHONE_TEXT_CHARACTERS_MAX = 200;
const E164_DIGITS_MAX = 15;
const FOREIGN_DIGITS_MIN = 8;
const ORDINARY_TYPES: ReadonlySet<string> = new Set(['MOBILE', 'FIXED_LINE', 'FIXED_LINE_OR_MOBILE']);

/** Takes a phone as received and the country whose rules hold for numbers without a plus. Reading an E.164 gives itself. */
export function readPhone(
  raw: string,
  country: HomeCountry,
  options: PhoneOptions = {},
): Phone | RefusedPhone {
  const trimmed = raw.trim();
  const found = isWellFormed(trimmed, country) ? home(trimmed, country, []) : readText(raw, country);
  if (typeof found === 'string') return { refused: found, raw };
  if (/^(\d)\1+$/u.test(found.national)) return { refused: 'repeated-digit', raw };
  if (options.companyLines?.has(found.e164) === true) return { refused: 'company-line', raw };
  return finish(raw, found);
}

/** Each phone of a cell that may hold several ("/", ";", " o " between them); nothing of the cell is left out. */
export function readPhones(
  raw: string,
  country: HomeCountry,
  options: PhoneOptions = {},
): Array<Phone | RefusedPhone> {
  if (raw.length > PHONE_TEXT_CHARACTERS_MAX) return [{ refused: 'not-a-number', raw }];
  return splitPhones(raw).map((part) => readPhone(part, country, options));
}

/** WhatsApp gives full international digits without a plus, Mexican mobiles often with the old 1 (521…). */
export function readWhatsAppId(waId: string): Phone | RefusedPhone {
  const read = readPhone(`+${waId.trim()}`, 'MX');
  return 'refused' in read ? { ...read, raw: waId } : { ...read, raw: waId };
}

function readText(raw: string, country: HomeCountry): Found | PhoneRefusal {
  if (raw.length > PHONE_TEXT_CHARACTERS_MAX) return 'not-a-number';
  const text = plainText(raw);
  if (isBlankPhone(text)) return 'blank';
  const scientific = scientificDigits(text);
  if (scientific === null) return 'digits-lost';
  if (scientific !== undefined) return withRules(fromDigits(scientific, country), 'scientific');
  if (splitPhones(raw).length > 1) return 'several';
  const words = takeWords(takeExtension(text).body);
  if (words === null) return 'not-a-number';
  const decimal = /^(\d{7,})[.,]0{1,2}$/u.exec(words.body.trim());
  const body = decimal?.[1] ?? words.body.trim();
  let found =
    body.startsWith('+') || body.startsWith('(+')
      ? fromPlus(body, country)
      : fromDigits(onlyDigits(body), country);
  if (decimal !== null) found = withRules(found, 'decimal');
  if (words.dropped && typeof found === 'object' && found.warning === undefined)
    return { ...found, warning: 'text-dropped' };
  return found;
}

function fromPlus(text: string, country: HomeCountry): Found | PhoneRefusal {
  const digits = onlyDigits(text);
  const international = fromInternational(digits, country);
  // "+55 1234 5678" by someone who puts a plus before the area: no number of Brazil is that short.
  if (typeof international === 'string' && isWellFormed(digits, country)) {
    return home(digits, country, ['plus-ignored'], 'guessed');
  }
  return international;
}

function fromInternational(digits: string, country: HomeCountry): Found | PhoneRefusal {
  for (const each of ['MX', 'CO'] as const) {
    const code = CALLING_CODE[each];
    if (!digits.startsWith(code)) continue;
    const rest = digits.slice(code.length);
    // After +52 or +57 the code goes without counting as a change; a second copy of it would.
    const old = each === 'MX' && /^1[2-9]\d{9}$/u.test(rest);
    const reading = old ? { national: rest.slice(1), rules: ['mx-521'] } : nationalDigits(rest, each);
    if (!('refused' in reading))
      return fromReading(reading, each, each === country ? undefined : 'other-country');
    return foreign(digits) ?? reading.refused;
  }
  if (digits.length < FOREIGN_DIGITS_MIN) return 'too-short';
  if (digits.length > E164_DIGITS_MAX) return 'too-long';
  return foreign(digits) ?? 'not-assigned';
}

function fromDigits(digits: string, country: HomeCountry): Found | PhoneRefusal {
  if (digits === '') return 'not-a-number';
  if (/^0+$/u.test(digits)) return 'blank';
  if (digits.startsWith('00')) return withRules(fromInternationalOrHome(digits.slice(2), country), 'drop-00');
  const reading = nationalDigits(digits, country);
  if (!('refused' in reading)) return fromReading(reading, country);
  const neighbour = fullNeighbour(digits, country);
  return neighbour ?? nationalSpecial(digits, country) ?? reading.refused;
}

function fromInternationalOrHome(digits: string, country: HomeCountry): Found | PhoneRefusal {
  const international = fromInternational(digits, country);
  if (typeof international !== 'string') return international;
  const inside = nationalDigits(digits, country);
  return 'refused' in inside ? international : fromReading(inside, country);
}

/** The other country's complete number, calling code included but without its plus: what WhatsApp and many systems give. */
function fullNeighbour(digits: string, country: HomeCountry): Found | undefined {
  const other = country === 'MX' ? 'CO' : 'MX';
  if (!/^(?:521?[2-9]\d{9}|57(?:3\d{9}|60[124-8]\d{7}))$/u.test(digits)) return undefined;
  const reading = nationalDigits(digits, other);
  return 'refused' in reading ? undefined : fromReading(reading, other, 'other-country');
}

/** Numbers outside the ten-digit plan that the library knows, such as Colombia's 01 8000 lines. */
function nationalSpecial(digits: string, country: HomeCountry): Found | undefined {
  const parsed = parsePhoneNumberFromString(digits, country);
  if (parsed?.isValid() !== true || parsed.country !== country) return undefined;
  return { e164: parsed.number, national: parsed.nationalNumber, country, rules: ['library'] };
}

function foreign(digits: string): Found | undefined {
  const parsed = parsePhoneNumberFromString(`+${digits}`);
  if (parsed?.isValid() !== true) return undefined;
  return {
    e164: parsed.number,
    national: parsed.nationalNumber,
    country: parsed.country ?? '001',
    rules: [],
  };
}

function fromReading(
  reading: { national: string; rules: readonly string[]; guessed?: true },
  country: HomeCountry,
  warning: PhoneWarning | undefined = reading.guessed ? 'guessed' : undefined,
): Found {
  return home(reading.national, country, reading.rules, warning);
}

function home(
  national: string,
  country: HomeCountry,
  rules: readonly string[],
  warning?: PhoneWarning,
): Found {
  const e164 = `+${CALLING_CODE[country]}${national}`;
  return { e164, national, country, rules, ...(warning === undefined ? {} : { warning }) };
}

function withRules(found: Found | PhoneRefusal, first: string): Found | PhoneRefusal {
  return typeof found === 'string' ? found : { ...found, rules: [first, ...found.rules] };
}

function finish(raw: string, found: Found): Phone {
  const parsed = parsePhoneNumberFromString(found.e164);
  const type = parsed?.getType();
  const warning = found.warning ?? warningOf(type);
  const { extension } = isWellFormed(raw, 'MX') ? {} : takeExtension(plainText(raw));
  return {
    raw,
    e164: found.e164,
    national: found.national,
    country: found.country,
    rule: found.rules.length === 0 ? null : found.rules.join('+'),
    kind: kindOf(found, type),
    ...(extension === undefined ? {} : { extension }),
    ...(warning === undefined ? {} : { warning }),
  };
}

function warningOf(type: string | undefined): PhoneWarning | undefined {
  if (type === undefined) return 'range-unknown';
  if (type === 'TOLL_FREE') return 'toll-free';
  return ORDINARY_TYPES.has(type) ? undefined : 'special-rate';
}

function kindOf(found: Found, type: string | undefined): Phone['kind'] {
  if (type === 'MOBILE') return 'mobile';
  if (type === 'FIXED_LINE_OR_MOBILE') return 'either';
  if (type !== undefined) return 'fixed';
  if (found.country === 'CO') return found.national.startsWith('3') ? 'mobile' : 'fixed';
  return 'either';
}

function onlyDigits(text: string): string {
  return text.replace(/\D/gu, '');
}
