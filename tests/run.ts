import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { silentLog } from '../src/platform/log.ts';
import { startPostgres } from '../src/platform/postgres-server.ts';
import { StartupFault } from '../src/platform/startup-fault.ts';
import { printFaults, runCheck } from './check.ts';
import { provideChromium } from './chromium.ts';
import { provideDovecot } from './dovecot.ts';
import { addTallies, finalLine, tallyOf, type Tally } from './tally.ts';

/**
 * `npm test`: gets what the tests need, checks the code and runs every test. With arguments, only the tests of those files.
 * PAUTA_TEST_DATABASE_URL names one more server on which the store tests run too.
 */

const ROOT = join(import.meta.dirname, '..');
const CACHE = join(ROOT, '.cache');
const DEBIAN_15 = '/usr/lib/postgresql/15/bin';
/** What talks to the database directly, and so may differ from server to server. */
const STORE_TESTS = ['store.test.ts', 'migrations.test.ts'] as const;

const named = process.argv.slice(2);
const underCi = process.env['CI'] === 'true';
/** What could not be had here; counted as skipped, and under CI as failed. */
const missing: string[] = [];

function heading(text: string): void {
  console.log(`\n━━ ${text}`);
}

/** Runs one of the project's programs on our own terminal. */
function show(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<number> {
  return new Promise((resolve, reject) => {
    const { PAUTA_TEST_DATABASE_URL: _, ...ours } = process.env;
    const child = spawn(join(ROOT, 'node_modules', '.bin', program), args, {
      cwd: ROOT,
      env: { ...ours, ...env },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}

let runs = 0;

async function vitest(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Tally> {
  mkdirSync(CACHE, { recursive: true });
  runs += 1;
  const output = join(CACHE, `results-${process.pid}-${runs}.json`);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${output}`];
  const code = await show('vitest', ['run', ...reporters, '--passWithNoTests', ...args], env);
  return tallyOf(existsSync(output) ? readFileSync(output, 'utf8') : null, code);
}

async function check(): Promise<Tally> {
  heading('Check');
  const results = await runCheck({ write: false });
  printFaults(results);
  const failed = results.filter(({ fault }) => fault !== null).length;
  return { passed: 0, failed, skipped: 0 };
}

async function journeys(): Promise<Tally> {
  const folder = join(ROOT, 'tests', 'journeys');
  const count = existsSync(folder)
    ? readdirSync(folder).filter((name) => name.endsWith('.test.ts')).length
    : 0;
  const wanted = named.length === 0 || named.some((name) => name.includes('journeys'));
  if (count === 0 || !wanted) return tallyOf(null, 0);
  heading('Journeys in the browser');
  const chromium = await provideChromium();
  if ('missing' in chromium) {
    missing.push(`${chromium.missing} (${count} journey files)`);
    return { passed: 0, failed: 0, skipped: count };
  }
  if (
    existsSync(join(ROOT, 'web', 'build.ts')) &&
    (await show('node', ['web/build.ts', '--if-stale'])) !== 0
  ) {
    return { passed: 0, failed: count, skipped: 0 };
  }
  return vitest(['--project', 'journeys', ...named]);
}

/** The mailbox's tests ask a real IMAP server; without one they are left out, and named here. */
async function mailServer(): Promise<Tally> {
  const dovecot = await provideDovecot();
  if (!('missing' in dovecot)) return { passed: 0, failed: 0, skipped: 0 };
  missing.push(`${dovecot.missing} (the tests of the mailbox)`);
  return { passed: 0, failed: 0, skipped: 1 };
}

/** The store tests once more on another server: the one given, else Debian's PostgreSQL 15 where it is installed. */
async function otherServer(): Promise<Tally> {
  const given = process.env['PAUTA_TEST_DATABASE_URL'];
  if (given !== undefined) {
    heading('Store tests on the server of PAUTA_TEST_DATABASE_URL');
    return vitest(['--project', 'unit', ...STORE_TESTS], { PAUTA_TEST_DATABASE_URL: given });
  }
  if (!existsSync(DEBIAN_15)) {
    console.log(
      '\nPostgreSQL 15: none here and none given in PAUTA_TEST_DATABASE_URL, so only the embedded 18 was tried.',
    );
    return { passed: 0, failed: 0, skipped: 0 };
  }
  heading('Store tests on PostgreSQL 15');
  const server = await startPostgres({
    dataDir: join(CACHE, 'test-data-15'),
    binDir: DEBIAN_15,
    log: silentLog,
    settings: { fsync: 'off', synchronous_commit: 'off' },
  });
  try {
    return await vitest(['--project', 'unit', ...STORE_TESTS], { PAUTA_TEST_DATABASE_URL: server.adminUrl });
  } finally {
    await server.stop();
  }
}

async function all(): Promise<Tally> {
  if (named.length > 0) return addTallies([await vitest(['--project', 'unit', ...named]), await journeys()]);
  const checked = await check();
  heading('Tests');
  const mail = await mailServer();
  const unit = await vitest(['--project', 'unit']);
  const journeyed = await journeys();
  return addTallies([checked, mail, unit, journeyed, await otherServer()]);
}

try {
  const tally = await all();
  for (const what of missing) console.log(`\nNot had here: ${what}`);
  const failed = tally.failed + (underCi ? missing.length : 0);
  console.log(`\n${finalLine({ ...tally, failed })}`);
  process.exitCode = failed === 0 ? 0 : 1;
} catch (error) {
  if (!(error instanceof StartupFault)) throw error;
  console.error(`\n${error.text('en')}`);
  process.exitCode = error.exitCode;
}
