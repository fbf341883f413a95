import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';

import { testDatabase, type TestDatabase } from '../../tests/database.ts';
import { noFacts } from '../contacts/index.ts';
import type { Fact } from '../decisions/index.ts';
import { startProgram, type Program } from '../main.ts';
import { parseConfig } from '../platform/config.ts';
import { silentLog } from '../platform/log.ts';
import { instant } from '../platform/time.ts';

const PASSWORD = 'una frase larga y mía';
/** A Tuesday, ten in the morning: leads are assigned at once. */
const NOW = instant('2026-03-03T10:00:00-06:00');

let own: TestDatabase;
let folder: string;
let program: Program;
let organization: string;
const cookies = new Map<string, string>();

beforeAll(async () => {
  own = await testDatabase();
  folder = await mkdtemp(join(tmpdir(), 'pauta-board-'));
  const parsed = parseConfig({ DATABASE_URL: own.url, PAUTA_DATA: folder, PORT: '0' }, ['--only', 'clock']);
  if ('faults' in parsed) throw new Error(JSON.stringify(parsed.faults));
  program = await startProgram({ config: parsed.config, clock: { now: () => NOW }, log: silentLog });
  const opened = await program.openOrganization({
    name: 'Casa Norte',
    country: 'MX',
    zone: 'America/Mexico_City',
    locale: 'es-MX',
    administrator: { name: 'Nora', email: 'administrator@example.com' },
  });
  organization = opened.organization;
  await person('dora', 'director', null, 'norte');
  await person('sol', 'director', null, 'sur');
  await person('gil', 'manager', 'dora');
  await person('ana', 'advisor', 'gil');
  await person('beto', 'advisor', 'sol');
  for (const each of ['ana', 'beto'])
    await tell({ fact: 'month.results', person: each, month: '2026-02', sales: 5, leads: 40, closings: 4 });
  const list = { month: '2026-03', zone: null, by: 'administrator', advisors: ['ana', 'beto'] };
  await tell({ fact: 'roster.submitted', ...list, byAdministrator: true });
  await lead('L1', 'Carla Ruiz');
  await lead('L2', 'Marco Lara');
  for (const each of ['administrator', 'gil', 'sol', 'ana'])
    await program.access.addUser({
      organization,
      person: each,
      name: each,
      email: `${each}@example.com`,
      password: PASSWORD,
    });
});
afterAll(async () => {
  await program?.stop();
  await rm(folder, { recursive: true, force: true });
  await own.drop();
});

function tell(told: { fact: string; [field: string]: unknown }) {
  const fact: Fact = { actor: 'administrator', ...told };
  return program.house.submit(organization, fact);
}

function person(id: string, role: string, reportsTo: string | null, zone: string | null = null) {
  const nothing = { email: `${id}@example.com`, phone: null, extension: null };
  const fit = { internal: true, documents: 'complete', grade: 'pass', signed: true };
  return tell({ fact: 'person.registered', person: id, name: id, role, zone, reportsTo, ...nothing, ...fit });
}

function lead(id: string, name: string) {
  const identity = {
    ...noFacts,
    names: [{ value: name, origin: 'web', raw: name }],
    phones: [{ value: `+52551234567${id.slice(1)}`, origin: 'web', raw: '' }],
  };
  const asReceived = { name, phones: [], emails: [], message: null, fields: {} };
  const nothing = {
    sourceId: null,
    sentAt: NOW,
    test: false,
    zone: null,
    referredBy: null,
    consent: null,
    campaign: {},
    receipt: null,
  };
  return tell({ fact: 'lead.received', lead: id, source: 'web', identity, asReceived, ...nothing });
}

async function ask(who: string, url: string, send?: { method: 'POST' | 'PATCH'; payload: object }) {
  const known = cookies.get(who) ?? (await signIn(who));
  const answer = await program.http.app.inject({ method: 'GET', url, headers: { cookie: known }, ...send });
  const body: unknown = answer.json();
  return { status: answer.statusCode, body };
}

async function signIn(who: string): Promise<string> {
  const payload = { email: `${who}@example.com`, password: PASSWORD };
  const answer = await program.http.app.inject({ method: 'POST', url: '/api/auth/sign-in/email', payload });
  const cookie = [answer.headers['set-cookie'] ?? []]
    .flat()
    .map((line) => line.split(';')[0])
    .join('; ');
  cookies.set(who, cookie);
  return cookie;
}

