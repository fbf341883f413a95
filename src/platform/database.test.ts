import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { testDatabase, type TestDatabase } from '../../tests/database.ts';
import { openDatabase, type Database } from './database.ts';

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

test('figures come as numbers, also in lists: as text, 9 would stand after 25', async () => {
  const found = await sql<Record<string, unknown>>`
    select 9::bigint as one, array[9, 25]::bigint[] as many, '{}'::bigint[] as none,
           1.5::numeric as exact`.execute(database.kysely);
  expect(found.rows[0]).toEqual({ one: 9, many: [9, 25], none: [], exact: 1.5 });
});
