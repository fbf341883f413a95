import { expect, test } from 'vitest';
import { instant, plus } from '../../src/platform/time.ts';
import { timeLeft } from './time-left.ts';

const from = instant('2024-07-01T15:00:00Z');
const until = plus(from, 600_000);

test.each([
  ['at the start', 0, 'calm', 1, undefined],
  ['just before half', 299_999, 'calm', 0.5, undefined],
  ['half gone', 300_000, 'soon', 0.5, '300000'],
  ['a fifth left', 480_000, 'last', 0.2, '300000'],
  ['one minute left', 540_000, 'last', 0.1, '60000'],
  ['the last millisecond', 599_999, 'last', 0, '60000'],
  ['the very instant', 600_000, 'over', 0, '0'],
  ['later', 900_000, 'over', 0, '0'],
])('ten minutes, %s', (_, passed, urgency, share, announce) => {
  const left = timeLeft(from, until, plus(from, passed));
  expect(left).toMatchObject({ urgency, announce });
  expect(left.share).toBeCloseTo(share, 4);
});

test('a clock ahead of the start shows a full bar, no more', () => {
  expect(timeLeft(from, until, plus(from, -5_000)).share).toBe(1);
});
