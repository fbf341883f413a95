import { expect, test } from 'vitest';

import { jpegTaken } from '../../tests/jpeg.ts';
import { tinyPng } from '../../tests/png.ts';
import { takenAt } from './exif.adapter.ts';

test('the date the camera wrote is read', () => {
  expect(takenAt(jpegTaken('2026:02:27 18:45:10'))).toBe('2026-02-27T18:45:10');
});

test('a screenshot has none, and damaged tags are none', () => {
  expect(takenAt(tinyPng())).toBeNull();
  expect(takenAt(jpegTaken('2026:02:27 18:45:10').subarray(0, 30))).toBeNull();
  expect(takenAt(jpegTaken('ayer en la tarde'))).toBeNull();
});
