import { deflateRawSync } from 'node:zlib';
import * as fc from 'fast-check';
import { writeXlsx as writeWorkbook } from 'hucre/xlsx';
import { describe, expect, test } from 'vitest';
import { CELL_CHARACTERS_MAX, FAULTS_MAX, SHEET_COLUMNS_MAX } from './limits.ts';
import { readTable } from './read-table.ts';
import type { TableItem, TableOptions } from './table.ts';
import { writeCsv, writeXlsx, type OutCell } from './write.ts';

async function open(input: string | Uint8Array, options: TableOptions = {}) {
  const table = await readTable(typeof input === 'string' ? Buffer.from(input) : input, options);
  if ('refused' in table) throw new Error(table.refused);
  const items: TableItem[] = [];
  for await (const item of table.rows) items.push(item);
  return { table, items, cells: items.map((each) => (each.kind === 'row' ? each.cells : each.fault)) };
}

async function refusal(input: string | Uint8Array, options: TableOptions = {}) {
  const table = await readTable(typeof input === 'string' ? Buffer.from(input) : input, options);
  return 'refused' in table ? table.refused : null;
}

async function workbook(rows: readonly (readonly OutCell[])[]): Promise<Uint8Array> {
  return new Uint8Array(await new Response(writeXlsx(rows, { sheet: 'Hoja' })).arrayBuffer());
}

const latin = (text: string) => Buffer.from(text, 'latin1');
const NAMES = ['Nombre', 'Teléfono'];

function isKnownHeader(cell: string): boolean {
  return ['nombre', 'teléfono'].includes(cell);
}

async function* inTwoPieces() {
  yield Buffer.from('Nombre;Nota\n');
  yield Buffer.from('Ana;x\n');
}

