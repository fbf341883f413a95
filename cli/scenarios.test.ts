import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { World } from '../src/decisions/index.ts';
import { readEntries } from '../src/journal/index.ts';
import { openDatabase, type Database } from '../src/platform/database.ts';
import type { Row } from '../src/platform/rows.ts';
import { plus } from '../src/platform/time.ts';
import { readPacks, type Pack } from '../src/procedures/index.ts';
import { testDatabase, type TestDatabase } from '../tests/database.ts';
import { features } from '../src/features.ts';
import { readMonth, runAsItWas } from '../src/what-if/index.ts';
import type { Scenario } from './scenario-file.ts';
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

/** DESIGN.md, invariant 3: the tables are the fold of the journal. */
async function tablesEqualJournal(organization: string): Promise<void> {
  await database.inOrganization(organization, async (tx) => {
    const world = new World();
    for (const entry of await readEntries(tx, 0, ENTRIES_MAX))
      for (const feature of features) feature.evolve(world, entry);
    for (const table of features.flatMap((feature) => feature.tables)) {
      const order = (rows: Row[]) =>
        rows
          .map((row): [string, Row] => [table.key.map((k) => String(row[k])).join(' '), row])
          .toSorted(byKey);
      expect(order(await table.stored(tx)), table.table).toEqual(order(table.derived(world)));
    }
  });
}

function byKey([a]: [string, Row], [b]: [string, Row]): number {
  return a < b ? -1 : Number(a > b);
}

/** A scenario of the project writes a few hundred entries. */
const ENTRIES_MAX = 10_000;

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
    await tablesEqualJournal(result.organization);
    await sameAgain(result.organization, read.scenario);
  });
});

/** DESIGN.md, invariant 3: recorded facts can be run again, and under the same rules the same is decided. */
const DAY = 86_400_000;

async function sameAgain(organization: string, { facts, until }: Scenario): Promise<void> {
  // With its opening, a moment before the first fact; the list of the staff among it.
  const first = facts[0]?.at;
  if (first === undefined) return;
  const period = { from: plus(first, -DAY), to: plus(until, 1) };
  const read = await readMonth({ database, organization, features, ...period, runs: 1 });
  const { decisions, replayed } = runAsItWas({ features, packs, read, ...period });
  expect(Object.fromEntries(decisions)).toEqual(Object.fromEntries(read.month.decisions));
  expect([...replayed.failed]).toEqual([]);
}
