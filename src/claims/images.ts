/** What counts as an image: by its first bytes, whatever its name or the sender says. */
export const IMAGE_BYTES_MAX = 10 * 1024 * 1024;

const KINDS: readonly { readonly mediaType: string; readonly is: (bytes: Uint8Array) => boolean }[] = [
  { mediaType: 'image/png', is: (b) => begins(b, 0, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) },
  { mediaType: 'image/jpeg', is: (b) => begins(b, 0, [0xff, 0xd8, 0xff]) },
  { mediaType: 'image/gif', is: (b) => begins(b, 0, text('GIF8')) },
  { mediaType: 'image/webp', is: (b) => begins(b, 0, text('RIFF')) && begins(b, 8, text('WEBP')) },
  {
    mediaType: 'image/heic',
    is: (b) =>
      begins(b, 4, text('ftyp')) && ['heic', 'heix', 'mif1', 'msf1'].some((k) => begins(b, 8, text(k))),
  },
];

/** Null: no image that could be shown to a person. */
export function imageType(bytes: Uint8Array): string | null {
  return KINDS.find(({ is }) => is(bytes))?.mediaType ?? null;
}

function begins(bytes: Uint8Array, at: number, expected: readonly number[]): boolean {
  return expected.every((byte, place) => bytes[at + place] === byte);
}

function text(letters: string): number[] {
  return Array.from(letters, (letter) => letter.charCodeAt(0));
}
