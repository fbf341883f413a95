import { afterAll, beforeAll, expect, it } from 'vitest';

import { seeded } from '../../simulator/random.ts';
import { testDatabase, type TestDatabase } from '../../tests/database.ts';
import { openFloor, type IntakeFloor } from '../../tests/intake-floor.ts';
import { sendMalformed, type MalformedDoors } from '../../tests/malformed-bodies.ts';
import { FAULTY_KEPT_A_DAY_MAX } from './receipts.store.ts';
import { takeIn } from './take-in.ts';

/** The short version; `npm run torture` sends 10,000. */
const BODIES = 2_000;
const PATIENCE_MILLISECONDS = 120_000;
let test: TestDatabase;
let floor: IntakeFloor;
let doors: MalformedDoors;

beforeAll(async () => {
  test = await testDatabase();
  floor = await openFloor(test.url);
  await floor.source('portal', { kind: 'api' });
  doors = {
    meta: await floor.source('facebook', { kind: 'meta', secrets: { 'app-secret': 'app secret' } }),
    google: await floor.source('google', { kind: 'google', secrets: { key: 'google key' } }),
    pbx: await floor.source('central', { kind: 'pbx' }),
    appSecret: 'app secret',
    googleKey: 'google key',
  };
});
afterAll(async () => {
  await floor.close();
  await test.drop();
});

it(
  'malformed bodies: no 5xx, no lead, every authenticated one kept with its fault',
  async () => {
    const told = await sendMalformed(floor, doors, BODIES, seeded(7));
    expect(told.serverErrors).toEqual([]);
    expect(told.leads).toBe(0);
    expect(told.strangers).toBeGreaterThan(BODIES / 6);
    expect(told.keptOfStrangers).toBe(0);
    expect(told.kept).toEqual(told.faulty);
    expect(await floor.count('receipts', `state = 'faulty' and fault is null`)).toBe(0);
  },
  PATIENCE_MILLISECONDS,
);

it(
  'past the limit of a day they are only counted, and the next day kept again',
  async () => {
    const given = { route: 'api', source: 'otra', headers: {}, body: Buffer.from('{}') } as const;
    await floor.source('otra', { kind: 'api' });
    for (let i = 0; i < FAULTY_KEPT_A_DAY_MAX + 5; i += 1)
      await takeIn(floor.parts, floor.organization, given);
    expect(await floor.count('receipts', `source = 'otra'`)).toBe(FAULTY_KEPT_A_DAY_MAX);
    const [counted] = await floor.rows<{ faulty: number }>(
      `select faulty from receipt_faults where source = 'otra'`,
    );
    expect(counted?.faulty).toBe(FAULTY_KEPT_A_DAY_MAX + 5);
    floor.advance(24 * 60 * 60 * 1000);
    await takeIn(floor.parts, floor.organization, given);
    expect(await floor.count('receipts', `source = 'otra'`)).toBe(FAULTY_KEPT_A_DAY_MAX + 1);
  },
  PATIENCE_MILLISECONDS,
);
