import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** A browser as `playwright-core` starts it: `chromium.launch({ executablePath, env, args })`. */
export interface Browser {
  readonly executablePath: string;
  readonly env: Readonly<Record<string, string>>;
  readonly args: readonly string[];
}

const SYSTEM = '/usr/bin/chromium';
const UNPACKED = join(import.meta.dirname, '..', '.cache', 'chromium');
const INSTALL_MILLISECONDS_MAX = 600_000;

const run = promisify(execFile);

/** The Chromium there is, or null: Debian's own, else the one unpacked in `.cache` for a user who may not install it. */
export function findChromium(): Browser | null {
  // Chromium's own sandbox refuses root, and small containers have no shared memory to speak of.
  const args = [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), '--disable-dev-shm-usage'];
  const env = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C.UTF-8' };
  if (existsSync(SYSTEM)) return { executablePath: SYSTEM, env, args };
  const unpacked = join(UNPACKED, 'usr', 'lib', 'chromium', 'chromium');
  if (!existsSync(unpacked)) return null;
  const libraries = librariesOf(join(UNPACKED, 'usr', 'lib'));
  // Unpacked without root, its sandbox program cannot be setuid.
  return {
    executablePath: unpacked,
    env: { ...env, LD_LIBRARY_PATH: libraries },
    args: [...new Set([...args, '--no-sandbox'])],
  };
}

/** `usr/lib/x86_64-linux-gnu` and what some packages keep in folders of their own below it. */
function librariesOf(lib: string): string {
  const triplets = readdirSync(lib).filter((name) => name.endsWith('-linux-gnu'));
  return triplets
    .flatMap((triplet) => [
      join(lib, triplet),
      ...readdirSync(join(lib, triplet), { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map((entry) => join(lib, triplet, entry.name)),
    ])
    .join(':');
}

/** Finds Chromium or gets it from Debian's packages: installed as root, else unpacked in `.cache`. Null, and why, where it cannot be had. */
export async function provideChromium(): Promise<{ browser: Browser } | { missing: string }> {
  const found = findChromium();
  if (found !== null) return { browser: found };
  try {
    if (process.getuid?.() === 0) await install();
    else await unpack();
  } catch (error) {
    return {
      missing: `Chromium: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)}`,
    };
  }
  const browser = findChromium();
  return browser === null ? { missing: 'Chromium: its package brought no browser' } : { browser };
}

async function install(): Promise<void> {
  const options = {
    env: {
      PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
      DEBIAN_FRONTEND: 'noninteractive',
    },
    timeout: INSTALL_MILLISECONDS_MAX,
    maxBuffer: 50_000_000,
  };
  console.log('  installing Chromium from the Debian packages …');
  await run('apt-get', ['update', '-qq'], options);
  await run(
    'apt-get',
    ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-liberation'],
    options,
  );
}

/** What `apt-get install` would bring, downloaded and unpacked without installing: needs the package lists, not root. */
async function unpack(): Promise<void> {
  const downloads = join(UNPACKED, 'packages');
  mkdirSync(downloads, { recursive: true });
  const options = { cwd: downloads, timeout: INSTALL_MILLISECONDS_MAX, maxBuffer: 50_000_000 };
  console.log('  unpacking Chromium from the Debian packages into .cache …');
  try {
    const { stdout } = await run(
      'apt-get',
      ['install', '--simulate', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-liberation'],
      options,
    );
    // Inst chromium (156.0.8078.79 Debian:12 [amd64])
    const names = [...stdout.matchAll(/^Inst (\S+)/gm)].flatMap(([, name]) =>
      name === undefined ? [] : [name],
    );
    if (names.length === 0) throw new Error('not in the package lists; as root: apt-get update');
    await run('apt-get', ['download', '-qq', ...names], options);
    for (const file of readdirSync(downloads)) await run('dpkg-deb', ['-x', file, UNPACKED], options);
  } finally {
    rmSync(downloads, { recursive: true, force: true });
  }
}
