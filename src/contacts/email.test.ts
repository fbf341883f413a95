import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldEmail, readEmail } from './email.ts';

test.each([
  ['ana@example.com', 'ana@example.com', 'ana@example.com'],
  [' Ana.Ruiz@Example.COM ', 'Ana.Ruiz@example.com', 'ana.ruiz@example.com'],
  ['Ana.Ruiz+casa@gmail.com', 'Ana.Ruiz+casa@gmail.com', 'anaruiz@gmail.com'],
  ['a.n.a@googlemail.com', 'a.n.a@googlemail.com', 'ana@gmail.com'],
  ['ana+casa@example.com', 'ana+casa@example.com', 'ana@example.com'],
  ['Ana Ruiz <ana@example.com>', 'ana@example.com', 'ana@example.com'],
  ['mailto:ana@example.com', 'ana@example.com', 'ana@example.com'],
  ['ana @ example.com', 'ana@example.com', 'ana@example.com'],
  ['ana@example.com.', 'ana@example.com', 'ana@example.com'],
  ['\u200bana@example.com\u00a0', 'ana@example.com', 'ana@example.com'],
  ['niño@ejemplo.example', 'niño@ejemplo.example', 'niño@ejemplo.example'],
])('%j', (raw, address, folded) => {
  expect(readEmail(raw)).toEqual({ raw, address, folded });
});

test('a slip in the domain is flagged, never changed', () => {
  expect(readEmail('ana@gmial.com')).toMatchObject({
    address: 'ana@gmial.com',
    folded: 'ana@gmial.com',
    meant: 'ana@gmail.com',
  });
});

test.each(['info@example.com', 'VENTAS@example.com', 'no-reply@example.com', 'no.tengo@example.com'])(
  '%s is nobody’s own',
  (raw) => {
    expect(readEmail(raw)).toMatchObject({ generic: true });
  },
);

test.each([
  ['', 'blank'],
  ['N/A', 'blank'],
  ['sin correo', 'blank'],
  ['-', 'blank'],
  ['ana', 'not-an-address'],
  ['ana@example', 'not-an-address'],
  ['ana@@example.com', 'not-an-address'],
  ['ana ruiz@example.com', 'not-an-address'],
  ['.ana@example.com', 'not-an-address'],
  ['a..na@example.com', 'not-an-address'],
  ['5512345678', 'not-an-address'],
  ['ana@example.com; beto@example.com', 'several'],
  ['ana@example.com, beto@example.com', 'several'],
  [`${'a'.repeat(65)}@example.com`, 'too-long'],
  ['a'.repeat(1000), 'too-long'],
])('%j is refused: %s', (raw, refused) => {
  expect(readEmail(raw)).toEqual({ refused, raw });
});

test('any text is read or refused; folding twice is folding once', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.emailAddress()), (raw) => {
      const read = readEmail(raw);
      if ('refused' in read) return true;
      return foldEmail(read.folded) === read.folded && readEmail(read.address).raw === read.address;
    }),
  );
});
