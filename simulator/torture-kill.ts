import { rmSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

import { ROOT } from '../src/main.ts';
import { runningPostmaster } from '../src/platform/postgres-process.ts';
import { seeded } from './random.ts';
import { brokenInvariants, lostLeads } from './torture-checks.ts';
import {
  ended,
  launch,
  lookInside,
  openInstallation,
  pause,
  postmasterOf,
  untilReady,
} from './own-installation.ts';

const LEADS_EACH_SECOND = 50;
/** Between two kills, so that work is under way at the next. */
const CALM_MILLISECONDS = { least: 300, most: 1_500 };
/** What a dead worker had taken on is waited for as long as its lease; then all that was left over is decided. */
const SETTLE_MILLISECONDS_MAX = 180_000;
const SEND_MILLISECONDS_MAX = 5_000;
const RESTART_MILLISECONDS_MAX = 60_000;

export interface KillReport {
  readonly kills: number;
  readonly acknowledged: number;
  readonly comebackMilliseconds: readonly number[];
  readonly faults: readonly string[];
}

/**
 * `kills` times `kill -9` of the program or of its PostgreSQL, at instants drawn from the seed, under fifty leads a second. A
 * sender that gets no answer sends the same lead again, as real ones do. Afterwards: nothing acknowledged is lost, nothing has
 * two holders, no deadline was lost or fired twice, and the journal verifies.
 */
export async function torturedByKills(
  kills: number,
  seed: number,
  say: (line: string) => void,
): Promise<KillReport> {
  const random = seeded(seed);
  // Ten minutes are long; in this installation they are over in four, so that deadlines fall due between the kills.
  const installation = await openInstallation({ contactMinutes: 4 });
  let child = launch(installation);
  await untilReady(installation.port);
  const acknowledged: string[] = [];
  const comebackMilliseconds: number[] = [];
  let sending = true;
  const sender = sendSteadily(installation, acknowledged, () => sending);
  for (let kill = 1; kill <= kills; kill += 1) {
    await pause(CALM_MILLISECONDS.least + random() * (CALM_MILLISECONDS.most - CALM_MILLISECONDS.least));
    const began = performance.now();
    if (random() < 0.5) {
      child.kill('SIGKILL');
      await ended(child);
      child = launch(installation);
    } else await killPostmaster(installation);
    await untilReady(installation.port);
    comebackMilliseconds.push(performance.now() - began);
    if (kill % 10 === 0) say(`${kill} of ${kills} kills, ${acknowledged.length} leads acknowledged`);
  }
  sending = false;
  await sender;
  const faults = await settledFaults(installation, acknowledged);
  child.kill('SIGINT');
  await ended(child);
  faults.push(...verifyFaults(installation.folder));
  rmSync(installation.folder, { recursive: true, force: true });
  return { kills, acknowledged: acknowledged.length, comebackMilliseconds, faults };
}

/** Kills PostgreSQL and waits until another runs in its place: until then the health page may still speak of the dead one. */
async function killPostmaster(installation: Installation): Promise<void> {
  const killed = postmasterOf(installation);
  process.kill(killed, 'SIGKILL');
  const began = performance.now();
  while (performance.now() - began < RESTART_MILLISECONDS_MAX) {
    const running = runningPostmaster(join(installation.folder, 'postgres'));
    if (running !== null && running.pid !== killed && running.ready) return;
    await pause(10);
  }
  throw new Error('PostgreSQL was not brought back');
}

type Installation = Awaited<ReturnType<typeof openInstallation>>;

/** Fifty leads a second, each sent until it is acknowledged. */
async function sendSteadily(
  installation: Installation,
  acknowledged: string[],
  going: () => boolean,
): Promise<void> {
  const sent: Promise<void>[] = [];
  const began = performance.now();
  for (let number = 1; going(); number += 1) {
    const ahead = began + (number * 1000) / LEADS_EACH_SECOND - performance.now();
    if (ahead > 0) await pause(ahead);
    sent.push(sendUntilAcknowledged(installation, `torture-${number}`, number, acknowledged, going));
  }
  await Promise.all(sent);
}

async function sendUntilAcknowledged(
  installation: Installation,
  id: string,
  number: number,
  acknowledged: string[],
  going: () => boolean,
): Promise<void> {
  const body = JSON.stringify({
    id,
    source: 'web',
    name: `Persona ${number} Robles`,
    phone: `55${String(20_000_000 + number)}`,
  });
  do {
    const answer = await fetch(`http://127.0.0.1:${installation.port}/api/leads`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${installation.key}` },
      body,
      signal: AbortSignal.timeout(SEND_MILLISECONDS_MAX),
    }).catch(() => null);
    const status = answer?.status ?? 0;
    await answer?.arrayBuffer().catch(() => undefined);
    if (status >= 200 && status < 300) {
      acknowledged.push(id);
      return;
    }
    if (status >= 400 && status < 500 && status !== 409 && status !== 429)
      throw new Error(`lead ${id}: ${status}`);
    await pause(100);
  } while (going());
}

/** What is broken once everything under way has had time to be finished. */
async function settledFaults(installation: Installation, acknowledged: readonly string[]): Promise<string[]> {
  const began = performance.now();
  for (;;) {
    const client = await lookInside(installation);
    try {
      const broken = await brokenInvariants(client, installation.organization);
      const lost = await lostLeads(client, installation.organization, acknowledged);
      const overdue = await client.query(
        `select subject from deadlines where organization_id = $1 and due_at < now() - interval '5 seconds'`,
        [installation.organization],
      );
      const faults = [
        ...broken,
        ...(lost.length > 0 ? [`acknowledged and lost: ${lost.length}, as ${lost[0]}`] : []),
        ...(overdue.rows.length > 0 ? [`deadlines that did not fire: ${overdue.rows.length}`] : []),
      ];
      if (faults.length === 0 || performance.now() - began > SETTLE_MILLISECONDS_MAX) return faults;
    } finally {
      await client.end();
    }
    await pause(500);
  }
}

/** The journal and everything derived from it, by the command an operator would use. */
export function verifyFaults(folder: string): string[] {
  const run = spawnSync(process.execPath, [join(ROOT, 'cli', 'pauta.ts'), 'verify'], {
    cwd: ROOT,
    env: { PATH: '/usr/bin:/bin', PAUTA_DATA: folder },
    encoding: 'utf8',
  });
  return run.status === 0 ? [] : [`pauta verify: ${run.stdout.slice(-2_000)}${run.stderr.slice(-500)}`];
}
