import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readPhone, readPhones, readWhatsAppId, type HomeCountry } from './phone.ts';
import { formatPhone, maskPhone } from './phone-screen.ts';
import { zoneOfPhone } from './phone-zone.ts';

type Row = readonly [raw: string, e164: string, rule: string | null, more?: Record<string, string>];

const MEXICAN: readonly Row[] = [
  ['5512345678', '+525512345678', null, { kind: 'either', national: '5512345678' }],
  ['55 1234 5678', '+525512345678', null],
  ['(55) 1234-5678', '+525512345678', null],
  ['(55) 1234/5678', '+525512345678', null],
  ['+52 55 1234 5678', '+525512345678', null],
  ['(+52) 55 1234 5678', '+525512345678', null],
  ['+52 1 55 1234 5678', '+525512345678', 'mx-521'],
  ['5215512345678', '+525512345678', 'mx-521'],
  ['0052 1 55 1234 5678', '+525512345678', 'drop-00+mx-521'],
  ['00 52 55 1234 5678', '+525512345678', 'drop-00'],
  ['525512345678', '+525512345678', 'mx-52'],
  ['044 55 1234 5678', '+525512345678', 'mx-044'],
  ['045 664 123 4567', '+526641234567', 'mx-045'],
  ['01 55 1234 5678', '+525512345678', 'mx-01'],
  ['52 044 55 1234 5678', '+525512345678', 'mx-52+mx-044'],
  ['+52 01 664 123 4567', '+526641234567', 'mx-01'],
  ['01 800 123 4567', '+528001234567', 'mx-01', { warning: 'toll-free', kind: 'fixed' }],
  // A spreadsheet took the text for a number.
  ['445512345678', '+525512345678', 'mx-04-zero-lost', { warning: 'guessed' }],
  ['5.512345678E+09', '+525512345678', 'scientific'],
  ['5,512345678E+09', '+525512345678', 'scientific'],
  ['5512345678.0', '+525512345678', 'decimal'],
  ['5512345678,00', '+525512345678', 'decimal'],
  ['5,512,345,678', '+525512345678', null],
  ["'5512345678", '+525512345678', null],
  ['="5512345678"', '+525512345678', null],
  // What stands around it.
  ['p:+5215512345678', '+525512345678', 'mx-521'],
  ['tel:+525512345678;ext=9', '+525512345678', null, { extension: '9' }],
  ['55 1234 5678 ext. 12', '+525512345678', null, { extension: '12' }],
  ['55 1234 5678 Extensión 1204', '+525512345678', null, { extension: '1204' }],
  ['5512345678x12', '+525512345678', null, { extension: '12' }],
  ['Cel: 55 1234 5678', '+525512345678', null],
  ['cel5512345678', '+525512345678', null],
  ['55 1234 5678 (recados)', '+525512345678', null],
  ['55 1234 5678 con su hermana', '+525512345678', null, { warning: 'text-dropped' }],
  ['５５１２３４５６７８', '+525512345678', null],
  ['\u200e+52 55\u00a01234\u00a05678\u202c', '+525512345678', null],
  ['55\u20101234\u20105678', '+525512345678', null],
  // Other countries.
  ['+1 415 555 2671', '+14155552671', null, { country: 'US' }],
  ['+34 600 123 456', '+34600123456', null, { country: 'ES', kind: 'mobile' }],
  ['001 415 555 2671', '+14155552671', 'drop-00', { country: 'US' }],
  ['+57 300 123 4567', '+573001234567', null, { country: 'CO', warning: 'other-country' }],
  ['573001234567', '+573001234567', 'co-57', { country: 'CO', warning: 'other-country' }],
  ['+55 1234 5678', '+525512345678', 'plus-ignored', { warning: 'guessed' }],
  // An area newer than the data: kept, with a warning.
  ['571 234 5678', '+525712345678', null, { warning: 'range-unknown' }],
];

