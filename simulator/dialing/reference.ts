import type { Ages, Forecast } from '../../src/dialing/index.ts';
import { durationCdf, type Duration } from './chance.ts';
import type { KindOfDay } from './kind-of-day.ts';

export function trueForecast(day: KindOfDay, answer: number, moments: number[]): Forecast {
  const J = moments.length;
  const slot = 0.5;
  const ringCdf = (t: number): number => durationCdf(day.ring, Math.min(t, day.ringSecondsMax));
  const answered = ages(slot, Math.ceil(day.ringSecondsMax / slot), J, (age, j) => {
    const fails = age < 1.25 ? day.failure : 0;
    const still = fails + (1 - day.failure - answer - day.machine) + answer * (1 - ringCdf(age)) + day.machine * (1-ringCdf(age-2.5)) + answer * (durationCdf(day.ring, 1e9) - durationCdf(day.ring, day.ringSecondsMax))*0;
    return (answer * (ringCdf(age + (moments[j] ?? 0)) - ringCdf(age))) / Math.max(1e-9, still);
  });
  const total = ringCdf(1e9);
  const edges = moments.map((m, j) => (j === J - 1 ? day.ringSecondsMax : (m + (moments[j + 1] ?? 0)) / 2));
  const weights = edges.map((e, j) => (ringCdf(e) - (j === 0 ? 0 : ringCdf(edges[j - 1] ?? 0))) / total);
  const w = day.connectSecondsMax;
  const freeAfterWrapUp = ages(0.5, 240, J, (age, j) => residual(day.wrapUp, age + 0.0, w + (moments[j] ?? 0)));
  const freeAfterTalk = ages(2, 900, J, (age, j) => {
    const span = w + (moments[j] ?? 0);
    let p = 0;
    const step = 0.5;
    for (let u = 0; u < span; u += step) {
      const d = residual(day.talk, age + 1, u + step) - residual(day.talk, age + 1, u);
      p += d * durationCdf(day.wrapUp, span - u - step / 2);
    }
    return p;
  });
  return { moments, weights, answered, freeAfterTalk, freeAfterWrapUp };
}

function residual(law: Duration, age: number, within: number): number {
  const past = durationCdf(law, age);
  if (past > 1 - 1e-9) return 1;
  return (durationCdf(law, age + within) - past) / (1 - past);
}

function ages(slotSeconds: number, slots: number, J: number, chance: (age: number, j: number) => number): Ages {
  const rows = new Float64Array(slots * J);
  for (let s = 0; s < slots; s += 1) for (let j = 0; j < J; j += 1) rows[s * J + j] = chance(s * slotSeconds, j);
  return { slotSeconds, rowOfSlot: Uint16Array.from({ length: slots }, (_, s) => s), rows };
}
