import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';

import {
  createLedger,
  eraseAgain,
  ERASURES_FILE,
  fingerprintWith,
  readErasures,
} from '../src/contacts/index.ts';
import { createHouse, verifyOrganization, type House } from '../src/decisions/index.ts';
import { features } from '../src/features.ts';
import { openDatabase, type Database } from '../src/platform/database.ts';
import { newId } from '../src/platform/ids.ts';
import { silentLog } from '../src/platform/log.ts';
import { instant } from '../src/platform/time.ts';
import { inForce, readPacks } from '../src/procedures/index.ts';
import { arriving, openIdentityHouse, type IdentityHouse } from '../tests/identity-house.ts';
import { testDatabase, type TestDatabase } from '../tests/database.ts';
import { backUp, restore } from './backup.ts';

let house: IdentityHouse;
let restored: TestDatabase;
let database: Database;
let again: House;
let folder: string;
const ledgerFile = () => join(folder, ERASURES_FILE);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pauta-erasures-'));
  house = await openIdentityHouse();
  await house.tell('lead.received', arriving({ lead: 'E1', name: 'Marisol Zarco', phone: '55 9988 7766' }));
  await house.tell('lead.received', arriving({ lead: 'X1', name: 'Otra Persona', phone: '55 7000 8000' }));
  const file = join(folder, 'before.pauta');
  await backUp(house.adminUrl, file, house.now());
  // Of two people erased after the backup, one was not there yet when it was taken.
  await house.tell('lead.received', arriving({ lead: 'N1', name: 'Nuevo Después', phone: '55 2211 3344' }));
  const asked = { by: 'ada', reason: 'requested', contact: null, requestedAt: house.now() };
  await house.tell('contact.erased', { ...asked, lead: 'E1' });
  await house.tell('contact.erased', { ...asked, lead: 'N1' });
  restored = await testDatabase();
  await restore(restored.adminUrl, file);
  database = openDatabase(restored.url, { connectionsMax: 4 });
  const loaded = await readPacks('.');
  if ('faults' in loaded) throw new Error('the packs do not load');
  again = createHouse({
    database,
    features,
    clock: { now: () => instant('2024-07-03T16:00:00Z') },
    newId,
    salt: newId,
    fingerprint: fingerprintWith('test'),
    rulesFor: ({ adoptions, zone }, at) => inForce(loaded.packs, adoptions, zone, at),
    announce: () => undefined,
  });
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await database.close();
  await restored.drop();
  await house.close();
});

const erase = () => eraseAgain({ database, dataDir: folder, house: again, log: silentLog });
const known = (text: string) =>
  database.inOrganization(house.organization, async (tx) => {
    const { rows } = await sql<{ n: number }>`
      select (select count(*) from contacts where names::text || phones::text like ${`%${text}%`})::int
           + (select count(*) from journal_personal where fields::text like ${`%${text}%`})::int
           + (select count(*) from lead_intakes where name like ${`%${text}%`})::int as n`.execute(tx);
    return rows[0]?.n ?? 0;
  });

test('each erasure is written down once, beside the database, with nothing of the person', async () => {
  const ledger = createLedger({ database: house.database, dataDir: folder });
  expect(await ledger.publish()).toBe(2);
  expect(await ledger.publish()).toBe(0);
  // Another process, or the same after a start.
  expect(await createLedger({ database: house.database, dataDir: folder }).publish()).toBe(0);
  const lines = await readErasures(ledgerFile());
  expect(lines).toMatchObject([
    { reason: 'requested', by: 'ada' },
    { reason: 'requested', by: 'ada' },
  ]);
  expect(lines.every(({ keys }) => keys.length > 0)).toBe(true);
  expect(readFileSync(ledgerFile(), 'utf8')).not.toMatch(/Marisol|99887766|Nuevo/);
});

test('a backup brings a person back; the start after it erases them again', async () => {
  expect(await known('Marisol')).toBeGreaterThan(0);
  expect(await erase()).toBe(1);
  expect(await known('Marisol')).toBe(0);
  expect(await known('Otra Persona')).toBeGreaterThan(0);
  const { differences, journal } = await verifyOrganization(
    database,
    features,
    house.organization,
    new Map(),
  );
  expect({ differences, findings: journal.findings }).toEqual({ differences: [], findings: [] });
  expect(await erase()).toBe(0);
});

test('a list brings back neither, also not the one who came and went after the backup', async () => {
  for (const [lead, phone] of [
    ['L1', '55 9988 7766'],
    ['L2', '55 2211 3344'],
  ] as const) {
    const row = { ...arriving({ lead, name: 'De Una Lista', phone }), fact: 'lead.imported', actor: 'ada' };
    const past = {
      number: 1,
      holder: null,
      registeredAt: null,
      notes: [],
      import: 'I1',
      row: 1,
      receipt: null,
    };
    const { refused } = await again.submit(house.organization, { ...past, ...row });
    expect(refused?.refused).toBe('person-erased');
  }
});

test('a line cut short by a power cut was not written; a line that is none is said', async () => {
  appendFileSync(ledgerFile(), '{"at":"2024-07-0');
  expect(await readErasures(ledgerFile())).toHaveLength(2);
  writeFileSync(ledgerFile(), `${readFileSync(ledgerFile(), 'utf8').slice(0, -16)}not a line\n`);
  await expect(erase()).rejects.toThrow(`${ledgerFile()}:3`);
});
