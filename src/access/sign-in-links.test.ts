import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { HOUR, SECOND } from '../platform/time.ts';
import {
  addPerson,
  leave,
  openOrganization,
  openProcess,
  PASSWORD,
  standingClock,
  testDatabase,
  type Process,
  type TestDatabase,
} from './access-cases.ts';

const path = (token: string) => `/api/sign-in-links/${token}`;

describe('one-time links by which somebody confirmed gets in (contact-center-policy L2)', () => {
  const clock = standingClock();
  let database: TestDatabase;
  let one: Process;
  let two: Process;
  beforeAll(async () => {
    database = await testDatabase();
    one = await openProcess(database, { clock });
    two = await openProcess(database, { clock });
    await openOrganization(one.database, 'org');
    for (const id of ['ana', 'beto', 'caro', 'dani', 'eva', 'gil'])
      await addPerson(one.database, 'org', { id, role: 'advisor' });
    for (const person of ['ana', 'caro', 'dani'])
      await one.access.addUser({
        organization: 'org',
        person,
        name: person,
        email: `${person}@example.com`,
        password: PASSWORD,
      });
  });
  afterAll(async () => {
    await one.stop();
    await two.stop();
    await database.drop();
  });

  const make = async (person: string): Promise<string> => {
    const link = await one.database.inOrganization('org', (tx) =>
      one.access.signInLink(tx, 'org', person, clock.now()),
    );
    return /\/enter\/(.+)$/.exec(link)?.[1] ?? '';
  };

  it('let in once, by the press of the button and not by being looked at; nothing keeps what they hold', async () => {
    const token = await make('ana');
    const browser = one.browser();
    for (let look = 0; look < 3; look += 1)
      expect((await browser.get(path(token))).body).toEqual({
        name: 'Person ana',
        organization: 'Organization org',
        email: null,
        needs: 'nothing',
      });
    const rows = await one.database.inOrganization('org', (tx) =>
      sql<{ all: string }>`select l::text as all from sign_in_links l`.execute(tx),
    );
    expect(rows.rows.length).toBeGreaterThan(0);
    expect(rows.rows.some(({ all }) => all.includes(token))).toBe(false);

    const tries = await Promise.all(
      Array.from({ length: 12 }, async (_, index) => {
        const each = (index % 2 === 0 ? one : two).browser();
        return { each, answer: await each.post(path(token), {}) };
      }),
    );
    const [inside, ...more] = tries.filter(({ answer }) => answer.status === 200);
    expect(more).toEqual([]);
    expect(
      new Set(tries.filter(({ answer }) => answer.status !== 200).map(({ answer }) => answer.code)),
    ).toEqual(new Set(['link-spent']));
    expect((await inside?.each.get('/api/session'))?.body).toMatchObject({
      user: { person: 'ana', role: 'advisor' },
    });
    const cookie = String(inside?.answer.headers['set-cookie']);
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Lax/);
    expect((await browser.get(path(token))).code).toBe('link-spent');
  });

  it('are good through a day and not a second longer; one that is used ends the others of the person', async () => {
    const late = await make('caro');
    clock.pass(24 * HOUR - SECOND);
    expect((await one.browser().get(path(late))).status).toBe(200);
    const other = await make('caro');
    clock.pass(SECOND);
    expect((await one.browser().post(path(late), {})).code).toBe('link-over');
    const newest = await make('caro');
    expect((await one.browser().post(path(newest), {})).status).toBe(200);
    expect((await one.browser().post(path(other), {})).code).toBe('link-spent');
  });

  it('who was never in chooses a password; a common one or none is refused and spends nothing', async () => {
    const token = await make('beto');
    const browser = one.browser();
    expect((await browser.get(path(token))).body).toMatchObject({
      needs: 'password',
      email: 'beto@example.com',
    });
    expect((await browser.post(path(token), {})).code).toBe('password-missing');
    expect((await browser.post(path(token), { password: 'password1234' })).code).toBe('password-common');
    expect((await browser.post(path(token), { password: PASSWORD })).status).toBe(200);
    expect((await browser.get('/api/session')).body).toMatchObject({ user: { person: 'beto' } });
    expect((await one.browser().signIn('beto@example.com')).status).toBe(200);
  });

  it('without an e-mail on the staff they give one, which must be nobody’s', async () => {
    await one.database.inOrganization('org', (tx) =>
      sql`update people set email = null where id = 'eva'`.execute(tx),
    );
    const token = await make('eva');
    const browser = one.browser();
    expect((await browser.get(path(token))).body).toMatchObject({ needs: 'email-and-password', email: null });
    expect((await browser.post(path(token), { password: PASSWORD })).code).toBe('email-missing');
    const taken = { password: `${PASSWORD} otra`, email: 'ana@example.com' };
    expect((await browser.post(path(token), taken)).code).toBe('email-taken');
    expect((await one.browser().signIn('ana@example.com')).status).toBe(200);
    expect((await browser.post(path(token), { password: PASSWORD, email: 'Eva@Example.com' })).status).toBe(
      200,
    );
    expect((await one.browser().signIn('eva@example.com')).status).toBe(200);
  });

  it('never pass by a second factor, and end with the person', async () => {
    await one.database.acrossOrganizations((tx) =>
      sql`update users set two_factor_enabled = true where email = 'dani@example.com'`.execute(tx),
    );
    const guarded = await make('dani');
    expect((await one.browser().get(path(guarded))).code).toBe('link-needs-code');
    expect((await one.browser().post(path(guarded), {})).code).toBe('link-needs-code');
    const gone = await make('gil');
    await leave(one.database, 'org', 'gil');
    expect((await one.browser().post(path(gone), { password: PASSWORD })).code).toBe('link-not-valid');
    expect((await one.browser().get(path('nothing'))).code).toBe('link-not-valid');
  });
});
