import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
  folder = await mkdtemp(join(tmpdir(), 'pauta-money-'));
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
  await person('ines', 'support', null);
  const list = { month: '2026-03', zone: null, by: 'administrator', advisors: ['ana', 'beto'] };
  for (const each of ['ana', 'beto'])
    await tell({ fact: 'month.results', person: each, month: '2026-02', sales: 5, leads: 40, closings: 4 });
  await tell({ fact: 'roster.submitted', ...list, byAdministrator: true });
  await lead('L1', 'Carla Ruiz');
  await lead('L2', 'Marco Lara');
  for (const [by, sale, of] of [
    ['ana', 'S1', 'L1'],
    ['beto', 'S2', 'L2'],
  ])
    await tell({
      fact: 'sale.closed',
      by,
      sale,
      lead: of,
      price: null,
      advisorCommission: '80000',
      managerCommission: '20000',
    });
  for (const each of ['administrator', 'dora', 'sol', 'gil', 'ana', 'ines'])
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
  const phones = [{ value: `+52551234567${id.slice(1)}`, origin: 'web', raw: '' }];
  const identity = { ...noFacts, names: [{ value: name, origin: 'web', raw: name }], phones };
  const asReceived = { name, phones: [], emails: [], message: null, fields: {} };
  const nothing = { sourceId: null, sentAt: NOW, test: false, zone: null, referredBy: null, consent: null };
  return tell({
    fact: 'lead.received',
    lead: id,
    source: 'web',
    identity,
    asReceived,
    ...nothing,
    campaign: {},
    receipt: null,
  });
}

async function ask(who: string, method: 'GET' | 'POST', url: string, body?: object) {
  let cookie = cookies.get(who);
  if (cookie === undefined) {
    const signedIn = await program.http.app.inject({
      method: 'POST',
      url: '/api/auth/sign-in/email',
      payload: { email: `${who}@example.com`, password: PASSWORD },
    });
    cookie = signedIn.cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
    cookies.set(who, cookie);
  }
  const answer = await program.http.app.inject({
    method,
    url,
    headers: { cookie },
    ...(body === undefined ? {} : { payload: body }),
  });
  return { status: answer.statusCode, body: answer.json<unknown>() };
}

const people = z.object({ people: z.array(z.object({ person: z.string(), net: z.string() })) });
const statement = z.object({
  totals: z.object({ net: z.string() }),
  sales: z.array(
    z.object({
      leadName: z.string().nullable(),
      lines: z.array(z.object({ part: z.string(), amount: z.string() })),
    }),
  ),
});
const sale = z.object({
  lines: z.array(z.object({ person: z.string(), amount: z.string() })),
  mayCorrect: z.boolean(),
});

describe('whose money is seen', () => {
  it.each([
    ['ana', 'ana 79600.00'],
    ['gil', 'gil 19970.00, ana 79600.00'],
    ['sol', 'sol 19970.00, beto 79600.00'],
    ['ines', 'ines 860.00'],
  ])('%s: %s', async (who, seen) => {
    const { body } = await ask(who, 'GET', '/api/money');
    const shown = people.parse(body).people.filter(({ net }) => net !== '0.00');
    expect(shown.map(({ person: id, net }) => `${id} ${net}`).join(', ')).toBe(seen);
  });

  it('another’s statement is nobody’s for who does not reach them', async () => {
    expect((await ask('ana', 'GET', '/api/money/statement?person=beto')).status).toBe(404);
    expect((await ask('gil', 'GET', '/api/money/statement?person=beto')).status).toBe(404);
    expect((await ask('dora', 'GET', '/api/money/statement?person=ana')).status).toBe(200);
  });

  it('support sees its parts and no prospect’s name; the advisor sees whose closing it was', async () => {
    const support = statement.parse((await ask('ines', 'GET', '/api/money/statement')).body);
    expect(support.sales.map(({ leadName }) => leadName)).toEqual([null, null]);
    expect(support.totals.net).toBe('860.00');
    const advisor = statement.parse((await ask('ana', 'GET', '/api/money/statement')).body);
    expect(advisor.sales[0]?.leadName).toBe('Carla Ruiz');
    expect(advisor.sales[0]?.lines.map(({ part, amount }) => `${part} ${amount}`)).toEqual([
      'earned 80000.00',
      'support -400.00',
    ]);
  });

  it('of a closing one sees the amounts of whom one reaches', async () => {
    const advisor = sale.parse((await ask('ana', 'GET', '/api/money/sales/S1')).body);
    expect([...new Set(advisor.lines.map(({ person: id }) => id))]).toEqual(['ana']);
    expect(advisor.mayCorrect).toBe(false);
    expect((await ask('ana', 'GET', '/api/money/sales/S2')).status).toBe(404);
    const director = sale.parse((await ask('dora', 'GET', '/api/money/sales/S1')).body);
    expect(director.lines.map(({ person: id }) => id)).toEqual(['ana', 'ana', 'gil', 'gil']);
    expect(director.mayCorrect).toBe(true);
  });
});

