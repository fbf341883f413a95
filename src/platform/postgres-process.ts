import { spawn } from 'node:child_process';
import {
  closeSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ownAs } from './data-folder.ts';
import { runAs, type Account } from './postgres-account.ts';
import { SERVER_ENVIRONMENT } from './postgres-binaries.ts';

const POLL_MILLISECONDS = 20;
/** Replaying the write-ahead log after a crash may take a while; `pg_ctl` waits as long. */
const START_MILLISECONDS_MAX = 120_000;
const FAST_STOP_MILLISECONDS_MAX = 30_000;
const IMMEDIATE_STOP_MILLISECONDS_MAX = 5_000;
const LOG_BYTES_MAX = 10_000_000;
const LOG_TAIL_CHARACTERS = 4_000;

export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly ready: boolean;
  /** The folder of its Unix socket; null when it listens on loopback alone. */
  readonly socketFolder: string | null;
}

/** What the kernel takes as the path of a socket, in bytes. */
const SOCKET_PATH_BYTES_MAX = 107;

/**
 * Where the server's Unix socket stands: in its own folder, which nobody else may enter. A round trip by it costs two thirds of one by
 * loopback, and a decision makes ten. Null where the path is too long for one.
 */
export function socketFolderFor(cluster: string): string | null {
  return Buffer.byteLength(join(cluster, '.s.PGSQL.65535')) <= SOCKET_PATH_BYTES_MAX ? cluster : null;
}

/**
 * The server running on this database folder, or null. `postmaster.pid` outlives a crash and process ids are used again, so
 * the process must also be alive and have the folder as its working folder, as every PostgreSQL server has.
 */
export function runningPostmaster(cluster: string): Postmaster | null {
  const path = join(cluster, 'postmaster.pid');
  let lines: string[];
  try {
    lines = readFileSync(path, 'utf8').split('\n');
  } catch {
    return null;
  }
  const pid = Number(lines[0]);
  if (!Number.isSafeInteger(pid) || pid <= 0 || !isAlive(pid) || !worksIn(pid, cluster)) return null;
  const socketFolder = lines[4]?.trim() ?? '';
  return {
    pid,
    port: Number(lines[3] ?? 0),
    ready: lines[7]?.trim() === 'ready',
    socketFolder: socketFolder === '' ? null : socketFolder,
  };
}

/** Alive and not a zombie: an orphan that died may never be reaped where process 1 is not an init. */
export function isAlive(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const state = stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3);
    return state !== 'Z' && state !== 'X';
  } catch {
    return false;
  }
}

function worksIn(pid: number, folder: string): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(folder);
  } catch {
    return false;
  }
}

/**
 * PostgreSQL itself refuses when `postmaster.pid` names a living process of the same user, whatever that process is: after a
 * reboot that may be anything. Call only when `runningPostmaster` found none.
 */
export function removeStalePidFile(cluster: string): boolean {
  // The socket's own lock is believed in the same way.
  for (const name of readdirSync(cluster)) if (name.startsWith('.s.PGSQL.')) rmSync(join(cluster, name));
  const path = join(cluster, 'postmaster.pid');
  if (!existsSync(path)) return false;
  rmSync(path);
  return true;
}

export interface Launch {
  readonly postgres: string;
  readonly cluster: string;
  readonly port: number;
  readonly account: Account | null;
  readonly logFile: string;
}

export type Launched =
  | { pid: number }
  | { failed: 'port-taken' | 'still-closing' | 'disk-full' | 'other'; reason: string };

