import { readFileSync } from 'node:fs';

import { parse } from 'yaml';
import { z } from 'zod';

import { KINDS, plainDay, steady, type KindOfDay } from './kind-of-day.ts';

const Share = z.number().min(0).max(1);
const Seconds = z.number().nonnegative();
const Duration = z.discriminatedUnion('law', [
  z.object({ law: z.literal('fixed'), mean: Seconds }),
  z.object({ law: z.literal('log-normal'), mean: z.number().positive(), cv: z.number().positive() }),
  z.object({ law: z.literal('gamma'), mean: z.number().positive(), cv: z.number().positive() }),
  z.object({ law: z.literal('empirical'), values: z.array(Seconds).min(1) }),
]);
const Course = z.union([
  Share.transform(steady),
  z.object({
    points: z.array(z.tuple([Seconds, Share])).min(1),
    between: z.enum(['step', 'line']),
  }),
]);

/** A day in a file: what it leaves out is as on the plain day, or on the kind it names. */
const Scenario = z
  .strictObject({
    name: z.string(),
    kind: z.enum(Object.keys(KINDS)),
    agents: z.int().positive(),
    daySeconds: z.number().positive(),
    linesMax: z.int().positive(),
    callsPerSecondMax: z.number().positive(),
    connectSecondsMax: Seconds,
    ringSecondsMin: Seconds,
    ringSecondsMax: z.number().positive(),
    abandonedShareMax: Share,
    answer: Course,
    machine: Share,
    failure: Share,
    congestion: z.array(z.object({ from: Seconds, to: Seconds, share: Share })),
    ring: Duration,
    talk: Duration,
    wrapUp: Duration,
    patience: Duration,
    lunches: z.object({ from: Seconds, to: Seconds, seconds: Seconds }).nullable(),
    pauses: z.object({ everyConversations: z.number().positive(), seconds: Seconds }).nullable(),
    shifts: z.object({ share: Share, late: Seconds, early: Seconds }).nullable(),
  })
  .partial();

/** Throws with the place of the fault where the file is not understood. */
export function readDay(file: string): KindOfDay {
  const { kind, ...said } = Scenario.parse(parse(readFileSync(file, 'utf8')));
  const base = { ...plainDay(said.agents ?? 25), ...(kind === undefined ? {} : KINDS[kind]?.change) };
  const given = Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined));
  const day: KindOfDay = { ...base, name: kind ?? 'scenario', ...given };
  // The quantile of an empirical law is looked up by rank.
  if (day.talk.law === 'empirical')
    return { ...day, talk: { ...day.talk, values: day.talk.values.toSorted((a, b) => a - b) } };
  return day;
}