/** Without the apostrophe that keeps a cell from being a formula. */
function plain(cell: string): string {
  return cell.replace(/^'(?=\s*[=+\-@|%\n])/u, '');
}

describe('text files', () => {
  test.each([
    [';', 'es-CO semicolon'],
    [',', 'comma'],
    ['\t', 'tab'],
    ['|', 'bar'],
  ])('delimiter %j (%s) is found', async (sign) => {
    const { table, items } = await open(
      ['Nombre,Teléfono', 'Ana,5512345678', 'Luis,"a,b"'].join('\n').replaceAll(',', sign),
    );
    expect(table).toMatchObject({
      format: 'csv',
      delimiter: sign,
      encoding: 'utf-8',
      header: { row: 1, names: NAMES },
    });
    expect(items).toEqual([
      { kind: 'row', row: 2, cells: ['Ana', '5512345678'] },
      { kind: 'row', row: 3, cells: ['Luis', `a${sign}b`] },
    ]);
  });

  const text = 'Nombre;Teléfono\r\nMuñoz;5512345678\r\n';
  test.each([
    ['utf-8', Buffer.from(text)],
    ['utf-8', Buffer.from(`\uFEFF${text}`)],
    ['windows-1252', latin(text)],
    ['utf-16le', Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['utf-16le', Buffer.from(text, 'utf16le')],
    ['utf-16be', Buffer.from(`\uFEFF${text}`, 'utf16le').swap16()],
  ])('encoding %s', async (encoding, bytes) => {
    const { table, cells } = await open(bytes);
    expect(table).toMatchObject({ encoding, header: { names: NAMES }, brokenEncoding: false });
    expect(cells).toEqual([['Muñoz', '5512345678']]);
  });

  test('double encoding is seen, and repaired when asked', async () => {
    const broken = 'Nombre;TelÃ©fono\nMuÃ±oz;1\n';
    expect((await open(broken)).table).toMatchObject({
      brokenEncoding: true,
      header: { names: ['Nombre', 'TelÃ©fono'] },
    });
    const repaired = await open(broken, { repair: true });
    expect(repaired.table.header?.names).toEqual(NAMES);
    expect(repaired.cells).toEqual([['Muñoz', '1']]);
  });

  test('header under a title, blank lines, a totals row at the bottom', async () => {
    const { table, items } = await open(
      'Reporte de prospectos;;\n;;\nNombre;Teléfono;Monto\nAna;5512345678;100\n;;\nTotal;;100\n\n',
    );
    expect(table.header).toEqual({ row: 3, names: ['Nombre', 'Teléfono', 'Monto'] });
    expect(items).toEqual([
      { kind: 'row', row: 4, cells: ['Ana', '5512345678', '100'] },
      { kind: 'row', row: 6, cells: ['Total', '', '100'], totals: true },
    ]);
  });
  test('somebody called Total who is not last is a row', async () => {
    const { items } = await open('Nombre;Monto\nTotal Play;1\nAna;2\n');
    expect(items.some((each) => each.kind === 'row' && each.totals)).toBe(false);
  });
  test('known names decide where the header is; it may be stated or absent', async () => {
    const file = 'Campaña;Norte\nnombre;teléfono\nAna;1\n';
    expect((await open(file, { isKnownHeader })).table.header?.row).toBe(2);
    expect((await open(file, { header: 2 })).table.header?.row).toBe(2);
    const none = await open(file, { header: 'none' });
    expect(none.table.header).toBeNull();
    expect(none.items).toHaveLength(3);
  });
  test('Excel’s sep= line', async () => {
    const { table, items } = await open('sep=;\nNombre;Teléfono\nAna;1\n');
    expect(table).toMatchObject({ delimiter: ';', header: { row: 2 } });
    expect(items).toMatchObject([{ row: 3 }]);
  });
  test('a line break inside a cell counts as a line', async () => {
    const { items } = await open('Nombre;Nota\nAna;"una\r\ndos"\nLuis;x\n');
    expect(items).toMatchObject([
      { row: 2, cells: ['Ana', 'una\ndos'] },
      { row: 4, cells: ['Luis', 'x'] },
    ]);
  });
  test('raw text is kept: zeros, spaces, scientific notation, inches', async () => {
    const { cells } = await open('Nombre;Teléfono;Medida\nAna ;0055;5.51E+09\nLuis;\'55;32"\n');
    expect(cells).toEqual([
      ['Ana ', '0055', '5.51E+09'],
      ['Luis', "'55", '32"'],
    ]);
  });
  test('a quote left open costs its own line', async () => {
    const { items } = await open('Nombre;Nota\nAna;"abierta\nLuis;x\nEva;y\n');
    expect(items).toEqual([
      { kind: 'fault', row: 2, fault: 'quote-not-closed', raw: 'Ana;"abierta' },
      { kind: 'row', row: 3, cells: ['Luis', 'x'] },
      { kind: 'row', row: 4, cells: ['Eva', 'y'] },
    ]);
  });
  test('two quotes left open do not swallow the lines between them', async () => {
    const { items } = await open('Nombre;Nota\nAna;"abierta\nLuis;"otra\nEva;y\n');
    expect(items).toMatchObject([
      { kind: 'fault', row: 2, fault: 'quote-not-closed' },
      { kind: 'fault', row: 3, fault: 'quote-not-closed' },
      { kind: 'row', row: 4, cells: ['Eva', 'y'] },
    ]);
  });
  test('a cell of two lines that begins with a quotation is one cell', async () => {
    const { cells } = await open('Nombre;Nota\nAna;"""Sí"" dijo\ny colgó"\n');
    expect(cells).toEqual([['Ana', '"Sí" dijo\ny colgó']]);
  });
  test('reading ends after too many such lines, and says so', async () => {
    const { items } = await open(`Nombre;Nota\n${'Ana;"abierta\n'.repeat(FAULTS_MAX + 9)}`);
    expect(items).toHaveLength(FAULTS_MAX + 1);
    expect(items.at(-1)).toMatchObject({ fault: 'too-many-faults', row: FAULTS_MAX + 2, last: true });
  });
  test('faults name row and column', async () => {
    const { items } = await open(
      `Nombre;Nota\nAna;x;y\nLuis;${'z'.repeat(CELL_CHARACTERS_MAX + 1)}\nEva\n${'a;'.repeat(300)}a\n`,
    );
    expect(items).toMatchObject([
      { kind: 'fault', row: 2, column: 3, fault: 'more-cells-than-header', raw: 'Ana | x | y' },
      { kind: 'fault', row: 3, column: 2, fault: 'cell-too-long' },
      { kind: 'row', row: 4, cells: ['Eva', ''] },
      { kind: 'fault', row: 5, column: 201, fault: 'too-many-columns' },
    ]);
  });
  test('more rows than allowed: the last item says so', async () => {
    const { items } = await open('Nombre;Nota\na;1\nb;2\nc;3\n', { rowsMax: 2 });
    expect(items).toMatchObject([
      { kind: 'row' },
      { kind: 'row' },
      { kind: 'fault', row: 4, fault: 'too-many-rows', last: true },
    ]);
  });
  test('a stream is gathered up to its limit', async () => {
    const table = await readTable(inTwoPieces());
    expect(table).toMatchObject({ header: { names: ['Nombre', 'Nota'] } });
    expect(await readTable(inTwoPieces(), { bytesMax: 15 })).toEqual({ refused: 'too-large' });
  });
});

describe('refusals', () => {
  test.each([
    ['empty', ''],
    ['empty', '\n\n ;\n'],
    ['empty', '\n'.repeat(50_000)],
    ['html-as-table', '<html><table><tr><td>1</td></tr></table></html>'],
    ['html-as-table', '\uFEFF  <!DOCTYPE html>'],
    ['html-as-table', '<?xml version="1.0"?><Workbook/>'],
    ['not-a-table', '%PDF-1.7'],
    ['not-a-table', Buffer.from([1, 0, 2, 0, 0, 3])],
    ['old-xls', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])],
    [
      'password-protected',
      Buffer.concat([Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), Buffer.from('EncryptedPackage', 'utf16le')]),
    ],
    ['damaged', Buffer.from('PK\u0003\u0004 and then nothing')],
    ['no-header', '5512345678;100\n5512345679;200\n'],
  ])('%s', async (refused, input) => {
    expect(await refusal(input)).toBe(refused);
  });
});

