import { describe, expect, test } from 'vitest';
import { sameSecret, signatureOf, signedBy } from './signed-body.ts';

// Meta writes accents and emoji as \u escapes: the same JSON value, other bytes.
const wire = '{"name":"Mar\\u00eda \\ud83c\\udfe1"}';

describe('a signed body', () => {
  test('the raw bytes verify', () => {
    expect(signedBy(Buffer.from(wire), signatureOf(wire, 'secret'), ['secret'])).toBe(true);
  });
  test('the same value written again does not', () => {
    const again = JSON.stringify(JSON.parse(wire));
    expect(again).not.toBe(wire);
    expect(signedBy(again, signatureOf(wire, 'secret'), ['secret'])).toBe(false);
  });
  test('known answer', () => {
    expect(signatureOf('{}', 'secret')).toBe(
      'sha256=77325902caca812dc259733aacd046b73817372c777b8d95b402647474516e13',
    );
  });
  test.each([
    ['missing header', undefined, ['secret']],
    ['empty header', '', ['secret']],
    ['without its prefix', signatureOf(wire, 'secret').slice(7), ['secret']],
    ['another secret', signatureOf(wire, 'other'), ['secret']],
    ['no secret configured', signatureOf(wire, ''), ['']],
    ['no secrets at all', signatureOf(wire, 'secret'), []],
  ])('%s is refused', (_name, header, secrets) => {
    expect(signedBy(wire, header, secrets)).toBe(false);
  });
  test('both secrets live while one is rotated', () => {
    const header = signatureOf(wire, 'old');
    expect(signedBy(wire, header, ['new', 'old'])).toBe(true);
  });
  test('secrets compare whole', () => {
    expect(sameSecret('abc', 'abc')).toBe(true);
    expect(sameSecret('ab', 'abc')).toBe(false);
    expect(sameSecret('', '')).toBe(false);
  });
});
