import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { makeDataFolder } from './data-folder.ts';
import { faults } from './postgres-faults.ts';
import { runningPostmaster } from './postgres-process.ts';
import { startIfFree, type PostgresOptions, type PostgresServer } from './postgres-server.ts';
import { adminUrlOf, readServerFile, urlOf } from './server-file.ts';
import type { Log } from './log.ts';

/** The oldest server the product's SQL is written and tested for. */
const OLDEST_MAJOR = 15;

export type RunningPostgres = Pick<PostgresServer, 'url' | 'adminUrl' | 'port'>;

/** The server another process runs on this data folder, ready to be connected to, or null. */
export function runningPostgres(dataDir: string): RunningPostgres | null {
  const file = readServerFile(dataDir);
  const running = file === null ? null : runningPostmaster(join(dataDir, 'postgres'));
  if (file === null || running === null || !running.ready) return null;
  return { url: urlOf(file, running), adminUrl: adminUrlOf(file, running), port: running.port };
}

export interface UsedPostgres {
  readonly url: string;
  /** Null for a server of the customer's own, where we have no superuser. */
  readonly adminUrl: string | null;
  readonly version: string;
  readonly from: 'database-url' | 'running' | 'started';
  /** Ends the server only where this call started it or took it over. */
  readonly stop: () => Promise<void>;
  /** Never ends it. */
  readonly leaveRunning: () => Promise<void>;
}

const NOT_OURS = { stop: async () => {}, leaveRunning: async () => {} };

/**
 * The database to work with: the one named in DATABASE_URL, else the one another process runs on the data folder, else one
 * started here.
 */
export async function usePostgres(
  options: PostgresOptions & { readonly databaseUrl: string | null },
): Promise<UsedPostgres> {
  if (options.databaseUrl !== null) return givenServer(options.databaseUrl);
  const dataDir = makeDataFolder(options.dataDir);
  const started = await startIfFree({ ...options, dataDir });
  if ('heldBy' in started) return attached(dataDir, started.heldBy, options.log);
  return { ...started, from: 'started' };
}

async function givenServer(databaseUrl: string): Promise<UsedPostgres> {
  const version = await serverVersion(databaseUrl);
  return { url: databaseUrl, adminUrl: null, version, from: 'database-url', ...NOT_OURS };
}

/** Checks that the server answers and is new enough. "15.18" */
async function serverVersion(databaseUrl: string): Promise<string> {
  const client = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: 10_000 });
  client.on('error', () => {});
  let version: string;
  try {
    await client.connect();
    const { rows } = await client.query<{ server_version: string }>('show server_version');
    version = (rows[0]?.server_version ?? '0').split(' ')[0] ?? '0';
  } catch (error) {
    throw faults.serverUnreachable(
      `${client.host}:${client.port}`,
      error instanceof Error ? error.message : String(error),
    );
  } finally {
    await client.end().catch(() => {});
  }
  if (Number.parseInt(version, 10) < OLDEST_MAJOR) throw faults.serverTooOld(version, OLDEST_MAJOR);
  return version;
}

/** The process that holds the folder may still be making the database. */
const ATTACH_MILLISECONDS_MAX = 60_000;
const ATTACH_POLL_MILLISECONDS = 100;

async function attached(dataDir: string, owner: number | null, log: Log): Promise<UsedPostgres> {
  for (let waited = 0; waited < ATTACH_MILLISECONDS_MAX; waited += ATTACH_POLL_MILLISECONDS) {
    const running = runningPostgres(dataDir);
    if (running !== null) {
      log.info('postgres-of-another-process-used', { owner, port: running.port });
      return {
        url: running.url,
        adminUrl: running.adminUrl,
        version: await serverVersion(running.url),
        from: 'running',
        ...NOT_OURS,
      };
    }
    await pause(ATTACH_POLL_MILLISECONDS);
  }
  throw faults.folderInUse(dataDir, owner);
}