/** A zip of one entry whose list of contents states any size. */
function zipOf(name: string, content: Uint8Array, statedBytes: number, copies = 1): Uint8Array {
  const packed = deflateRawSync(content);
  const title = Buffer.from(name);
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(8, 8);
  local.writeUInt32LE(packed.length, 18);
  local.writeUInt32LE(statedBytes, 22);
  local.writeUInt16LE(title.length, 26);
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(8, 10);
  entry.writeUInt32LE(packed.length, 20);
  entry.writeUInt32LE(statedBytes, 24);
  entry.writeUInt16LE(title.length, 28);
  const list = Buffer.concat(Array.from({ length: copies }, () => Buffer.concat([entry, title])));
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(copies, 8);
  end.writeUInt16LE(copies, 10);
  end.writeUInt32LE(list.length, 12);
  end.writeUInt32LE(local.length + title.length + packed.length, 16);
  return Buffer.concat([local, title, packed, list, end]);
}

describe('workbooks', () => {
  test('text stays text, numbers keep every digit, blanks between rows keep the row number', async () => {
    const { table, items } = await open(
      await workbook([
        ['Nombre', 'Teléfono', 'Nota'],
        ['Muñoz', 5512345678, '0055'],
        [],
        ['=1+1', '+525512345678', 1234.5],
      ]),
    );
    expect(table).toMatchObject({
      format: 'xlsx',
      sheet: 'Hoja',
      header: { row: 1, names: ['Nombre', 'Teléfono', 'Nota'] },
    });
    expect(items).toEqual([
      { kind: 'row', row: 2, cells: ['Muñoz', '5512345678', '0055'] },
      { kind: 'row', row: 4, cells: ['=1+1', '+525512345678', '1234.5'] },
    ]);
  });
  test('dates as dates, phones in a phone’s number format with every digit, a formula as the value last kept', async () => {
    const columns = [
      { header: 'Fecha', key: 'on', numFmt: 'dd/mm/yyyy' },
      { header: 'Hora', key: 'at', numFmt: 'dd/mm/yyyy hh:mm:ss' },
      { header: 'Teléfono', key: 'phone', numFmt: '[<=9999999]###-####;(###) ###-####' },
      { header: 'Monto', key: 'sum' },
    ];
    const data = [{ on: 45474, at: 45474.4376736111, phone: 5512345678, sum: 3 }];
    const cells = new Map([['1,3', { value: 3, formula: 'SUM(1,2)', formulaResult: 3 }]]);
    const bytes = await writeWorkbook({ sheets: [{ name: 'Hoja', columns, data, cells }] });
    expect((await open(bytes)).cells).toEqual([['2024-07-01', '2024-07-01 10:30:15', '5512345678', '3']]);
  });
  test('a row without end is given up', async () => {
    const wide = Array.from({ length: SHEET_COLUMNS_MAX + 1 }, () => 'x');
    const { items } = await open(await workbook([['Nombre'], ['Ana'], wide, ['Luis']]));
    expect(items).toMatchObject([
      { kind: 'row', cells: ['Ana'] },
      { kind: 'fault', row: 3, fault: 'too-many-columns', last: true },
    ]);
  });
  test('a sheet that is not there', async () => {
    const bytes = await workbook([['Nombre'], ['Ana']]);
    expect(await refusal(bytes, { sheet: 'Otra' })).toBe('no-such-sheet');
    expect(await refusal(bytes, { sheet: 3 })).toBe('no-such-sheet');
  });
  test('a zip that is no workbook, one cut short, one of no entries', async () => {
    expect(await refusal(zipOf('hola.txt', Buffer.from('hola'), 4))).toBe('damaged');
    const whole = await workbook([['Nombre'], ['Ana']]);
    expect(await refusal(whole.subarray(0, whole.length - 30))).toBe('damaged');
    expect(await refusal(zipOf('x', Buffer.from('x'), 1, 0))).toBe('damaged');
  });
  test('bombs are refused by what they state, and by stating nothing', async () => {
    const zeros = Buffer.alloc(20 * 1024 * 1024);
    expect(await refusal(zipOf('xl/a.xml', zeros, zeros.length))).toBe('zip-too-large');
    expect(await refusal(zipOf('xl/a.xml', zeros, 0))).toBe('damaged');
    expect(await refusal(zipOf('xl/a.xml', Buffer.from('a'), 0xfffffffe))).toBe('zip-too-large');
    expect(await refusal(zipOf('xl/a.xml', Buffer.from('a'), 1, 3_000))).toBe('zip-too-large');
  });
  test('a workbook with any byte changed is read, refused or ends with a fault', async () => {
    const whole = await workbook([
      ['Nombre', 'Teléfono'],
      ...Array.from({ length: 50 }, (_, at) => [`Ana ${at}`, `55123456${at}`]),
    ]);
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(255), async (at, byte) => {
        const changed = whole.slice();
        changed[at] = byte;
        const table = await readTable(changed);
        if ('refused' in table) return;
        for await (const item of table.rows) expect(item.row).toBeGreaterThan(0);
      }),
      { numRuns: 300 },
    );
  });
});

