import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { openDatabase, type Database } from '../src/platform/database.ts';
import { readPacks, type Pack } from '../src/procedures/index.ts';
import { testDatabase, type TestDatabase } from '../tests/database.ts';
import { failureLines, load, run } from './scenario.ts';

const ROOT = join(import.meta.dirname, '..');
const FOLDER = join(ROOT, 'scenarios');
const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.yaml'))
  .toSorted();

let own: TestDatabase;
let database: Database;
let packs: readonly Pack[];

beforeAll(async () => {
  own = await testDatabase();
  database = openDatabase(own.url, { connectionsMax: 2 });
  const loaded = await readPacks(ROOT);
  if ('faults' in loaded) throw new Error('the packs have faults');
  packs = loaded.packs;
});

afterAll(async () => {
  await database.close();
  await own.drop();
});

describe('every scenario of the project', () => {
  it.each(files)('%s', async (file) => {
    const read = load(join(FOLDER, file), packs);
    if ('faults' in read) {
      expect(read.faults.map((fault) => `${fault.file}:${fault.line}: ${fault.message}`)).toEqual([]);
      return;
    }
    const result = await run(database, packs, read.scenario);
    expect(failureLines(result)).toEqual([]);
    expect(result.scenario.expectations.length).toBeGreaterThan(0);
  });
});
