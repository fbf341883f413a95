import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { isBlank } from '../blank.ts';
import { readDate } from './dates.ts';
import { looksDoubleEncoded, repairDoubleEncoding } from './encoding.ts';
import { suggestMapping } from './header.ts';
import { readNumber, type TableLocale } from './numbers.ts';
import { csvLine, writeCsv } from './write.ts';

test.each([
  '',
  ' ',
  '-',
  '--',
  '.',
  '...',
  'N/A',
  'n/a',
  'NULL',
  'SIN DATO',
  'Sin datos',
  '#N/A',
  '#¡REF!'.replace('¡', ''),
  '\u00a0',
  '\u200b',
  '¿?',
])('%j is blank', (text) => {
  expect(isBlank(text)).toBe(true);
});
test.each(['0', 'no', 'Ana', 'x', '5512345678', 'Nulo Pérez'])('%j is not blank', (text) => {
  expect(isBlank(text)).toBe(false);
});

const NUMBERS: ReadonlyArray<
  readonly [text: string, locale: TableLocale, decimal: string, warning?: string]
> = [
  ['1,234.50', 'es-MX', '1234.50'],
  ['1.234,50', 'es-CO', '1234.50'],
  ['1.234', 'es-MX', '1.234'],
  ['1.234', 'es-CO', '1234'],
  ['1,234', 'es-MX', '1234'],
  ['1,234', 'es-CO', '1.234'],
  ['1.020.345.678', 'es-CO', '1020345678'],
  ['1.020.345.678', 'es-MX', '1020345678', 'other-locale'],
  ['1.234,50', 'es-MX', '1234.50', 'other-locale'],
  ['1,234.50', 'es-CO', '1234.50', 'other-locale'],
  ['1,234,567.89', 'es-MX', '1234567.89'],
  ['$ 1,234.50', 'es-MX', '1234.50'],
  ['$1.234.567', 'es-CO', '1234567'],
  ['1,234.50 MXN', 'es-MX', '1234.50'],
  ['-5', 'es-MX', '-5'],
  ['5-', 'es-MX', '-5'],
  ['(1,234.00)', 'es-MX', '-1234.00'],
  ['-$5.10', 'es-MX', '-5.10'],
  ['007', 'es-MX', '7'],
  ['-0', 'es-MX', '0'],
  ['.5', 'es-MX', '0.5'],
  ['1 234', 'es-MX', '1234'],
];
test.each(
  NUMBERS.map(([text, locale, decimal, warning]) => ({
    text,
    locale,
    expected: { decimal, ...(warning ? { warning } : {}) },
  })),
)('$text in $locale', ({ text, locale, expected }) => {
  expect(readNumber(text, locale)).toEqual(expected);
});
test.each([
  ['', 'blank'],
  ['N/A', 'blank'],
  ['abc', 'not-a-number'],
  ['12a', 'not-a-number'],
  ['1,23,4', 'not-a-number'],
  ['1.2.3,4,5', 'not-a-number'],
  ['5.51E+09', 'not-a-number'],
  ['$', 'blank'],
])('%j is no number: %s', (text, refused) => {
  expect(readNumber(text, 'es-MX')).toEqual({ refused });
});

test.each([
  ['2024-07-01', 'dmy', { date: '2024-07-01' }],
  ['2024-07-01T10:30:00', 'dmy', { date: '2024-07-01', time: '10:30:00' }],
  ['2024-07-01 10:30:00', 'dmy', { date: '2024-07-01', time: '10:30:00' }],
  ['20240701', 'dmy', { date: '2024-07-01' }],
  ['01/07/2024', 'dmy', { date: '2024-07-01', ambiguous: true, other: '2024-01-07' }],
  ['01/07/2024', 'mdy', { date: '2024-01-07', ambiguous: true, other: '2024-07-01' }],
  ['07/07/2024', 'dmy', { date: '2024-07-07' }],
  ['25/07/2024', 'dmy', { date: '2024-07-25' }],
  ['25-7-2024', 'dmy', { date: '2024-07-25' }],
  ['07/25/2024', 'dmy', { date: '2024-07-25', warning: 'other-order' }],
  ['25/07/24', 'dmy', { date: '2024-07-25', warning: 'two-digit-year' }],
  ['25/07/87', 'dmy', { date: '1987-07-25', warning: 'two-digit-year' }],
  ['25/07/2024 3:05 p. m.', 'dmy', { date: '2024-07-25', time: '15:05:00' }],
  ['25/07/2024 12:05 a.m.', 'dmy', { date: '2024-07-25', time: '00:05:00' }],
  ['1-jul-2024', 'dmy', { date: '2024-07-01' }],
  ['1 de julio de 2024', 'dmy', { date: '2024-07-01' }],
  ['Lunes 1 de julio del 2024', 'dmy', { date: '2024-07-01' }],
  ['julio 1, 2024', 'dmy', { date: '2024-07-01' }],
  ['miércoles 14 de agosto de 2024', 'dmy', { date: '2024-08-14' }],
  ['45474', 'dmy', { date: '2024-07-01', warning: 'serial' }],
  ['45474.4375', 'dmy', { date: '2024-07-01', time: '10:30:00', warning: 'serial' }],
  ['29/02/2024', 'dmy', { date: '2024-02-29' }],
  ['29/02/2023', 'dmy', { refused: 'not-a-date' }],
  ['31/31/2024', 'dmy', { refused: 'not-a-date' }],
  ['12345', 'dmy', { refused: 'not-a-date' }],
  ['5512345678', 'dmy', { refused: 'not-a-date' }],
  ['25/07/2024 25:00', 'dmy', { refused: 'not-a-date' }],
  ['mañana', 'dmy', { refused: 'not-a-date' }],
  ['SIN DATO', 'dmy', { refused: 'blank' }],
] as const)('%j read as %s', (text, order, expected) => {
  expect(readDate(text, order)).toEqual(expected);
});

