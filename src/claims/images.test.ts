import { expect, test } from 'vitest';

import { jpegTaken } from '../../tests/jpeg.ts';
import { tinyPng } from '../../tests/png.ts';
import { imageType } from './images.ts';

test('an image is known by its first bytes, not by its name', () => {
  expect(imageType(tinyPng())).toBe('image/png');
  expect(imageType(jpegTaken('2026:02:27 18:45:10'))).toBe('image/jpeg');
  expect(imageType(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))).toBeNull();
  expect(imageType(Buffer.from('%PDF-1.7'))).toBeNull();
});
