import { sql } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';

import { testDatabase, type TestDatabase } from '../../tests/database.ts';
import { openDatabase, type Database, type Tx } from './database.ts';

let own: TestDatabase;
let database: Database;
beforeAll(async () => {
  own = await testDatabase();
  // One connection: whatever a transaction leaves behind on it, the next one meets.
  database = openDatabase(own.url, { connectionsMax: 1 });
  await sql`create table marks (place serial, mark text unique)`.execute(database.kysely);
});
afterAll(async () => {
  await database.close();
  await own.drop();
});
beforeEach(() => sql`truncate marks restart identity`.execute(database.kysely));

const put = (tx: Tx, mark: string) => sql`insert into marks (mark) values (${mark})`.execute(tx);
const marks = async (): Promise<string[]> => {
  const found = await sql<{ mark: string }>`select mark from marks order by place`.execute(database.kysely);
  return found.rows.map((row) => row.mark);
};

const seen = (tx: Tx) => sql<{ own: string }>`select pauta_organization() as own`.execute(tx);

test('statements sent together run in the order in which they were sent', async () => {
  const sent = Array.from({ length: 200 }, (_, number) => `mark ${number}`);
  await database.inOrganization('house', (tx) => Promise.all(sent.map((mark) => put(tx, mark))));
  expect(await marks()).toEqual(sent);
});

test('one that fails takes all of them with it, and the first fault is told', async () => {
  const work = database.inOrganization('house', (tx) =>
    Promise.all([put(tx, 'a'), put(tx, 'a'), put(tx, 'b')]),
  );
  await expect(work).rejects.toMatchObject({ code: '23505' });
  expect(await marks()).toEqual([]);
});

test('a failure that the work swallowed is no success', async () => {
  const work = database.inOrganization('house', async (tx) => {
    await put(tx, 'a');
    await put(tx, 'a').catch(() => undefined);
    return 'done';
  });
  await expect(work).rejects.toThrow('a statement failed');
  expect(await marks()).toEqual([]);
});

test('what is sent after the end reaches nobody', async () => {
  let kept: Tx | null = null;
  await database.inOrganization('house', async (tx) => {
    kept = tx;
    await put(tx, 'in time');
  });
  await expect(put(kept as unknown as Tx, 'late')).rejects.toThrow('the transaction is over');
  expect(await marks()).toEqual(['in time']);
});

test('the next transaction on the connection begins clean after a failed one, and of its own organization', async () => {
  await expect(
    database.inOrganization('one', async (tx) => {
      await put(tx, 'a');
      throw new Error('changed my mind');
    }),
  ).rejects.toThrow('changed my mind');
  const found = await database.inOrganization('two', seen);
  expect(found.rows[0]?.own).toBe('two');
  expect(await marks()).toEqual([]);
});

test('a snapshot writes nothing', async () => {
  await expect(database.inSnapshot('house', (tx) => put(tx, 'a'))).rejects.toMatchObject({ code: '25006' });
});

test('a connection lost in the middle: the work fails, the next one finds another', async () => {
  const work = database.inOrganization('house', async (tx) => {
    await put(tx, 'a');
    await sql`select pg_terminate_backend(pg_backend_pid())`.execute(tx);
    await put(tx, 'b');
  });
  await expect(work).rejects.toThrow();
  await database.inOrganization('house', (tx) => put(tx, 'c'));
  expect(await marks()).toEqual(['c']);
});
