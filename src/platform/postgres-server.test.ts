import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Client } from 'pg';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { silentLog, type Log } from './log.ts';
import { isAlive, runningPostmaster } from './postgres-process.ts';
import { startPostgres } from './postgres-server.ts';
import { runningPostgres, usePostgres } from './postgres-use.ts';

const asRoot = process.getuid?.() === 0;
const folders: string[] = [];
const stops: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** `open`: every account can pass through, as in a clone under /srv; otherwise as under root's home. */
function newDataDir(mode: 0o755 | 0o700 = 0o755): string {
  const parent = mkdtempSync(join(tmpdir(), 'pauta-server-'));
  chmodSync(parent, mode);
  folders.push(parent);
  return join(parent, 'data');
}

async function started(dataDir: string, more: Partial<Parameters<typeof startPostgres>[0]> = {}) {
  const server = await startPostgres({ dataDir, log: silentLog, ...more });
  stops.push(() => server.stop());
  return server;
}

async function ask(url: string, statement: string): Promise<Record<string, unknown> | undefined> {
  const client = new Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows[0];
  } finally {
    await client.end();
  }
}

describe('startPostgres', () => {
  it('makes the database, keeps it and its port, and lets nobody in without the password', async () => {
    const dataDir = newDataDir();
    const first = await startPostgres({ dataDir, log: silentLog });
    expect(first).toMatchObject({ adopted: false, version: expect.stringMatching(/^18\./) });
    expect(
      await ask(
        first.url,
        'select rolname, rolsuper, rolbypassrls, current_database() as db from pg_roles where rolname = current_user',
      ),
    ).toEqual({ rolname: 'pauta', rolsuper: false, rolbypassrls: false, db: 'pauta' });
    expect(
      await ask(first.adminUrl, "select current_setting('fsync') as fsync, current_setting('jit') as jit"),
    ).toEqual({
      fsync: 'on',
      jit: 'off',
    });
    await expect(ask(first.url.replace(/:[0-9a-f]+@/, ':wrong@'), 'select 1')).rejects.toThrow('password');
    expect(statSync(join(dataDir, 'server.json')).mode & 0o777).toBe(0o600);
    await ask(first.url, 'create table kept (id integer)');
    const { pid } = runningPostmaster(join(dataDir, 'postgres')) ?? { pid: 0 };
    await first.stop();
    expect(isAlive(pid)).toBe(false);
    expect(runningPostgres(dataDir)).toBeNull();

    const second = await started(dataDir);
    expect(second.url).toBe(first.url);
    expect(await ask(second.url, "select to_regclass('kept')::text as found")).toEqual({ found: 'kept' });
    expect(runningPostgres(dataDir)).toEqual({
      url: second.url,
      adminUrl: second.adminUrl,
      port: second.port,
    });
  });

  it('chooses another port when its own is taken, and remembers it', async () => {
    const dataDir = newDataDir();
    const first = await startPostgres({ dataDir, log: silentLog });
    await first.stop();
    const other = createServer().listen(first.port, '127.0.0.1');
    await once(other, 'listening');
    const second = await startPostgres({ dataDir, log: silentLog });
    await second.stop();
    other.close();
    expect(second.port).not.toBe(first.port);
    expect((await started(dataDir)).port).toBe(second.port);
  });

  it('refuses a folder in use, naming the process; usePostgres works on the same server', async () => {
    const dataDir = newDataDir();
    const server = await started(dataDir);
    await expect(startPostgres({ dataDir, log: silentLog })).rejects.toMatchObject({
      code: 'data-folder-in-use',
      message: expect.stringContaining(`process ${process.pid}`),
    });
    const used = await usePostgres({ dataDir, databaseUrl: null, log: silentLog });
    expect(used).toMatchObject({ from: 'running', url: server.url, version: server.version });
    await used.stop();
    expect(await ask(server.url, 'select 1 as alive')).toEqual({ alive: 1 });
  });

  it('takes over the server of a process that was killed, and what it had committed', async () => {
    const dataDir = newDataDir();
    const program = `
      import { startPostgres } from ${JSON.stringify(join(import.meta.dirname, 'postgres-server.ts'))};
      import { silentLog } from ${JSON.stringify(join(import.meta.dirname, 'log.ts'))};
      await startPostgres({ dataDir: ${JSON.stringify(dataDir)}, log: silentLog });
      process.kill(process.pid, 'SIGKILL');`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: 'ignore' });
    await once(child, 'exit');
    expect(child.signalCode).toBe('SIGKILL');
    const left = runningPostmaster(join(dataDir, 'postgres'));
    const server = await started(dataDir);
    expect(server.adopted).toBe(true);
    expect(runningPostmaster(join(dataDir, 'postgres'))).toEqual(left);
    expect(await ask(server.url, 'select 1 as alive')).toEqual({ alive: 1 });
  });

  it('brings a killed server back at the same address', async () => {
    const dataDir = newDataDir();
    const server = await started(dataDir);
    await ask(server.url, 'create table kept (id integer)');
    const before = runningPostmaster(join(dataDir, 'postgres'));
    process.kill(before?.pid ?? 0, 'SIGKILL');
    await vi.waitFor(
      async () => {
        expect(runningPostmaster(join(dataDir, 'postgres'))?.pid).not.toBe(before?.pid);
        expect(await ask(server.url, "select to_regclass('kept')::text as found")).toEqual({ found: 'kept' });
      },
      { timeout: 15_000, interval: 50 },
    );
  });

  it('starts where a postmaster.pid names some other living process, and where server.json was lost', async () => {
    const dataDir = newDataDir();
    await (await startPostgres({ dataDir, log: silentLog })).stop();
    writeFileSync(join(dataDir, 'postgres', 'postmaster.pid'), `${process.pid}\n/elsewhere\n`);
    rmSync(join(dataDir, 'server.json'));
    const server = await started(dataDir);
    expect(server.adopted).toBe(false);
    expect(await ask(server.url, 'select 1 as alive')).toEqual({ alive: 1 });
  });

  it('moves a half-made database aside', async () => {
    const dataDir = newDataDir();
    mkdirSync(join(dataDir, 'postgres.preparing'), { recursive: true });
    writeFileSync(join(dataDir, 'postgres.preparing', 'PG_VERSION'), '18\n');
    chmodSync(dataDir, 0o755);
    await started(dataDir);
    const aside = readdirSync(dataDir).filter((name) => name.startsWith('postgres.incomplete-'));
    expect(aside).toHaveLength(1);
    expect(existsSync(join(dataDir, aside[0] ?? '', 'PG_VERSION'))).toBe(true);
  });

  it('refuses, touching nothing, a database of another major version or one that is not whole', async () => {
    const dataDir = newDataDir();
    const cluster = join(dataDir, 'postgres');
    mkdirSync(join(cluster, 'global'), { recursive: true });
    writeFileSync(join(cluster, 'global', 'pg_control'), '');
    await expect(startPostgres({ dataDir, log: silentLog })).rejects.toMatchObject({
      code: 'database-folder-damaged',
    });
    writeFileSync(join(cluster, 'PG_VERSION'), '17\n');
    const fault = startPostgres({ dataDir, log: silentLog });
    await expect(fault).rejects.toMatchObject({ code: 'database-of-another-version' });
    await expect(fault).rejects.toThrow(/17.*18/);
    expect(readdirSync(cluster).toSorted()).toEqual(['PG_VERSION', 'global']);
  });

  it('refuses a full disk before making anything, naming the megabytes', async () => {
    const dataDir = newDataDir();
    const fault = startPostgres({ dataDir, log: silentLog, freeBytes: () => 20_000_000 });
    await expect(fault).rejects.toThrow(/disk-full.*19 MB left.*256 MB/);
    expect(existsSync(join(dataDir, 'postgres'))).toBe(false);
  });

  it.runIf(asRoot)(
    'as root below a closed folder, puts the database where PostgreSQL can reach it',
    async () => {
      const dataDir = newDataDir(0o700);
      const events: string[] = [];
      const log: Log = { ...silentLog, warn: (event) => events.push(event) };
      const server = await started(dataDir, { log });
      const pointer = join(dataDir, 'postgres');
      expect(lstatSync(pointer).isSymbolicLink()).toBe(true);
      const elsewhere = dirname(readlinkSync(pointer));
      folders.push(elsewhere);
      expect(events).toContain('postgres-data-placed-elsewhere');
      expect(readFileSync(join(elsewhere, 'belongs-to'), 'utf8')).toBe(`${dataDir}\n`);
      expect(await ask(server.url, 'select 1 as alive')).toEqual({ alive: 1 });
      expect(runningPostgres(dataDir)?.url).toBe(server.url);
      await server.stop();
      rmSync(elsewhere, { recursive: true });
      await expect(startPostgres({ dataDir, log: silentLog })).rejects.toMatchObject({
        code: 'database-folder-missing',
      });
    },
  );
});

describe('usePostgres', () => {
  it('says plainly that the server of DATABASE_URL does not answer', async () => {
    const databaseUrl = 'postgres://nobody:x@127.0.0.1:1/none';
    await expect(usePostgres({ dataDir: newDataDir(), databaseUrl, log: silentLog })).rejects.toMatchObject({
      code: 'database-server-unreachable',
      message: expect.stringContaining('127.0.0.1:1'),
    });
  });
});
