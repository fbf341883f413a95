import { readFileSync } from 'node:fs';

import type { Database } from '../src/platform/database.ts';
import type { Pack } from '../src/procedures/index.ts';
import { isMet, type PrintedEntry } from './scenario-expect.ts';
import { readScenario, type Expectation, type Scenario } from './scenario-file.ts';
import type { ScenarioFault } from './scenario-places.ts';
import { runScenario } from './scenario-run.ts';

export interface ScenarioResult {
  readonly scenario: Scenario;
  readonly organization: string;
  readonly entries: readonly PrintedEntry[];
  readonly failed: readonly Expectation[];
}

const EXIT = { met: 0, failed: 1, notUnderstood: 2 } as const;

export interface ScenarioCommand {
  readonly files: readonly string[];
  readonly json: boolean;
  readonly packs: readonly Pack[];
  readonly print: (line: string) => void;
  readonly complain: (line: string) => void;
  openDatabase(): Promise<Database>;
}

/** `pauta scenario FILE...`: 0 all expectations met, 1 some failed, 2 a file was not understood (nothing of it was run). */
export async function scenarioCommand(command: ScenarioCommand): Promise<number> {
  if (command.files.length === 0) {
    command.complain('pauta scenario FILE... [--json]');
    return EXIT.notUnderstood;
  }
  let exit: number = EXIT.met;
  let database: Database | null = null;
  for (const file of command.files) {
    const read = load(file, command.packs);
    if ('faults' in read) {
      for (const fault of read.faults) command.complain(`${fault.file}:${fault.line}: ${fault.message}`);
      exit = EXIT.notUnderstood;
      continue;
    }
    database ??= await command.openDatabase();
    const result = await run(database, command.packs, read.scenario);
    report(command, result);
    if (result.failed.length > 0) exit = Math.max(exit, EXIT.failed);
  }
  return exit;
}

export async function run(
  database: Database,
  packs: readonly Pack[],
  scenario: Scenario,
): Promise<ScenarioResult> {
  const { organization, entries } = await runScenario(database, packs, scenario);
  return {
    scenario,
    organization,
    entries,
    failed: scenario.expectations.filter((expectation) => !isMet(expectation, entries)),
  };
}

export function load(
  file: string,
  packs: readonly Pack[],
): { scenario: Scenario } | { faults: readonly ScenarioFault[] } {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return { faults: [{ file, line: 1, message: 'the file cannot be read' }] };
  }
  return readScenario(text, file, packs);
}

function report(command: ScenarioCommand, { scenario, entries, failed }: ScenarioResult): void {
  const passed = scenario.expectations.length - failed.length;
  if (command.json) {
    for (const entry of entries) command.print(JSON.stringify(entry));
    command.print(JSON.stringify({ scenario: scenario.name, passed, failed: failed.length }));
    return;
  }
  for (const line of failureLines({ scenario, entries, failed })) command.print(line);
  command.print(
    `${failed.length === 0 ? 'ok' : 'FAILED'}  ${scenario.name}  (${passed} of ${scenario.expectations.length})`,
  );
}

/** What was expected and not met, each with its line in the file and what came instead. */
export function failureLines({
  scenario,
  entries,
  failed,
}: Pick<ScenarioResult, 'scenario' | 'entries' | 'failed'>): string[] {
  return failed.flatMap((expectation) => [
    `${scenario.file}:${expectation.line}: ${describe(expectation)}`,
    ...nearest(expectation, entries).map((near) => `    found: ${JSON.stringify(near)}`),
  ]);
}

function describe({ never, entry, fields, from, because }: Expectation): string {
  const what = `${entry} ${JSON.stringify(fields)}`;
  const when = from === null ? '' : ` at ${from}`;
  const why = because.length === 0 ? '' : ` because ${because.join(', ')}`;
  return never ? `never expected, but found: ${what}` : `expected and not found: ${what}${when}${why}`;
}

const NEAREST_MAX = 5;

/** Entries of the same kind, to see what came instead. */
function nearest(expectation: Expectation, entries: readonly PrintedEntry[]): readonly PrintedEntry[] {
  return entries.filter((entry) => entry.entry === expectation.entry).slice(0, NEAREST_MAX);
}