const COLOMBIAN: readonly Row[] = [
  ['300 123 4567', '+573001234567', null, { kind: 'mobile' }],
  ['+57 300 123 4567', '+573001234567', null],
  ['57 300 123 4567', '+573001234567', 'co-57'],
  ['0057 300 123 4567', '+573001234567', 'drop-00'],
  ['03 300 123 4567', '+573001234567', 'co-carrier'],
  ['33001234567', '+573001234567', 'co-03-zero-lost', { warning: 'guessed' }],
  ['601 234 5678', '+576012345678', null, { kind: 'fixed' }],
  ['+57 1 2345678', '+576012345678', 'co-60'],
  ['57 1 2345678', '+576012345678', 'co-old-57+co-60'],
  ['1 2345678', '+576012345678', 'co-60'],
  ['(4) 444 1234', '+576044441234', 'co-60'],
  ['031 2281260', '+576012281260', 'co-carrier+co-60'],
  ['+57 (604) 444 1234', '+576044441234', null],
  ['01 8000 912 345', '+5718000912345', 'library', { warning: 'toll-free' }],
  ['399 123 4567', '+573991234567', null, { warning: 'range-unknown', kind: 'mobile' }],
  ['5215512345678', '+525512345678', 'mx-521', { country: 'MX', warning: 'other-country' }],
];

const REFUSED: ReadonlyArray<readonly [raw: string, country: HomeCountry, reason: string]> = [
  ...[
    '',
    ' ',
    'N/A',
    'n/a',
    '-',
    '--',
    '.',
    '...',
    'SIN DATO',
    'Sin teléfono',
    'NULL',
    'no tiene',
    's/n',
    '0',
    '0000000000',
    '\u200b',
    '+',
  ].map((raw) => [raw, 'MX', 'blank'] as const),
  ['1234567', 'MX', 'needs-city'],
  ['1234 5678', 'MX', 'needs-city'],
  ['234 5678', 'CO', 'needs-city'],
  ['57 234 5678', 'CO', 'needs-city'],
  ['+57 234 5678', 'CO', 'needs-city'],
  ['12345', 'MX', 'too-short'],
  ['+52', 'MX', 'too-short'],
  ['312281260', 'CO', 'too-short'],
  ['55123456789', 'MX', 'too-long'],
  ['1234567890123456789', 'MX', 'too-long'],
  ['5.51E+09', 'MX', 'digits-lost'],
  ['5.51235E+9', 'MX', 'digits-lost'],
  ['15512345678', 'MX', 'ambiguous'],
  ['14155552671', 'MX', 'ambiguous'],
  ['1234567890', 'MX', 'not-assigned'],
  ['609 123 4567', 'CO', 'not-assigned'],
  ['5512345678', 'CO', 'not-assigned'],
  ['+999 123 456 789', 'MX', 'not-assigned'],
  ['5555555555', 'MX', 'repeated-digit'],
  ['3333333333', 'CO', 'repeated-digit'],
  ['ana@example.com', 'MX', 'not-a-number'],
  ['55O12345678', 'MX', 'not-a-number'],
  ['llamar por la tarde', 'MX', 'not-a-number'],
  ['9'.repeat(300), 'MX', 'not-a-number'],
  ['5512345678 / 5587654321', 'MX', 'several'],
];

function named([raw, e164, rule, more = {}]: Row) {
  return { raw, e164, rule, more };
}

describe('a phone as received', () => {
  test.each(MEXICAN.map(named))('Mexico: $raw', ({ raw, e164, rule, more }) => {
    expect(readPhone(raw, 'MX')).toMatchObject({ raw, e164, rule, ...more });
  });
  test.each(COLOMBIAN.map(named))('Colombia: $raw', ({ raw, e164, rule, more }) => {
    expect(readPhone(raw, 'CO')).toMatchObject({ raw, e164, rule, ...more });
  });
  test.each(REFUSED)('%j in %s is refused: %s', (raw, country, reason) => {
    expect(readPhone(raw, country)).toEqual({ refused: reason, raw });
  });
  test('a clean number carries no warning', () => {
    expect(readPhone('55 1234 5678', 'MX')).not.toHaveProperty('warning');
  });
  test('our own line is nobody’s phone', () => {
    const companyLines = new Set(['+525512345678']);
    expect(readPhone('044 55 1234 5678', 'MX', { companyLines })).toMatchObject({ refused: 'company-line' });
  });
});

