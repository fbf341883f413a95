import { afterAll, beforeAll, expect, test } from 'vitest';

import { testDatabase, type TestDatabase } from '../../tests/database.ts';
import { openFloor, type IntakeFloor } from '../../tests/intake-floor.ts';
import type { Fact } from './index.ts';

let own: TestDatabase;
let floor: IntakeFloor;
beforeAll(async () => {
  own = await testDatabase();
  floor = await openFloor(own.url);
});
afterAll(async () => {
  await floor.close();
  await own.drop();
});

const hired = (id: string): Fact & Record<string, unknown> => ({
  fact: 'person.registered',
  actor: 'import',
  person: id,
  name: id,
  role: 'advisor',
  zone: 'norte',
  reportsTo: null,
  email: null,
  phone: null,
  extension: null,
  internal: true,
  documents: 'complete',
  grade: 'pass',
  signed: true,
});
const together = (facts: readonly Fact[]) =>
  Promise.allSettled(facts.map((fact) => floor.house.submit(floor.organization, fact, { bulk: true })));
const journaled = (where: string) =>
  floor.rows<{ id: number; person: string; transaction: string }>(
    `select id, person, xmin::text as transaction from journal where entry = 'person.registered' and ${where} order by id`,
  );

test('facts submitted at one moment are one transaction, in their order', async () => {
  const ids = Array.from({ length: 400 }, (_, number) => `first-${String(number).padStart(3, '0')}`);
  const outcomes = await together(ids.map(hired));
  expect(outcomes.every((outcome) => outcome.status === 'fulfilled')).toBe(true);
  const written = await journaled(`person like 'first-%'`);
  expect(written.map((row) => row.person)).toEqual(ids);
  expect(new Set(written.map((row) => row.transaction)).size).toBe(1);
  expect(await floor.count('people', `id like 'first-%'`)).toBe(400);
});

test('a fact that cannot be decided takes none of the others with it', async () => {
  const ids = Array.from({ length: 300 }, (_, number) => `second-${String(number).padStart(3, '0')}`);
  const facts: Fact[] = ids.map(hired);
  facts.splice(200, 0, { fact: 'no.such.fact', actor: 'import' });
  const outcomes = await together(facts);
  expect(outcomes.flatMap((outcome, place) => (outcome.status === 'rejected' ? [place] : []))).toEqual([200]);
  expect((await journaled(`person like 'second-%'`)).map((row) => row.person)).toEqual(ids);
  expect(await floor.count('people', `id like 'second-%'`)).toBe(300);
});
