import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

import { z } from 'zod';

import {
  failures,
  openPacing,
  pace,
  pacingLanguages,
  pacingWords,
  reasonsNow,
  type PacingLanguage,
  type PacingMemory,
} from '../src/dialing/index.ts';

const Id = z.string().min(1);
const Seconds = z.number().nonnegative();
const Since = z.tuple([Id, Seconds]).readonly();

const History = z.object({ answered: z.number().nonnegative(), abandoned: z.number().nonnegative() });

const FirstLine = z.object({
  // Beside the configuration or in it: the contract leaves both open.
  language: z.enum(pacingLanguages).optional(),
  history: History.optional(),
  config: z
    .object({
      agents: z.int().nonnegative(),
      linesMax: z.int().nonnegative(),
      callsPerSecondMax: z.number().positive(),
      abandonedShareMax: z.number().min(0).max(1),
      connectSecondsMax: Seconds,
      ringSecondsMin: Seconds,
      ringSecondsMax: z.number().positive(),
      daySeconds: z.number().positive(),
      // The rule draws nothing at random; the seed is accepted so that a simulator may send it to every pacer.
      seed: z.number().optional(),
      language: z.enum(pacingLanguages).optional(),
      history: History.optional(),
    })
    .refine((config) => config.ringSecondsMin <= config.ringSecondsMax, {
      message: 'ringSecondsMin is above ringSecondsMax',
      path: ['ringSecondsMin'],
    }),
});

const Event = z.union([
  z.tuple([z.literal('answered'), Id, Seconds]),
  z.tuple([z.literal('connected'), Id, Id, Seconds]),
  z.tuple([z.literal('failed'), Id, Seconds, z.enum(failures)]),
  z.tuple([z.literal('abandoned'), Id, Seconds]),
  z.tuple([z.literal('talkEnded'), Id, Seconds]),
  z.tuple([z.literal('wrapUpEnded'), Id, Seconds]),
]);

const Tick = z.object({
  at: Seconds,
  events: z.array(Event).default([]),
  agents: z.object({
    ready: z.array(Id).default([]),
    talking: z.array(Since).default([]),
    wrapUp: z.array(Since).default([]),
    paused: z.array(Id).default([]),
  }),
  ringing: z.array(Since).default([]),
  waiting: z.array(Since).default([]),
});

/** The pacing rule, line in, line out. What a line asks is answered from all lines before it. */
export class PaceFilter {
  #memory: PacingMemory | null = null;
  #language: PacingLanguage = 'es';

  /** The answer to one line of JSON; `{"error":...}` with the line's number where it cannot be understood. */
  answer(text: string, line: number): string {
    try {
      const read: unknown = JSON.parse(text);
      return JSON.stringify(this.#memory === null ? this.#open(read) : this.#tick(this.#memory, read));
    } catch (error) {
      return JSON.stringify({ error: `line ${line}: ${messageOf(error)}` });
    }
  }

  #open(read: unknown): object {
    const first = FirstLine.parse(read);
    const { history = first.history, language = first.language ?? 'es', seed: _, ...rest } = first.config;
    this.#memory = openPacing(history === undefined ? rest : { ...rest, history });
    this.#language = language;
    return { ready: true };
  }

  #tick(memory: PacingMemory, read: unknown): object {
    const tick = Tick.parse(read);
    if (memory.lastAt !== null && tick.at < memory.lastAt) {
      throw new RangeError(`at: ${tick.at} is before ${memory.lastAt}`);
    }
    const pacing = pace(memory, tick);
    const { place, cancel, limit } = pacing;
    return { place, cancel, because: pacingWords(reasonsNow(memory, tick, pacing), this.#language), limit };
  }
}

function messageOf(error: unknown): string {
  if (error instanceof z.ZodError) {
    const [issue] = error.issues;
    return issue === undefined ? 'not understood' : `${issue.path.join('.') || 'line'}: ${issue.message}`;
  }
  return error instanceof Error ? error.message : String(error);
}

/** `pauta pace`: until the input ends. An answer is written before the next line is read. */
export async function paceCommand(input: Readable, write: (line: string) => void): Promise<number> {
  const filter = new PaceFilter();
  let line = 0;
  for await (const text of createInterface({ input, crlfDelay: Infinity })) {
    line += 1;
    if (text.trim() === '') continue;
    write(filter.answer(text, line));
  }
  return 0;
}
