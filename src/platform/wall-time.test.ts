import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readTime } from './wall-time.ts';

const MX = 'America/Mexico_City';

describe('times as they are written', () => {
  test.each([
    ['PBX: local, no leading zeros', '2026-7-15 9:18:39', MX, '2026-07-15T15:18:39.000Z'],
    ['Graph: +0000 without colon', '2026-07-15T15:18:39+0000', MX, '2026-07-15T15:18:39.000Z'],
    ['ISO with Z', '2026-07-15T15:18:39Z', MX, '2026-07-15T15:18:39.000Z'],
    ['ISO with offset and fraction', '2026-07-15T09:18:39.5-06:00', MX, '2026-07-15T15:18:39.500Z'],
    ['ISO local', '2026-07-15T09:18', MX, '2026-07-15T15:18:00.000Z'],
    ['date only', '2026-07-15', MX, '2026-07-15T06:00:00.000Z'],
    ['day first', '05/07/2026 09:18', MX, '2026-07-05T15:18:00.000Z'],
    ['afternoon in Spanish', '15/07/2026 9:18 p. m.', MX, '2026-07-16T03:18:00.000Z'],
    ['noon', '15/07/2026 12:00 p.m.', MX, '2026-07-15T18:00:00.000Z'],
    ['midnight', '15/07/2026 12:05 a.m.', MX, '2026-07-15T06:05:00.000Z'],
    ['two-digit year', '5/7/26', MX, '2026-07-05T06:00:00.000Z'],
    ['with a non-breaking space', '15/07/2026\u00a09:18', MX, '2026-07-15T15:18:00.000Z'],
    ['Excel serial', '46218.5', MX, '2026-07-15T18:00:00.000Z'],
    ['Colombia', '2026-7-15 9:18:39', 'America/Bogota', '2026-07-15T14:18:39.000Z'],
    ['northern border in summer', '2026-7-15 9:18:39', 'America/Tijuana', '2026-07-15T16:18:39.000Z'],
  ])('%s', (_name, text, zone, at) => {
    expect(readTime(text, zone)).toBe(at);
  });

  test('month first when the file says so', () => {
    expect(readTime('07/05/2026', MX, 'mdy')).toBe('2026-07-05T06:00:00.000Z');
  });

  test.each([
    '',
    'ayer',
    '31/02/2026',
    '2026-13-01',
    '25:00',
    '15/07/2026 25:00',
    '123',
    '0000-01-01T00:00:00+14:00',
    '9999-12-31T23:59:59-12:00',
    '99999',
    '2026-07-15T99:00:00Z',
  ])('%j is not a time', (text) => expect(readTime(text, MX)).toBeNull());

  test('an unknown zone is not a time', () => expect(readTime('2026-07-15', 'America/Nowhere')).toBeNull());

  test('no text throws', () => {
    fc.assert(fc.property(fc.string({ maxLength: 40 }), (text) => void readTime(text, MX)));
  });
});