describe('laws', () => {
  const word = fc.stringMatching(/^[ -~áéíóúñÑ\n]{0,12}$/);
  const rows = fc.array(fc.tuple(fc.stringMatching(/^[a-zñ]{1,8}$/), word, word), {
    minLength: 1,
    maxLength: 12,
  });
  test('what is written is read again, in both countries’ ways', async () => {
    await fc.assert(
      fc.asyncProperty(rows, fc.constantFrom('es-MX' as const, 'es-CO' as const), async (written, locale) => {
        const text = [...writeCsv([['Uno', 'Dos', 'Tres'], ...written], { locale })].join('');
        const { cells } = await open(text, { header: 1, delimiter: locale === 'es-MX' ? ',' : ';' });
        expect(cells.map((row) => (Array.isArray(row) ? row.map(plain) : row))).toEqual(
          written.map((row) => row.map(plain)),
        );
      }),
    );
  });
  test('any bytes: rows and faults come to an end, each line of a file without quotes accounted for', async () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 400 }),
      fc.stringMatching(/^[a-z0-9;," \n\r\t|]{0,300}$/).map((text) => Buffer.from(text)),
      fc.stringMatching(/^[a-z0-9;"\n]{0,200}$/).map((text) => Buffer.from(text, 'utf16le')),
    );
    await fc.assert(
      fc.asyncProperty(bytes, async (file) => {
        const table = await readTable(file, { header: 'none' });
        if ('refused' in table) return;
        const seen: number[] = [];
        for await (const item of table.rows) seen.push(item.row);
        expect(seen).toEqual(seen.toSorted((a, b) => a - b));
        if (table.format !== 'csv' || file.includes(0x22)) return;
        const lines = new TextDecoder(table.encoding).decode(file).split(/\r\n?|\n/u);
        const sign = table.delimiter ?? ',';
        const stated = /^sep=/iu.test(lines[0] ?? '') ? 1 : 0;
        expect(seen).toHaveLength(
          lines.slice(stated).filter((line) => line.split(sign).some((cell) => cell.trim() !== '')).length,
        );
      }),
      { numRuns: 500 },
    );
  });
});
