import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';

import { pautaPacer } from '../simulator/dialing/baselines.ts';
import { configOf, playDay } from '../simulator/dialing/day.ts';
import { plainDay } from '../simulator/dialing/kind-of-day.ts';
import { PaceFilter } from './pace.ts';

const ROOT = join(import.meta.dirname, '..');
const CONFIG = {
  agents: 3,
  linesMax: 30,
  callsPerSecondMax: 20,
  abandonedShareMax: 0.03,
  connectSecondsMax: 2,
  ringSecondsMin: 15,
  ringSecondsMax: 26,
  daySeconds: 28_800,
  seed: 1,
};
const TICK = {
  at: 0.5,
  events: [],
  agents: { ready: ['a1', 'a2'], talking: [['a3', 0]], wrapUp: [], paused: [] },
  ringing: [['c1', 0]],
  waiting: [],
};

describe('the pacing filter', () => {
  test('as a process: answers each line before the next comes, and ends with its input', async () => {
    const child = spawn(process.execPath, [join(ROOT, 'cli', 'pauta.ts'), 'pace'], {
      cwd: ROOT,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const ask = async (line: string): Promise<unknown> => {
      child.stdin.write(`${line}\n`);
      const { value } = await answers.next();
      return JSON.parse(String(value));
    };
    expect(await ask(JSON.stringify({ config: { ...CONFIG, language: 'en' } }))).toEqual({ ready: true });
    expect(await ask(JSON.stringify(TICK))).toMatchObject({
      place: expect.any(Number),
      cancel: [],
      because: expect.stringMatching(/^Dials \d+: /),
      limit: expect.any(String),
    });
    expect(await ask('{"at":')).toMatchObject({ error: expect.stringMatching(/^line 3: /) });
    expect(await ask(JSON.stringify({ ...TICK, at: 1 }))).toMatchObject({ place: expect.any(Number) });
    const ended = once(child, 'exit');
    child.stdin.end();
    expect(await ended).toEqual([0, null]);
  });

  test.each([{ language: 'en', config: CONFIG }, { config: { ...CONFIG, language: 'en' } }])(
    'the language stands beside the configuration or in it',
    (first) => {
      const filter = new PaceFilter();
      expect(filter.answer(JSON.stringify(first), 1)).toBe('{"ready":true}');
      expect(filter.answer(JSON.stringify(TICK), 2)).toContain('"because":"Dials ');
    },
  );

  test('a simulated half hour through the filter is the same as with the rule itself', () => {
    const day = { ...plainDay(8), daySeconds: 1800 };
    const filter = new PaceFilter();
    filter.answer(JSON.stringify({ config: configOf(day) }), 1);
    let line = 1;
    const Answer = z.object({ place: z.number(), cancel: z.array(z.string()) });
    const filtered = playDay(day, 5, {
      name: 'filter',
      decide: (tick) => Answer.parse(JSON.parse(filter.answer(JSON.stringify(tick), (line += 1)))),
    });
    expect(filtered).toEqual(playDay(day, 5, pautaPacer(configOf(day))));
  });

  test('answers in Spanish unless asked otherwise', () => {
    const filter = new PaceFilter();
    filter.answer(JSON.stringify({ config: CONFIG }), 1);
    expect(JSON.parse(filter.answer(JSON.stringify(TICK), 2))).toMatchObject({
      because: expect.stringMatching(/^(?:No marca|Marca \d+): /),
    });
  });

  test.each([
    ['no JSON', 'nonsense', /^line 2: /],
    ['no time', JSON.stringify({ ...TICK, at: undefined }), /^line 2: at: /],
    [
      'an unknown outcome',
      JSON.stringify({ ...TICK, events: [['failed', 'c1', 0.2, 'fire']] }),
      /^line 2: events/,
    ],
    ['a pair without its time', JSON.stringify({ ...TICK, ringing: [['c1']] }), /^line 2: ringing/],
  ])('%s: an error with the line, and nothing of it is learned', (_, line, said) => {
    const filter = new PaceFilter();
    const plain = new PaceFilter();
    for (const one of [filter, plain]) one.answer(JSON.stringify({ config: CONFIG }), 1);
    expect(JSON.parse(filter.answer(line, 2))).toEqual({ error: expect.stringMatching(said) });
    expect(filter.answer(JSON.stringify(TICK), 3)).toBe(plain.answer(JSON.stringify(TICK), 2));
  });

  test('time runs forward only', () => {
    const filter = new PaceFilter();
    filter.answer(JSON.stringify({ config: CONFIG }), 1);
    filter.answer(JSON.stringify({ ...TICK, at: 10 }), 2);
    expect(JSON.parse(filter.answer(JSON.stringify(TICK), 3))).toEqual({
      error: 'line 3: at: 0.5 is before 10',
    });
  });

  test('without a campaign first, a tick is an error', () => {
    expect(JSON.parse(new PaceFilter().answer(JSON.stringify(TICK), 1))).toEqual({
      error: expect.stringMatching(/^line 1: config/),
    });
  });

  test('the month before counts', () => {
    const filter = new PaceFilter();
    const history = { answered: 40_000, abandoned: 1600 };
    filter.answer(JSON.stringify({ config: { ...CONFIG, history } }), 1);
    expect(JSON.parse(filter.answer(JSON.stringify(TICK), 2))).toMatchObject({ place: 1, limit: 'budget' });
  });
});
