import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';

import { parseConfig, type Config } from '../src/platform/config.ts';
import { silentLog } from '../src/platform/log.ts';
import { runningPostgres } from '../src/platform/postgres-use.ts';
import { ROOT, startProgram } from '../src/main.ts';
import { openFloor } from './bench-ground.ts';

/** A program that is not ready by then has not come back. */
const READY_MILLISECONDS_MAX = 120_000;
const POLL_MILLISECONDS = 50;

/** One installation of the program, to be measured or mistreated: its folder, port, organization and key. */
export interface Installation {
  readonly folder: string;
  readonly port: number;
  readonly organization: string;
  readonly key: string;
}

export function configOf(folder: string, port: number): Config {
  const environment = { PAUTA_DATA: folder, PORT: String(port), PAUTA_LOG_LEVEL: 'warn' };
  const parsed = parseConfig(environment, []);
  if (!('config' in parsed)) throw new Error(JSON.stringify(parsed));
  return parsed.config;
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

/** Opens the installation in this process, to be run by others afterwards. */
export async function openInstallation(
  how: { readonly contactMinutes?: number } = {},
): Promise<Installation> {
  const folder = mkdtempSync(join(tmpdir(), 'pauta-torture-'));
  const port = await freePort();
  const program = await startProgram({ config: configOf(folder, port), log: silentLog });
  const floor = await openFloor(program, 'Tormenta', how);
  const { key } = await program.access.createKey({
    organization: floor.organization,
    name: 'torture',
    scopes: ['leads.write', 'calls.write'],
    by: 'administrator',
    requestsAMinute: 1_000_000,
  });
  await program.stop();
  return { folder, port, organization: floor.organization, key };
}

/** The program as its users run it, in a process of its own. */
export function launch(
  installation: Installation,
  more: { port?: number; only?: string } = {},
): ChildProcess {
  const options = more.only === undefined ? [] : [`--only=${more.only}`];
  return spawn(process.execPath, [join(ROOT, 'src', 'main.ts'), ...options], {
    cwd: ROOT,
    env: {
      PATH: '/usr/bin:/bin',
      PAUTA_DATA: installation.folder,
      PORT: String(more.port ?? installation.port),
      PAUTA_LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

/** Milliseconds until it answered that it is ready. */
export async function untilReady(port: number): Promise<number> {
  const began = performance.now();
  while (performance.now() - began < READY_MILLISECONDS_MAX) {
    const answer = await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => null);
    if (answer?.status === 200) return performance.now() - began;
    await pause(POLL_MILLISECONDS);
  }
  throw new Error('the program did not come back');
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

/** The process id of the installation's PostgreSQL. */
export function postmasterOf(installation: Installation): number {
  const [pid] = readFileSync(join(installation.folder, 'postgres', 'postmaster.pid'), 'utf8').split('\n');
  return Number(pid);
}

/** A superuser's connection to the installation's database: sees every row. */
export async function lookInside(installation: Installation): Promise<Client> {
  const running = runningPostgres(installation.folder);
  if (running === null) throw new Error('the installation’s PostgreSQL does not run');
  const url = new URL(running.adminUrl);
  url.pathname = new URL(running.url).pathname;
  const client = new Client({ connectionString: url.href });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

export async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}
