import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const INSTALL_MILLISECONDS_MAX = 600_000;

/** What `apt-get install` would bring, downloaded and unpacked into a folder without installing: needs the package lists, not root. */
export async function unpackPackages(folder: string, packages: readonly string[]): Promise<void> {
  const downloads = join(folder, 'packages');
  mkdirSync(downloads, { recursive: true });
  const options = { cwd: downloads, timeout: INSTALL_MILLISECONDS_MAX, maxBuffer: 50_000_000 };
  try {
    const { stdout } = await run(
      'apt-get',
      ['install', '--simulate', '-y', '-qq', '--no-install-recommends', ...packages],
      options,
    );
    // Inst dovecot-imapd (1:2.3.19.1+dfsg1-2.1+deb12u7 Debian:12 [amd64])
    const names = [...stdout.matchAll(/^Inst (\S+)/gm)].flatMap(([, name]) =>
      name === undefined ? [] : [name],
    );
    if (names.length === 0) throw new Error('not in the package lists; as root: apt-get update');
    await run('apt-get', ['download', '-qq', ...names], options);
    for (const file of readdirSync(downloads)) await run('dpkg-deb', ['-x', file, folder], options);
  } finally {
    rmSync(downloads, { recursive: true, force: true });
  }
}

export async function updatePackageLists(): Promise<void> {
  await run('apt-get', ['update', '-qq'], { timeout: INSTALL_MILLISECONDS_MAX, maxBuffer: 50_000_000 });
}
