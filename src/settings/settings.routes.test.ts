import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { clauseTable, standingOf } from '../procedures/index.ts';
import { openFloor, PASSWORD, emailOf, type Floor } from '../../tests/journeys/floor.ts';

let floor: Floor;
const cookies = new Map<string, string>();

beforeAll(async () => {
  floor = await openFloor();
  for (const [person, role] of [
    ['sis', 'system'],
    ['cora', 'control'],
  ] as const) {
    await floor.submit({
      fact: 'person.registered',
      person,
      name: person,
      role,
      zone: null,
      reportsTo: null,
      email: emailOf(person),
      phone: null,
      extension: null,
      internal: true,
      documents: 'complete',
      grade: 'none',
      signed: true,
    });
    const { access } = floor.program;
    await access.addUser({
      organization: floor.organization,
      person,
      name: person,
      email: emailOf(person),
      password: PASSWORD,
    });
  }
  await floor.receive({ lead: 'L1', name: 'Carla Ruiz', phone: '55 1234 5678', source: 'landing' });
  await floor.receive({ lead: 'L2', name: 'Diego Soto', phone: '55 1234 5679', source: 'landing' });
  floor.move(60_000);
  await floor.submit({
    fact: 'call.started',
    actor: 'pbx',
    call: 'c1',
    by: 'ana',
    lead: 'L1',
    direction: 'out',
  });
  floor.move(30_000);
  await floor.submit({
    fact: 'call.ended',
    actor: 'pbx',
    call: 'c1',
    answered: true,
    talkSeconds: 9,
    ringSeconds: 16,
  });
});
afterAll(() => floor.stop());

const inject = (person: string | null, method: 'GET' | 'POST' | 'PUT', url: string, body?: object) =>
  floor.program.http.app.inject({
    method,
    url,
    headers: {
      origin: floor.program.config.publicUrl,
      ...(person === null ? {} : { cookie: cookies.get(person) ?? '' }),
    },
    ...(body === undefined ? {} : { payload: body }),
  });

async function ask(person: string, method: 'GET' | 'POST' | 'PUT', url: string, body?: object) {
  if (!cookies.has(person)) {
    const answer = await inject(null, 'POST', '/api/auth/sign-in/email', {
      email: emailOf(person),
      password: PASSWORD,
    });
    cookies.set(person, answer.cookies.map(({ name, value }) => `${name}=${value}`).join('; '));
  }
  const answer = await inject(person, method, url, body);
  return { status: answer.statusCode, json: answer.json() };
}

const PEOPLE = ['ana', 'gil', 'dora', 'saul', 'administrator', 'mara', 'cora', 'sis'];

describe('who may', () => {
  it.each([
    ['GET', '/api/state', ['administrator', 'sis']],
    ['GET', '/api/sources/report', ['saul', 'administrator', 'mara']],
    ['GET', '/api/procedures', PEOPLE],
    [
      'GET',
      '/api/procedures/contact-center-policy/clauses/L4/decisions',
      ['gil', 'dora', 'saul', 'administrator', 'cora', 'sis'],
    ],
    ['GET', '/api/settings/organization', ['administrator', 'sis']],
    ['GET', '/api/messages/open', ['administrator', 'sis']],
  ] as const)('%s %s', async (method, url, may) => {
    const let_in = [];
    for (const person of PEOPLE) if ((await ask(person, method, url)).status === 200) let_in.push(person);
    expect(let_in).toEqual(may);
  });
});

describe('the report of sources', () => {
  it('counts leads by source and local hour, and how soon they were contacted', async () => {
    const { json } = await ask('mara', 'GET', '/api/sources/report?days=7');
    expect(json.sources).toEqual([
      {
        source: 'landing',
        leads: 2,
        duplicates: 0,
        clocked: 1,
        inTime: 1,
        contacted: 1,
        secondsToContact: expect.any(Number),
        secondsToContact90: expect.any(Number),
      },
    ]);
    expect(json.all).toMatchObject({ source: null, leads: 2 });
    expect(json.hours).toEqual([{ source: 'landing', day: '2026-03-03', hour: 10, leads: 2 }]);
    expect(json.sources[0].secondsToContact).toBeGreaterThanOrEqual(60);
    expect(json.sources[0].secondsToContact).toBeLessThan(120);
    expect(JSON.stringify(json)).not.toContain('Carla');
  });

  it('refuses another span of days', async () => {
    expect((await ask('mara', 'GET', '/api/sources/report?days=9')).status).toBe(400);
  });
});

