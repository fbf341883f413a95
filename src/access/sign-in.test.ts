import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { MINUTE, SECOND } from '../platform/time.ts';
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
import { patience } from './lock-out.ts';

let database: TestDatabase;
let one: Process;
let two: Process;
const clock = standingClock();

beforeAll(async () => {
  database = await testDatabase();
  one = await openProcess(database, { clock });
  two = await openProcess(database, { clock });
  await openOrganization(one.database, 'org');
  for (const id of ['ana', 'beto', 'carla', 'dario', 'eva'])
    await addPerson(one.database, 'org', { id, role: 'advisor' });
  for (const person of ['ana', 'beto', 'carla', 'dario', 'eva']) {
    await one.access.addUser({
      organization: 'org',
      person,
      name: person,
      email: `${person}@example.com`,
      password: PASSWORD,
    });
  }
});
afterAll(async () => {
  await one.stop();
  await two.stop();
  await database.drop();
});

const middle = (list: number[] = []) => list.toSorted((a, b) => a - b)[1] ?? 0;

const guessBeto = (i: number, password = 'wrong password') =>
  (i % 2 === 0 ? one : two).browser(`192.0.2.${i}`).signIn('beto@example.com', password);

describe('sign-in', () => {
  it('opens a session on every process, with what the person may do', async () => {
    const browser = one.browser();
    const answer = await browser.signIn('Ana@Example.com');
    expect([answer.status, answer.body['token']]).toEqual([200, undefined]);
    const cookie = String(answer.headers['set-cookie']);
    expect(cookie).toMatch(/^pauta\.session_token=.*HttpOnly.*SameSite=Lax/i);
    const there = two.browser();
    for (const [name, value] of browser.cookies) there.cookies.set(name, value);
    const session = await there.get('/api/session');
    expect(session.body).toMatchObject({
      user: {
        name: 'Person ana',
        email: 'ana@example.com',
        person: 'ana',
        role: 'advisor',
        twoFactor: false,
      },
      organization: { id: 'org', country: 'MX', zone: 'America/Mexico_City', locale: 'es-MX' },
      needs: null,
    });
    expect(session.body['may']).toContain('leads.call');
    expect(session.body['may']).not.toContain('people.manage');
  });

  it('says the same of a wrong password, an unknown user and nonsense, in both languages', async () => {
    const wrong = await one.browser('198.51.100.1').signIn('beto@example.com', 'not the password');
    const unknown = await one.browser('198.51.100.1').signIn('nobody@example.com', 'not the password');
    const nonsense = await one.browser('198.51.100.1').signIn('nobody', 'x');
    for (const answer of [wrong, unknown, nonsense]) {
      expect(answer).toMatchObject({
        status: 401,
        code: 'wrong-credentials',
        message: 'El correo o la contraseña no coinciden.',
      });
    }
    expect(Object.keys(wrong.headers).toSorted()).toEqual(Object.keys(unknown.headers).toSorted());
    const body = { email: 'nobody@example.com', password: 'x' };
    const english = await one
      .browser('198.51.100.1')
      .post('/api/auth/sign-in/email', body, { 'accept-language': 'en' });
    expect(english.message).toBe('The e-mail or the password does not match.');
  });

  it('works as hard for an unknown user as for a known one', async () => {
    const times: Record<string, number[]> = { known: [], unknown: [] };
    for (let i = 0; i < 3; i += 1) {
      for (const [kind, email] of [
        ['known', 'eva@example.com'],
        ['unknown', `nobody${i}@example.com`],
      ] as const) {
        const before = performance.now();
        await one.browser(`198.51.100.${20 + i}`).signIn(email, 'not the password');
        times[kind]?.push(performance.now() - before);
        if (kind === 'known') clock.pass(MINUTE);
      }
    }
    // Hashing takes most of the time; without it the answer would come ten times as fast.
    expect(middle(times['unknown']) / middle(times['known'])).toBeGreaterThan(0.3);
  });

  it('nobody signs up', async () => {
    const answer = await one
      .browser()
      .post('/api/auth/sign-up/email', { email: 'x@example.com', password: PASSWORD, name: 'X' });
    expect([answer.status, answer.code]).toEqual([404, 'not-found']);
  });

  it('a cookie with another signature is nobody', async () => {
    const browser = one.browser();
    await browser.signIn('ana@example.com');
    const cookie = browser.cookies.get('pauta.session_token') ?? '';
    browser.cookies.set('pauta.session_token', `${cookie.slice(0, -6)}AAAA%3D`);
    expect((await browser.get('/api/session')).code).toBe('signed-out');
  });

  it('signing out ends the session', async () => {
    const browser = one.browser();
    await browser.signIn('ana@example.com');
    const kept = new Map(browser.cookies);
    await browser.post('/api/auth/sign-out');
    for (const [name, value] of kept) browser.cookies.set(name, value);
    expect((await browser.get('/api/session')).status).toBe(401);
  });

  it('a session ends when it is idle too long or simply long', async () => {
    const browser = one.browser();
    await browser.signIn('ana@example.com');
    await sql`update sessions set created_at = now() - interval '13 hours' where user_id in
              (select id from users where email = 'ana@example.com')`.execute(one.database.kysely);
    expect((await browser.get('/api/session')).status).toBe(401);
    await browser.signIn('ana@example.com');
    await sql`update sessions set updated_at = now() - interval '2 hours', expires_at = now() + interval '6 hours'
               where created_at > now() - interval '1 hour'`.execute(one.database.kysely);
    expect((await browser.get('/api/session')).status).toBe(200);
    const { rows } = await sql<{ hours: number }>`
      select round(extract(epoch from expires_at - now()) / 3600) as hours from sessions
       order by updated_at desc limit 1`.execute(one.database.kysely);
    expect(rows[0]?.hours).toBe(8);
    await sql`update sessions set expires_at = now() - interval '1 second'`.execute(one.database.kysely);
    expect((await browser.get('/api/session')).status).toBe(401);
  });

  it('requests from other sites are refused', async () => {
    const body = { email: 'ana@example.com', password: PASSWORD };
    const answer = await one
      .browser()
      .post('/api/auth/sign-in/email', body, { origin: 'https://evil.example' });
    expect([answer.status, answer.code]).toEqual([403, 'foreign-origin']);
  });
});

