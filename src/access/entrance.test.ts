import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { HOUR } from '../platform/time.ts';
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

const FIRST_RUN = {
  organization: { name: 'Casa Norte', country: 'CO', zone: 'America/Bogota' },
  administrator: { name: 'Adela Ríos', email: 'Adela@example.com', password: PASSWORD },
};

const tokenIn = (link: unknown) => String(link).split('/').at(-1) ?? '';

describe('the first run', () => {
  let database: TestDatabase;
  let one: Process;
  let two: Process;
  beforeAll(async () => {
    database = await testDatabase();
    one = await openProcess(database);
    two = await openProcess(database);
  });
  afterAll(async () => {
    await one.stop();
    await two.stop();
    await database.drop();
  });

  it('is needed, checks what it is given, is won by one of many at once, and closes', async () => {
    expect((await one.browser().get('/api/setup')).body).toEqual({ needed: true });
    const wrong = { ...FIRST_RUN, organization: { ...FIRST_RUN.organization, zone: 'Mars/Base' } };
    expect((await one.browser().post('/api/setup', wrong)).body).toMatchObject({
      error: { code: 'not-valid', field: 'organization.zone' },
    });
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) => (i % 2 ? one : two).browser().post('/api/setup', FIRST_RUN)),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(new Set(answers.filter(({ status }) => status !== 200).map(({ code }) => code))).toEqual(
      new Set(['already-set-up']),
    );
    expect((await two.browser().get('/api/setup')).body).toEqual({ needed: false });

    const browser = one.browser();
    expect((await browser.signIn('adela@example.com')).status).toBe(200);
    const session = await browser.get('/api/session');
    expect(session.body).toMatchObject({
      user: { name: 'Adela Ríos', role: 'administrator' },
      organization: { name: 'Casa Norte', country: 'CO', locale: 'es-CO' },
    });
    expect(session.body['may']).toEqual(
      expect.arrayContaining(['health.see', 'people.manage', 'keys.manage']),
    );
  });
});

