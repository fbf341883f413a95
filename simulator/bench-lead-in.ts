import { rmSync } from 'node:fs';

import { milliseconds, percentiles, type Figure } from './bench-ground.ts';
import {
  ended,
  launch,
  lookInside,
  openInstallation,
  untilReady,
  type Installation,
} from './own-installation.ts';

const LEADS_EACH_SECOND = 200;
const SECONDS = 30;
const WARM_UP_LEADS = 400;
const P99_MAX_MILLISECONDS = 100;
const AT_ONCE_MAX = 400;
const BARE_AT_ONCE = 16;

/**
 * A lead by HTTP until its answer: stored, recognized, assigned by turn, notice queued, all durable. The program runs as its
 * users run it, in a process of its own with its own PostgreSQL; this process only sends. Sent at a steady rate whatever the
 * answers do (an open loop), so that waiting shows; and as fast as they go, to see the room above it.
 */
export async function benchLeadIn(): Promise<Figure[]> {
  const installation = await openInstallation();
  const program = launch(installation);
  try {
    await untilReady(installation.port);
    const bare = await bareInserts(installation);
    let number = 0;
    const send = async (): Promise<number> => {
      number += 1;
      return sendLead(installation, number);
    };
    for (let sent = 0; sent < WARM_UP_LEADS; sent += 20) await Promise.all(Array.from({ length: 20 }, send));
    const steady = await atRate(send, LEADS_EACH_SECOND, SECONDS);
    const fastest = await asFastAsItGoes(send, 3_000, 64);
    const { p50, p99, max } = percentiles(steady);
    return [
      {
        work: `Lead in (HTTP) → assigned and notice queued, durable, at ${LEADS_EACH_SECOND} leads/s for ${SECONDS} s`,
        measured: `p50 ${milliseconds(p50)}, p99 ${milliseconds(p99)}, max ${milliseconds(max)}`,
        limit: `p99 ≤ ${P99_MAX_MILLISECONDS} ms`,
        beside: `${fastest.toFixed(0)} leads/s with 64 at once; the same database takes ${bare.toFixed(0)} bare durable inserts/s with 16 at once`,
        met: p99 <= P99_MAX_MILLISECONDS,
      },
    ];
  } finally {
    program.kill('SIGINT');
    await ended(program);
    rmSync(installation.folder, { recursive: true, force: true });
  }
}

/** Sends one lead; gives the milliseconds until its answer was read. */
async function sendLead(installation: Installation, number: number): Promise<number> {
  const body = JSON.stringify({
    id: `bench-${number}`,
    source: 'web',
    name: `Persona ${number} Robles ${number % 977}`,
    phone: `55${String(10_000_000 + number)}`,
    email: `persona${number}@example.com`,
  });
  const began = performance.now();
  const answer = await fetch(`http://127.0.0.1:${installation.port}/api/leads`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${installation.key}` },
    body,
  });
  const text = await answer.text();
  if (answer.status !== 201) throw new Error(`lead ${number}: ${answer.status} ${text.slice(0, 200)}`);
  return performance.now() - began;
}

async function atRate(send: () => Promise<number>, rate: number, seconds: number): Promise<number[]> {
  const taken: number[] = [];
  const sent: Promise<void>[] = [];
  const began = performance.now();
  for (let index = 0; index < rate * seconds; index += 1) {
    const due = began + (index * 1000) / rate;
    const ahead = due - performance.now();
    if (ahead > 1) await new Promise((resolve) => setTimeout(resolve, ahead));
    if (index - taken.length > AT_ONCE_MAX) {
      await Promise.all(sent);
      throw new Error(`${AT_ONCE_MAX} leads wait at once after ${index}: the rate is not carried`);
    }
    // What a lead waits because this loop was late counts too.
    const late = Math.max(0, performance.now() - due);
    sent.push(timed(send, taken, late));
  }
  await Promise.all(sent);
  return taken;
}

async function timed(send: () => Promise<number>, taken: number[], late: number): Promise<void> {
  taken.push((await send()) + late);
}

async function asFastAsItGoes(send: () => Promise<number>, count: number, atOnce: number): Promise<number> {
  let left = count;
  const began = performance.now();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (left > 0) {
        left -= 1;
        await send();
      }
    }),
  );
  return (count * 1000) / (performance.now() - began);
}

/** What the disk and PostgreSQL carry with nothing of ours in the way: one durable row a transaction. */
async function bareInserts(installation: Installation): Promise<number> {
  const clients = await Promise.all(Array.from({ length: BARE_AT_ONCE }, () => lookInside(installation)));
  const [first] = clients;
  if (first === undefined) throw new Error('no connection');
  await first.query('create table bench_bare (id bigint, body text)');
  const began = performance.now();
  let done = 0;
  await Promise.all(
    clients.map(async (client) => {
      while (performance.now() - began < 3_000) {
        await client.query('insert into bench_bare values ($1, $2)', [done, 'a lead']);
        done += 1;
      }
    }),
  );
  const rate = (done * 1000) / (performance.now() - began);
  await first.query('drop table bench_bare');
  await Promise.all(clients.map((client) => client.end()));
  return rate;
}
