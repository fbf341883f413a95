import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { testDatabase, type TestDatabase } from '../../tests/database.ts';
import { openFloor, type IntakeFloor } from '../../tests/intake-floor.ts';
import type { ErrorBody } from '../platform/http.ts';
import { MINUTE } from '../platform/time.ts';
import type { LeadAnswer } from './answer.ts';
import { settleWaiting } from './receipts.jobs.ts';

let test: TestDatabase;
let floor: IntakeFloor;
beforeAll(async () => {
  test = await testDatabase();
  floor = await openFloor(test.url);
  await floor.source('portal', { kind: 'api' });
  await floor.source('apagada', { kind: 'api', enabled: false });
  await floor.source('walk-in', { kind: 'walk-in' });
});
afterAll(async () => {
  await floor.close();
  await test.drop();
});

let phones = 5_512_340_000;
const person = (more: Record<string, unknown> = {}) => ({
  source: 'portal',
  name: `Persona ${phones}`,
  phone: String((phones += 1)),
  ...more,
});
const post = (payload: unknown, headers: Record<string, string> = {}, url = '/api/leads') =>
  floor.http.app.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/json', ...headers },
    payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
  });

describe('a lead by the API', () => {
  it('is answered with its holder and the clause', async () => {
    const answer = await post(person());
    expect(answer.statusCode).toBe(201);
    const told = answer.json<LeadAnswer>();
    expect(told.stage).toBe('assigned');
    expect(told.holder?.name).toMatch(/Ana|Beto|Carla/);
    expect(told.because.length).toBeGreaterThan(0);
    expect(await floor.count('receipts', `lead = '${told.lead}' and state = 'done'`)).toBe(1);
  });

  it('goes by turn, each to another', async () => {
    const holders = new Set<string | undefined>();
    for (let i = 0; i < 3; i += 1) holders.add((await post(person())).json<LeadAnswer>().holder?.id);
    expect(holders.size).toBe(3);
  });

  it('of a known person goes to who has them', async () => {
    const one = person();
    const first = (await post(one)).json<LeadAnswer>();
    const again = (await post(one)).json<LeadAnswer>();
    expect(again.lead).not.toBe(first.lead);
    expect(again.duplicateOf).toBe(first.lead);
    expect(again.holder?.id).toBe(first.holder?.id);
  });

  it('sent again under its own id is one lead', async () => {
    const one = person({ sourceId: 'crm-77' });
    const first = await post(one);
    for (let i = 0; i < 4; i += 1) {
      const again = await post({ ...one, name: 'Otro Nombre' });
      expect(again.statusCode).toBe(200);
      expect(again.json()).toEqual({ ...first.json<LeadAnswer>(), repeat: true });
    }
    expect(await floor.count('leads', `source_id = 'crm-77'`)).toBe(1);
  });

  it('that is a test reaches no turn', async () => {
    const answer = await post(person({ test: true }));
    expect(answer.statusCode).toBe(201);
    expect(answer.json<LeadAnswer>()).toMatchObject({ stage: 'refused', holder: null });
  });

  it('keeps NUL and halves of surrogates out of the tables and in the body', async () => {
    const body = `{"source":"portal","name":"Lu\\u0000z \\ud800","phone":"${(phones += 1)}","campaign":{"a\\u0000":"\\udc00"},"x\\u0000":"y"}`;
    const answer = await post(body);
    expect(answer.statusCode).toBe(201);
    const [kept] = await floor.rows<{ body: Buffer }>(
      `select body from receipts where lead = '${answer.json<LeadAnswer>().lead}'`,
    );
    expect(kept?.body.toString()).toBe(body);
  });
});