describe('lock-out', () => {
  it('lets nobody guess on, whoever asks from wherever, and forgets after a right one', async () => {
    await guessBeto(90, PASSWORD);
    for (let i = 0; i < 5; i += 1) expect((await guessBeto(i)).code).toBe('wrong-credentials');
    const waits: unknown[] = [];
    for (let i = 5; i < 9; i += 1) {
      const refused = await guessBeto(i, PASSWORD);
      expect([refused.status, refused.code]).toEqual([429, 'too-many-tries']);
      waits.push(refused.headers['retry-after']);
      clock.pass(Number(refused.headers['retry-after']) * SECOND);
      expect((await guessBeto(i)).code).toBe('wrong-credentials');
    }
    expect(waits).toEqual([5, 10, 20, 40].map((seconds) => String(seconds)));
    clock.pass(15 * MINUTE);
    expect((await guessBeto(50, PASSWORD)).status).toBe(200);
    expect((await guessBeto(51)).code).toBe('wrong-credentials');
    expect((await guessBeto(52, PASSWORD)).status).toBe(200);
  });

  it('treats an unknown account just the same', async () => {
    const codes: string[] = [];
    for (let i = 0; i < 6; i += 1)
      codes.push((await one.browser(`192.0.2.${100 + i}`).signIn('ghost@example.com')).code);
    expect(codes).toEqual([...Array.from({ length: 5 }, () => 'wrong-credentials'), 'too-many-tries']);
  });

  it('counts a hundred at once one by one', async () => {
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, i) =>
        (i % 2 ? one : two).browser(`192.0.2.${i}`).signIn('carla@example.com', 'wrong password'),
      ),
    );
    expect(answers.filter(({ code }) => code === 'wrong-credentials')).toHaveLength(5);
    clock.pass(15 * MINUTE);
  });

  it('makes an address wait that goes through many accounts; of IPv6 its /64', async () => {
    const guess = (i: number) => one.browser(`2001:db8:1:2::${i}`).signIn(`guess${i}@example.com`, 'x');
    await guess(1);
    await sql`update sign_in_attempts set failures = ${patience.address.free} where key = 'address:2001:db8:1:2::/64'`.execute(
      one.database.kysely,
    );
    expect((await guess(2)).code).toBe('wrong-credentials');
    expect((await guess(3)).code).toBe('too-many-tries');
    expect((await one.browser('2001:db8:1:3::1').signIn('dario@example.com')).status).toBe(200);
  });
});

