import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  appendFileSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  renameSync,
  statSync,
  statfsSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { totalmem } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { canReach, runAs, type Account } from './postgres-account.ts';
import { SERVER_ENVIRONMENT, type Binaries } from './postgres-binaries.ts';
import { faults } from './postgres-faults.ts';
import type { Log } from './log.ts';

/** Where a database goes when the account that runs PostgreSQL cannot reach the data folder (a clone in root's own home). */
const SHARED_PLACE = '/var/lib/pauta';
const MEGABYTE = 1_048_576;
/** A new database takes 40 MB, its write-ahead log grows to some hundred; with less than this a day would not end well. */
const FREE_FOR_A_NEW_DATABASE_MEGABYTES = 256;
/** Recovery and the first checkpoint must be able to write. */
export const FREE_FOR_A_START_MEGABYTES = 64;

export function folderOwner(folder: string): { uid: number; gid: number } | null {
  if (!existsSync(folder)) return null;
  const { uid, gid } = statSync(folder);
  return { uid, gid };
}

/**
 * Where the database of this data folder lies: `<data>/postgres`, which is a symbolic link where the account could not reach
 * it. Makes the link, never the database.
 */
export function clusterPlace(dataDir: string, account: Account | null, log: Log): string {
  const here = join(dataDir, 'postgres');
  const present = lstatSync(here, { throwIfNoEntry: false });
  if (present?.isSymbolicLink() === true) {
    const target = readlinkSync(here);
    const initialised = existsSync(join(dataDir, 'server.json'));
    if (initialised && !existsSync(target)) throw faults.clusterGone(here, target);
    return target;
  }
  if (canReach(account, dataDir)) return here;
  if (present !== undefined) throw faults.unreachable(here, account?.name ?? '?');
  mkdirSync(SHARED_PLACE, { recursive: true, mode: 0o755 });
  // A random name: a data folder removed and made again must not find the old database here.
  const name = `${basename(dirname(dataDir))}-${basename(dataDir)}`.replace(/^\.+/, '');
  const parent = mkdtempSync(join(SHARED_PLACE, `${name}-`));
  if (account !== null) chownSync(parent, account.uid, account.gid);
  writeFileSync(join(parent, 'belongs-to'), `${dataDir}\n`);
  const target = join(parent, 'postgres');
  symlinkSync(target, here);
  log.warn('postgres-data-placed-elsewhere', {
    to: target,
    pointer: here,
    why: `the account ${account?.name ?? '?'} that runs PostgreSQL cannot reach ${dataDir}`,
  });
  return target;
}

export type ClusterState = 'absent' | 'complete';

/** Refuses a folder of another major version, of another user, or with something else in it. Deletes nothing. */
export function inspectCluster(cluster: string, major: number): ClusterState {
  if (!existsSync(cluster)) return 'absent';
  let entries: string[];
  try {
    entries = readdirSync(cluster);
  } catch {
    throw faults.ownedByOther(cluster);
  }
  if (entries.length === 0) return 'absent';
  if (!entries.includes('PG_VERSION') || !existsSync(join(cluster, 'global', 'pg_control'))) {
    throw faults.notADatabase(cluster);
  }
  const owner = statSync(cluster).uid;
  if (process.getuid?.() !== 0 && owner !== process.getuid?.()) throw faults.ownedByOther(cluster);
  const found = readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim();
  if (found !== String(major)) throw faults.otherMajor(cluster, found, major);
  return 'complete';
}

export function checkFreeSpace(
  folder: string,
  state: ClusterState,
  freeBytes: (folder: string) => number,
): void {
  const needed = state === 'absent' ? FREE_FOR_A_NEW_DATABASE_MEGABYTES : FREE_FOR_A_START_MEGABYTES;
  const free = Math.floor(freeBytes(folder) / MEGABYTE);
  if (free < needed) throw faults.diskFull(folder, free, needed);
}