/** Starts the server in its own session (Ctrl-C in our terminal must reach us, not it) and waits until it takes connections. */
export async function launch({ postgres, cluster, port, account, logFile }: Launch): Promise<Launched> {
  rotate(logFile);
  const output = openSync(logFile, 'a', 0o600);
  ownAs(dirname(logFile), logFile);
  const logFrom = statSync(logFile).size;
  const child = spawn(
    postgres,
    [
      '-D',
      cluster,
      '-c',
      `port=${port}`,
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      `unix_socket_directories=${quotedList(socketFolderFor(cluster))}`,
    ],
    {
      ...runAs(account),
      cwd: '/',
      env: SERVER_ENVIRONMENT,
      detached: true,
      stdio: ['ignore', output, output],
    },
  );
  closeSync(output);
  let exited = false;
  let spawnError: Error | null = null;
  child.once('exit', () => (exited = true));
  child.once('error', (error) => {
    exited = true;
    spawnError = error;
  });
  child.unref();
  for (let waited = 0; waited < START_MILLISECONDS_MAX; waited += POLL_MILLISECONDS) {
    if (exited || child.pid === undefined) {
      const told = spawnError === null ? readFrom(logFile, logFrom) : String(spawnError);
      return whyFailed(told);
    }
    const running = runningPostmaster(cluster);
    if (running?.pid === child.pid && running.ready) return { pid: child.pid };
    await pause(POLL_MILLISECONDS);
  }
  if (child.pid !== undefined) await stopPostmaster(child.pid);
  return { failed: 'other', reason: `not ready after ${START_MILLISECONDS_MAX / 1_000} s.` };
}

/** One member of a list of names, quoted: a comma or a blank in a path belongs to it. */
function quotedList(only: string | null): string {
  return only === null ? '' : `"${only.replaceAll('"', '""')}"`;
}

function rotate(logFile: string): void {
  if (existsSync(logFile) && statSync(logFile).size > LOG_BYTES_MAX) renameSync(logFile, `${logFile}.1`);
}

function readFrom(logFile: string, from: number): string {
  return readFileSync(logFile).subarray(from).toString('utf8').slice(-LOG_TAIL_CHARACTERS);
}

/** What the end of the server's own log says, for the cases that have a way on. */
export function whyFailed(told: string): Exclude<Launched, { pid: number }> {
  const reason = told
    .split('\n')
    .filter((line) => /FATAL|PANIC|ERROR|error/i.test(line))
    .map((line) => line.replace(/^.*?(?=(?:FATAL|PANIC|ERROR):)/, ''))
    .join(' ')
    .trim();
  if (/No space left on device/i.test(told)) return { failed: 'disk-full', reason };
  if (/could not bind|could not create any TCP/i.test(told)) return { failed: 'port-taken', reason };
  if (/pre-existing shared memory block|lock file .* already exists/i.test(told))
    return { failed: 'still-closing', reason };
  return { failed: 'other', reason: reason === '' ? 'no reason given.' : reason };
}

/** Fast shutdown; then immediate (the log replays at the next start, nothing committed is lost); then the end. */
export async function stopPostmaster(pid: number): Promise<void> {
  const steps = [
    ['SIGINT', FAST_STOP_MILLISECONDS_MAX],
    ['SIGQUIT', IMMEDIATE_STOP_MILLISECONDS_MAX],
    ['SIGKILL', IMMEDIATE_STOP_MILLISECONDS_MAX],
  ] as const;
  for (const [signal, limit] of steps) {
    signalQuietly(pid, signal);
    for (let waited = 0; waited < limit; waited += POLL_MILLISECONDS) {
      if (!isAlive(pid)) return;
      await pause(POLL_MILLISECONDS);
    }
  }
  throw new Error(`PostgreSQL process ${pid} does not end`);
}

export function signalQuietly(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // Already gone.
  }
}

/** Below the kernel's range for outgoing connections, so that no passing connection takes the port between two starts. */
const PORT_FROM = 20_000;
const PORT_TO = 32_000;
const PORT_TRIES_MAX = 50;

/** `preferred` if nobody listens on it, or another free loopback port. */
export async function freePort(preferred: number | null): Promise<number> {
  if (preferred !== null && (await isFree(preferred))) return preferred;
  for (let tries = 0; tries < PORT_TRIES_MAX; tries += 1) {
    const port = PORT_FROM + Math.floor(Math.random() * (PORT_TO - PORT_FROM));
    if (await isFree(port)) return port;
  }
  throw new Error(`no free port found between ${PORT_FROM} and ${PORT_TO}`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const trial = createServer();
    trial.once('error', () => resolve(false));
    trial.listen({ port, host: '127.0.0.1', exclusive: true }, () => trial.close(() => resolve(true)));
  });
}
