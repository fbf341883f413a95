import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import {
  addPerson,
  openOrganization,
  openProcess,
  PASSWORD,
  testDatabase,
  type Process,
  type TestDatabase,
} from './access-cases.ts';
import { permissionNames } from './permissions.ts';

let database: TestDatabase;
let one: Process;

beforeAll(async () => {
  database = await testDatabase();
  one = await openProcess(database);
  await openOrganization(one.database, 'org');
  await addPerson(one.database, 'org', { id: 'ana', role: 'advisor' });
  await one.access.addUser({
    organization: 'org',
    person: 'ana',
    name: 'Ana',
    email: 'ana@example.com',
    password: PASSWORD,
  });
});
afterAll(async () => {
  await one.stop();
  await database.drop();
});

/** Whoever opens a route to strangers adds it here, where it is seen. */
const PUBLIC = [
  'GET /api/invitations/:token',
  'GET /api/openapi.json',
  'GET /api/setup',
  'GET /api/sign-in-links/:token',
  'GET /healthz',
  'GET /metrics',
  'POST /api/auth/request-password-reset',
  'POST /api/auth/reset-password',
  'POST /api/auth/sign-in/email',
  'POST /api/auth/sign-out',
  'POST /api/auth/two-factor/verify-backup-code',
  'POST /api/auth/two-factor/verify-totp',
  'POST /api/invitations/:token',
  'POST /api/setup',
  'POST /api/sign-in-links/:token',
];

describe('routes', () => {
  it('say who may call them; these are open to strangers, and no others', () => {
    const { routes } = one.http;
    const known = new Set<string>([...permissionNames, 'public', 'signed-in', 'key']);
    expect(routes.filter(({ may }) => !known.has(may))).toEqual([]);
    const open = routes
      .filter(({ may, method }) => may === 'public' && method !== 'HEAD')
      .map(({ method, url }) => `${method} ${url}`);
    expect(open.toSorted()).toEqual(PUBLIC);
  });

  it('all others refuse strangers', async () => {
    for (const { method, url, may } of one.http.routes) {
      if (may === 'public' || method === 'HEAD') continue;
      const answer = await one.http.app.inject({
        method: method as 'GET',
        url: url.replaceAll(/:\w+/g, 'x'),
      });
      expect([answer.statusCode, `${method} ${url}`]).toEqual([401, `${method} ${url}`]);
    }
  });
});

describe('the line of live updates', () => {
  it('brings what concerns the person, and ends with their access', async () => {
    const address = await one.http.listen({ host: '127.0.0.1', port: 0 });
    const browser = one.browser();
    await browser.signIn('ana@example.com');
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    expect((await fetch(`${address}/api/live`)).status).toBe(401);
    const answer = await fetch(`${address}/api/live`, { headers: { cookie } });
    let text = '';
    const reading = (async () => {
      const decoder = new TextDecoder();
      for await (const chunk of answer.body ?? []) text += decoder.decode(chunk);
    })();
    await vi.waitFor(() => expect(text).toContain('event: hello'));
    one.live.publish('org', [
      { topic: 'leads', lead: 'L1', person: 'beto' },
      { topic: 'leads', lead: 'L2', person: 'ana' },
    ]);
    await vi.waitFor(() => expect(text).toContain('L2'));
    expect(text).not.toContain('L1');
    await one.access.endAccess('org', 'ana');
    await reading;
    expect(one.live.streams()).toBe(0);
  });
});
