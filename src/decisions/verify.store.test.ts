import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { features } from '../../cli/scenario-run.ts';
import { testDatabase, type TestDatabase } from '../../tests/database.ts';
import { makeTraffic, type Traffic } from '../../tests/traffic.ts';
import { openDatabase, type Database } from '../platform/database.ts';
import { verifyOrganization } from './verify.store.ts';

let scratch: TestDatabase;
let database: Database;
let traffic: Traffic;

beforeAll(async () => {
  scratch = await testDatabase();
  database = openDatabase(scratch.url, { connectionsMax: 4 });
  const t = performance.now();
  traffic = await makeTraffic(database, { seed: 7, leads: 300 });
  console.log('traffic', performance.now() - t);
}, 180_000);

afterAll(async () => {
  await database.close();
  await scratch.drop();
});

describe('an honest database', () => {
  it('agrees', async () => {
    const t = performance.now();
    const verified = await verifyOrganization(database, features, traffic.organization, new Map());
    console.log('verify', performance.now() - t, verified.tables, verified.journal);
    const { rows } = await database.inOrganization(traffic.organization, (tx) => sql<{entry:string,n:number}>`select entry, fields->>'why' why, fields->>'failing' as failing, count(*) n from journal group by 1,2,3 order by 1`.execute(tx));
    console.log(rows.map((r) => JSON.stringify(r)).join('\n'));
    expect(verified.differences.slice(0, 20)).toEqual([]);
  });
});
