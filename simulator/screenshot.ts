import { crc32, deflateSync } from 'node:zlib';

/** Letters of five by seven points, a number a row, as on a till's receipt. */
const GLYPHS: Readonly<Record<string, string>> = {
  A: '0E11111F111111',
  B: '1E11111E11111E',
  C: '0E11101010110E',
  D: '1E11111111111E',
  E: '1F10101E10101F',
  F: '1F10101E101010',
  G: '0E11101711110E',
  H: '1111111F111111',
  I: '0E04040404040E',
  J: '0702020202120C',
  K: '11121418141211',
  L: '1010101010101F',
  M: '111B1515111111',
  N: '11191513111111',
  O: '0E11111111110E',
  P: '1E11111E101010',
  Q: '0E11111115120D',
  R: '1E11111E141211',
  S: '0F10100E01011E',
  T: '1F040404040404',
  U: '1111111111110E',
  V: '11111111110A04',
  W: '11111115151B11',
  X: '11110A040A1111',
  Y: '11110A04040404',
  Z: '1F01020408101F',
  '0': '0E11131519110E',
  '1': '040C040404040E',
  '2': '0E11010204081F',
  '3': '1F02040201110E',
  '4': '02060A121F0202',
  '5': '1F101E0101110E',
  '6': '0608101E11110E',
  '7': '1F010204080808',
  '8': '0E11110E11110E',
  '9': '0E11110F01020C',
  ':': '00040000040000',
  '/': '01010204081010',
  '-': '0000001F000000',
  '.': '00000000000C0C',
};
const POINT = 3;
const MARGIN = 24;
const LETTER = 6 * POINT;
const LINE = 12 * POINT;
const PAPER = 246;
const INK = 40;

/** A picture with these lines on it, in which a date can be read: what people send as proof. PNG. */
export function screenshot(lines: readonly string[]): Buffer {
  const width = 2 * MARGIN + Math.max(...lines.map((line) => line.length)) * LETTER;
  const height = 2 * MARGIN + lines.length * LINE;
  const stride = width + 1;
  const rows = Buffer.alloc(stride * height, PAPER);
  for (let y = 0; y < height; y += 1) rows[y * stride] = 0;
  for (const [line, text] of lines.entries())
    for (const [place, letter] of plain(text).split('').entries())
      draw(rows, stride, letter, { x: 1 + MARGIN + place * LETTER, y: MARGIN + line * LINE });
  return png(width, height, rows);
}

function plain(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toUpperCase();
}

function draw(
  rows: Buffer,
  stride: number,
  letter: string,
  at: { readonly x: number; readonly y: number },
): void {
  const glyph = GLYPHS[letter] ?? '';
  for (let row = 0; row * 2 < glyph.length; row += 1) {
    const bits = Number.parseInt(glyph.slice(row * 2, row * 2 + 2), 16);
    for (let column = 0; column < 5; column += 1) {
      if ((bits & (16 >> column)) === 0) continue;
      const x = at.x + column * POINT;
      for (let point = 0; point < POINT; point += 1) {
        const from = (at.y + row * POINT + point) * stride + x;
        rows.fill(INK, from, from + POINT);
      }
    }
  }
}

function png(width: number, height: number, rows: Buffer): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits of gray.
  header.set([8, 0, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const parts = [chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))];
  return Buffer.concat([signature, ...parts]);
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  sum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, sum]);
}
