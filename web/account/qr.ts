/**
 * QR codes (ISO/IEC 18004), as much as a second factor needs: bytes, error correction M, versions 1 to 15, mask chosen
 * by the standard's penalties. Our own, because the secret must not leave for anybody's drawing service.
 */

const VERSION_MAX = 15;
// Per version, error correction M (table 9 of the standard).
const CHECK_BYTES = [10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24];
const BLOCKS = [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10];
const LEVEL_M = 0;

type Grid = boolean[][];
interface Canvas {
  size: number;
  dark: Grid;
  /** Finder, timing, alignment, format and version patterns: neither data nor mask touch these. */
  fixed: Grid;
}

/** The modules of the code for `text`, true = dark, without the quiet margin; undefined if the text is too long. */
export function qrModules(text: string): Grid | undefined {
  const bytes = new TextEncoder().encode(text);
  const version = Array.from({ length: VERSION_MAX }, (_, at) => at + 1).find((v) => fits(bytes.length, v));
  if (version === undefined) return undefined;
  const canvas = drawPatterns(version);
  drawData(canvas, withChecks(dataBytes(bytes, version), version));
  let best: { grid: Grid; penalty: number } | undefined;
  for (let mask = 0; mask < 8; mask += 1) {
    const grid = masked(canvas, mask);
    drawFormat({ ...canvas, dark: grid }, mask);
    const penalty = penaltyOf(grid);
    if (best === undefined || penalty < best.penalty) best = { grid, penalty };
  }
  return best?.grid;
}

/** Modules there are for data and checks: the whole square less its fixed patterns. */
function rawBits(version: number): number {
  const aligned = version >= 2 ? Math.floor(version / 7) + 2 : 0;
  const base = (16 * version + 128) * version + 64;
  const alignment = aligned > 0 ? (25 * aligned - 10) * aligned - 55 : 0;
  return base - alignment - (version >= 7 ? 36 : 0);
}

const at = (list: readonly number[], index: number): number => list[index] ?? 0;
const dataLength = (version: number): number =>
  Math.floor(rawBits(version) / 8) - at(CHECK_BYTES, version - 1) * at(BLOCKS, version - 1);
const lengthBits = (version: number): number => (version < 10 ? 8 : 16);
const fits = (length: number, version: number): boolean =>
  4 + lengthBits(version) + 8 * length <= 8 * dataLength(version);

function dataBytes(bytes: Uint8Array, version: number): number[] {
  const bits: number[] = [];
  const push = (value: number, count: number): void => {
    for (let bit = count - 1; bit >= 0; bit -= 1) bits.push((value >>> bit) & 1);
  };
  push(0b0100, 4);
  push(bytes.length, lengthBits(version));
  for (const byte of bytes) push(byte, 8);
  const capacity = 8 * dataLength(version);
  push(0, Math.min(4, capacity - bits.length));
  push(0, (8 - (bits.length % 8)) % 8);
  for (let pad = 0xec; bits.length < capacity; pad ^= 0xec ^ 0x11) push(pad, 8);
  return Array.from({ length: bits.length / 8 }, (_, byte) =>
    bits.slice(byte * 8, byte * 8 + 8).reduce((value, bit) => (value << 1) | bit, 0),
  );
}

/** Splits into blocks, adds each block's check bytes, interleaves. */
function withChecks(data: number[], version: number): number[] {
  const count = at(BLOCKS, version - 1);
  const checks = at(CHECK_BYTES, version - 1);
  const total = Math.floor(rawBits(version) / 8);
  const shortBlocks = count - (total % count);
  const shortLength = Math.floor(total / count) - checks;
  const divisor = checkPolynomial(checks);
  const blocks: { data: number[]; checks: number[] }[] = [];
  for (let block = 0, from = 0; block < count; block += 1) {
    const length = shortLength + (block < shortBlocks ? 0 : 1);
    const own = data.slice(from, from + length);
    blocks.push({ data: own, checks: remainder(own, divisor) });
    from += length;
  }
  const columns = (length: number, of: (block: (typeof blocks)[number]) => number[]): number[] =>
    Array.from({ length }, (_, index) => blocks.flatMap((block) => of(block)[index] ?? [])).flat();
  return [...columns(shortLength + 1, (block) => block.data), ...columns(checks, (block) => block.checks)];
}

/** Multiplication in GF(2⁸) modulo x⁸+x⁴+x³+x²+1. */
function times(one: number, other: number): number {
  let product = 0;
  for (let bit = 7; bit >= 0; bit -= 1) {
    product = (product << 1) ^ ((product >>> 7) * 0x11d);
    product ^= ((other >>> bit) & 1) * one;
  }
  return product;
}

function checkPolynomial(degree: number): number[] {
  const result: number[] = Array.from({ length: degree }, (_, index) => (index === degree - 1 ? 1 : 0));
  let root = 1;
  for (let step = 0; step < degree; step += 1) {
    for (let index = 0; index < degree; index += 1)
      result[index] = times(at(result, index), root) ^ at(result, index + 1);
    root = times(root, 2);
  }
  return result;
}

function remainder(data: number[], divisor: number[]): number[] {
  let result = divisor.map(() => 0);
  for (const byte of data) {
    const factor = byte ^ at(result, 0);
    const shifted = [...result.slice(1), 0];
    result = shifted.map((value, index) => value ^ times(at(divisor, index), factor));
  }
  return result;
}

function put(canvas: Canvas, x: number, y: number, dark: boolean): void {
  const row = canvas.dark[y];
  const fixed = canvas.fixed[y];
  if (row === undefined || fixed === undefined || x < 0 || x >= canvas.size) return;
  row[x] = dark;
  fixed[x] = true;
}

