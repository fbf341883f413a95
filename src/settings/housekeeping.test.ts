import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import {
  arriving,
  openIdentityHouse,
  tablesThatDiffer,
  type IdentityHouse,
} from '../../tests/identity-house.ts';
import { readEntries, verifyJournal } from '../journal/index.ts';
import { HOUR, plus } from '../platform/time.ts';
import { keepHouse } from './housekeeping.jobs.ts';

const DAY = 24 * HOUR;
let house: IdentityHouse;
let tidied = 0;

const tidyAccess = async (): Promise<void> => void (tidied += 1);

/** A round after so many days. */
function keep(days: number): Promise<number> {
  const clock = { now: () => plus(house.now(), days * DAY) };
  return keepHouse({ database: house.database, house: house.house, clock, tidyAccess });
}

function inHouse<Row>(query: ReturnType<typeof sql<Row>>): Promise<Row[]> {
  return house.database.inOrganization(house.organization, async (tx) => (await query.execute(tx)).rows);
}

beforeAll(async () => {
  house = await openIdentityHouse();
  const { organization } = house;
  await house.tell('lead.received', {
    ...arriving({ lead: 'T1', name: 'Marisol Prueba', phone: '55 3322 1100', receipt: 'R1' }),
    test: true,
  });
  await house.tell(
    'lead.received',
    arriving({ lead: 'U1', name: 'Sin Teléfono', message: 'hola', receipt: 'R2' }),
  );
  await house.tell(
    'lead.received',
    arriving({ lead: 'P1', name: 'Otra Persona', phone: '55 7000 8000', receipt: 'R3' }),
  );
  for (const [id, state, lead] of [
    ['R1', 'done', 'T1'],
    ['R2', 'done', 'U1'],
    ['R3', 'done', 'P1'],
    ['R4', 'faulty', null],
    ['R5', 'new', null],
  ])
    await inHouse(sql`
      insert into receipts (organization_id, id, source, source_id, route, received_at, headers, body, body_hash, state, lead, fault, retry_at)
      values (${organization}, ${id}, 'form', ${id}, 'api', ${house.now()}, '{"x-name":"Marisol"}', 'Marisol', 'hash', ${state}, ${lead},
              ${id === 'R4' ? '{"message":"Marisol"}' : null}::jsonb, null)`);
  for (const [id, state] of [
    ['I1', 'preview'],
    ['I2', 'done'],
    ['I3', 'running'],
  ])
    await inHouse(sql`
      insert into imports (organization_id, id, source, kind, file_name, file_hash, file, options, mapping, state, created_by, created_at, ended_at)
      values (${organization}, ${id}, 'file', 'new', 'base.csv', 'hash', 'Marisol', '{}', '{}', ${state}, 'ada', ${house.now()},
              ${id === 'I2' ? house.now() : null})`);
  await inHouse(sql`
    insert into import_faults (organization_id, import, row, fault, cells)
    values (${organization}, 'I2', 2, '{"message":"Marisol"}', '["Marisol"]')`);
  await inHouse(sql`
    insert into api_requests (organization_id, caller, key, body_hash, receipt, made_at)
    values (${organization}, 'key', 'once', 'hash', 'R3', ${house.now()})`);
  await inHouse(sql`
    insert into inbound_seen (organization_id, channel, id, seen_at) values (${organization}, 'whatsapp', 'hash', ${house.now()})`);
});
afterAll(() => house.close());

const bodies = async () =>
  (await inHouse(sql<{ id: string }>`select id from receipts where body <> '' order by id`)).map(
    ({ id }) => id,
  );
const files = async () =>
  (
    await inHouse(
      sql<{
        of: string;
      }>`select id || ' ' || state || ' ' || octet_length(file) as of from imports order by id`,
    )
  ).map(({ of }) => of);
const count = async (table: string) =>
  (await inHouse(sql<{ n: number }>`select count(*)::int as n from ${sql.raw(table)}`))[0]?.n;

test('an hour later nothing is old, but the file of an ended import is needed no more', async () => {
  await keep(HOUR / DAY);
  expect(tidied).toBe(1);
  expect(await bodies()).toEqual(['R1', 'R2', 'R3', 'R4', 'R5']);
  expect(await files()).toEqual(['I1 preview 7', 'I2 done 0', 'I3 running 7']);
  expect([await count('api_requests'), await count('inbound_seen')]).toEqual([1, 1]);
});

test('idempotency keys go after 72 hours', async () => {
  await keep(2.9);
  expect(await count('api_requests')).toBe(1);
  await keep(3.1);
  expect(await count('api_requests')).toBe(0);
});

test('a preview nobody goes on with goes after seven days, one that runs stays', async () => {
  await keep(8);
  expect(await files()).toEqual(['I1 canceled 0', 'I2 done 0', 'I3 running 7']);
  await keep(31);
  expect(await count('inbound_seen')).toBe(0);
});

test('what never became a person’s goes after 90 days, also from the journal, which still verifies', async () => {
  await keep(89.9);
  expect(await bodies()).toEqual(['R1', 'R2', 'R3', 'R4', 'R5']);
  expect(await keep(90.1)).toBeGreaterThan(0);
  // A person's own is theirs to have erased; what was not read yet is still a lead to be.
  expect(await bodies()).toEqual(['R3', 'R5']);
  const left = await inHouse(sql<{ lead: string }>`
    select lead from lead_intakes where name is not null or phones <> '{}' or message is not null order by lead`);
  expect(left).toEqual([{ lead: 'P1' }]);
  const faults = await inHouse(sql<{ all: string }>`
    select fault::text || cells::text as all from import_faults
    union all select coalesce(fault::text, '') || headers::text from receipts where id = 'R4'`);
  expect(JSON.stringify(faults)).not.toContain('Marisol');
  const entries = await house.database.inOrganization(house.organization, (tx) => readEntries(tx, 0, 1_000));
  const forgotten = entries.filter(({ entry }) => entry === 'lead.forgotten');
  expect(forgotten.map(({ lead, because }) => [lead, because])).toEqual([
    ['T1', ['house#retention']],
    ['U1', ['house#retention']],
  ]);
  const { findings } = await house.database.inOrganization(house.organization, (tx) =>
    verifyJournal(tx, house.organization, new Map(), () => undefined),
  );
  expect(findings).toEqual([]);
  expect(await tablesThatDiffer(house)).toEqual([]);
});

test('done once, there is nothing left to do', async () => {
  expect(await keep(91)).toBe(0);
});

test('an organization may keep it shorter', async () => {
  await house.tell('lead.received', {
    ...arriving({ lead: 'T2', name: 'Otra Prueba', phone: '55 3322 1101' }),
    test: true,
  });
  await house.tell('organization.changed', { settings: { retentionDays: 10 } });
  expect(await keep(9.9)).toBe(0);
  expect(await keep(10.1)).toBe(1);
});
