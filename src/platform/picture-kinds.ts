/** Each kind of picture walked from its first byte to its last, by what its format says of its own length. */
import { crc32 } from 'node:zlib';

import type { KindRead } from './picture.ts';

const CUT: KindRead = { fault: 'cut-short' };
const BROKEN: KindRead = { fault: 'broken' };
/** Parts of one picture; no camera makes more, and a walk must end. */
const PARTS_MAX = 100_000;

function begins(bytes: Buffer, at: number, letters: string): boolean {
  return bytes.toString('latin1', at, at + letters.length) === letters;
}

/** Segments, then scans; ends at its end mark, whatever cameras put behind it (a film, a second picture). */
export function jpegOf(bytes: Buffer): KindRead | null {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return null;
  let size: { width: number; height: number } | null = null;
  let scanned = false;
  let at = 2;
  for (let part = 0; part < PARTS_MAX; part += 1) {
    if (at + 2 > bytes.length) return CUT;
    if (bytes[at] !== 0xff) return BROKEN;
    const mark = bytes[at + 1] ?? 0;
    if (mark === 0xff) {
      at += 1;
      continue;
    }
    if (mark === 0xd9) return size === null || !scanned ? BROKEN : size;
    if (at + 4 > bytes.length) return CUT;
    const length = bytes.readUInt16BE(at + 2);
    if (length < 2) return BROKEN;
    if (at + 2 + length > bytes.length) return CUT;
    if (isFrame(mark) && length >= 8)
      size = { height: bytes.readUInt16BE(at + 5), width: bytes.readUInt16BE(at + 7) };
    at += 2 + length;
    if (mark !== 0xda) continue;
    scanned = true;
    at = afterScan(bytes, at);
  }
  return BROKEN;
}

/** SOF0 to SOF15, less the marks of tables that stand among them. */
function isFrame(mark: number): boolean {
  return mark >= 0xc0 && mark <= 0xcf && mark !== 0xc4 && mark !== 0xc8 && mark !== 0xcc;
}

/** Within a scan a mark is FF with neither 00 (a stuffed FF) nor a restart behind it. */
function afterScan(bytes: Buffer, from: number): number {
  let at = bytes.indexOf(0xff, from);
  while (at !== -1 && at + 1 < bytes.length) {
    const next = bytes[at + 1] ?? 0;
    if (next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
    at = bytes.indexOf(0xff, at + (next === 0xff ? 1 : 2));
  }
  return bytes.length;
}

/** Chunks, each with the sum of its bytes: one flipped on the way shows. */
export function pngOf(bytes: Buffer): KindRead | null {
  if (!begins(bytes, 0, '\u0089PNG')) return null;
  if (bytes.length < 8) return CUT;
  if (!begins(bytes, 4, '\r\n\u001a\n')) return BROKEN;
  let size: { width: number; height: number } | null = null;
  let drawn = false;
  let at = 8;
  for (let part = 0; part < PARTS_MAX; part += 1) {
    if (at + 12 > bytes.length) return CUT;
    const length = bytes.readUInt32BE(at);
    if (at + 12 + length > bytes.length) return CUT;
    const name = bytes.toString('latin1', at + 4, at + 8);
    if (crc32(bytes.subarray(at + 4, at + 8 + length)) !== bytes.readUInt32BE(at + 8 + length)) return BROKEN;
    if (part === 0) {
      if (name !== 'IHDR' || length !== 13) return BROKEN;
      size = { width: bytes.readUInt32BE(at + 8), height: bytes.readUInt32BE(at + 12) };
    }
    if (name === 'IDAT') drawn = true;
    if (name === 'IEND') return size === null || !drawn ? BROKEN : size;
    at += 12 + length;
  }
  return BROKEN;
}

/** Blocks up to the trailer. */
export function gifOf(bytes: Buffer): KindRead | null {
  if (!begins(bytes, 0, 'GIF87a') && !begins(bytes, 0, 'GIF89a')) return null;
  if (bytes.length < 13) return CUT;
  const size = { width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) };
  let at = 13 + tableBytes(bytes[10] ?? 0);
  let drawn = false;
  for (let part = 0; part < PARTS_MAX; part += 1) {
    const kind = bytes[at];
    if (kind === undefined) return CUT;
    if (kind === 0x3b) return drawn ? size : BROKEN;
    if (kind === 0x21) at = afterBlocks(bytes, at + 2);
    else if (kind === 0x2c) {
      at = afterBlocks(bytes, at + 11 + tableBytes(bytes[at + 9] ?? 0));
      drawn = true;
    } else return BROKEN;
  }
  return BROKEN;
}

function tableBytes(flags: number): number {
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1);
}

function afterBlocks(bytes: Buffer, from: number): number {
  let at = from;
  while (at < bytes.length) {
    const length = bytes[at] ?? 0;
    at += 1 + length;
    if (length === 0) return at;
  }
  return bytes.length;
}

/** One container that says its own length, and a first part that says the size. */
export function webpOf(bytes: Buffer): KindRead | null {
  if (!begins(bytes, 0, 'RIFF') || !begins(bytes, 8, 'WEBP')) return null;
  if (bytes.length < 30 || bytes.length < bytes.readUInt32LE(4) + 8) return CUT;
  switch (bytes.toString('latin1', 12, 16)) {
    case 'VP8X':
      return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1 };
    case 'VP8L': {
      const packed = bytes.readUInt32LE(21);
      return bytes[20] === 0x2f
        ? { width: (packed & 0x3fff) + 1, height: ((packed >>> 14) & 0x3fff) + 1 }
        : BROKEN;
    }
    case 'VP8 ':
      return bytes.readUIntBE(23, 3) === 0x9d012a
        ? { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff }
        : BROKEN;
    default:
      return BROKEN;
  }
}

/** What phones photograph in: boxes, of which the last ends where the file does. */
export function heifOf(bytes: Buffer): KindRead | null {
  if (!begins(bytes, 4, 'ftyp') || !/^(?:hei|hev|mif|msf|avi[fs])/.test(bytes.toString('latin1', 8, 12)))
    return null;
  let at = 0;
  let described = false;
  let held = false;
  for (let part = 0; part < PARTS_MAX && at < bytes.length; part += 1) {
    if (at + 8 > bytes.length) return CUT;
    const said = bytes.readUInt32BE(at);
    if (said === 1 && at + 16 > bytes.length) return CUT;
    const length = said === 1 ? Number(bytes.readBigUInt64BE(at + 8)) : said === 0 ? bytes.length - at : said;
    if (length < 8) return BROKEN;
    if (at + length > bytes.length) return CUT;
    const name = bytes.toString('latin1', at + 4, at + 8);
    described ||= name === 'meta';
    held ||= name === 'mdat';
    at += length;
  }
  return described && held ? { width: null, height: null } : CUT;
}
