import { SAMPLE_BYTES } from './limits.ts';

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

const CHUNK_BYTES = 64 * 1024;

/**
 * Byte-order mark; else UTF-16 by its zeros (Excel's "Unicode text" without a mark); else strict UTF-8; else windows-1252, which every
 * byte fits: what Spanish Excel writes as "CSV". Null: zeros that no text has.
 */
export function detectEncoding(bytes: Uint8Array): Encoding | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  const zeros = countZeros(bytes.subarray(0, SAMPLE_BYTES));
  if (zeros.odd + zeros.even > 0) {
    const half = Math.min(bytes.length, SAMPLE_BYTES) / 2;
    if (zeros.even === 0 && zeros.odd > half * 0.5) return 'utf-16le';
    if (zeros.odd === 0 && zeros.even > half * 0.5) return 'utf-16be';
    return null;
  }
  return isUtf8(bytes) ? 'utf-8' : 'windows-1252';
}

/** The text, piece by piece, line ends as \n; a mark at the beginning is left out. */
export function* decode(bytes: Uint8Array, encoding: string): Generator<string> {
  const decoder = new TextDecoder(encoding);
  let held = '';
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
    const text = held + decoder.decode(bytes.subarray(at, at + CHUNK_BYTES), { stream: true });
    // A \r at the end may be half of a line end.
    held = text.endsWith('\r') ? '\r' : '';
    yield (held === '' ? text : text.slice(0, -1)).replaceAll(/\r\n?/gu, '\n');
  }
  yield (held + decoder.decode()).replaceAll(/\r\n?/gu, '\n');
}

function isUtf8(bytes: Uint8Array): boolean {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
      decoder.decode(bytes.subarray(at, at + CHUNK_BYTES), { stream: true });
    }
    decoder.decode();
    return true;
  } catch {
    return false;
  }
}

function countZeros(bytes: Uint8Array): { even: number; odd: number } {
  const zeros = { even: 0, odd: 0 };
  for (const [at, byte] of bytes.entries()) {
    if (byte !== 0) continue;
    if (at % 2 === 0) zeros.even += 1;
    else zeros.odd += 1;
  }
  return zeros;
}

/** What windows-1252 shows for the bytes 0x80 to 0x9F; the others are themselves. */
const HIGH = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
/** The two letters that lead every Spanish character in UTF-8 read as windows-1252: "Ã±", "Â¿". */
const TELLTALE = /[ÂÃ][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]/u;

export function looksDoubleEncoded(text: string): boolean {
  return TELLTALE.test(text);
}

/** "MuÃ±oz" to "Muñoz". Text that is not broken this way, in every character, is returned as it was. */
export function repairDoubleEncoding(text: string): string {
  if (!looksDoubleEncoded(text)) return text;
  const bytes = new Uint8Array(text.length);
  for (let at = 0; at < text.length; at += 1) {
    const high = HIGH.indexOf(text.charAt(at));
    const code = high >= 0 ? 0x80 + high : text.charCodeAt(at);
    if (code > 0xff) return text;
    bytes[at] = code;
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return text;
  }
}
