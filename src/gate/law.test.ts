import { expect, test } from 'vitest';
import { laws, parseLaws } from './index.ts';

test('each rule has its own id, its days in order, and stands as unreviewed until a lawyer signs', () => {
  expect(new Set(laws.map((law) => law.id)).size).toBe(laws.length);
  for (const law of laws) {
    expect(law.to === null || law.from <= law.to).toBe(true);
    expect(law.id.startsWith(law.jurisdiction)).toBe(true);
    expect(law.reviewed).toBeNull();
  }
});

const rule = {
  id: 'CO-X',
  jurisdiction: 'CO',
  kind: 'law',
  from: '2024-01-01',
  to: null,
  check: 'hours',
  purposes: ['*'],
  channels: ['*'],
  ownHours: true,
  source: 'a law',
  reviewed: null,
};
const window = {
  zone: 'America/Bogota',
  monFri: ['07:00', '19:00'],
  sat: null,
  sun: null,
  closedOnHolidaysOf: null,
};

test.each([
  ['a zone that is not', { ...rule, window: { ...window, zone: 'Bogota' } }],
  ['hours that close before they open', { ...rule, window: { ...window, monFri: ['19:00', '07:00'] } }],
  ['an unknown purpose', { ...rule, window, purposes: ['nagging'] }],
  ['no source', { ...rule, window, source: '' }],
  ['a field nobody reads', { ...rule, window, sundays: true }],
  ['an unknown check', { ...rule, window, check: 'mood' }],
])('a law file with %s is not taken', (_, wrong) => {
  expect(() => parseLaws([{ ...rule, window }])).not.toThrow();
  expect(() => parseLaws([wrong])).toThrow();
});
