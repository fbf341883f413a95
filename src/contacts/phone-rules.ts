/**
 * Old and local ways of writing a phone, turned into today's ten national digits, one table for each country.
 * libphonenumber rejects every one of these forms, so they are cleaned before it is asked anything.
 *
 * Mexico: ten digits for all since 3 August 2019; 01, 044, 045 and the 1 after +52 ended on 3 August 2020.
 * Colombia: fixed lines became 60 + area digit + seven digits on 1 September 2021 (CRC Resolution 5826 of 2019).
 */
export type HomeCountry = 'MX' | 'CO';

export type NationalReading =
  | { readonly national: string; readonly rules: readonly string[]; readonly guessed?: true }
  | { readonly refused: 'too-short' | 'too-long' | 'needs-city' | 'ambiguous' | 'not-assigned' };

interface Rule {
  readonly name: string;
  readonly pattern: RegExp;
  /** How many leading digits go, and what takes their place. */
  readonly drop: number;
  readonly prefix?: string;
  /** The digits allow another reading, so the screen says what was assumed. */
  readonly guessed?: true;
}

export const CALLING_CODE: Readonly<Record<HomeCountry, string>> = { MX: '52', CO: '57' };

const WELL_FORMED: Readonly<Record<HomeCountry, RegExp>> = {
  MX: /^[2-9]\d{9}$/,
  CO: /^(?:3\d{9}|60[124-8]\d{7})$/,
};

const RULES: Readonly<Record<HomeCountry, readonly Rule[]>> = {
  MX: [
    { name: 'mx-521', pattern: /^521[2-9]\d{9}$/, drop: 3 },
    { name: 'mx-52', pattern: /^52(?:[2-9]\d{9}|0\d{11,12})$/, drop: 2 },
    { name: 'mx-044', pattern: /^044[2-9]\d{9}$/, drop: 3 },
    { name: 'mx-045', pattern: /^045[2-9]\d{9}$/, drop: 3 },
    { name: 'mx-01', pattern: /^01[2-9]\d{9}$/, drop: 2 },
    // A spreadsheet that took the cell for a number has eaten the zero of 044 or 045.
    { name: 'mx-04-zero-lost', pattern: /^4[45][2-9]\d{9}$/, drop: 2, guessed: true },
  ],
  CO: [
    { name: 'co-57', pattern: /^57(?:3\d{9}|60[124-8]\d{7})$/, drop: 2 },
    { name: 'co-57', pattern: /^570[3579]\d{8,10}$/, drop: 2 },
    // Long-distance carriers were dialed 03, 05, 07, 09 before the number.
    { name: 'co-carrier', pattern: /^0[3579](?:3\d{9}|60[124-8]\d{7}|[124-8]\d{7})$/, drop: 2 },
    { name: 'co-old-57', pattern: /^57[124-8]\d{7}$/, drop: 2 },
    { name: 'co-60', pattern: /^[124-8]\d{7}$/, drop: 0, prefix: '60' },
    { name: 'co-03-zero-lost', pattern: /^33\d{9}$/, drop: 1, guessed: true },
  ],
};

const NEEDS_CITY: Readonly<Record<HomeCountry, RegExp>> = {
  // Seven digits of a three-digit area, or eight of 55, 56, 33, 81.
  MX: /^[1-9]\d{6,7}$/,
  CO: /^(?:57)?[1-9]\d{6}$/,
};

/** No chain of old prefixes is longer: 00, then 52, then 044. */
const MAX_RULES = 3;
const NATIONAL_DIGITS = 10;

export function isWellFormed(national: string, country: HomeCountry): boolean {
  return WELL_FORMED[country].test(national);
}

/**
 * Takes digits only (no plus) as dialed inside `country`, or after its calling code; gives the ten national digits and the rules that
 * led there. Seven Colombian digits need the city: asked for, never guessed.
 */
export function nationalDigits(digits: string, country: HomeCountry): NationalReading {
  let rest = digits;
  const rules: string[] = [];
  let guessed = false;
  for (let step = 0; step < MAX_RULES && !isWellFormed(rest, country); step += 1) {
    const rule = RULES[country].find((each) => each.pattern.test(rest));
    if (rule === undefined) break;
    rest = (rule.prefix ?? '') + rest.slice(rule.drop);
    rules.push(rule.name);
    guessed ||= rule.guessed === true;
  }
  if (isWellFormed(rest, country))
    return { national: rest, rules, ...(guessed ? { guessed: true as const } : {}) };
  return { refused: whyNot(digits, country) };
}

function whyNot(digits: string, country: HomeCountry) {
  if (NEEDS_CITY[country].test(digits)) return 'needs-city';
  // 1 + ten digits: a United States number without its plus, or a Mexican 01 whose zero was lost.
  if (country === 'MX' && /^1[2-9]\d{9}$/.test(digits)) return 'ambiguous';
  if (digits.length < NATIONAL_DIGITS) return 'too-short';
  return digits.length === NATIONAL_DIGITS ? 'not-assigned' : 'too-long';
}