describe('a leaver', () => {
  it('is out at the next request, on every process, and cannot come back', async () => {
    const [here, there] = [one.browser(), two.browser()];
    await here.signIn('dario@example.com');
    await there.signIn('dario@example.com');
    expect((await there.get('/api/session')).status).toBe(200);
    const texts: string[] = [];
    let ended = false;
    const user = await one.access.userOf('org', 'dario');
    two.live.subscribe({
      organization: 'org',
      subscriber: user ?? '',
      sees: () => true,
      lastEventId: null,
      sink: { write: (text) => void texts.push(text), unreadBytes: () => 0, end: () => void (ended = true) },
    });
    await leave(one.database, 'org', 'dario');
    expect((await there.get('/api/session')).code).toBe('signed-out');
    await one.access.endAccess('org', 'dario');
    expect((await here.get('/api/session')).code).toBe('signed-out');
    await vi.waitFor(() => expect(ended).toBe(true));
    expect((await here.signIn('dario@example.com')).code).toBe('wrong-credentials');
    expect(
      (await one.browser().post('/api/auth/request-password-reset', { email: 'dario@example.com' })).status,
    ).toBe(200);
    expect(one.messages.filter(({ to }) => to === 'dario@example.com')).toEqual([]);
    const { rows } =
      await sql`select 1 from sessions s join users u on u.id = s.user_id where u.email = 'dario@example.com'`.execute(
        one.database.kysely,
      );
    expect(rows).toEqual([]);
  });
});

describe('where one is signed in', () => {
  it('is listed without tokens, and ended one by one or all others', async () => {
    const [desk, phone, other] = [one.browser(), one.browser(), one.browser()];
    for (const browser of [desk, phone, other]) await browser.signIn('eva@example.com');
    const list = (await desk.get('/api/auth/list-sessions')).body as unknown as {
      id: string;
      token: string;
    }[];
    expect(list.length).toBeGreaterThanOrEqual(3);
    const cookies = [desk, phone, other].map(({ cookies }) =>
      decodeURIComponent(cookies.get('pauta.session_token') ?? ''),
    );
    for (const { id, token } of list) {
      expect(token).toBe(id);
      expect(cookies.some((cookie) => cookie.startsWith(token))).toBe(false);
    }
    const phoneSession = ((await phone.get('/api/auth/get-session')).body['session'] as { id: string }).id;
    expect((await desk.post('/api/auth/revoke-session', { token: phoneSession })).status).toBe(200);
    expect((await phone.get('/api/session')).status).toBe(401);
    expect((await desk.post('/api/auth/revoke-session', { token: phoneSession })).code).toBe(
      'no-such-session',
    );
    await desk.post('/api/auth/revoke-other-sessions');
    expect((await other.get('/api/session')).status).toBe(401);
    expect((await desk.get('/api/session')).status).toBe(200);
  });

  it('nobody ends somebody else’s', async () => {
    const [eva, ana] = [one.browser(), one.browser()];
    await eva.signIn('eva@example.com');
    await ana.signIn('ana@example.com');
    const { id } = (await eva.get('/api/auth/get-session')).body['session'] as { id: string };
    expect((await ana.post('/api/auth/revoke-session', { token: id })).code).toBe('no-such-session');
    expect((await eva.get('/api/session')).status).toBe(200);
  });
});

