import {
  decidePacing,
  groundsOf,
  learn,
  openPacing,
  type Ages,
  type Forecast,
} from '../../src/dialing/index.ts';
import { durationCdf, type Duration } from './chance.ts';
import { valueAt, type KindOfDay } from './kind-of-day.ts';
import type { OpenPacer } from './pacer.ts';

/** The answer probability is looked up again this often. */
const LOOK_SECONDS = 60;

/**
 * The same decision and budget as the rule's, with the true distributions and the true answer probability of the moment in
 * place of what the rule has learned: what learning costs is the difference.
 */
export const referencePacer =
  (day: KindOfDay): OpenPacer =>
  (config) => {
    const memory = openPacing(config);
    const work = trueWork(day, memory.moments);
    let answer = -1;
    let lookAt = 0;
    let forecast: Forecast = { ...memory.forecast, ...work };
    return {
      name: 'reference',
      decide: (tick) => {
        if (tick.at >= lookAt) {
          lookAt = tick.at + LOOK_SECONDS;
          const now = valueAt(day.answer, tick.at);
          if (now !== answer)
            forecast = { moments: memory.moments, ...work, ...trueRinging(day, now, memory.moments) };
          answer = now;
        }
        learn(memory, tick);
        const grounds = { ...groundsOf(memory, tick), forecast, learning: false };
        memory.share = grounds.allowed.share;
        const pacing = decidePacing(grounds, tick);
        memory.callsAllowed -= pacing.place;
        return pacing;
      },
    };
  };

const SLOT_SECONDS = 0.5;
/** Failures come within two seconds, machines are told some seconds after their answer (see day.ts). */
const FAILED_BY_SECONDS = 1.25;
const MACHINE_TOLD_SECONDS = 2.5;

function trueRinging(
  day: KindOfDay,
  answer: number,
  moments: readonly number[],
): Pick<Forecast, 'answered' | 'weights'> {
  const by = (seconds: number): number => durationCdf(day.ring, Math.min(seconds, day.ringSecondsMax));
  const answered = table(
    Math.ceil(day.ringSecondsMax / SLOT_SECONDS) + 1,
    moments,
    SLOT_SECONDS,
    (age, moment) => {
      const failed = age < FAILED_BY_SECONDS ? day.failure : 0;
      const silent = 1 - day.failure - answer - day.machine;
      const machine = day.machine * (1 - by(age - MACHINE_TOLD_SECONDS));
      const still = failed + silent + machine + answer * (1 - by(age));
      return still < 1e-9 ? 0 : (answer * (by(age + moment) - by(age))) / still;
    },
  );
  const all = by(day.ringSecondsMax);
  const edge = (j: number): number =>
    j === moments.length - 1 ? day.ringSecondsMax : ((moments[j] ?? 0) + (moments[j + 1] ?? 0)) / 2;
  const weights = moments.map((_, j) => (by(edge(j)) - (j === 0 ? 0 : by(edge(j - 1)))) / all);
  return { answered, weights };
}

const WRAP_UP_SECONDS_MAX = 120;
const TALK_SECONDS_MAX = 2400;
const TALK_SLOT_SECONDS = 4;

function trueWork(
  day: KindOfDay,
  moments: readonly number[],
): Pick<Forecast, 'freeAfterTalk' | 'freeAfterWrapUp'> {
  const connect = day.connectSecondsMax;
  const wrapUpBy = (seconds: number): number => durationCdf(day.wrapUp, seconds);
  const freeAfterWrapUp = table(WRAP_UP_SECONDS_MAX / SLOT_SECONDS, moments, SLOT_SECONDS, (age, moment) =>
    endsWithin(day.wrapUp, age, moment + connect),
  );
  const talkSlots = TALK_SECONDS_MAX / TALK_SLOT_SECONDS;
  const freeAfterTalk = table(talkSlots, moments, TALK_SLOT_SECONDS, (from, moment) => {
    const age = from + TALK_SLOT_SECONDS / 2;
    const span = moment + connect;
    let chance = 0;
    let before = 0;
    for (let at = 0.5; at <= span; at += 0.5) {
      const ended = endsWithin(day.talk, age, at);
      chance += (ended - before) * wrapUpBy(span - at + 0.25);
      before = ended;
    }
    return chance;
  });
  return { freeAfterTalk, freeAfterWrapUp };
}

function endsWithin(law: Duration, age: number, seconds: number): number {
  const past = durationCdf(law, age);
  return past > 1 - 1e-9 ? 1 : (durationCdf(law, age + seconds) - past) / (1 - past);
}

function table(
  slots: number,
  moments: readonly number[],
  slotSeconds: number,
  chance: (age: number, moment: number) => number,
): Ages {
  const rows = new Float64Array(slots * moments.length);
  for (let slot = 0; slot < slots; slot += 1) {
    moments.forEach((moment, j) => {
      rows[slot * moments.length + j] = chance(slot * slotSeconds, moment);
    });
  }
  return { slotSeconds, rowOfSlot: Uint16Array.from({ length: slots }, (_, slot) => slot), rows };
}
