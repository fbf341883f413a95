import { milliseconds, openBenchProgram, openFloor, percentiles, type Figure } from './bench-ground.ts';

const LEADS_EACH_SECOND = 200;
const SECONDS = 30;
const WARM_UP_LEADS = 400;
const P99_MAX_MILLISECONDS = 100;
const AT_ONCE_MAX = 400;

/**
 * A lead by HTTP until its answer: stored, recognized, assigned by turn, notice queued, all durable. Sent at a steady rate whatever
 * the answers do (an open loop), so that waiting shows; and as fast as they go, to see the room above it.
 */
export async function benchLeadIn(): Promise<Figure[]> {
  const { program, close } = await openBenchProgram(['web', 'clock']);
  try {
    const floor = await openFloor(program, 'Entrada');
    const { key } = await program.access.createKey({
      organization: floor.organization,
      name: 'bench',
      scopes: ['leads.write'],
      by: 'administrator',
    });
    const bare = await bareInserts(program);
    let number = 0;
    const send = async (): Promise<number> => {
      number += 1;
      const body = JSON.stringify({
        id: `bench-${number}`,
        source: 'web',
        name: `Persona ${number} Robles ${number % 977}`,
        phone: `55${String(10_000_000 + number)}`,
        email: `persona${number}@example.com`,
      });
      const began = performance.now();
      const answer = await fetch(`${program.address}/api/leads`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
        body,
      });
      const text = await answer.text();
      if (answer.status !== 201) throw new Error(`lead ${number}: ${answer.status} ${text.slice(0, 200)}`);
      return performance.now() - began;
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
    await close();
  }
}

async function atRate(send: () => Promise<number>, rate: number, seconds: number): Promise<number[]> {
  const taken: number[] = [];
  const sent: Promise<void>[] = [];
  const began = performance.now();
  for (let index = 0; index < rate * seconds; index += 1) {
    const due = began + (index * 1000) / rate;
    const ahead = due - performance.now();
    if (ahead > 1) await new Promise((resolve) => setTimeout(resolve, ahead));
    if (index - taken.length > AT_ONCE_MAX)
      throw new Error(`${AT_ONCE_MAX} leads wait at once: the rate is not carried`);
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
async function bareInserts(
  program: Awaited<ReturnType<typeof openBenchProgram>>['program'],
): Promise<number> {
  const { pool } = program.database;
  await pool.query('create table bench_bare (id bigint, body text)');
  const began = performance.now();
  let done = 0;
  await Promise.all(
    Array.from({ length: 16 }, async () => {
      while (performance.now() - began < 3_000) {
        await pool.query('insert into bench_bare values ($1, $2)', [done, 'a lead']);
        done += 1;
      }
    }),
  );
  const rate = (done * 1000) / (performance.now() - began);
  await pool.query('drop table bench_bare');
  return rate;
}
