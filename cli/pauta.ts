import { join } from 'node:path';

import { silentLog } from '../src/platform/log.ts';
import { loadConfig } from '../src/platform/config.ts';
import { clausesCommand, faultLine, readPacks, type Pack } from '../src/procedures/index.ts';
import { scenarioCommand } from './scenario.ts';
import { openScratchDatabase, type ScratchDatabase } from './scratch-database.ts';

const ROOT = join(import.meta.dirname, '..');
const [command, ...rest] = process.argv.slice(2);
const files = rest.filter((argument) => !argument.startsWith('--'));
const json = rest.includes('--json');
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
  process.exit(2);
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

const commands: Readonly<Record<string, () => Promise<number>>> = {
  scenario,
  clauses: () => clausesCommand({ json, root: ROOT, print }),
};

const run = commands[command ?? ''];
if (run === undefined) {
  complain(`pauta ${Object.keys(commands).join(' | ')}`);
  process.exitCode = 2;
} else process.exitCode = await run();