const ids = z.array(z.object({ id: z.string() })).transform((rows) => rows.map(({ id }) => id));
const board = z.object({ running: ids, people: ids });
const figures = z.object({ figures: z.array(z.object({ measure: z.string(), value: z.number() })) });
const drill = z.object({ rows: ids });

test.each([
  ['administrator', ['L1', 'L2'], ['ana', 'beto']],
  ['gil', ['L1'], []],
  ['sol', ['L2'], []],
])('%s sees the leads within reach, and gives them where that is allowed', async (who, leads, people) => {
  const seen = board.parse((await ask(who, '/api/board')).body);
  expect(seen.running.toSorted()).toEqual(leads);
  expect(seen.people.filter((id) => ['ana', 'beto'].includes(id))).toEqual(people);
});

test.each(['administrator', 'gil', 'sol'])(
  'for %s every number has exactly its leads behind it',
  async (who) => {
    const day = figures.parse((await ask(who, '/api/board/figures')).body);
    for (const { measure, value } of day.figures) {
      const behind = drill.parse((await ask(who, `/api/board/leads?measure=${measure}`)).body);
      expect([measure, behind.rows.length]).toEqual([measure, value]);
    }
  },
);

test('an advisor has no board, and nobody looks behind the number of a stranger', async () => {
  expect((await ask('ana', '/api/board')).status).toBe(403);
  expect((await ask('gil', '/api/board/leads?measure=received&advisor=beto')).status).toBe(404);
});

test('the turn shows places to all and people only within reach', async () => {
  const turn = z.object({
    rotations: z.array(
      z.object({
        rotation: z.string(),
        people: z.number(),
        order: z.array(z.object({ person: z.string(), position: z.number() })),
      }),
    ),
  });
  const mine = turn.parse((await ask('ana', '/api/turn')).body).rotations[0];
  expect(mine).toMatchObject({ rotation: 'direct', people: 2, order: [{ person: 'ana', position: 1 }] });
  const all = turn.parse((await ask('administrator', '/api/turn')).body).rotations[0];
  expect(all?.order.map(({ person: id }) => id)).toEqual(['ana', 'beto']);
});

test('a manager sees the team and changes nobody; a ring of reports is refused', async () => {
  const staff = z.object({ people: ids });
  expect(staff.parse((await ask('gil', '/api/people')).body).people.toSorted()).toEqual(['ana', 'gil']);
  const absent = { method: 'PATCH' as const, payload: { absent: true } };
  expect((await ask('gil', '/api/people/ana', absent)).status).toBe(403);
  const ring = { method: 'PATCH' as const, payload: { reportsTo: 'ana' } };
  expect((await ask('administrator', '/api/people/gil', ring)).body).toMatchObject({
    error: { code: 'reports-to-ring' },
  });
});

const list = (zone: string | null, advisors: string[]) => ({
  method: 'POST' as const,
  payload: { month: '2026-04', zone, advisors },
});

test('a director hands in the list of the own zone alone', async () => {
  expect((await ask('sol', '/api/roster', list('norte', ['ana']))).body).toMatchObject({
    error: { code: 'roster-not-yours' },
  });
  expect((await ask('sol', '/api/roster', list('sur', ['ana']))).body).toMatchObject({
    error: { code: 'person-out-of-reach' },
  });
  expect((await ask('sol', '/api/roster', list('sur', ['beto']))).status).toBe(201);
});

test('the journal opens as far as one reaches, and narrows to a clause of any version', async () => {
  const page = z.object({
    rows: z.array(z.object({ lead: z.string().nullable(), because: z.array(z.string()) })),
  });
  const ofGil = page.parse((await ask('gil', '/api/journal?entry=lead.assigned')).body);
  expect(ofGil.rows.map(({ lead: id }) => id)).toEqual(['L1']);
  const byClause = page.parse(
    (await ask('administrator', '/api/journal?clause=contact-center-policy%23L3')).body,
  );
  expect(byClause.rows.length).toBeGreaterThan(0);
  for (const { because } of byClause.rows)
    expect(because.join(' ')).toMatch(/contact-center-policy@[\d-]+#L3/);
  const csv = await program.http.app.inject({
    url: '/api/journal.csv?entry=lead.',
    headers: { cookie: cookies.get('gil') ?? '' },
  });
  expect(csv.body.split('\r\n').filter((line) => line.includes('L1')).length).toBeGreaterThan(0);
  expect(csv.body).not.toContain('L2');
});