test('any text gets an answer, and a date that is real', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9/.: -]{0,20}$/)), (text) => {
      const read = readDate(text, 'dmy');
      if ('date' in read)
        expect(new Date(`${read.date}T00:00:00Z`).toISOString().slice(0, 10)).toBe(read.date);
      const number = readNumber(text, 'es-MX');
      if ('decimal' in number) expect(number.decimal).toMatch(/^-?\d+(\.\d+)?$/);
    }),
  );
});

test.each([
  ['MuÃ±oz', 'Muñoz'],
  ['JosÃ© PÃ©rez', 'José Pérez'],
  ['Â¿QuÃ©?', '¿Qué?'],
  ['Ã\u0081vila', 'Ávila'],
  ['Muñoz', 'Muñoz'],
  ['Ã', 'Ã'],
  ['Muñoz MuÃ±oz', 'Muñoz MuÃ±oz'],
])('%j is repaired to %j', (text, repaired) => {
  expect(repairDoubleEncoding(text)).toBe(repaired);
});

test('Spanish text broken by double encoding is always repaired; sound text is not touched', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-zA-ZáéíóúüñÁÉÍÓÚÜÑ¿¡ ]{0,20}$/), (text) => {
      const broken = new TextDecoder('windows-1252').decode(new TextEncoder().encode(text));
      expect(repairDoubleEncoding(broken)).toBe(text);
      if (!looksDoubleEncoded(text)) expect(repairDoubleEncoding(text)).toBe(text);
    }),
  );
});

test('columns are suggested by the names the caller gives, each field once', () => {
  const fields = [
    { field: 'name', synonyms: ['nombre', 'nombre completo', 'cliente'] },
    { field: 'phone', synonyms: ['teléfono', 'celular', 'móvil', 'tel'] },
    { field: 'email', synonyms: ['correo', 'correo electrónico', 'e-mail'] },
  ];
  const names = [
    'ID',
    'NOMBRE_COMPLETO',
    'Teléfono (celular)*',
    'Celular',
    'Correo electronico',
    'Telefno',
    '',
  ];
  expect(suggestMapping(names, fields).map(({ field, score }) => [field, score])).toEqual([
    [null, 0],
    ['name', 1],
    [null, 0],
    ['phone', 1],
    ['email', 1],
    [null, 0],
    [null, 0],
  ]);
  expect(suggestMapping(['Telefno'], fields)[0]).toMatchObject({ field: 'phone', score: 0.7 });
  expect(suggestMapping(['Teléfono (casa)'], fields)[0]).toMatchObject({ field: 'phone', score: 0.8 });
});

test.each([
  ['=1+1', "'=1+1"],
  ['+1+1', "'+1+1"],
  ['-1+1', "'-1+1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1+1', '"\'\t=1+1"'],
  [' =1+1', "' =1+1"],
  ['＝1+1', "'＝1+1"],
  ['-5', '-5'],
  ['-5.10', '-5.10'],
  ['+525512345678', '+525512345678'],
  ['Ana, Ruiz', '"Ana, Ruiz"'],
  ['dijo "sí"', '"dijo ""sí"""'],
  ['dos\nlíneas', '"dos\nlíneas"'],
])('%j goes into a CSV as %j', (cell, written) => {
  expect(csvLine([cell], { locale: 'es-MX' })).toBe(`${written}\r\n`);
});

test('delimiter, decimal sign, phones and mark by country', () => {
  const row = ['Ana; Ruiz', 1.5, null, '+573001234567'];
  expect([...writeCsv([row], { locale: 'es-CO', phones: 'digits' })].join('')).toBe(
    '\uFEFF"Ana; Ruiz";1,5;;573001234567\r\n',
  );
  expect([...writeCsv([row], { locale: 'es-MX' })].join('')).toBe('\uFEFFAna; Ruiz,1.5,,+573001234567\r\n');
});
