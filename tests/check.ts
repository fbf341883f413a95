import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { HOUSE_RULES } from './house-rules.ts';
import { checkLockFile } from './lock-file.ts';
import { checkSchemaFile } from './schema-file.ts';
import { readSources } from './sources.ts';

/** `npm run check`: what can be said of the code without running its tests. `--write` mends what can be mended by itself. */

const ROOT = join(import.meta.dirname, '..');
const BIN = join(ROOT, 'node_modules', '.bin');

interface Step {
  readonly name: string;
  /** Null when all is well, else what to read. */
  readonly run: () => Promise<string | null>;
}

export interface StepResult {
  readonly name: string;
  readonly fault: string | null;
  readonly seconds: number;
}

/** Runs one of the project's programs; gives its whole output when it fails. */
function program(name: string, args: readonly string[]): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const child = spawn(join(BIN, name), args, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) => resolve(code === 0 ? null : output.trim() || `${name} ended with ${code}`));
  });
}

async function houseRules(): Promise<string | null> {
  const files = readSources(ROOT);
  const breaches = Object.entries(HOUSE_RULES).flatMap(([rule, find]) =>
    find(files).map(({ path, line, what }) => `${path}${line === 0 ? '' : `:${line}`} ${what} (${rule})`),
  );
  return breaches.length === 0 ? null : breaches.join('\n');
}

function steps({ write }: { write: boolean }): Step[] {
  const web = existsSync(join(ROOT, 'web', 'tsconfig.json'));
  return [
    { name: 'types', run: () => program('tsc', ['-p', '.']) },
    ...(web ? [{ name: 'types of the web', run: () => program('tsc', ['-p', 'web', '--noEmit']) }] : []),
    { name: 'lint', run: () => program('oxlint', ['--type-aware', ...(write ? ['--fix'] : [])]) },
    { name: 'format', run: () => program('oxfmt', write ? ['.'] : ['--check', '.']) },
    { name: 'house rules', run: houseRules },
    { name: 'lock file', run: async () => checkLockFile({ write }) },
    { name: 'schema.sql', run: () => checkSchemaFile({ write }) },
  ];
}

/** All steps at once: each waits for another part of the machine, and one fault does not hide the next. */
export function runCheck({ write }: { write: boolean }): Promise<StepResult[]> {
  return Promise.all(
    steps({ write }).map(async ({ name, run }) => {
      const from = performance.now();
      const fault = await run().catch((error: unknown) =>
        error instanceof Error ? (error.stack ?? error.message) : String(error),
      );
      const seconds = (performance.now() - from) / 1_000;
      console.log(`${fault === null ? '  ok    ' : '  FAILED'}  ${name} (${seconds.toFixed(1)} s)`);
      return { name, fault, seconds };
    }),
  );
}

export function printFaults(results: readonly StepResult[]): void {
  for (const { name, fault } of results) {
    if (fault !== null) console.log(`\n── ${name} ${'─'.repeat(Math.max(0, 70 - name.length))}\n${fault}`);
  }
}

if (import.meta.main) {
  const results = await runCheck({ write: process.argv.includes('--write') });
  printFaults(results);
  process.exitCode = results.some(({ fault }) => fault !== null) ? 1 : 0;
}
