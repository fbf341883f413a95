/** Eight gray points a side, as a browser writes them: tables, one scan, the end mark. */
const POINTS = Buffer.from(
  '/9sAQwAbEhQXFBEbFxYXHhwbIChCKyglJShROj0wQmBVZWRfVV1banmYgWpxkHNbXYW1hpCeo6utq2eAvMm6pseZqKuk/9sAQwEcHh4oIyhOKytOpG5dbqSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSkpKSk/8AAEQgACAAIAwEiAAIRAQMRAf/EABUAAQEAAAAAAAAAAAAAAAAAAAAC/8QAFBABAAAAAAAAAAAAAAAAAAAAAP/EABQBAQAAAAAAAAAAAAAAAAAAAAD/xAAUEQEAAAAAAAAAAAAAAAAAAAAA/9oADAMBAAIRAxEAPwCgAf/Z',
  'base64',
);

export function tinyJpeg(): Buffer {
  return Buffer.concat([Buffer.from([0xff, 0xd8]), POINTS]);
}

/** The same with an EXIF segment that says when it was taken. */
export function jpegTaken(at: string): Buffer {
  const text = Buffer.from(`${at}\0`, 'latin1');
  const tiff = Buffer.alloc(8 + 2 + 12 + 4 + 2 + 12 + 4);
  tiff.write('MM', 0, 'latin1');
  tiff.writeUInt16BE(42, 2);
  tiff.writeUInt32BE(8, 4);
  tiff.writeUInt16BE(1, 8);
  // IFD0: a pointer to the EXIF block.
  tiff.writeUInt16BE(0x8769, 10);
  tiff.writeUInt16BE(4, 12);
  tiff.writeUInt32BE(1, 14);
  tiff.writeUInt32BE(26, 18);
  // EXIF: DateTimeOriginal, as text behind it.
  tiff.writeUInt16BE(1, 26);
  tiff.writeUInt16BE(0x9003, 28);
  tiff.writeUInt16BE(2, 30);
  tiff.writeUInt32BE(text.length, 32);
  tiff.writeUInt32BE(tiff.length, 36);
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff, text]);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(body.length + 2);
  const start = Buffer.from([0xff, 0xd8, 0xff, 0xe1]);
  return Buffer.concat([start, length, body, POINTS]);
}
