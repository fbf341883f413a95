/** Whether bytes are a whole picture, of which kind: what a person will be asked to read a date in must open. */
export type ImageRead =
  | { readonly image: 'jpeg' | 'png' | 'webp' | 'gif' | 'heic' }
  | { readonly damaged: 'cut-short' | 'not-a-picture' | 'too-large' };

export const IMAGE_BYTES_MAX = 15 * 1024 * 1024;

export function readImage(bytes: Uint8Array): ImageRead {
  if (bytes.byteLength > IMAGE_BYTES_MAX) return { damaged: 'too-large' };
  const at = (place: number): number => bytes[place] ?? -1;
  const word = (from: number, length: number): string =>
    String.fromCharCode(...bytes.subarray(from, from + length));
  if (at(0) === 0xff && at(1) === 0xd8) return jpegEnds(bytes) ? { image: 'jpeg' } : { damaged: 'cut-short' };
  if (at(0) === 0x89 && word(1, 3) === 'PNG')
    return pngEnds(bytes) ? { image: 'png' } : { damaged: 'cut-short' };
  if (word(0, 4) === 'GIF8')
    return at(bytes.byteLength - 1) === 0x3b ? { image: 'gif' } : { damaged: 'cut-short' };
  if (word(0, 4) === 'RIFF' && word(8, 4) === 'WEBP')
    return bytes.byteLength >= littleEndian(bytes, 4) + 8 ? { image: 'webp' } : { damaged: 'cut-short' };
  if (word(4, 4) === 'ftyp' && /^(?:hei|mif|hev)/.test(word(8, 3))) return { image: 'heic' };
  return { damaged: 'not-a-picture' };
}

/** Cameras put a few bytes after the end mark; a picture cut short has none. */
function jpegEnds(bytes: Uint8Array): boolean {
  const from = Math.max(2, bytes.byteLength - 4_096);
  for (let place = bytes.byteLength - 2; place >= from; place -= 1)
    if (bytes[place] === 0xff && bytes[place + 1] === 0xd9) return true;
  return false;
}

/** Walks the chunks to the last one. */
function pngEnds(bytes: Uint8Array): boolean {
  let place = 8;
  for (let chunks = 0; chunks < 10_000 && place + 12 <= bytes.byteLength; chunks += 1) {
    const length = bigEndian(bytes, place);
    const name = String.fromCharCode(...bytes.subarray(place + 4, place + 8));
    if (chunks === 0 && name !== 'IHDR') return false;
    place += 12 + length;
    if (name === 'IEND') return place <= bytes.byteLength;
  }
  return false;
}

function bigEndian(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at, false);
}

function littleEndian(bytes: Uint8Array, at: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at, true);
}
