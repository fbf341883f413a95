import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { testDatabase, type TestDatabase } from '../../tests/database.ts';
import { openDatabase, type Database } from './database.ts';
import { refreshStatistics } from './statistics.ts';

let own: TestDatabase;
let database: Database;
beforeAll(async () => {
  own = await testDatabase();
  database = openDatabase(own.url, { connectionsMax: 2 });
});
afterAll(async () => {
  await database.close();
  await own.drop();
});

async function known(table: string): Promise<number> {
  const found = await sql<{ rows: number }>`
    select reltuples as rows from pg_class where oid = ${table}::regclass`.execute(database.kysely);
  return found.rows[0]?.rows ?? 0;
}

const fill = (table: string, rows: number) =>
  sql`insert into ${sql.table(table)} select number, repeat('x', 100) from generate_series(1, ${rows}::int) number`.execute(
    database.kysely,
  );

/** Comes again for as long as it says that there is more. */
async function untilQuiet(): Promise<number> {
  let rounds = 1;
  while ((await refreshStatistics(database.kysely)) < 1_000) rounds += 1;
  return rounds;
}

test('the planner knows a table as soon as it has grown, one table at a time', async () => {
  for (const table of ['small', 'large', 'larger'])
    await sql`create table ${sql.table(table)} (number int, text text)`.execute(database.kysely);
  await fill('small', 10);
  await fill('large', 5_000);
  await fill('larger', 20_000);
  expect(await refreshStatistics(database.kysely)).toBeLessThan(1_000);
  expect([await known('larger'), await known('large')]).toEqual([20_000, -1]);
  await untilQuiet();
  expect(await known('large')).toBe(5_000);
  // A few pages are read whole under any plan.
  expect(await known('small')).toBe(-1);
});

test('not again before it has grown by half', async () => {
  await fill('large', 1_000);
  await untilQuiet();
  expect(await known('large')).toBe(5_000);
  await fill('large', 2_500);
  await untilQuiet();
  expect(await known('large')).toBe(8_500);
});