describe('invitations', () => {
  const clock = standingClock();
  let database: TestDatabase;
  let one: Process;
  beforeAll(async () => {
    database = await testDatabase();
    one = await openProcess(database, { clock });
    await openOrganization(one.database, 'org');
    await addPerson(one.database, 'org', { id: 'adela', role: 'administrator' });
    await one.access.addUser({
      organization: 'org',
      person: 'adela',
      name: 'Adela',
      email: 'adela@example.com',
      password: PASSWORD,
    });
  });
  afterAll(async () => {
    await one.stop();
    await database.drop();
  });

  const invite = async (person: string, email?: string) => {
    const browser = one.browser();
    await browser.signIn('adela@example.com');
    return browser.post('/api/invitations', { person, ...(email === undefined ? {} : { email }) });
  };
  const accept = (token: string, password = PASSWORD) =>
    one.browser().post(`/api/invitations/${token}`, { password, name: 'Otro nombre' });

  it('give a link, which shows who is meant and lets them in once', async () => {
    await addPerson(one.database, 'org', { id: 'ana', role: 'advisor' });
    const invited = await invite('ana');
    expect(invited.body).toMatchObject({ email: 'ana@example.com' });
    expect(one.messages.at(-1)).toMatchObject({
      kind: 'invitation',
      organization: 'org',
      person: 'ana',
      link: invited.body['link'],
    });
    const token = tokenIn(invited.body['link']);
    const page = await one.browser().get(`/api/invitations/${token}`);
    expect(page.body).toEqual({
      name: 'Person ana',
      email: 'ana@example.com',
      role: 'advisor',
      organization: 'Organization org',
    });
    const kept = await one.database.inOrganization('org', (tx) =>
      sql<{ all: string }>`select invitations::text as all from invitations`.execute(tx),
    );
    expect(kept.rows.some(({ all }) => all.includes(token))).toBe(false);

    expect((await accept(token, 'password1234')).code).toBe('password-common');
    const [first, second] = await Promise.all([accept(token), accept(token)]);
    expect([first.status, second.status].toSorted((a, b) => a - b)).toEqual([200, 410]);
    expect((await accept(token)).code).toBe('link-used');
    const ana = one.browser();
    await ana.signIn('ana@example.com');
    expect((await ana.get('/api/session')).body).toMatchObject({
      user: { name: 'Person ana', person: 'ana', role: 'advisor' },
    });
    expect((await invite('ana')).code).toBe('has-access');
  });

  it('end: by time, by a newer one, taken back, or with the person', async () => {
    for (const id of ['late', 'newer', 'back', 'gone'])
      await addPerson(one.database, 'org', { id, role: 'advisor' });
    const late = tokenIn((await invite('late')).body['link']);
    clock.pass(7 * 24 * HOUR);
    expect((await accept(late)).code).toBe('link-expired');
    const older = tokenIn((await invite('newer')).body['link']);
    const newer = tokenIn((await invite('newer')).body['link']);
    expect((await accept(older)).code).toBe('link-not-valid');
    expect((await accept(newer)).status).toBe(200);
    const back = await invite('back');
    const browser = one.browser();
    await browser.signIn('adela@example.com');
    const open = (await browser.get('/api/invitations')).body['invitations'] as { person: string }[];
    expect(open.map(({ person }) => person)).toEqual(['back']);
    expect((await browser.send('DELETE', `/api/invitations/${String(back.body['id'])}`)).status).toBe(200);
    expect((await accept(tokenIn(back.body['link']))).code).toBe('link-not-valid');
    const gone = tokenIn((await invite('gone')).body['link']);
    await leave(one.database, 'org', 'gone');
    expect((await accept(gone)).code).toBe('link-not-valid');
    expect((await accept('nonsense')).code).toBe('link-not-valid');
  });

  it('are refused for who is not on the staff, has no e-mail, or whose e-mail is another’s', async () => {
    expect((await invite('nobody')).code).toBe('no-such-person');
    await addPerson(one.database, 'org', { id: 'twin', role: 'advisor' });
    const token = tokenIn((await invite('twin', 'adela@example.com')).body['link']);
    expect((await accept(token)).code).toBe('email-taken');
    expect((await one.browser().signIn('adela@example.com')).status).toBe(200);
    const mended = tokenIn((await invite('twin', 'twin2@example.com')).body['link']);
    expect((await accept(mended)).status).toBe(200);
  });

  it('another organization’s people cannot be invited, nor its link be read as ours', async () => {
    await openOrganization(one.database, 'other');
    await addPerson(one.database, 'other', { id: 'zoe', role: 'advisor' });
    expect((await invite('zoe')).code).toBe('no-such-person');
    const foreign = await one.access.invite({ organization: 'other', person: 'zoe', email: null, by: 'zoe' });
    const page = await one.browser().get(`/api/invitations/${tokenIn(foreign.link)}`);
    expect(page.body['organization']).toBe('Organization other');
    expect((await accept(tokenIn(foreign.link))).status).toBe(200);
    const zoe = one.browser();
    await zoe.signIn('zoe@example.com');
    expect((await zoe.get('/api/session')).body).toMatchObject({ organization: { id: 'other' } });
  });

  it('only by who manages people', async () => {
    const ana = one.browser();
    await ana.signIn('ana@example.com');
    expect((await ana.post('/api/invitations', { person: 'ana' })).code).toBe('not-allowed');
    expect((await one.browser().post('/api/invitations', { person: 'ana' })).code).toBe('signed-out');
  });

  it('a leaver comes back by a new one', async () => {
    await one.access.endAccess('org', 'ana');
    expect((await one.browser().signIn('ana@example.com')).code).toBe('wrong-credentials');
    const token = tokenIn((await invite('ana')).body['link']);
    expect((await accept(token, 'una frase nueva y larga')).status).toBe(200);
    expect((await one.browser().signIn('ana@example.com', 'una frase nueva y larga')).status).toBe(200);
  });
});
