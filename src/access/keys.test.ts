import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import {
  addPerson,
  openOrganization,
  openProcess,
  PASSWORD,
  testDatabase,
  type Browser,
  type Process,
  type TestDatabase,
} from './access-cases.ts';
import { actorOf } from './index.ts';
import { createKeyPace } from './keys.ts';

let database: TestDatabase;
let one: Process;
let admin: Browser;
let now = 0;

beforeAll(async () => {
  database = await testDatabase();
  one = await openProcess(database, { monotonic: () => now }, (app, access) => {
    app.post('/api/leads', { config: { may: 'key', scope: 'leads.write' } }, async (request) => ({
      by: actorOf(access.caller(request)),
      organization: access.caller(request).organization.id,
    }));
    app.get('/api/leads', { config: { may: 'leads.see', scope: 'leads.read' } }, async (request) => ({
      by: actorOf(access.caller(request)),
    }));
    app.get(
      '/api/mine',
      { config: { may: 'signed-in' } },
      async (request) => access.signedIn(request).person,
    );
  });
  await openOrganization(one.database, 'org');
  await addPerson(one.database, 'org', { id: 'adela', role: 'administrator' });
  await one.access.addUser({
    organization: 'org',
    person: 'adela',
    name: 'Adela',
    email: 'adela@example.com',
    password: PASSWORD,
  });
  admin = one.browser();
  await admin.signIn('adela@example.com');
});
afterAll(async () => {
  await one.stop();
  await database.drop();
});

const bearer = (key: unknown) => ({ authorization: `Bearer ${String(key)}` });

describe('API keys', () => {
  it('are shown once, open their scopes and nothing else, until revoked', async () => {
    const made = await admin.post('/api/keys', { name: 'Sitio web', scopes: ['leads.write'] });
    const key = String(made.body['key']);
    expect(key).toMatch(/^pauta_[\w-]{43}$/);
    const list = (await admin.get('/api/keys')).body['keys'] as Record<string, unknown>[];
    expect(list).toMatchObject([
      { name: 'Sitio web', startsWith: key.slice(0, 12), scopes: ['leads.write'], lastUsedAt: null },
    ]);
    expect(JSON.stringify(list)).not.toContain(key);

    const program = one.browser();
    expect((await program.post('/api/leads', {}, bearer(key))).body).toEqual({
      by: `key:${String(made.body['id'])}`,
      organization: 'org',
    });
    const used = (await admin.get('/api/keys')).body['keys'] as Record<string, unknown>[];
    expect(used[0]?.['lastUsedAt']).not.toBeNull();
    const refusals = [
      [await program.get('/api/leads', bearer(key)), 403, 'key-scope'],
      [await program.get('/api/mine', bearer(key)), 403, 'key-not-here'],
      [await program.get('/api/keys', bearer(key)), 403, 'key-not-here'],
      [await program.post('/api/leads', {}), 401, 'key-needed'],
      [await program.post('/api/leads', {}, bearer('pauta_wrong')), 401, 'key-not-valid'],
      [await admin.post('/api/leads', {}), 401, 'key-needed'],
    ] as const;
    for (const [answer, status, code] of refusals)
      expect([answer.status, answer.code]).toEqual([status, code]);
    expect(refusals[0][0].message).toBe('La llave de API no incluye el permiso leads.read.');

    await admin.send('DELETE', `/api/keys/${String(made.body['id'])}`);
    expect((await program.post('/api/leads', {}, bearer(key))).code).toBe('key-not-valid');
    expect((await admin.send('DELETE', '/api/keys/none')).code).toBe('no-such-key');
  });

  it('a route for people may also be opened to a scope', async () => {
    const made = await admin.post('/api/keys', { name: 'Tablero', scopes: ['leads.read'] });
    expect((await one.browser().get('/api/leads', bearer(made.body['key']))).status).toBe(200);
    expect((await admin.get('/api/leads')).body).toEqual({ by: 'adela' });
  });

  it('of another organization are out of sight and out of reach', async () => {
    await openOrganization(one.database, 'other');
    await addPerson(one.database, 'other', { id: 'zoe', role: 'administrator' });
    await one.access.addUser({
      organization: 'other',
      person: 'zoe',
      name: 'Zoe',
      email: 'zoe@example.com',
      password: PASSWORD,
    });
    const zoe = one.browser();
    await zoe.signIn('zoe@example.com');
    expect((await zoe.get('/api/keys')).body['keys']).toEqual([]);
    const made = await admin.post('/api/keys', { name: 'Nuestra', scopes: ['leads.write'] });
    expect((await zoe.send('DELETE', `/api/keys/${String(made.body['id'])}`)).code).toBe('no-such-key');
    expect((await one.browser().post('/api/leads', {}, bearer(made.body['key']))).body['organization']).toBe(
      'org',
    );
    for (const table of ['memberships', 'invitations', 'api_keys']) {
      const seen = await one.database.inOrganization('other', (tx) =>
        sql<{
          count: number;
        }>`select count(*) as count from ${sql.table(table)} where organization_id = 'org'`.execute(tx),
      );
      expect(seen.rows[0]?.count).toBe(0);
      const unset = await sql<{ count: number }>`select count(*) as count from ${sql.table(table)}`.execute(
        one.database.kysely,
      );
      expect(unset.rows[0]?.count).toBe(0);
    }
  });

  it('a scope that does not exist is refused', async () => {
    expect((await admin.post('/api/keys', { name: 'x', scopes: ['all'] })).body).toMatchObject({
      error: { code: 'not-valid', field: 'scopes.0' },
    });
  });

  it('have a pace of their own', async () => {
    const made = await admin.post('/api/keys', {
      name: 'Lenta',
      scopes: ['leads.write'],
      requestsAMinute: 12,
    });
    const send = () => one.browser().post('/api/leads', {}, bearer(made.body['key']));
    expect([(await send()).status, (await send()).status]).toEqual([200, 200]);
    const refused = await send();
    expect([refused.status, refused.code, refused.headers['retry-after']]).toEqual([
      429,
      'too-many-requests',
      '5',
    ]);
    now += 5_000;
    expect((await send()).status).toBe(200);
  });
});

describe('the pace of a key', () => {
  it('lets a burst of ten seconds through, then its rate', () => {
    const pace = createKeyPace();
    const passed = (from: number, to: number) => {
      let count = 0;
      for (let at = from; at < to; at += 10) if (pace.take('key', 600, at) === 0) count += 1;
      return count;
    };
    expect(passed(0, 1_000)).toBe(100);
    expect(passed(1_000, 11_000)).toBeGreaterThan(100);
    const after = passed(20_000, 80_000);
    expect(after).toBeGreaterThanOrEqual(600);
    expect(after).toBeLessThanOrEqual(701);
  });
});