describe('what a source sent', () => {
  it('is shown without its body to who sees no personal data', async () => {
    await ask('administrator', 'PUT', '/api/sources/landing', {
      kind: 'google',
      name: 'Landing',
      secrets: { key: 'k' },
    });
    const { json } = await ask('administrator', 'GET', '/api/sources');
    expect(json.people.map(({ name }: { name: string }) => name)).toContain('Ana Torres');
    const door = new URL(json.sources[0].address).pathname;
    await inject(null, 'POST', door, {
      google_key: 'k',
      lead_id: 'g1',
      user_column_data: [{ column_id: 'FULL_NAME', string_value: 'Carla' }],
    });
    const seen = async (person: string) =>
      (await ask(person, 'GET', '/api/sources/landing/receipts')).json.receipts;
    expect((await seen('administrator'))[0].body).toContain('Carla');
    expect((await seen('mara'))[0].body).toBe(null);
    const after = await ask('mara', 'GET', '/api/sources');
    expect(after.json.sources[0].today).toMatchObject({ faulty: 1 });
  });
});

describe('decisions of a clause', () => {
  const url = '/api/procedures/contact-center-policy/clauses/P1/decisions';

  it('are those of the people within reach, with numbers and no names of prospects', async () => {
    const all = (await ask('administrator', 'GET', url)).json.decisions;
    expect(all.length).toBeGreaterThan(0);
    expect(all[0]).toMatchObject({ leadNumber: expect.any(Number), personName: expect.any(String) });
    expect((await ask('gil', 'GET', url)).json.decisions).toHaveLength(all.length);
    expect(JSON.stringify(all)).not.toContain('Carla');
  });

  it('are nobody else’s', async () => {
    await floor.submit({
      fact: 'person.registered',
      person: 'otto',
      name: 'Otto',
      role: 'manager',
      zone: 'sur',
      reportsTo: null,
      email: emailOf('otto'),
      phone: null,
      extension: null,
      internal: true,
      documents: 'complete',
      grade: 'none',
      signed: true,
    });
    const { access } = floor.program;
    const otto = {
      organization: floor.organization,
      person: 'otto',
      name: 'Otto',
      email: emailOf('otto'),
      password: PASSWORD,
    };
    await access.addUser(otto);
    expect((await ask('otto', 'GET', url)).json.decisions).toEqual([]);
  });
});