function drawPatterns(version: number): Canvas {
  const size = version * 4 + 17;
  const square = (): Grid => Array.from({ length: size }, () => Array.from({ length: size }, () => false));
  const canvas: Canvas = { size, dark: square(), fixed: square() };
  for (let step = 0; step < size; step += 1) {
    put(canvas, 6, step, step % 2 === 0);
    put(canvas, step, 6, step % 2 === 0);
  }
  const centers = alignmentCenters(version, size);
  const last = centers.length - 1;
  centers.forEach((y, row) =>
    centers.forEach((x, column) => {
      const corner = (row === 0 && (column === 0 || column === last)) || (row === last && column === 0);
      if (!corner) drawRings(canvas, x, y, 2, (ring) => ring !== 1);
    }),
  );
  for (const [x, y] of [
    [3, 3],
    [size - 4, 3],
    [3, size - 4],
  ] as const)
    drawRings(canvas, x, y, 4, (ring) => ring !== 2 && ring !== 4);
  drawFormat(canvas, 0);
  if (version >= 7) drawVersion(canvas, version);
  return canvas;
}

function drawRings(
  canvas: Canvas,
  x: number,
  y: number,
  reach: number,
  isDark: (ring: number) => boolean,
): void {
  for (let dy = -reach; dy <= reach; dy += 1)
    for (let dx = -reach; dx <= reach; dx += 1)
      put(canvas, x + dx, y + dy, isDark(Math.max(Math.abs(dx), Math.abs(dy))));
}

function alignmentCenters(version: number, size: number): number[] {
  if (version === 1) return [];
  const count = Math.floor(version / 7) + 2;
  const step = Math.ceil((version * 4 + 4) / (count * 2 - 2)) * 2;
  return [6, ...Array.from({ length: count - 1 }, (_, index) => size - 7 - index * step).toReversed()];
}

/** BCH remainder, as the standard protects its format and version bits. */
function protectedBits(value: number, generator: number, degree: number): number {
  let rest = value;
  for (let step = 0; step < degree; step += 1) rest = (rest << 1) ^ ((rest >>> (degree - 1)) * generator);
  return (value << degree) | rest;
}

function drawFormat(canvas: Canvas, mask: number): void {
  const bits = protectedBits((LEVEL_M << 3) | mask, 0x537, 10) ^ 0x5412;
  const bit = (index: number): boolean => ((bits >>> index) & 1) !== 0;
  const { size } = canvas;
  for (let index = 0; index <= 5; index += 1) put(canvas, 8, index, bit(index));
  put(canvas, 8, 7, bit(6));
  put(canvas, 8, 8, bit(7));
  put(canvas, 7, 8, bit(8));
  for (let index = 9; index < 15; index += 1) put(canvas, 14 - index, 8, bit(index));
  for (let index = 0; index < 8; index += 1) put(canvas, size - 1 - index, 8, bit(index));
  for (let index = 8; index < 15; index += 1) put(canvas, 8, size - 15 + index, bit(index));
  put(canvas, 8, size - 8, true);
}

function drawVersion(canvas: Canvas, version: number): void {
  const bits = protectedBits(version, 0x1f25, 12);
  for (let index = 0; index < 18; index += 1) {
    const dark = ((bits >>> index) & 1) !== 0;
    const far = canvas.size - 11 + (index % 3);
    const near = Math.floor(index / 3);
    put(canvas, far, near, dark);
    put(canvas, near, far, dark);
  }
}

/** Two columns at a time from the right, up and down in turn, around the timing column. */
function drawData(canvas: Canvas, bytes: number[]): void {
  const { size, dark, fixed } = canvas;
  let index = 0;
  for (let right = size - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5;
    const upward = ((right + 1) & 2) === 0;
    for (let step = 0; step < size; step += 1) {
      const y = upward ? size - 1 - step : step;
      for (const x of [right, right - 1]) {
        const row = dark[y];
        if (row === undefined || fixed[y]?.[x] !== false || index >= bytes.length * 8) continue;
        row[x] = ((at(bytes, index >>> 3) >>> (7 - (index & 7))) & 1) !== 0;
        index += 1;
      }
    }
  }
}

const MASKS: readonly ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

function masked(canvas: Canvas, mask: number): Grid {
  const turns = MASKS[mask] ?? ((): boolean => false);
  return canvas.dark.map((row, y) =>
    row.map((dark, x) => dark !== (canvas.fixed[y]?.[x] === false && turns(x, y))),
  );
}

function penaltyOf(grid: Grid): number {
  const columns = grid.map((_, x) => grid.map((row) => row[x] === true));
  const lines = [...grid, ...columns].map((line) => line.map((dark) => (dark ? '1' : '0')).join(''));
  let penalty = 0;
  for (const line of lines) {
    for (const run of line.match(/0{5,}|1{5,}/g) ?? []) penalty += run.length - 2;
    penalty += 40 * [...line.matchAll(/(?=10111010000|00001011101)/g)].length;
  }
  for (let y = 1; y < grid.length; y += 1)
    for (let x = 1; x < grid.length; x += 1) {
      const dark = grid[y]?.[x];
      if (grid[y]?.[x - 1] === dark && grid[y - 1]?.[x] === dark && grid[y - 1]?.[x - 1] === dark)
        penalty += 3;
    }
  const share = grid.flat().filter(Boolean).length / grid.length ** 2;
  return penalty + 10 * Math.floor(Math.abs(share - 0.5) * 20);
}