describe('a body that cannot be used', () => {
  const cases = [
    { name: 'no JSON', body: '{"source":"portal"', status: 400, code: 'not-readable' },
    { name: 'a list', body: '[]', status: 400, code: 'not-an-object' },
    { name: 'no source', body: { phone: '5512345678' }, status: 422, code: 'source-missing' },
    {
      name: 'no such source',
      body: { phone: '5512345678', source: 'nada' },
      status: 422,
      code: 'no-such-source',
    },
    { name: 'a source of NULs', body: '{"source":"\\u0000"}', status: 422, code: 'no-such-source' },
    {
      name: 'a source that is off',
      body: { ...person(), source: 'apagada' },
      status: 422,
      code: 'source-disabled',
    },
    { name: 'nobody to reach', body: { source: 'portal', name: 'X' }, status: 422, code: 'no-way-to-reach' },
    { name: 'a wrong type', body: person({ phones: { a: 1 } }), status: 422, code: 'wrong-type' },
    { name: 'a time that is none', body: person({ sentAt: 'ayer' }), status: 422, code: 'not-a-time' },
    { name: 'too long a name', body: person({ name: 'x'.repeat(501) }), status: 422, code: 'too-long' },
  ];
  for (const { name, body, status, code } of cases) {
    it(`${name}: ${status}, kept with its fault`, async () => {
      const [before, leads] = [await floor.count('receipts', `state = 'faulty'`), await floor.count('leads')];
      const answer = await post(body);
      expect(answer.json<ErrorBody>().error.code).toBe(code);
      expect(answer.statusCode).toBe(status);
      expect(await floor.count('receipts', `state = 'faulty'`)).toBe(before + 1);
      expect(await floor.count('leads')).toBe(leads);
    });
  }

  it('is processed again once the source is right', async () => {
    const body = { ...person(), source: 'luego' };
    expect((await post(body)).statusCode).toBe(422);
    await floor.source('luego', { kind: 'api' });
    const disabled = { ...person(), source: 'apagada' };
    await post(disabled);
    await floor.source('apagada', { kind: 'api', enabled: true });
    const [put] = await floor.rows<{ id: string }>(
      `select id from receipts where source = 'apagada' and state = 'faulty' order by received_at desc, id desc limit 1`,
    );
    const again = await post({}, {}, `/api/receipts/${put?.id}/process`);
    expect(again.json<{ state: string }>().state).toBe('done');
    const twice = await post({}, {}, `/api/receipts/${put?.id}/process`);
    expect(twice.statusCode).toBe(409);
  });
});

describe('an Idempotency-Key', () => {
  it('gives one effect and one answer, whatever comes at once', async () => {
    const body = person();
    const headers = { 'idempotency-key': 'k-1' };
    const leads = await floor.count('leads');
    const answers = await Promise.all(Array.from({ length: 100 }, () => post(body, headers)));
    const statuses = new Set(answers.map((answer) => answer.statusCode));
    expect([...statuses].every((status) => status === 201 || status === 409)).toBe(true);
    const made = answers.filter((answer) => answer.statusCode === 201).map((answer) => answer.body);
    expect(new Set(made).size).toBe(1);
    expect((await post(body, headers)).body).toBe(made[0]);
    expect(await floor.count('leads')).toBe(leads + 1);
  });

  it('with another body is refused', async () => {
    const headers = { 'idempotency-key': 'k-2' };
    await post(person(), headers);
    const other = await post(person(), headers);
    expect(other.statusCode).toBe(422);
    expect(other.json<ErrorBody>().error.code).toBe('key-used-for-another-body');
  });

  it('of a body with a fault lets the corrected source through, once', async () => {
    const body = { ...person(), source: 'tarde' };
    const headers = { 'idempotency-key': 'k-3' };
    expect((await post(body, headers)).statusCode).toBe(422);
    await floor.source('tarde', { kind: 'api' });
    const first = await post(body, headers);
    expect(first.statusCode).toBe(201);
    expect((await post(body, headers)).body).toBe(first.body);
  });

  it('that is not printable is refused', async () => {
    expect((await post(person(), { 'idempotency-key': 'x'.repeat(256) })).statusCode).toBe(400);
  });

  it('after a crash gives the answer of the one decision', async () => {
    const body = person();
    const headers = { 'idempotency-key': 'k-4' };
    floor.breakHouse(1);
    expect((await post(body, headers)).statusCode).toBe(202);
    expect((await post(body, headers)).statusCode).toBe(409);
    expect((await settleWaiting(floor.parts)).taken).toBe(0);
    floor.advance(MINUTE);
    expect((await settleWaiting(floor.parts)).taken).toBe(1);
    expect((await settleWaiting(floor.parts)).taken).toBe(0);
    const answer = await post(body, headers);
    expect(answer.statusCode).toBe(201);
    expect(await floor.count('leads', `id = '${answer.json<LeadAnswer>().lead}'`)).toBe(1);
  });
});

it('a crash after the commit and before the answer has no second effect', async () => {
  const answer = (await post(person())).json<LeadAnswer>();
  await floor.rows(`update receipts set state = 'new', retry_at = received_at where lead = '${answer.lead}'`);
  const journal = await floor.count('journal', `lead = '${answer.lead}'`);
  floor.advance(MINUTE);
  await settleWaiting(floor.parts);
  expect(await floor.count('leads', `id = '${answer.lead}'`)).toBe(1);
  // The lead stands; that it was told of again is noted.
  expect(await floor.count('journal', `lead = '${answer.lead}'`)).toBeLessThanOrEqual(journal + 1);
});
