import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { jpegTaken, tinyJpeg } from '../../tests/jpeg.ts';
import { emailOf, openFloor, PASSWORD, type Floor } from '../../tests/journeys/floor.ts';
import { tinyGif, tinyHeic, tinyWebp } from '../../tests/pictures.ts';
import { tinyPng } from '../../tests/png.ts';
import { seeded } from '../../tests/traffic.ts';
import { openBrowser, type Browser } from '../access/access-cases.ts';
import { PICTURE_BYTES_MAX } from '../platform/picture-limits.ts';
import { imageRefusals } from './errors.ts';

let floor: Floor;
let beto: Browser;
const RAW = { 'content-type': 'application/octet-stream' };
const UPLOADS = 1_000;

beforeAll(async () => {
  floor = await openFloor();
  beto = openBrowser(floor.program.http, '203.0.113.9');
  expect((await beto.signIn(emailOf('beto'), PASSWORD)).status).toBe(200);
});
afterAll(() => floor.stop());

const WHOLE = [
  tinyPng(),
  tinyJpeg(),
  jpegTaken('2026:02:27 18:45:10'),
  tinyGif(),
  tinyWebp(),
  tinyHeic(),
] as const;

/** One of the ways in which what a person uploads is not the picture they mean. */
function damaged(random: () => number, place: number): Buffer {
  const at = (length: number): number => Math.floor(random() * Math.max(1, length));
  const whole = WHOLE[at(WHOLE.length)] ?? tinyPng();
  const kinds: readonly (() => Buffer)[] = [
    () => whole.subarray(0, at(whole.length)),
    () => flipped(whole, 1 + at(8), at),
    () =>
      Buffer.concat([Buffer.from(['%PDF-1.7\n', 'GIF89a', '\u0089PNG\r\n'][at(3)] ?? '', 'latin1'), whole]),
    () => Buffer.alloc(0),
    () => huge(at(4_000_000_000), at(4_000_000_000)),
    () => Buffer.from(['%PDF-1.4\n%âãÏÓ', 'PK\u0003\u0004', '<svg/>', '<html>', 'hola', '\0'][at(6)] ?? ''),
    () => Buffer.alloc(1 + at(4_000), at(256)),
    () => Buffer.from(Array.from({ length: 1 + at(2_000) }, () => at(256))),
    () => Buffer.concat([whole.subarray(0, at(whole.length)), whole]),
    () => Buffer.concat([whole, Buffer.alloc(at(5_000), at(256))]),
    () => whole,
  ];
  return (kinds[place % kinds.length] ?? (() => whole))();
}

function flipped(bytes: Buffer, times: number, at: (length: number) => number): Buffer {
  const copy = Buffer.from(bytes);
  for (let n = 0; n < times; n += 1) copy[at(copy.length)] = at(256);
  return copy;
}

function huge(width: number, height: number): Buffer {
  const png = tinyPng();
  png.writeUInt32BE(width, 16);
  png.writeUInt32BE(height, 20);
  png.writeUInt32BE(crc32(png.subarray(12, 29)), 29);
  return png;
}

test('a thousand damaged uploads: each is refused with a line that says what to do, or kept unaltered with its hash', async () => {
  const random = seeded(41);
  const kept = new Map<string, string>();
  const refused = new Map<string, number>();
  const codes = new Set(Object.values(imageRefusals));
  for (let place = 0; place < UPLOADS; place += 1) {
    const bytes = damaged(random, place);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const name = encodeURIComponent(`${'../'.repeat(place % 4)}captura ${place}.png`);
    const { status, code, body } = await beto.post(`/api/claims/images?name=${name}`, bytes, RAW);
    if (status === 201) {
      expect(body['sha256']).toBe(sha256);
      kept.set(String(body['id']), sha256);
      continue;
    }
    expect([status, codes.has(code)], `upload ${place}: ${code}`).toEqual([422, true]);
    expect(body['error']).toMatchObject({ field: 'image', message: expect.stringMatching(/[.!] .+\.$/) });
    refused.set(code, (refused.get(code) ?? 0) + 1);
  }
  // It would prove little were they all refused for one reason, or all kept.
  expect(kept.size).toBeGreaterThan(100);
  expect([...refused.keys()].toSorted()).toEqual([
    'image-broken',
    'image-cut-short',
    'image-empty',
    'image-is-a-document',
    'image-too-many-points',
    'not-an-image',
  ]);
  const stored = await floor.program.database.inOrganization(floor.organization, (tx) =>
    sql<{ id: string; bytes: Buffer; sha256: string }>`
      select id, bytes, sha256 from claim_images where organization_id = (select pauta_organization())`.execute(
      tx,
    ),
  );
  expect(stored.rows).toHaveLength(kept.size);
  for (const { id, bytes, sha256 } of stored.rows) {
    expect(sha256).toBe(kept.get(id));
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
  }
}, 120_000);

test.each([
  ['one byte too many', PICTURE_BYTES_MAX + 1],
  ['far too many', PICTURE_BYTES_MAX * 2],
])('%s: named before it is read, with its field', async (_name, length) => {
  const sent = await beto.post('/api/claims/images', Buffer.alloc(length, 1), RAW);
  expect(sent).toMatchObject({ status: 413, code: 'image-too-large' });
  expect(sent.body['error']).toMatchObject({ field: 'image', message: expect.stringContaining('15 MB') });
});

test('the refusal speaks the language of who uploads', async () => {
  const sent = await beto.post('/api/claims/images', Buffer.from('%PDF-1.7'), {
    ...RAW,
    'accept-language': 'en',
  });
  expect(sent.body['error']).toMatchObject({ message: expect.stringContaining('screenshot of the page') });
});
