import { describe, expect, test } from 'vitest';

import { rowOf, type Ages } from './forecast.ts';
import { learn } from './learn.ts';
import { openPacing, type PacingMemory } from './memory.ts';
import type { PacingEvent, PacingTick } from './tick.ts';

const CONFIG = {
  agents: 1,
  linesMax: 10,
  callsPerSecondMax: 10,
  abandonedShareMax: 0.03,
  connectSecondsMax: 2,
  ringSecondsMin: 15,
  ringSecondsMax: 26,
  daySeconds: 28_800,
} as const;

const TALK = 60;
const ROUND = 80;

/** One agent: ten seconds ready while a call rings, a minute of talk, ten seconds of wrap-up; again and again. */
function tickAt(at: number, told: boolean): PacingTick {
  const round = Math.floor(at / ROUND);
  const inRound = at - round * ROUND;
  const begun = round * ROUND;
  const call = `c${round}`;
  const talking = inRound >= 10 && inRound < 10 + TALK;
  const wrapUp = inRound >= 10 + TALK;
  const events: PacingEvent[] = [];
  if (inRound === 10) events.push(['answered', call, at], ['connected', call, 'a1', at]);
  if (told && inRound === 10 + TALK) events.push(['talkEnded', 'a1', at]);
  if (told && inRound === 0 && round > 0) events.push(['wrapUpEnded', 'a1', at]);
  return {
    at,
    events,
    agents: {
      ready: talking || wrapUp ? [] : ['a1'],
      talking: talking ? [['a1', begun + 10]] : [],
      wrapUp: wrapUp ? [['a1', begun + 10 + TALK]] : [],
      paused: [],
    },
    ringing: inRound < 10 ? [[call, begun]] : [],
    waiting: [],
  };
}

function after(rounds: number, told: boolean): PacingMemory {
  const memory = openPacing(CONFIG);
  for (let at = 0; at <= rounds * ROUND; at += 0.5) learn(memory, tickAt(at, told));
  return memory;
}

/** Chance within the moment nearest to so many seconds. */
function chance(memory: PacingMemory, ages: Ages, age: number, seconds: number): number {
  const { moments } = memory.forecast;
  const j = moments.findIndex((moment) => moment >= seconds);
  return ages.rows[rowOf(ages, age) * moments.length + j] ?? 0;
}

describe.each([
  ['told by events', true],
  ['seen only', false],
])('what is learned of agents and calls, %s', (_, told) => {
  const memory = after(60, told);
  const { freeAfterTalk, freeAfterWrapUp, answered } = memory.forecast;

  test('the wrap-up ends at its tenth second', () => {
    expect(chance(memory, freeAfterWrapUp, 0.2, 4)).toBeLessThan(0.2);
    expect(chance(memory, freeAfterWrapUp, 0.2, 9)).toBeGreaterThan(0.8);
    expect(chance(memory, freeAfterWrapUp, 7, 1.5)).toBeGreaterThan(0.8);
  });

  test('the talk ends at a minute, and the wrap-up follows it', () => {
    expect(chance(memory, freeAfterTalk, 20, 14)).toBeLessThan(0.2);
    expect(chance(memory, freeAfterTalk, 55, 14)).toBeGreaterThan(0.4);
    expect(chance(memory, freeAfterTalk, 55, 4)).toBeLessThan(0.1);
  });

  test('people answer at the tenth second', () => {
    expect(chance(memory, answered, 1, 4)).toBeLessThan(0.2);
    expect(chance(memory, answered, 6, 6.5)).toBeGreaterThan(0.7);
  });

  test('what was answered and abandoned is counted', () => {
    expect(memory.budget).toMatchObject({ answered: 60, abandoned: 0 });
  });
});

test('calls and agents that vanish without a word are not kept for ever', () => {
  const memory = openPacing(CONFIG);
  for (let n = 0; n < 500; n += 1) {
    learn(memory, {
      ...tickAt(0, true),
      at: n,
      ringing: [[`v${n}`, n]],
      agents: { ready: [], talking: [[`a${n}`, n]], wrapUp: [], paused: [] },
    });
  }
  expect(memory.placedAt.size).toBeLessThan(100);
  expect(memory.talkingSince.size).toBeLessThan(100);
});
