import { existsSync, mkdirSync, mkdtempSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { preferredAccount, readAccounts } from './postgres-account.ts';
import { makeLibraryLinks } from './postgres-binaries.ts';
import { lockFolder } from './folder-lock.ts';
import { whyFailed } from './postgres-process.ts';

describe('whyFailed', () => {
  const cases = [
    {
      told: 'LOG: starting\nFATAL:  could not write lock file "postmaster.pid": No space left on device',
      failed: 'disk-full',
    },
    { told: 'LOG:  could not bind IPv4 address "127.0.0.1": Address already in use', failed: 'port-taken' },
    {
      told: 'FATAL:  pre-existing shared memory block (key 1, ID 2) is still in use',
      failed: 'still-closing',
    },
    { told: '2026-01-01 UTC [1] FATAL:  bogus data in lock file', failed: 'other' },
    { told: '', failed: 'other' },
  ];
  it.each(cases)('$failed: $told', ({ told, failed }) => {
    expect(whyFailed(told)).toMatchObject({ failed });
  });

  it('gives the reason without time and process', () => {
    expect(whyFailed('2026-01-01 UTC [1] FATAL:  bogus data').reason).toBe('FATAL:  bogus data');
  });
});

describe('preferredAccount', () => {
  const root = 'root:x:0:0:root:/root:/bin/bash\n';
  const cases = [
    {
      name: "Debian's own",
      passwd: `${root}pauta:x:998:998::/:/x\npostgres:x:101:104::/:/x\n`,
      found: 'postgres',
    },
    { name: 'ours of an earlier start', passwd: `${root}pauta:x:998:998::/:/x\n`, found: 'pauta' },
    { name: 'none, so that one is made', passwd: `${root}daemon:x:1:1::/:/x\n`, found: undefined },
    {
      name: 'never one that is root by another name',
      passwd: `${root}postgres:x:0:0::/:/x\n`,
      found: undefined,
    },
  ];
  it.each(cases)('$name', ({ passwd, found }) => {
    expect(preferredAccount(readAccounts(passwd))?.name).toBe(found);
  });
});

describe('makeLibraryLinks', () => {
  it('makes the links a skipped postinstall left out, once', () => {
    const home = mkdtempSync(join(tmpdir(), 'pauta-links-'));
    mkdirSync(join(home, 'native', 'lib'), { recursive: true });
    writeFileSync(join(home, 'native', 'lib', 'libpq.so.5.18'), '');
    writeFileSync(
      join(home, 'native', 'pg-symlinks.json'),
      JSON.stringify([{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }]),
    );
    expect([makeLibraryLinks(home), makeLibraryLinks(home)]).toEqual([1, 0]);
    expect(readlinkSync(join(home, 'native', 'lib', 'libpq.so.5'))).toBe('libpq.so.5.18');
    expect(existsSync(join(home, 'native', 'lib', 'libpq.so.5'))).toBe(true);
    rmSync(home, { recursive: true });
  });
});

describe('lockFolder', () => {
  it('lets one holder in, says who it is, and is free again after', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pauta-lock-'));
    const lock = await lockFolder(folder);
    expect(await lockFolder(folder)).toEqual({ heldBy: process.pid });
    if ('heldBy' in lock) throw new Error('it was free');
    await lock.release();
    const again = await lockFolder(folder);
    expect(again).toHaveProperty('release');
    if ('release' in again) await again.release();
    rmSync(folder, { recursive: true });
  });
});