describe('a version', () => {
  const url = '/api/procedures/contact-center-policy/versions';
  const version = { version: '2023-03-01', readings: { 'hours.outside': 'assign' }, parameters: {} };

  it.each([
    ['today', { ...version, effectiveOn: '2026-03-03' }, 422, 'effectiveOn'],
    [
      'a reading nobody knows',
      { ...version, effectiveOn: '2026-03-04', readings: { nothing: 1 } },
      422,
      'readings.nothing',
    ],
    [
      'a figure out of bounds',
      { ...version, effectiveOn: '2026-03-04', parameters: { L4: { contactMinutes: 0 } } },
      422,
      'parameters.L4.contactMinutes',
    ],
  ] as const)('is refused for %s, naming the field', async (_, body, status, field) => {
    const answer = await ask('administrator', 'POST', url, body);
    expect(answer).toMatchObject({ status, json: { error: { field } } });
  });

  const proposals = '/api/procedures/proposals';
  let proposal: string;

  it('is proposed by one, with all in which it differs, and waits for another', async () => {
    const from = { ...version, effectiveOn: '2026-03-04' };
    expect((await ask('ana', 'POST', url, from)).status).toBe(403);
    const answer = await ask('saul', 'POST', url, from);
    expect(answer).toMatchObject({ status: 200, json: { published: false } });
    ({ proposal } = answer.json);
    const { json } = await ask('administrator', 'GET', proposals);
    expect(json.fourEyes).toBe(true);
    expect(json.proposals).toMatchObject([
      { id: proposal, state: 'open', adoption: from, proposedBy: 'saul', outdated: false },
    ]);
  });

  it('is not published by who proposed it, nor by who may not publish', async () => {
    const path = `${proposals}/${proposal}/publish`;
    expect(await ask('saul', 'POST', path)).toMatchObject({
      status: 403,
      json: { error: { code: 'second-person-needed' } },
    });
    expect((await ask('ana', 'POST', path)).status).toBe(403);
    expect((await ask('administrator', 'POST', `${proposals}/nothing/publish`)).status).toBe(404);
  });

  it('is rejected with reasons, which who proposed it reads', async () => {
    const other = { ...version, readings: { 'best.top': 2 }, effectiveOn: '2026-03-05' };
    const made = await ask('saul', 'POST', url, other);
    const path = `${proposals}/${made.json.proposal}/reject`;
    expect((await ask('administrator', 'POST', path, { reasons: ' ' })).status).toBe(422);
    expect((await ask('administrator', 'POST', path, { reasons: 'Falta verlo con la zona' })).status).toBe(
      200,
    );
    const { json } = await ask('saul', 'GET', proposals);
    const rejected = json.proposals.find(({ id }: { id: string }) => id === made.json.proposal);
    expect(rejected).toMatchObject({ state: 'rejected', reasons: 'Falta verlo con la zona' });
    expect((await ask('saul', 'POST', `${proposals}/${made.json.proposal}/withdraw`)).status).toBe(409);
  });

  it('is published by another from tomorrow on and shown with what it changes', async () => {
    const answer = await ask('administrator', 'POST', `${proposals}/${proposal}/publish`);
    expect(answer).toMatchObject({ status: 200, json: { effectiveOn: '2026-03-04', published: true } });
    const { json } = await ask('ana', 'GET', '/api/procedures');
    const policy = json.procedures.find(({ name }: { name: string }) => name === 'contact-center-policy');
    expect(policy.versions).toContainEqual({ ...version, effectiveOn: '2026-03-04' });
    const reading = policy.readings.find(({ token }: { token: string }) => token === 'hours.outside');
    expect(reading.value).toBe('hold');
  });

  it('says of each clause whether the product holds it, by the same table as `npm run clauses`', async () => {
    const table = await clauseTable(process.cwd());
    if ('faults' in table) throw new Error('packs with faults');
    const { json } = await ask('ana', 'GET', '/api/procedures');
    const said = json.procedures.flatMap(
      ({ name, clauses }: { name: string; clauses: { id: string; standing: string }[] }) =>
        clauses.map(({ id, standing }) => `${name}#${id} ${standing}`),
    );
    const shown = new Set(json.procedures.map(({ name }: { name: string }) => name));
    const expected = table.rows
      .filter(({ procedure }) => shown.has(procedure))
      .map((row) => `${row.procedure}#${row.clause} ${standingOf(row)}`);
    expect(said.toSorted()).toEqual(expected.toSorted());
  });
});

describe('the state', () => {
  it('tells queues, workers, journal and database, nothing of any lead', async () => {
    const { json } = await ask('sis', 'GET', '/api/state');
    expect(json).toMatchObject({
      version: expect.any(String),
      health: { database: true },
      queues: { receiptsNew: 0, outboxUnknown: 0, deadlinesOverdue: expect.any(Number) },
      journal: { verified: null },
      database: { bytes: expect.any(Number), version: expect.any(String) },
    });
    expect(json.workers.map(({ name }: { name: string }) => name)).toEqual(
      expect.arrayContaining(['clock', 'seal', 'receipts']),
    );
    expect(JSON.stringify(json)).not.toMatch(/Carla|example\.com/);
  });

  it('counts a message nobody knows of, and only this organization’s', async () => {
    await floor.program.database.inOrganization(floor.organization, (tx) =>
      sql`update outbox set state = 'unknown' where organization_id = ${floor.organization}
             and id = (select min(id) from outbox where organization_id = ${floor.organization} and recipient = 'ana')`.execute(
        tx,
      ),
    );
    const { json } = await ask('sis', 'GET', '/api/state');
    expect(json.queues.outboxUnknown).toBe(1);
    const open = (await ask('administrator', 'GET', '/api/messages/open')).json.messages;
    expect(open).toContainEqual(expect.objectContaining({ state: 'unknown', recipientName: 'Ana Torres' }));
  });
});
