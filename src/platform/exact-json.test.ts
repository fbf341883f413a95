import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BODY_BYTES_MAX, entriesOf, readExactJson, recordOf } from './exact-json.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('JSON from outside', () => {
  test.each([
    ['a 64-bit id stays exact', '{"id":17840000000000056789}', { id: '17840000000000056789' }],
    ['the first number past 2^53', '{"id":9007199254740993}', { id: '9007199254740993' }],
    ['the last safe number stays a number', '{"id":9007199254740991}', { id: 9007199254740991 }],
    ['fractions stay numbers', '[1.5,1e3]', [1.5, 1000]],
    ['a byte-order mark is dropped', '\uFEFF{"a":1}', { a: 1 }],
    [
      'brackets inside text do not count as depth',
      JSON.stringify({ a: '['.repeat(500) }),
      { a: '['.repeat(500) },
    ],
  ])('%s', (_name, text, value) => {
    expect(readExactJson(bytes(text))).toEqual({ value });
  });

  test.each([
    ['cut', bytes('{"a":'), 'not-json'],
    ['blank', bytes('  \n'), 'empty'],
    ['bad UTF-8', new Uint8Array([0x7b, 0xff, 0x7d]), 'not-utf8'],
    ['too deep', bytes('['.repeat(100_000) + ']'.repeat(100_000)), 'too-deep'],
    ['too large', new Uint8Array(BODY_BYTES_MAX + 1), 'body-too-large'],
  ])('%s is a named refusal', (_name, raw, refused) => {
    expect(readExactJson(raw)).toEqual({ refused });
  });

  test('any bytes give an answer, never an exception', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (raw) => void readExactJson(raw)));
  });

  test('__proto__ does not travel', () => {
    const parsed = readExactJson('{"__proto__":{"polluted":true},"a":1}');
    if (!('value' in parsed)) throw new Error('not parsed');
    expect(entriesOf(parsed.value)).toEqual([['a', 1]]);
    expect(recordOf(parsed.value)?.['polluted']).toBeUndefined();
    expect(recordOf(parsed.value)?.['constructor']).toBeUndefined();
  });
});
