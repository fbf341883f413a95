import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';

import type { Fact } from '../src/decisions/index.ts';
import { parseConfig } from '../src/platform/config.ts';
import { silentLog } from '../src/platform/log.ts';
import { newId } from '../src/platform/ids.ts';
import { startProgram, type Program } from '../src/main.ts';

/** One row of docs/benchmarks.md: what was measured, beside its limit or a rival of the same run. */
export interface Figure {
  readonly work: string;
  readonly measured: string;
  readonly limit: string;
  /** What else was measured in the same run, to hold it against. */
  readonly beside: string;
  readonly met: boolean;
}

export interface BenchProgram {
  readonly program: Program;
  readonly close: () => Promise<void>;
}

/** The whole program on a throw-away data folder with its own PostgreSQL, fsync on, as in life. */
export async function openBenchProgram(parts: readonly string[] = ['web', 'clock']): Promise<BenchProgram> {
  const folder = mkdtempSync(join(tmpdir(), 'pauta-bench-'));
  const environment = { PAUTA_DATA: folder, PORT: '0', PAUTA_LOG_LEVEL: 'error' };
  const parsed = parseConfig(environment, [`--only=${parts.join(',')}`]);
  if (!('config' in parsed)) throw new Error(`bench configuration: ${JSON.stringify(parsed)}`);
  const program = await startProgram({ config: parsed.config, log: silentLog });
  return {
    program,
    close: async () => {
      await program.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export interface BenchFloor {
  readonly organization: string;
  readonly submit: (fact: Fact & { readonly [field: string]: unknown }) => Promise<void>;
}

const ADVISORS = 50;

/**
 * An organization at work: an administrator and fifty advisors on this month's roster, leads assigned at any hour.
 * `contactMinutes` in place of the ten of contact-center-policy L4.
 */
export async function openFloor(
  program: Program,
  name: string,
  { contactMinutes }: { readonly contactMinutes?: number } = {},
): Promise<BenchFloor> {
  const { organization, person } = await program.openOrganization({
    name,
    country: 'MX',
    zone: 'America/Mexico_City',
    locale: 'es-MX',
    administrator: { name: 'Ada Lira', email: `${newId()}@example.com` },
  });
  const submit: BenchFloor['submit'] = async (fact) => {
    const outcome = await program.house.submit(organization, fact);
    if (outcome.refused !== null) throw new Error(`${fact.fact}: ${outcome.refused.refused}`);
  };
  const today = new Date().toISOString().slice(0, 10);
  await submit({
    fact: 'procedure.adopted',
    actor: 'bench',
    adoption: {
      procedure: 'contact-center-policy',
      version: '2023-03-01',
      effectiveOn: today,
      readings: { 'hours.outside': 'assign' },
      parameters: contactMinutes === undefined ? {} : { L4: { contactMinutes } },
    },
  });
  await submit({
    fact: 'source.changed',
    actor: 'bench',
    source: 'web',
    kind: 'api',
    name: 'Web',
    zone: null,
    settings: {},
    enabled: true,
    secrets: [],
    door: null,
  });
  const advisors = Array.from({ length: ADVISORS }, (_, index) => `advisor-${index + 1}`);
  const month = today.slice(0, 7);
  for (const id of advisors) {
    await submit({
      fact: 'person.registered',
      actor: 'bench',
      person: id,
      name: id,
      role: 'advisor',
      zone: 'norte',
      reportsTo: person,
      email: null,
      phone: null,
      extension: null,
      internal: true,
      documents: 'complete',
      grade: 'pass',
      signed: true,
    });
    const figures = { sales: 5, leads: 40, closings: 4 };
    for (const past of [month, monthBefore(month)])
      await submit({ fact: 'month.results', actor: 'bench', person: id, month: past, ...figures });
  }
  const roster = { zone: 'norte', by: person, advisors, byAdministrator: true };
  await submit({ fact: 'roster.submitted', actor: 'bench', month, ...roster });
  return { organization, submit };
}

function monthBefore(month: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return number === 1 ? `${year - 1}-12` : `${year}-${String(number - 1).padStart(2, '0')}`;
}

export interface Percentiles {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

export function percentiles(values: readonly number[]): Percentiles {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return { p50: at(0.5), p99: at(0.99), max: sorted.at(-1) ?? Number.NaN };
}

export function milliseconds(value: number): string {
  return `${value < 10 ? value.toFixed(1) : value.toFixed(0)} ms`;
}

export function machine(): string {
  const [first] = cpus();
  return `${cpus().length} × ${first?.model.trim() ?? 'CPU'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`;
}
