import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';

import { openDatabase, type Database } from '../src/platform/database.ts';
import type { Log } from '../src/platform/log.ts';
import { migrate } from '../src/platform/migrations.ts';
import { makeDataFolder } from '../src/platform/data-folder.ts';
import { startIfFree, startPostgres, type PostgresServer } from '../src/platform/postgres-server.ts';

const ROOT = join(import.meta.dirname, '..');

/** Nothing in it outlives the command: losing it in a power cut is no loss. */
const QUICK_SETTINGS = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

export interface ScratchDatabase {
  readonly database: Database;
  readonly url: string;
  close(): Promise<void>;
}

/**
 * A database for scenarios and what-ifs: real PostgreSQL, real migrations, thrown away afterwards, and never the
 * organization's own. On the server of DATABASE_URL when one is given, else on one of the project's own in `.cache`.
 */
export async function openScratchDatabase(databaseUrl: string | null, log: Log): Promise<ScratchDatabase> {
  const server = databaseUrl === null ? await ownServer(log) : null;
  const adminUrl = databaseUrl ?? server?.server.adminUrl ?? '';
  const name = `pauta_scratch_${process.pid}_${Date.now().toString(36)}`;
  await asAdmin(adminUrl, `create database ${name}${server === null ? '' : ' owner pauta'}`);
  const url = onDatabase(server === null ? adminUrl : server.server.url, name);
  await migrate(url, { folder: join(ROOT, 'migrations'), log });
  const database = openDatabase(url, { connectionsMax: 4 });
  return {
    database,
    url,
    close: async () => {
      await database.close();
      await asAdmin(adminUrl, `drop database if exists ${name} with (force)`);
      await server?.end();
    },
  };
}

/** Two commands at once do not share a server, because the first to end would take it from the other. */
async function ownServer(log: Log): Promise<{ server: PostgresServer; end: () => Promise<void> }> {
  const dataDir = makeDataFolder(join(ROOT, '.cache', 'scratch'));
  const server = await startIfFree({ dataDir, log, settings: QUICK_SETTINGS });
  if (!('heldBy' in server)) return { server, end: server.stop };
  const folder = mkdtempSync(join(tmpdir(), 'pauta-scratch-'));
  const own = await startPostgres({ dataDir: folder, log, settings: QUICK_SETTINGS });
  return {
    server: own,
    end: async () => {
      await own.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function onDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}

async function asAdmin(adminUrl: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