describe('who may change it', () => {
  const correction = { advisorCommission: '90000', reasons: 'Faltó el bono' };
  it.each([
    ['ana', 'S1', 403],
    ['gil', 'S1', 403],
    ['sol', 'S1', 404],
  ])('%s does not correct %s: %i', async (who, id, status) => {
    expect((await ask(who, 'POST', `/api/money/sales/${id}/correction`, correction)).status).toBe(status);
  });

  it('nothing is decided without reasons, nor of money that cannot be read', async () => {
    expect(
      (await ask('dora', 'POST', '/api/money/sales/S1/correction', { ...correction, reasons: ' ' })).status,
    ).toBe(400);
    const bad = await ask('dora', 'POST', '/api/money/sales/S1/correction', {
      ...correction,
      advisorCommission: 'mucho',
    });
    expect(bad.status).toBe(422);
    expect(JSON.stringify(bad.body)).toContain('bad-amount');
  });

  it('the director of the zone does, and the difference is on the statement', async () => {
    expect((await ask('dora', 'POST', '/api/money/sales/S1/correction', correction)).status).toBe(200);
    const after = statement.parse((await ask('ana', 'GET', '/api/money/statement')).body);
    expect(after.totals.net).toBe('89550.00');
    expect(after.sales[0]?.lines.map(({ amount }) => amount)).toEqual([
      '80000.00',
      '-400.00',
      '10000.00',
      '-50.00',
    ]);
  });
});

describe('a support share that nobody was there to receive (contact-center-policy P6)', () => {
  it('waits in sight of who sees all, until a person says among whom it is split', async () => {
    await tell({ fact: 'person.changed', person: 'ines', left: true });
    await lead('L3', 'Rita Sol');
    const sale = { by: 'ana', sale: 'S3', lead: 'L3', price: null };
    await tell({ fact: 'sale.closed', ...sale, advisorCommission: '10000', managerCommission: null });
    const money = async (who: string) => (await ask(who, 'GET', '/api/money')).body;
    expect(await money('administrator')).toMatchObject({
      waiting: { closings: 1, amount: '50.00', team: [], mayName: true },
    });
    expect(await money('gil')).toMatchObject({ waiting: null });
    await tell({ fact: 'person.changed', person: 'ines', left: false });
    const naming = { month: '2026-03', people: ['ines'], reasons: 'Volvió' };
    expect((await ask('gil', 'POST', '/api/money/support', naming)).status).toBe(403);
    const wrong = await ask('administrator', 'POST', '/api/money/support', { ...naming, people: ['beto'] });
    expect([wrong.status, JSON.stringify(wrong.body).includes('not-of-support')]).toEqual([422, true]);
    expect(await ask('administrator', 'POST', '/api/money/support', naming)).toMatchObject({
      status: 200,
      body: { closings: 1 },
    });
    expect(await money('administrator')).toMatchObject({ waiting: null });
    expect((await ask('administrator', 'POST', '/api/money/support', naming)).status).toBe(409);
    const lines = statement.parse(
      (await ask('administrator', 'GET', '/api/money/statement?person=ines')).body,
    ).sales;
    expect(lines.flatMap((each) => each.lines).map(({ amount }) => amount)).toContain('50.00');
  });
});

describe('cases (lead-assignment P15)', () => {
  const opened = z.object({ sanction: z.string() });
  const report = { person: 'ana', clause: 'lead-assignment#P10', text: 'Llamó por fuera' };

  it('are reported of one’s own line only, and never of oneself', async () => {
    expect((await ask('ana', 'POST', '/api/sanctions', report)).status).toBe(403);
    expect((await ask('sol', 'POST', '/api/sanctions', report)).status).toBe(403);
    expect((await ask('gil', 'POST', '/api/sanctions', { ...report, person: 'gil' })).status).toBe(403);
  });

  it('wait for the hearing, unless who decides says otherwise; the person never decides', async () => {
    const { sanction } = opened.parse((await ask('gil', 'POST', '/api/sanctions', report)).body);
    const ruling = { percent: '10', reasons: 'Consta' };
    const early = await ask('dora', 'POST', `/api/sanctions/${sanction}/ruling`, ruling);
    expect([early.status, JSON.stringify(early.body).includes('hearing-open')]).toEqual([409, true]);
    expect((await ask('ana', 'POST', `/api/sanctions/${sanction}/ruling`, ruling)).status).toBe(403);
    expect((await ask('sol', 'POST', `/api/sanctions/${sanction}/ruling`, ruling)).status).toBe(404);
    expect((await ask('gil', 'POST', `/api/sanctions/${sanction}/answer`, { reasons: 'No' })).status).toBe(
      403,
    );
    expect(
      (await ask('ana', 'POST', `/api/sanctions/${sanction}/answer`, { reasons: 'Se cayó la línea' })).status,
    ).toBe(200);
    expect((await ask('dora', 'POST', `/api/sanctions/${sanction}/ruling`, ruling)).status).toBe(200);
    expect((await ask('sol', 'GET', '/api/sanctions')).body).toMatchObject({ rows: [] });
    expect((await ask('ana', 'GET', '/api/sanctions')).body).toMatchObject({
      rows: [{ person: 'ana', state: 'decided', percent: '10', heard: true, answer: 'Se cayó la línea' }],
    });
  });
});

describe('audits (lead-assignment P11)', () => {
  const audit = { person: 'beto', finding: 'bad-care', checklist: { greeting: 'no' } };

  it('are the administrator’s, and bad care is written down', async () => {
    expect((await ask('dora', 'POST', '/api/audits', { ...audit, note: 'x' })).status).toBe(403);
    expect((await ask('administrator', 'POST', '/api/audits', audit)).status).toBe(422);
    expect((await ask('administrator', 'POST', '/api/audits', { ...audit, note: 'Colgó' })).status).toBe(201);
    expect((await ask('ana', 'GET', '/api/audits')).body).toMatchObject({ rows: [] });
    expect((await ask('sol', 'GET', '/api/audits')).body).toMatchObject({
      rows: [{ person: 'beto', state: 'opened', removed: true, mayRule: true }],
    });
  });

  it('a week that is not over has no sample', async () => {
    const { body } = await ask('administrator', 'GET', '/api/audits/sample?week=2026-03-02');
    expect(body).toMatchObject({ week: '2026-02-23', rows: [] });
  });
});
