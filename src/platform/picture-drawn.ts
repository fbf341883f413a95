import { promisify } from 'node:util';
import { inflate } from 'node:zlib';

import { readPicture } from './picture.ts';

const inflated = promisify(inflate);

/** Larger ones are named with their hash in a printed file, not drawn: their points are held in memory while it is made. */
const DRAWN_POINTS_MAX = 30_000_000;
const BYTES_A_POINT_MAX = 8;
/** Of a PNG, by its color type. */
const SAMPLES: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };
/** Sub, up, average, Paeth. */
const FILTER_MAX = 4;

/**
 * Whether the printer can draw these bytes. It draws JPEG and PNG; a PNG whose rows do not unpack as they should would
 * end the whole process, as it unpacks them where nothing can catch it.
 */
export async function canDraw(bytes: Buffer): Promise<boolean> {
  const read = readPicture(bytes);
  if ('fault' in read) return false;
  const { kind, width, height } = read.picture;
  if (width === null || height === null || width * height > DRAWN_POINTS_MAX) return false;
  if (kind === 'jpeg') return true;
  return kind === 'png' && rowsUnpack(bytes, width, height);
}

async function rowsUnpack(bytes: Buffer, width: number, height: number): Promise<boolean> {
  const [depth, color, interlaced] = [bytes[24] ?? 0, bytes[25] ?? 0, bytes[28] ?? 0];
  const samples = SAMPLES[color];
  if (samples === undefined || ![1, 2, 4, 8, 16].includes(depth) || interlaced !== 0) return false;
  const row = 1 + Math.ceil((width * samples * depth) / 8);
  try {
    const rows = await inflated(dataOf(bytes), {
      maxOutputLength: width * height * BYTES_A_POINT_MAX + height,
    });
    if (rows.length !== row * height) return false;
    for (let at = 0; at < rows.length; at += row) if ((rows[at] ?? 0) > FILTER_MAX) return false;
    return true;
  } catch {
    return false;
  }
}

/** All IDAT chunks of a PNG that was read as whole. */
function dataOf(bytes: Buffer): Buffer {
  const parts: Buffer[] = [];
  let at = 8;
  while (at + 12 <= bytes.length) {
    const length = bytes.readUInt32BE(at);
    const name = bytes.toString('latin1', at + 4, at + 8);
    if (name === 'IDAT') parts.push(bytes.subarray(at + 8, at + 8 + length));
    if (name === 'IEND') break;
    at += 12 + length;
  }
  return Buffer.concat(parts);
}
