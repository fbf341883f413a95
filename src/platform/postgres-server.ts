import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { makeDataFolder } from './data-folder.ts';
import { lockFolder, type FolderLock } from './folder-lock.ts';
import { serverAccount, type Account } from './postgres-account.ts';
import { readyBinaries, type Binaries } from './postgres-binaries.ts';
import {
  checkFreeSpace,
  clusterPlace,
  createCluster,
  folderOwner,
  FREE_FOR_A_START_MEGABYTES,
  freeBytesOf,
  inspectCluster,
  newPasswords,
  resetPasswords,
  writeSettings,
  writeWhoMayConnect,
} from './postgres-cluster.ts';
import { faults } from './postgres-faults.ts';
import {
  freePort,
  isAlive,
  launch,
  removeStalePidFile,
  runningPostmaster,
  signalQuietly,
  stopPostmaster,
} from './postgres-process.ts';
import { adminUrlOf, readServerFile, urlOf, writeServerFile, type ServerFile } from './server-file.ts';
import type { Log } from './log.ts';

export interface PostgresServer {
  /** For the role `pauta`, which owns the database `pauta` and is bound by row-level security. */
  readonly url: string;
  /** For the superuser: set-up, tests, backup. */
  readonly adminUrl: string;
  readonly port: number;
  /** "18.4" */
  readonly version: string;
  /** True when a server left behind by a process that died was taken over, instead of started. */
  readonly adopted: boolean;
  /** Ends the server in order (everything committed is on disk) and gives the folder free. */
  readonly stop: () => Promise<void>;
  /** Gives the folder free with the server still running, for another process to take over. */
  readonly leaveRunning: () => Promise<void>;
}

export interface PostgresOptions {
  readonly dataDir: string;
  readonly log: Log;
  /** Added to the server's settings, over ours. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Programs of another PostgreSQL (Debian's 15), instead of those in our npm package. */
  readonly binDir?: string;
  /** Bytes free on the disk of a folder. */
  readonly freeBytes?: (folder: string) => number;
  /** The server died and could not be brought back: there is nothing to go on with. */
  readonly onLost?: (error: unknown) => void;
}

/**
 * Brings up the PostgreSQL of a data folder: makes it at the first start, takes over what a killed process left running,
 * restarts it when it dies. Only one process may hold a folder. Throws StartupFault for everything a person can mend.
 */
export async function startPostgres(options: PostgresOptions): Promise<PostgresServer> {
  const dataDir = makeDataFolder(options.dataDir);
  const started = await startIfFree({ ...options, dataDir });
  if ('heldBy' in started) throw faults.folderInUse(dataDir, started.heldBy);
  return started;
}

/** The same, or which process holds the folder. `dataDir` is real and writable. */
export async function startIfFree(
  options: PostgresOptions,
): Promise<PostgresServer | { heldBy: number | null }> {
  const { dataDir } = options;
  const lock = await lockFolder(dataDir);
  if ('heldBy' in lock) return lock;
  try {
    return await start({ ...options, dataDir }, lock);
  } catch (error) {
    await lock.release();
    if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') {
      throw faults.diskFull(dataDir, null, FREE_FOR_A_START_MEGABYTES);
    }
    throw error;
  }
}

/** Everything known about one server once its place and programs are settled. */
interface Ground {
  readonly dataDir: string;
  readonly cluster: string;
  readonly account: Account | null;
  readonly binaries: Binaries;
  readonly log: Log;
}

async function start(options: PostgresOptions, lock: FolderLock): Promise<PostgresServer> {
  const { dataDir, log } = options;
  const account = await serverAccount(folderOwner(join(dataDir, 'postgres')));
  const binaries = readyBinaries(account, log, options.binDir);
  const cluster = clusterPlace(dataDir, account, log);
  const ground: Ground = { dataDir, cluster, account, binaries, log };
  const state = inspectCluster(cluster, binaries.major);
  if (state === 'complete') {
    const adopted = await adopt(ground);
    if (adopted !== null) return supervise(ground, adopted.file, adopted.pid, true, options, lock);
  }
  checkFreeSpace(
    state === 'complete' ? cluster : join(cluster, '..'),
    state,
    options.freeBytes ?? freeBytesOf,
  );
  const known = readServerFile(dataDir);
  const file = await prepare(ground, state, known);
  writeSettings(cluster, options.settings ?? {}, account);
  writeWhoMayConnect(cluster);
  const { pid, port } = await launchOnPort(ground, file.port, { mayMove: true });
  const settled = { ...file, port };
  writeServerFile(dataDir, settled);
  log.info('postgres-started', { port, version: binaries.version, pid, folder: cluster });
  return supervise(ground, settled, pid, false, options, lock);
}

/** The database and its passwords, made where missing. */
async function prepare(
  ground: Ground,
  state: 'absent' | 'complete',
  known: ServerFile | null,
): Promise<ServerFile> {
  const { dataDir, cluster, account, binaries, log } = ground;
  if (state === 'complete' && known !== null) return known;
  const file: ServerFile = { port: await freePort(known?.port ?? null), ...newPasswords() };
  if (state === 'absent') {
    log.info('postgres-database-creating', { folder: cluster, account: account?.name ?? 'this user' });
    await createCluster(cluster, binaries, account, file, log);
  } else {
    removeStalePidFile(cluster);
    await resetPasswords(cluster, binaries, account, file);
    log.warn('postgres-passwords-set-anew', { why: 'server.json was missing' });
  }
  writeServerFile(dataDir, file);
  return file;
}