describe('passwords', () => {
  it('are changed with the old one, and the others are signed out', async () => {
    const [desk, phone] = [one.browser(), one.browser()];
    await desk.signIn('eva@example.com');
    await phone.signIn('eva@example.com');
    const change = (currentPassword: string, newPassword: string) =>
      desk.post('/api/auth/change-password', { currentPassword, newPassword, revokeOtherSessions: true });
    expect((await change('wrong', 'otra frase bien larga')).code).toBe('wrong-password');
    expect((await change(PASSWORD, 'corta')).body).toMatchObject({
      error: { code: 'not-valid', field: 'newPassword', message: 'Escribe al menos 12 caracteres.' },
    });
    expect((await change(PASSWORD, 'Contraseña1234')).body).toMatchObject({
      error: { code: 'password-common', field: 'newPassword' },
    });
    expect((await change(PASSWORD, 'otra frase bien larga')).status).toBe(200);
    expect((await desk.get('/api/session')).status).toBe(200);
    expect((await phone.get('/api/session')).status).toBe(401);
    expect((await one.browser('192.0.2.200').signIn('eva@example.com')).code).toBe('wrong-credentials');
    expect((await one.browser('192.0.2.200').signIn('eva@example.com', 'otra frase bien larga')).status).toBe(
      200,
    );
  });

  it('are reset by a link that works once, and every session ends', async () => {
    const desk = one.browser();
    await desk.signIn('beto@example.com');
    const ask = (email: string) =>
      one.browser('192.0.2.201').post('/api/auth/request-password-reset', { email });
    expect([(await ask('beto@example.com')).body, (await ask('nobody@example.com')).body]).toEqual([
      { status: true },
      { status: true },
    ]);
    await vi.waitFor(() => expect(one.messages.map(({ to }) => to)).toContain('beto@example.com'));
    const message = one.messages.find(({ to }) => to === 'beto@example.com');
    expect(message).toMatchObject({ kind: 'password-reset', organization: 'org', person: 'beto' });
    const token = new URL(message?.link ?? '').searchParams.get('token');
    const reset = (newPassword: string) =>
      two.browser().post('/api/auth/reset-password', { token, newPassword });
    expect((await reset('password1234')).code).toBe('password-common');
    expect((await reset('mi nueva frase larga')).status).toBe(200);
    expect((await reset('mi tercera frase larga')).code).toBe('link-not-valid');
    expect((await desk.get('/api/session')).status).toBe(401);
    expect((await one.browser().signIn('beto@example.com', 'mi nueva frase larga')).status).toBe(200);
    const { rows } = await sql<{ identifier: string }>`select identifier from verifications`.execute(
      one.database.kysely,
    );
    expect(rows.some(({ identifier }) => token !== null && identifier.includes(token))).toBe(false);
  });
});

describe('language', () => {
  it('one’s own goes before the browser’s', async () => {
    const browser = one.browser();
    await browser.signIn('ana@example.com');
    await browser.send('PUT', '/api/account/language', { language: 'en' });
    const refused = await browser.get('/api/keys', { 'accept-language': 'es' });
    expect(refused.message).toBe('Your role does not allow this. Ask whoever administers Pauta.');
    await browser.send('PUT', '/api/account/language', { language: null });
    expect((await browser.get('/api/keys', { 'accept-language': 'es' })).message).toContain(
      'Tu rol no permite',
    );
  });
});
