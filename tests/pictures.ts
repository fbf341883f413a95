/** One small whole picture of each kind that is taken, beside png.ts and jpeg.ts. */

export const tinyWebp = (): Buffer =>
  Buffer.from('UklGRiQAAABXRUJQVlA4IBgAAAAwAQCdASoIAAgABABoJaQAA3AA/bQAAAA=', 'base64');

export const tinyGif = (): Buffer =>
  Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

/** Its boxes, as a phone writes them, about nothing. */
export function tinyHeic(): Buffer {
  return Buffer.concat([
    box('ftyp', Buffer.from('heic\0\0\0\0mif1heic', 'latin1')),
    box('meta', Buffer.alloc(40)),
    box('mdat', Buffer.alloc(64, 7)),
  ]);
}

function box(name: string, body: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length + 8);
  return Buffer.concat([length, Buffer.from(name, 'latin1'), body]);
}