/** A starting server answers within this, unless it replays a long log. */
const ADOPT_MILLISECONDS_MAX = 10_000;
const ADOPT_POLL_MILLISECONDS = 100;

/** A server that outlived the process that ran it: taken over if it answers to our password, ended otherwise. */
async function adopt({ cluster, dataDir, log }: Ground): Promise<{ file: ServerFile; pid: number } | null> {
  const left = runningPostmaster(cluster);
  if (left === null) {
    if (removeStalePidFile(cluster)) log.info('postgres-stale-pid-file-removed', { folder: cluster });
    return null;
  }
  const known = readServerFile(dataDir);
  if (known !== null) {
    for (let waited = 0; waited < ADOPT_MILLISECONDS_MAX; waited += ADOPT_POLL_MILLISECONDS) {
      const now = runningPostmaster(cluster);
      if (now === null) return null;
      const file = { ...known, port: now.port };
      if (now.ready && (await answers(adminUrlOf(file, now)))) {
        writeServerFile(dataDir, file);
        log.warn('postgres-adopted', { pid: now.pid, port: now.port, why: 'its former process was killed' });
        return { file, pid: now.pid };
      }
      await pause(ADOPT_POLL_MILLISECONDS);
    }
  }
  log.warn('postgres-left-running-stopped', { pid: left.pid, why: 'it did not answer' });
  await stopPostmaster(left.pid);
  return null;
}

async function answers(adminUrl: string): Promise<boolean> {
  const client = new Client({ connectionString: adminUrl, connectionTimeoutMillis: 2_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

const LAUNCH_TRIES_MAX = 50;
/** After kill -9 of the server its children hold the shared memory a moment longer. */
const STILL_CLOSING_PAUSE_MILLISECONDS = 200;

/** `mayMove`: another port is as good. Not at a restart, when pools of ours hold the address. */
async function launchOnPort(
  ground: Ground,
  wanted: number,
  { mayMove }: { mayMove: boolean },
): Promise<{ pid: number; port: number }> {
  const { cluster, account, binaries, dataDir, log } = ground;
  const logFile = join(dataDir, 'postgres.log');
  let reason = '';
  let port = mayMove ? await freePort(wanted) : wanted;
  for (let tries = 0; tries < LAUNCH_TRIES_MAX; tries += 1) {
    const launched = await launch({ postgres: binaries.postgres, cluster, port, account, logFile });
    if ('pid' in launched) {
      if (port !== wanted) log.warn('postgres-port-changed', { from: wanted, to: port, why: 'in use' });
      return { pid: launched.pid, port };
    }
    reason = launched.reason;
    if (launched.failed === 'disk-full') throw faults.diskFull(cluster, null, FREE_FOR_A_START_MEGABYTES);
    if (launched.failed === 'other') break;
    if (launched.failed === 'port-taken' && mayMove) port = await freePort(null);
    else await pause(STILL_CLOSING_PAUSE_MILLISECONDS);
  }
  throw faults.didNotStart(logFile, reason);
}

const WATCH_MILLISECONDS = 250;

function supervise(
  ground: Ground,
  file: ServerFile,
  firstPid: number,
  adopted: boolean,
  options: PostgresOptions,
  lock: FolderLock,
): PostgresServer {
  const { log, cluster } = ground;
  let pid = firstPid;
  let stopping = false;
  let restarting: Promise<void> | null = null;

  const restart = async () => {
    log.error('postgres-died', { pid, folder: cluster });
    removeStalePidFile(cluster);
    try {
      ({ pid } = await launchOnPort(ground, file.port, { mayMove: false }));
      log.warn('postgres-restarted', { pid, port: file.port });
    } catch (error) {
      clearInterval(watch);
      log.error('postgres-lost', { error });
      options.onLost?.(error);
    } finally {
      restarting = null;
    }
  };
  const watch = setInterval(() => {
    if (!stopping && restarting === null && !isAlive(pid)) restarting = restart();
  }, WATCH_MILLISECONDS);
  watch.unref();

  // An uncaught exception ends the process without a graceful stop; the server must not outlive it.
  const atExit = () => signalQuietly(pid, 'SIGINT');
  process.once('exit', atExit);

  const letGo = async (end: (pid: number) => Promise<void>) => {
    if (stopping) return;
    stopping = true;
    clearInterval(watch);
    if (restarting !== null) await restarting;
    await end(pid);
    process.removeListener('exit', atExit);
    await lock.release();
  };
  const reached = runningPostmaster(cluster) ?? { port: file.port, socketFolder: null };
  return {
    url: urlOf(file, reached),
    adminUrl: adminUrlOf(file, reached),
    port: file.port,
    version: ground.binaries.version,
    adopted,
    stop: () =>
      letGo(async (pid) => {
        await stopPostmaster(pid);
        log.info('postgres-stopped', { pid });
      }),
    leaveRunning: () => letGo(async () => {}),
  };
}
