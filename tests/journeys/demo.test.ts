import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { ROOT } from '../../src/main.ts';

/** Two starts, one of them with a month of history, on two busy cores. */
const DEMO_MILLISECONDS_MAX = 180_000;
const READY = 'Ctrl-C';
const run = promisify(execFile);

let folder: string;
let port: number;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pauta-demo-test-'));
  port = await freePort();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Demo {
  readonly child: ChildProcess;
  readonly printed: () => string;
  readonly readyAfter: number;
}

/** Starts it as npm does, and resolves once it says how to stop it. */
function startDemo(): Promise<Demo> {
  const began = performance.now();
  const child = spawn(process.execPath, ['--import', './src/platform/node-version.js', 'simulator/demo.ts'], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], PAUTA_DATA: folder, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  return new Promise((resolve, reject) => {
    const hear = (text: string): void => {
      printed += text;
      if (printed.includes(READY))
        resolve({ child, printed: () => printed, readyAfter: performance.now() - began });
    };
    child.stdout.setEncoding('utf8').on('data', hear);
    child.stderr.setEncoding('utf8').on('data', hear);
    child.on('close', (code) => reject(new Error(`the demo ended with ${code}: ${printed}`)));
  });
}

function stopped({ child }: Demo): Promise<number | null> {
  return new Promise((resolve) => {
    child.removeAllListeners('close').on('close', resolve);
    child.kill('SIGINT');
  });
}

/** Processes whose command line or environment names the folder: the server's own, its workers, ours. */
function processesOf(path: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .filter(
      (id) =>
        read(`/proc/${id}/cmdline`).includes(path) ||
        read(`/proc/${id}/environ`).includes(`PAUTA_DATA=${path}`),
    );
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

describe('npm run demo', () => {
  it(
    'comes up at work, takes the lead it tells how to send, ends without a trace, and is there again at once',
    async () => {
      const first = await startDemo();
      const text = first.printed();
      expect(text).toContain(`http://127.0.0.1:${port}`);
      for (const role of ROLES)
        expect(text).toMatch(new RegExp(`^  ${role} +\\S+@example\\.com +\\S{19} `, 'm'));
      const administrator = /administrador +(\S+) +(\S+)/.exec(text);
      const leads = await leadsSeenBy(administrator?.[1] ?? '', administrator?.[2] ?? '');
      expect(leads.filter(({ dueAt }) => dueAt !== null).length).toBeGreaterThan(2);
      expect(leads.map(({ stage }) => stage)).toEqual(expect.arrayContaining(['assigned', 'waiting']));

      const line = /^ {2}(curl .*)$/m.exec(text)?.[1] ?? '';
      const { stdout } = await run('bash', ['-c', line]);
      expect(JSON.parse(stdout)).toMatchObject({
        stage: 'assigned',
        holder: { name: expect.any(String) as string },
      });

      expect(await stopped(first)).toBe(0);
      expect(processesOf(folder)).toEqual([]);

      const second = await startDemo();
      expect(second.printed()).toContain(line);
      expect(second.readyAfter).toBeLessThan(first.readyAfter);
      expect(await stopped(second)).toBe(0);
      expect(processesOf(folder)).toEqual([]);
    },
    DEMO_MILLISECONDS_MAX,
  );
});

const ROLES = [
  'administrador',
  'asesor',
  'KAM',
  'gerente',
  'director de zona',
  'dirección',
  'mercadotecnia',
  'Área de Control',
  'sistemas',
] as const;

async function leadsSeenBy(
  email: string,
  password: string,
): Promise<{ stage: string; dueAt: string | null }[]> {
  const base = `http://127.0.0.1:${port}`;
  const signIn = await fetch(`${base}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: base },
    body: JSON.stringify({ email, password }),
  });
  expect(signIn.status).toBe(200);
  const cookie = signIn.headers
    .getSetCookie()
    .map((each) => each.split(';')[0] ?? '')
    .join('; ');
  const answer = await fetch(`${base}/api/leads?limit=200`, { headers: { cookie } });
  const { rows } = (await answer.json()) as { rows: { stage: string; dueAt: string | null }[] };
  return rows;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port: free } = server.address() as AddressInfo;
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return free;
}