/** What an ordinary account may still write there, in bytes. */
export function freeBytesOf(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

export interface Passwords {
  readonly adminPassword: string;
  readonly password: string;
}

export function newPasswords(): Passwords {
  return { adminPassword: randomBytes(24).toString('hex'), password: randomBytes(24).toString('hex') };
}

/**
 * Makes a new database under another name and moves it into place only when it is whole, so that a start interrupted half-way
 * leaves nothing that could be taken for a database. What such a start left is moved aside.
 */
export async function createCluster(
  cluster: string,
  binaries: Binaries,
  account: Account | null,
  passwords: Passwords,
  log: Log,
): Promise<void> {
  const preparing = `${cluster}.preparing`;
  if (existsSync(preparing)) {
    const aside = `${cluster}.incomplete-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`;
    renameSync(preparing, aside);
    log.warn('postgres-incomplete-folder-moved-aside', { from: preparing, to: aside });
  }
  mkdirSync(preparing, { mode: 0o700 });
  if (account !== null) chownSync(preparing, account.uid, account.gid);
  await initialise(preparing, binaries, account);
  // No connection is ever trusted: the server has not run yet, and from its first start every one needs its password.
  writeWhoMayConnect(preparing);
  appendFileSync(join(preparing, 'postgresql.conf'), "\ninclude_if_exists = 'pauta.conf'\n");
  await singleUser(preparing, binaries, account, [
    `alter role postgres password '${passwords.adminPassword}'`,
    `create role pauta login nosuperuser nobypassrls password '${passwords.password}'`,
    'create database pauta owner pauta',
  ]);
  if (existsSync(cluster)) renameSync(cluster, `${preparing}-empty`);
  renameSync(preparing, cluster);
}

/** Written at every start: a database made by an earlier version knew of no Unix socket. */
export function writeWhoMayConnect(cluster: string): void {
  const ways = ['local all all scram-sha-256', 'host all all 127.0.0.1/32 scram-sha-256'];
  writeFileSync(join(cluster, 'pg_hba.conf'), `${ways.join('\n')}\n`);
}

async function initialise(folder: string, binaries: Binaries, account: Account | null): Promise<void> {
  // Both providers sort by code point, so that an index or a page of results is in the same order on every server.
  const locale =
    binaries.major >= 17
      ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C']
      : ['--locale=C.UTF-8'];
  const options = [
    '--username=postgres',
    '--auth=trust',
    '--encoding=UTF8',
    '--data-checksums',
    '--no-instructions',
  ];
  try {
    await promisify(execFile)(binaries.initdb, ['-D', folder, ...options, ...locale], {
      ...runAs(account),
      cwd: '/',
      env: SERVER_ENVIRONMENT,
    });
  } catch (error) {
    throw fromSetUp(folder, error instanceof Error ? error.message : String(error));
  }
}

function fromSetUp(folder: string, told: string): Error {
  if (/No space left on device/i.test(told)) {
    return faults.diskFull(dirname(folder), null, FREE_FOR_A_NEW_DATABASE_MEGABYTES);
  }
  return new Error(`setting up the database in ${folder} failed: ${told}`);
}

/** New passwords where `server.json` was lost; the server must not be running. */
export async function resetPasswords(
  cluster: string,
  binaries: Binaries,
  account: Account | null,
  passwords: Passwords,
): Promise<void> {
  await singleUser(cluster, binaries, account, [
    `alter role postgres password '${passwords.adminPassword}'`,
    `alter role pauta password '${passwords.password}'`,
  ]);
}

/** Statements given to PostgreSQL without a server, through its standard input: no password touches a file or a command line. */
function singleUser(
  cluster: string,
  binaries: Binaries,
  account: Account | null,
  statements: readonly string[],
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(binaries.postgres, ['--single', '-D', cluster, 'postgres'], {
      ...runAs(account),
      cwd: '/',
      env: SERVER_ENVIRONMENT,
      stdio: ['pipe', 'ignore', 'pipe'],
    });
    let told = '';
    child.stderr.on('data', (chunk: Buffer) => (told += chunk.toString()));
    child.once('error', reject);
    child.stdin.on('error', () => {});
    child.once('close', (code) => {
      if (code === 0 && !/\b(?:ERROR|FATAL|PANIC):/.test(told)) resolve();
      else reject(fromSetUp(cluster, told));
    });
    child.stdin.end(`${statements.join(';\n')};\n`);
  });
}

const QUARTER_GIGABYTE = 256 * MEGABYTE;

/**
 * Settings for one machine shared with the application. Written at every start, so that an upgrade brings its own; a person
 * may still override one with ALTER SYSTEM.
 */
export function writeSettings(
  cluster: string,
  extra: Readonly<Record<string, string>>,
  account: Account | null,
): void {
  const memory = totalmem();
  const shared = Math.max(128 * MEGABYTE, Math.min(4 * QUARTER_GIGABYTE, Math.floor(memory / 16)));
  const settings: Record<string, string> = {
    max_connections: '100',
    shared_buffers: `${Math.floor(shared / MEGABYTE)}MB`,
    effective_cache_size: `${Math.floor(memory / 2 / MEGABYTE)}MB`,
    work_mem: '16MB',
    maintenance_work_mem: '128MB',
    max_wal_size: '2GB',
    // A page on a solid-state disk costs the same wherever it lies.
    random_page_cost: '1.1',
    // Compiling a plan costs more than most of our statements take.
    jit: 'off',
    fsync: 'on',
    synchronous_commit: 'on',
    password_encryption: 'scram-sha-256',
    timezone: 'UTC',
    log_timezone: 'UTC',
    datestyle: 'ISO, YMD',
    ...extra,
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = '${value}'`);
  const path = join(cluster, 'pauta.conf');
  writeFileSync(path, `# Written at every start; override with ALTER SYSTEM.\n${lines.join('\n')}\n`, {
    mode: 0o600,
  });
  if (account !== null) chownSync(path, account.uid, account.gid);
}