describe('laws', () => {
  const national = fc.oneof(
    fc.stringMatching(/^[2-9]\d{9}$/).map((digits) => ['MX', digits] as const),
    fc.stringMatching(/^3\d{9}$/).map((digits) => ['CO', digits] as const),
    fc.stringMatching(/^60[124-8]\d{7}$/).map((digits) => ['CO', digits] as const),
  );
  test('reading an E.164 gives itself, from either country', () => {
    fc.assert(
      fc.property(national, fc.constantFrom('MX' as const, 'CO' as const), ([country, digits], seenFrom) => {
        const first = readPhone(digits, country);
        if ('refused' in first) return first.refused === 'repeated-digit';
        const again = readPhone(first.e164, seenFrom);
        return 'e164' in again && again.e164 === first.e164 && again.rule === null;
      }),
    );
  });
  test('any text is read or refused with its raw text kept; what is read stays itself', () => {
    const text = fc.oneof(fc.string(), fc.stringMatching(/^[+0-9 ()ext./o-]{0,30}$/));
    fc.assert(
      fc.property(text, fc.constantFrom('MX' as const, 'CO' as const), (raw, country) => {
        const read = readPhone(raw, country);
        expect(read.raw).toBe(raw);
        if ('refused' in read) return;
        expect(read.e164).toMatch(/^\+[1-9]\d{6,14}$/);
        expect(readPhone(read.e164, country)).toMatchObject({ e164: read.e164, rule: null });
      }),
      { numRuns: 2000 },
    );
  });
});

test.each([
  ['5512345678/5587654321', ['+525512345678', '+525587654321']],
  ['5512345678 ; 664 123 4567', ['+525512345678', '+526641234567']],
  ['55 1234 5678 o 55 8765 4321', ['+525512345678', '+525587654321']],
  ['5512345678 5587654321', ['+525512345678', '+525587654321']],
  ['5512345678, 5587654321', ['+525512345678', '+525587654321']],
  ['5512345678\n5587654321', ['+525512345678', '+525587654321']],
  ['5512345678/79', ['+525512345678', 'too-short']],
  ['(55) 1234/5678', ['+525512345678']],
  ['SIN DATO', ['blank']],
  ['('.repeat(20_000), ['not-a-number']],
])('several phones in one cell: %j', (raw, expected) => {
  expect(readPhones(raw, 'MX').map((each) => ('refused' in each ? each.refused : each.e164))).toEqual(
    expected,
  );
});

test.each([
  ['5215512345678', '+525512345678'],
  ['573001234567', '+573001234567'],
  ['14155552671', '+14155552671'],
])('WhatsApp id %s', (waId, e164) => {
  expect(readWhatsAppId(waId)).toMatchObject({ raw: waId, e164 });
});

test.each([
  ['+525512345678', '+52 55 1234 5678'],
  ['+526641234567', '+52 664 123 4567'],
  ['+573001234567', '+57 300 123 4567'],
  ['+576012345678', '+57 601 234 5678'],
  ['+14155552671', '+1 415 555 2671'],
])('%s is shown as %s', (e164, shown) => {
  expect(formatPhone(e164)).toBe(shown);
  expect(maskPhone(e164)).toBe(`•••• ${e164.slice(-4)}`);
});

test.each([
  ['+525512345678', 'America/Mexico_City'],
  ['+523312345678', 'America/Mexico_City'],
  ['+526641234567', 'America/Tijuana'],
  ['+526631234567', 'America/Tijuana'],
  ['+526861234567', 'America/Tijuana'],
  ['+529981234567', 'America/Cancun'],
  ['+529831234567', 'America/Cancun'],
  ['+526671234567', 'America/Mazatlan'],
  ['+526121234567', 'America/Mazatlan'],
  ['+523111234567', 'America/Mazatlan'],
  ['+526621234567', 'America/Hermosillo'],
  ['+526441234567', 'America/Hermosillo'],
  ['+526141234567', 'America/Chihuahua'],
  ['+526561234567', 'America/Ciudad_Juarez'],
  ['+528991234567', 'America/Matamoros'],
  ['+526261234567', 'America/Ojinaga'],
  ['+526181234567', 'America/Mexico_City'],
  ['+526531234567', null],
  ['+523291234567', null],
  ['+526701234567', null],
  ['+528001234567', null],
  ['+14155552671', null],
  ['+573001234567', 'America/Bogota'],
  ['+576012345678', 'America/Bogota'],
])('%s lives in %s', (e164, zone) => {
  expect(zoneOfPhone(e164)).toBe(zone);
  if (zone !== null) expect(() => new Intl.DateTimeFormat('es', { timeZone: zone })).not.toThrow();
});
