import { describe, expect, test } from 'vitest';

import { learnLevel, levelNow, newLevel, type Level } from './level.ts';

/** Answers come regularly at this factor of what is expected, a tenth of an answer a tick. */
function run(level: Level, factor: number, answers: number): void {
  let owed = 0;
  for (let came = 0; came < answers;) {
    owed += 0.1 * factor;
    const seen = owed >= 1 ? 1 : 0;
    owed -= seen;
    came += seen;
    learnLevel(level, seen, 0.1);
  }
}

describe('how many answers come for each one expected', () => {
  test('before anything was seen: as expected, with much doubt', () => {
    const { factor, doubt } = levelNow(newLevel());
    expect(factor).toBe(1);
    expect(doubt).toBeGreaterThan(0.3);
  });

  test('converges, and doubts less', () => {
    const level = newLevel();
    run(level, 0.6, 600);
    const { factor, doubt } = levelNow(level);
    expect(factor).toBeGreaterThan(0.57);
    expect(factor).toBeLessThan(0.63);
    expect(doubt).toBeLessThan(0.12);
  });

  test.each([
    [1, 0.33, 60],
    [0.33, 1, 60],
    [1, 3, 60],
  ])('a step from %f to %f is followed within %i answers', (from, to, answers) => {
    const level = newLevel();
    run(level, from, 1500);
    run(level, to, answers);
    const { factor } = levelNow(level);
    expect(factor).toBeGreaterThan(to * 0.7);
    expect(factor).toBeLessThan(to * 1.4);
  });
});

test('nobody answers: a quarter of the usual level is believed at the least', () => {
  const level = newLevel();
  run(level, 0.9, 600);
  for (let n = 0; n < 20_000; n += 1) learnLevel(level, 0, 0.1);
  expect(levelNow(level).factor).toBeGreaterThan(0.2);
  expect(levelNow(level).factor).toBeLessThan(0.25);
});
