import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { openDatabase } from '../src/platform/database.ts';
import { readPacks } from '../src/procedures/index.ts';
import { testDatabase, type TestDatabase } from '../tests/database.ts';
import { backUp, restore } from './backup.ts';
import { load } from './scenario.ts';
import { runScenario } from './scenario-run.ts';

const ROOT = join(import.meta.dirname, '..');
let from: TestDatabase;
let to: TestDatabase;
let folder: string;

beforeAll(async () => {
  [from, to] = await Promise.all([testDatabase(), testDatabase()]);
  folder = mkdtempSync(join(tmpdir(), 'pauta-backup-'));
  const database = openDatabase(from.url, { connectionsMax: 2 });
  const packs = await readPacks(ROOT);
  if (!('packs' in packs)) throw new Error('the packs have faults');
  const read = load(join(ROOT, 'scenarios/nobody-calls-in-ten-minutes.yaml'), packs.packs);
  if (!('scenario' in read)) throw new Error('the sample is not understood');
  await runScenario(database, packs.packs, read.scenario);
  await database.close();
});

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await Promise.all([from.drop(), to.drop()]);
});

async function everything(adminUrl: string): Promise<Record<string, unknown>> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const tables = await client.query<{ name: string }>(
      "select tablename as name from pg_tables where schemaname = 'public' order by 1",
    );
    const found: Record<string, unknown> = {};
    for (const { name } of tables.rows) {
      if (name === 'pauta_migrations') continue;
      const rows = await client.query<{ row: string }>(`select t::text as row from "${name}" t order by 1`);
      found[name] = rows.rows.map((each) => each.row);
    }
    return found;
  } finally {
    await client.end();
  }
}

describe('backup and restore', () => {
  it('gives every row of every table back', async () => {
    const file = join(folder, 'whole.pauta');
    const written = await backUp(from.adminUrl, file, '2026-11-01T00:00:00.000Z');
    expect(written.rows['leads']).toBe(1);
    const restored = await restore(to.adminUrl, file);
    expect(restored.rows).toEqual(written.rows);
    expect(await everything(to.adminUrl)).toEqual(await everything(from.adminUrl));
  });

  it('refuses a database that is in use, a cut file and a changed one', async () => {
    const file = join(folder, 'whole.pauta');
    await expect(restore(to.adminUrl, file)).rejects.toThrow('not empty');
    const fresh = await testDatabase();
    const bytes = readFileSync(file);
    writeFileSync(join(folder, 'cut.pauta'), bytes.subarray(0, bytes.length / 2));
    await expect(restore(fresh.adminUrl, join(folder, 'cut.pauta'))).rejects.toThrow();
    expect(await everything(fresh.adminUrl)).toMatchObject({ organizations: [], journal: [] });
    await fresh.drop();
  });
});
