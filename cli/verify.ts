import { parseArgs } from 'node:util';
import { sql } from 'kysely';

import {
  listOrganizations,
  verifyOrganization,
  type Feature,
  type Verified,
} from '../src/decisions/index.ts';
import { headsKey, keepVerification, readHeads, type HeadFault } from '../src/journal/index.ts';
import type { Config } from '../src/platform/config.ts';
import { openDatabase, type Database } from '../src/platform/database.ts';
import { silentLog } from '../src/platform/log.ts';
import { pendingMigrations, readMigrations, type AppliedMigration } from '../src/platform/migrations.ts';
import { usePostgres } from '../src/platform/postgres-use.ts';
import { installationSecret } from '../src/platform/secret.ts';
import { StartupFault } from '../src/platform/startup-fault.ts';
import type { Clock } from '../src/platform/time.ts';
import { differenceText, findingText, verifyTexts } from './verify-texts.ts';

const EXIT = { clean: 0, findings: 1, couldNotRun: 2 } as const;
/** Lines of one organization on the terminal; a table taken away would otherwise be as many lines as it had rows. */
const LINES_MAX = 100;

export interface VerifyCommand {
  readonly arguments: readonly string[];
  readonly config: Config;
  readonly features: readonly Feature[];
  readonly migrations: string;
  readonly clock: Clock;
  readonly print: (line: string) => void;
  readonly complain: (line: string) => void;
}

/**
 * `pauta verify [--organization ID] [--json]`: 0 everything agrees, 1 something was found, 2 it could not run. On the
 * server that is running, which goes on working, or on one started for it.
 */
export async function verifyCommand(command: VerifyCommand): Promise<number> {
  const language = command.config.terminalLanguage;
  const asked = readArguments(command.arguments);
  if (asked === null) {
    command.complain(verifyTexts.usage[language]);
    return EXIT.couldNotRun;
  }
  const { config } = command;
  let server: Awaited<ReturnType<typeof usePostgres>> | null = null;
  let database: Database | null = null;
  try {
    server = await usePostgres({ dataDir: config.dataDir, databaseUrl: config.databaseUrl, log: silentLog });
    database = openDatabase(server.url, { connectionsMax: 2 });
    const pending = await pendingOf(database, command.migrations);
    if (pending > 0) {
      command.complain(verifyTexts.pending(pending)[language]);
      return EXIT.couldNotRun;
    }
    return await verifyAll(command, database, asked);
  } catch (error) {
    const reason = error instanceof StartupFault ? error.text(language) : reasonOf(error);
    command.complain(verifyTexts.couldNotRun(reason)[language]);
    return EXIT.couldNotRun;
  } finally {
    await database?.close();
    await server?.stop();
  }
}

/** Verifying changes nothing, so it brings no database up to date either. */
async function pendingOf(database: Database, folder: string): Promise<number> {
  const migrations = readMigrations(folder);
  const { rows } = await sql<{ made: boolean }>`
    select to_regclass('pauta_migrations') is not null as made`.execute(database.kysely);
  if (rows[0]?.made !== true) return migrations.length;
  const applied = await sql<AppliedMigration>`
    select number, name, checksum from pauta_migrations order by number`.execute(database.kysely);
  return pendingMigrations(migrations, applied.rows).length;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

interface Asked {
  readonly organization: string | null;
  readonly json: boolean;
}

function readArguments(given: readonly string[]): Asked | null {
  try {
    const { values } = parseArgs({
      args: [...given],
      options: { organization: { type: 'string' }, json: { type: 'boolean', default: false } },
    });
    return { organization: values.organization ?? null, json: values.json };
  } catch {
    return null;
  }
}

async function verifyAll(command: VerifyCommand, database: Database, asked: Asked): Promise<number> {
  const { config, features, print, complain, clock } = command;
  const language = config.terminalLanguage;
  const all = await listOrganizations(database.kysely);
  const wanted = all.filter(({ id }) => asked.organization === null || id === asked.organization);
  if (asked.organization !== null && wanted.length === 0) {
    complain(verifyTexts.noOrganization(asked.organization)[language]);
    return EXIT.couldNotRun;
  }
  const secret = installationSecret({ given: config.secret, dataDir: config.dataDir });
  const at = clock.now();
  const { heads, faults } = await readHeads(config.dataDir, headsKey(secret));
  const verified: Verified[] = [];
  for (const { id, name } of wanted) {
    const one = await verifyOrganization(database, features, id, heads.get(id) ?? new Map());
    verified.push(one);
    if (!asked.json) for (const line of linesOf(one, name, language)) print(line);
  }
  const count = faults.length + verified.reduce((sum, one) => sum + countOf(one), 0);
  if (asked.json)
    print(JSON.stringify({ at, clean: count === 0, headFaults: faults, organizations: verified }));
  else {
    for (const fault of faults) print(verifyTexts.headFault(fault)[language]);
    print((count === 0 ? verifyTexts.clean(verified.length) : verifyTexts.faults(count))[language]);
  }
  await keepVerification(config.dataDir, summaryOf(at, verified, faults));
  return count === 0 ? EXIT.clean : EXIT.findings;
}

function countOf({ journal, differences }: Verified): number {
  return journal.findings.length + differences.length;
}

const HASH_SHOWN = 16;

function linesOf(
  { organization, journal, tables, differences }: Verified,
  name: string,
  language: Config['terminalLanguage'],
): string[] {
  const { entries, seals, head, publishedTo, tail, findings } = journal;
  const shownHead = head === null ? '0' : `${head.number} ${head.hash.slice(0, HASH_SHOWN)}`;
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  const found = [...findings.map(findingText), ...differences.map(differenceText)];
  return [
    `${name} (${organization})`,
    verifyTexts.journal(entries, seals, shownHead, publishedTo)[language],
    verifyTexts.tail(tail.count, tail.oldestSeconds.toFixed(1))[language],
    verifyTexts.tables(tables.length, rows)[language],
    ...found.slice(0, LINES_MAX).map((text) => `  ✗ ${text[language]}`),
    ...(found.length > LINES_MAX ? [verifyTexts.more(found.length - LINES_MAX)[language]] : []),
  ];
}

function summaryOf(at: string, verified: readonly Verified[], faults: readonly HeadFault[]) {
  const organizations = Object.fromEntries(
    verified.map(({ organization, journal: { entries, seals, findings }, differences }) => [
      organization,
      { entries, seals, findings: findings.length, differences: differences.length },
    ]),
  );
  return { at, organizations, headFaults: faults.length };
}
