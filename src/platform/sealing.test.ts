import { createCipheriv, randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { expect, test } from 'vitest';

import { testDatabase } from '../../tests/database.ts';
import { sealWith } from './sealing.ts';

const key = randomBytes(32);
const sealing = sealWith(key);
const seal = (text: string, about: string): string => sealing.seal(text, about);
const open = (sealed: string, about: string): string | null => sealing.open(sealed, about);

test('what was sealed opens with its key and in its place alone', () => {
  const sealed = seal('contraseña', 'here');
  expect(open(sealed, 'here')).toBe('contraseña');
  expect(open(sealed, 'there')).toBeNull();
  expect(sealWith(randomBytes(32)).open(sealed, 'here')).toBeNull();
});

test.each([
  ['changed', (sealed: string) => sealed.replace(/^./, (first) => (first === 'A' ? 'B' : 'A'))],
  ['cut', (sealed: string) => sealed.slice(0, 20)],
  ['empty', () => ''],
])('%s, it does not open', (_name, change) => {
  expect(open(change(seal('contraseña', 'here')), 'here')).toBeNull();
});

test('the same text sealed twice is not the same', () => {
  expect(seal('x', 'here')).not.toBe(seal('x', 'here'));
});

test('what channels had sealed before (nonce, tag, body) opens after the migration', async () => {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from('here'));
  const body = Buffer.concat([cipher.update('x'.repeat(500), 'utf8'), cipher.final()]);
  const before = Buffer.concat([nonce, cipher.getAuthTag(), body]);
  const database = await testDatabase();
  const client = new Client({ connectionString: database.url });
  await client.connect();
  const { rows } = await client.query<{ sealed: string }>(
    `select encode(substring($1::bytea from 1 for 12) || substring($1::bytea from 29) || substring($1::bytea from 13 for 16), 'base64') as sealed`,
    [before],
  );
  await client.end();
  await database.drop();
  expect(open(rows[0]?.sealed ?? '', 'here')).toBe('x'.repeat(500));
});
