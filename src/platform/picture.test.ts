import { crc32 } from 'node:zlib';
import { describe, expect, test } from 'vitest';

import { jpegTaken, tinyJpeg } from '../../tests/jpeg.ts';
import { tinyGif, tinyHeic, tinyWebp } from '../../tests/pictures.ts';
import { tinyPng } from '../../tests/png.ts';
import { readPicture } from './picture.ts';
import { PICTURE_BYTES_MAX, type PictureFault } from './picture-limits.ts';
import { canDraw } from './picture-drawn.ts';

const WHOLE = {
  png: tinyPng(),
  jpeg: tinyJpeg(),
  gif: tinyGif(),
  webp: tinyWebp(),
  heic: tinyHeic(),
};

/** A PNG that says it is that large, its sum set right. */
function saidToBe(width: number, height: number): Buffer {
  const png = tinyPng();
  png.writeUInt32BE(width, 16);
  png.writeUInt32BE(height, 20);
  png.writeUInt32BE(crc32(png.subarray(12, 29)), 29);
  return png;
}

describe('a picture is known by its bytes, whatever its name', () => {
  test.each(Object.entries(WHOLE))('%s', (kind, bytes) => {
    expect(readPicture(bytes)).toMatchObject({ picture: { kind, mediaType: `image/${kind}` } });
  });

  test('with what cameras put behind the end of a JPEG, and the picture within its EXIF', () => {
    const film = Buffer.concat([jpegTaken('2026:02:27 18:45:10'), Buffer.alloc(200_000, 3)]);
    expect(readPicture(film)).toMatchObject({ picture: { kind: 'jpeg', width: 8, height: 8 } });
  });
});

describe('what is no whole picture is named', () => {
  const flipped = Buffer.from(WHOLE.png);
  flipped[45] = (flipped[45] ?? 0) ^ 1;
  const faults: readonly (readonly [string, Buffer, PictureFault])[] = [
    ['nothing', Buffer.alloc(0), 'empty'],
    ['words', Buffer.from('hola'), 'not-a-picture'],
    ['a drawing in words', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'not-a-picture'],
    ['a PDF', Buffer.from('%PDF-1.7\n'), 'a-document'],
    ['a spreadsheet', Buffer.from('PK\u0003\u0004rest of it'), 'a-document'],
    ['too much', Buffer.alloc(PICTURE_BYTES_MAX + 1), 'too-large'],
    ['one byte flipped in a PNG', flipped, 'broken'],
    ['a PNG of a hundred thousand points a side', saidToBe(100_000, 100_000), 'too-many-points'],
    ['a PNG of no width', saidToBe(0, 8), 'broken'],
    ['a JPEG that is only its ends', Buffer.from([0xff, 0xd8, 0xff, 0xd9]), 'broken'],
  ];
  test.each(faults)('%s', (_name, bytes, fault) => {
    expect(readPicture(bytes)).toEqual({ fault });
  });

  test.each(Object.entries(WHOLE))('%s, cut short anywhere', (_kind, bytes) => {
    for (let length = 0; length < bytes.length - 1; length += 1)
      expect(readPicture(bytes.subarray(0, length)), `${length} bytes`).toHaveProperty('fault');
  });
});

describe('what the printer draws', () => {
  test('PNG and JPEG; the others are named', async () => {
    const drawn = await Promise.all(
      Object.entries(WHOLE).map(async ([kind, bytes]) => [kind, await canDraw(bytes)] as const),
    );
    expect(Object.fromEntries(drawn)).toEqual({
      png: true,
      jpeg: true,
      gif: false,
      webp: false,
      heic: false,
    });
  });

  test('no PNG that says it is larger than its rows', async () => {
    expect(await canDraw(saidToBe(9, 9))).toBe(false);
  });
});
