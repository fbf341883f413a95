import { from as copyFrom } from 'pg-copy-streams';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Client } from 'pg';
import { z } from 'zod';

import type { Program } from '../src/main.ts';
import { openFloor, type IntakeFloor } from '../tests/intake-floor.ts';
import { openBenchProgram, type Figure } from './bench-ground.ts';
import { fullName, personName } from './names.ts';
import { chance, seeded, whole } from './random.ts';

const ROWS = 100_000;
const SECONDS_MAX = 30;
const POLL_MILLISECONDS = 100;
/** Of the rows, how many are a person who came before. */
const REPEATED_SHARE = 0.05;
/**
 * A file of existing leads (going live): phones cleaned, the same person found, every row a journaled decision. The program's
 * own worker imports it, with everything else at work as in life: the journal is sealed meanwhile.
 */
export async function benchImport(): Promise<Figure[]> {
  const { program, close } = await openBenchProgram(['web', 'clock']);
  try {
    const floor = await openFloor(program.databaseUrl);
    await floor.source('feria', { kind: 'file' });
    const file = leadsFile();
    const bare = await bareCopy(program.databaseUrl, file);
    const { app } = floor.http;
    const sent = await app.inject({
      method: 'POST',
      url: '/api/imports?source=feria&kind=existing&name=leads.csv',
      headers: { 'content-type': 'application/octet-stream' },
      payload: file,
    });
    const { id } = z.object({ id: z.string() }).parse(sent.json());
    await app.inject({ method: 'POST', url: `/api/imports/${id}/start`, payload: {} });
    const began = performance.now();
    await untilDone(app, id);
    const seconds = (performance.now() - began) / 1000;
    const report = z
      .object({
        leads: z.number(),
        duplicates: z.number(),
        repeats: z.number(),
        refused: z.number(),
        faulty: z.number(),
      })
      .parse((await app.inject({ method: 'GET', url: `/api/imports/${id}` })).json());
    await floor.close();
    const done = report.leads + report.repeats + report.refused + report.faulty;
    return [
      {
        work: `Lead import: ${ROWS.toLocaleString('en')} rows of CSV, phones cleaned, duplicates found, each row decided and journaled`,
        measured: `${seconds.toFixed(1)} s (${Math.round(ROWS / seconds).toLocaleString('en')} rows/s); ${report.leads} leads, ${report.duplicates} duplicates, ${report.faulty} faulty`,
        limit: `≤ ${SECONDS_MAX} s`,
        beside: `bare COPY of the same file: ${bare.toFixed(2)} s, ratio ${(seconds / bare).toFixed(0)}`,
        met: seconds <= SECONDS_MAX && done >= ROWS,
      },
    ];
  } finally {
    await close();
  }
}

/** So many existing leads of one organization, brought in through the door of files. */
export async function importLeads(program: Program, rows: number): Promise<void> {
  const floor = await openFloor(program.databaseUrl);
  await floor.source('feria', { kind: 'file' });
  const { app } = floor.http;
  const sent = await app.inject({
    method: 'POST',
    url: '/api/imports?source=feria&kind=existing&name=leads.csv',
    headers: { 'content-type': 'application/octet-stream' },
    payload: leadsFile(rows),
  });
  const { id } = z.object({ id: z.string() }).parse(sent.json());
  await app.inject({ method: 'POST', url: `/api/imports/${id}/start`, payload: {} });
  await untilDone(app, id);
  await floor.close();
}

async function untilDone(app: IntakeFloor['http']['app'], id: string): Promise<void> {
  for (;;) {
    const answer = await app.inject({ method: 'GET', url: `/api/imports/${id}` });
    const { state } = z.object({ state: z.string() }).parse(answer.json());
    if (state === 'done') return;
    if (state !== 'running') throw new Error(`the import is ${state}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MILLISECONDS));
  }
}

function leadsFile(rows = ROWS): Buffer {
  const random = seeded(1);
  const lines = ['Nombre,Teléfono,Correo,Asesor,Fecha de registro'];
  for (let row = 0; row < rows; row += 1) {
    const who = row > 100 && chance(random, REPEATED_SHARE) ? whole(random, 0, row - 1) : row;
    // The same person has the same name in every row.
    const name = fullName(personName(seeded(who)));
    const phone = 5_510_000_000 + who;
    const written = chance(random, 0.3) ? `044 ${phone}` : String(phone);
    const holder = ['ana', 'beto', 'carla'][whole(random, 0, 2)];
    lines.push(`${name},${written},p${phone}@example.com,${holder},0${whole(random, 1, 9)}/03/2026 10:00`);
  }
  return Buffer.from(`${lines.join('\n')}\n`);
}

/** The same bytes into a table of text, with nothing looked at. */
async function bareCopy(databaseUrl: string, file: Buffer): Promise<number> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('create table bench_copy (a text, b text, c text, d text, e text)');
    const began = performance.now();
    await pipeline(
      Readable.from([file]),
      client.query(copyFrom('copy bench_copy from stdin (format csv, header)')),
    );
    return (performance.now() - began) / 1000;
  } finally {
    await client.query('drop table if exists bench_copy');
    await client.end();
  }
}
