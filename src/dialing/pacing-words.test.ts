import { describe, expect, test } from 'vitest';

import { openPacing } from './memory.ts';
import { pace } from './pacing.ts';
import { reasonsNow, type PacingReasons } from './pacing-reasons.ts';
import { pacingWords } from './pacing-words.ts';
import type { PacingTick } from './tick.ts';

const REASONS: PacingReasons = {
  limit: 'agents',
  place: 2,
  cancel: 0,
  free: 1,
  freeSoon: 3,
  freeSeconds: 9,
  inTheAir: 4,
  answers: 1.12,
  answered: 400,
  abandoned: 12,
  left: 7,
  waiting: 0,
  linesMax: 120,
  callsPerSecondMax: 20,
};

describe('why so many calls now', () => {
  test.each([
    [{}, 'Marca 2: 3 agentes libres dentro de 9 s (95 %); 4 llamadas timbrando valen 1.1 contestadas'],
    [
      { place: 0, cancel: 3 },
      'No marca y cuelga 3: 3 agentes libres dentro de 9 s (95 %); 4 llamadas timbrando valen 1.1 contestadas',
    ],
    [
      { limit: 'budget', left: 0, place: 0 },
      'No marca: van 12 abandonadas de 400 contestadas (3.0 %); ya no cabe otra, solo una llamada por agente libre',
    ],
    [
      { limit: 'carrier' },
      'Marca 2: la operadora rechaza las llamadas o nadie contesta; solo una por agente libre hasta que vuelva',
    ],
  ] as const)('in Spanish %#', (changed, said) => {
    expect(pacingWords({ ...REASONS, ...changed }, 'es')).toBe(said);
  });

  test.each([
    [{}, 'Dials 2: 3 agents free within 9 s at 95 %; 4 in the air worth 1.1 answers'],
    [{ freeSoon: 1 }, 'Dials 2: 1 agent free within 9 s at 95 %; 4 in the air worth 1.1 answers'],
    [
      { limit: 'learning', place: 1, answered: 4 },
      'Dials 1: only 4 answered so far, little is known of the campaign; 3 agents free within 9 s at 95 %; 4 in the air worth 1.1 answers',
    ],
    [
      { limit: 'lines', place: 0 },
      'Waits: the 120 lines carry no more; 3 agents free within 9 s at 95 %; 4 in the air worth 1.1 answers',
    ],
  ] as const)('in English %#', (changed, said) => {
    expect(pacingWords({ ...REASONS, ...changed }, 'en')).toBe(said);
  });

  test('the figures are those of the tick', () => {
    const memory = openPacing({
      agents: 4,
      linesMax: 40,
      callsPerSecondMax: 100,
      abandonedShareMax: 0.03,
      connectSecondsMax: 2,
      ringSecondsMin: 15,
      ringSecondsMax: 26,
      daySeconds: 28_800,
    });
    const tick: PacingTick = {
      at: 0,
      events: [],
      agents: { ready: ['a1', 'a2'], talking: [['a3', 0]], wrapUp: [], paused: ['a4'] },
      ringing: [['c1', 0]],
      waiting: [],
    };
    const pacing = pace(memory, tick);
    const reasons = reasonsNow(memory, tick, pacing);
    expect(reasons).toMatchObject({
      free: 2,
      freeSoon: 2,
      inTheAir: 1 + pacing.place,
      answered: 0,
      waiting: 0,
    });
    expect(reasons.answers).toBeGreaterThan(0.2 * reasons.inTheAir);
    expect(reasons.answers).toBeLessThan(0.8 * reasons.inTheAir);
  });
});
