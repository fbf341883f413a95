import { copyFileSync, existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { silentLog } from '../src/platform/log.ts';
import { ERASURES_FILE, readErasures } from '../src/contacts/index.ts';
import { features } from '../src/features.ts';
import { makeDataFolder, ownAs } from '../src/platform/data-folder.ts';
import { loadConfig } from '../src/platform/config.ts';
import { clausesCommand, faultLine, readPacks, type Pack } from '../src/procedures/index.ts';
import { usePostgres } from '../src/platform/postgres-use.ts';
import { migrate } from '../src/platform/migrations.ts';
import { systemClock } from '../src/platform/time.ts';
import { backUp, restore } from './backup.ts';
import { DamagedBackup } from './backup-file.ts';
import { paceCommand } from './pace.ts';
import { scenarioCommand } from './scenario.ts';
import { scenarioPage } from './scenario-page.ts';
import { verifyCommand } from './verify.ts';
import { openScratchDatabase, type ScratchDatabase } from './scratch-database.ts';

const ROOT = join(import.meta.dirname, '..');
const [command, ...rest] = process.argv.slice(2);
const files = rest.filter((argument) => !argument.startsWith('--'));
const json = rest.includes('--json');
// Who reads us may stop reading (`pauta clauses | head`): that is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
const complain = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

async function packs(): Promise<readonly Pack[]> {
  const loaded = await readPacks(ROOT);
  if ('packs' in loaded) return loaded.packs;
  for (const fault of loaded.faults) complain(faultLine(fault, 'es'));
  return process.exit(2);
}

async function scenario(): Promise<number> {
  let scratch: ScratchDatabase | null = null;
  const openDatabase = async () => {
    scratch = await openScratchDatabase(loadConfig([]).databaseUrl, silentLog);
    return scratch.database;
  };
  try {
    return await scenarioCommand({ files, json, packs: await packs(), print, complain, openDatabase });
  } finally {
    await (scratch as ScratchDatabase | null)?.close();
  }
}

/** On the server of the data folder, running or started for it. DATABASE_URL's own server is backed up with its own tools. */
async function withServer(work: (adminUrl: string) => Promise<string>): Promise<number> {
  const config = loadConfig([]);
  if (config.databaseUrl !== null) {
    complain('DATABASE_URL: pg_dump, pg_restore (docs/operate.md)');
    return 2;
  }
  const server = await usePostgres({ dataDir: config.dataDir, databaseUrl: null, log: silentLog });
  try {
    await migrate(server.url, { folder: join(ROOT, 'migrations'), log: silentLog });
    // The superuser's, on the product's own database: row-level security would leave rows out for anyone else.
    const url = new URL(server.adminUrl ?? server.url);
    url.pathname = new URL(server.url).pathname;
    print(await work(url.href));
    return 0;
  } catch (error) {
    if (!(error instanceof DamagedBackup)) throw error;
    complain(error.message);
    return 1;
  } finally {
    await server.stop();
  }
}

async function backup(): Promise<number> {
  const [file] = files;
  if (file === undefined) {
    complain('pauta backup FILE');
    return 2;
  }
  return withServer(async (adminUrl) => {
    const { rows, bytes } = await backUp(adminUrl, file, systemClock.now());
    return `${file}: ${sum(rows)} rows, ${bytes} bytes`;
  });
}

/**
 * The ledger of erasures has to be named, or its absence said: without it the backup would bring back whoever was erased
 * since. It is laid into the data folder; the next start erases them again before it serves anybody.
 */
async function restoreCommand(): Promise<number> {
  const [file] = files;
  const named = rest.find((argument) => argument.startsWith('--erasures='))?.slice('--erasures='.length);
  if (file === undefined || (named === undefined) !== rest.includes('--no-erasures')) {
    complain('pauta restore FILE --erasures=erasures.jsonl | --no-erasures');
    return 2;
  }
  const erasures = named === undefined ? [] : await readErasures(named);
  if (named !== undefined && !existsSync(named)) {
    complain(`no file ${named}`);
    return 2;
  }
  return withServer(async (adminUrl) => {
    const { rows, takenAt } = await restore(adminUrl, file);
    if (named !== undefined) layIn(named);
    const since = erasures.filter(({ at }) => at > takenAt).length;
    return `${file}: ${sum(rows)} rows, taken at ${takenAt}; erasures since then, done again at the next start: ${since}`;
  });
}

function layIn(ledger: string): void {
  const folder = makeDataFolder(loadConfig([]).dataDir);
  const path = join(folder, ERASURES_FILE);
  copyFileSync(ledger, path);
  ownAs(folder, path);
}

function sum(rows: Readonly<Record<string, number>>): number {
  return Object.values(rows).reduce((total, count) => total + count, 0);
}

const verify = (): Promise<number> =>
  verifyCommand({
    arguments: rest,
    config: loadConfig([]),
    features,
    migrations: join(ROOT, 'migrations'),
    clock: systemClock,
    print,
    complain,
  });

const commands: Readonly<Record<string, () => Promise<number>>> = {
  scenario,
  'scenario-docs': async () => {
    writeFileSync(join(ROOT, 'docs', 'scenarios.md'), scenarioPage());
    return 0;
  },
  backup,
  restore: restoreCommand,
  verify,
  pace: () => paceCommand(process.stdin, print),
  clauses: () => {
    // `--docs write` makes the pages of docs/procedures, `--docs check` says which are not current.
    const docs = rest[rest.indexOf('--docs') + 1];
    const common = { json, root: ROOT, print };
    return clausesCommand(docs === 'write' || docs === 'check' ? { ...common, docs } : common);
  },
};

const run = commands[command ?? ''];
if (run === undefined) {
  complain(`pauta ${Object.keys(commands).join(' | ')}`);
  process.exitCode = 2;
} else process.exitCode = await run();
