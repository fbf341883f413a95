import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { qrModules } from './qr.ts';

const digest = (text: string): string => {
  const rows = qrModules(text)?.map((row) => row.map((dark) => (dark ? '1' : '0')).join(''));
  return createHash('sha256')
    .update(rows?.join('\n') ?? '')
    .digest('hex')
    .slice(0, 16);
};

test.each([
  ['PAUTA', 21],
  ['x'.repeat(14), 21],
  ['x'.repeat(15), 25],
  ['x'.repeat(213), 57],
  ['x'.repeat(412), 77],
])('%s: %d modules a side', (text, size) => {
  const modules = qrModules(text);
  expect(modules).toHaveLength(size);
  expect(modules?.every((row) => row.length === size)).toBe(true);
});

test('too long: no code rather than a wrong one', () => expect(qrModules('x'.repeat(413))).toBeUndefined());

// Each of these was read back by a scanner (zbar) when its digest was taken.
test.each([
  ['version 1', 'PAUTA', '32ed1743e483e0d3'],
  [
    'version 8, several blocks, version bits',
    `otpauth://totp/Pauta:ana?secret=${'JBSWY3DP'.repeat(12)}`,
    'bfd8cea18a9c13bb',
  ],
  ['version 15', `otpauth://totp/Pauta:ana?secret=${'JBSWY3DP'.repeat(45)}`, '91cfbbae44da0f69'],
])('%s', (_, text, expected) => expect(digest(text)).toBe(expected));
