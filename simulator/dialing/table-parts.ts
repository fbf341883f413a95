import { appendFileSync, existsSync, readFileSync } from 'node:fs';

import { z } from 'zod';

import { PACERS, runCell, type PacerName, type Run } from './cell.ts';
import { dayOf, KINDS } from './kind-of-day.ts';

export const TEAMS = [6, 10, 25, 50, 100] as const;

const RunLine = z.object({
  kind: z.string(),
  agents: z.number(),
  pacer: z.enum(PACERS),
  setting: z.string(),
  occupancy: z.array(z.number()),
  abandonedShare: z.array(z.number()),
  callsPerAnswer: z.number(),
});

/** The parts of the table that were made, one a line: made in hours, on whatever machine is idle. */
export function readRuns(file: string): Run[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => RunLine.parse(JSON.parse(line)));
}

export interface TablePlan {
  readonly file: string;
  readonly kinds: readonly string[];
  readonly teams: readonly number[];
  readonly pacers: readonly PacerName[];
  readonly seeds: number;
  /** No further part is begun after so many seconds. */
  readonly secondsMax: number;
}

const LAST: ReadonlySet<PacerName> = new Set(['vicidial-tuned', 'reference']);

/** Makes the parts that are missing, each kept as soon as it is done. Gives how many are missing still. */
export function makeTable(plan: TablePlan, say: (line: string) => void): number {
  const made = new Set(readRuns(plan.file).map(keyOf));
  // Kind by kind, so that what is made of it can be read; what takes longest, last.
  const partsOf = (pacers: readonly PacerName[]) =>
    plan.kinds.flatMap((kind) =>
      plan.teams.flatMap((agents) => pacers.map((pacer) => ({ kind, agents, pacer }))),
    );
  const missing = [
    ...partsOf(plan.pacers.filter((pacer) => !LAST.has(pacer))),
    ...partsOf(plan.pacers.filter((pacer) => LAST.has(pacer))),
  ].filter((part) => !made.has(keyOf(part)));
  const from = performance.now();
  let left = missing.length;
  for (const { kind, agents, pacer } of missing) {
    if ((performance.now() - from) / 1000 > plan.secondsMax) break;
    const began = performance.now();
    const run = runCell(dayOf(kind, agents), pacer, plan.seeds);
    appendFileSync(plan.file, `${JSON.stringify(run)}\n`);
    left -= 1;
    say(`${kind} ${agents} ${pacer}: ${((performance.now() - began) / 1000).toFixed(0)} s, ${left} left`);
  }
  return left;
}

function keyOf({ kind, agents, pacer }: Pick<Run, 'kind' | 'agents' | 'pacer'>): string {
  return `${kind} ${agents} ${pacer}`;
}

export const ALL_KINDS: readonly string[] = Object.keys(KINDS);
