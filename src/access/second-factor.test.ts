import { createHmac } from 'node:crypto';
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

let database: TestDatabase;
let one: Process;

beforeAll(async () => {
  database = await testDatabase();
  one = await openProcess(database);
  await openOrganization(one.database, 'org');
});
afterAll(async () => {
  await one.stop();
  await database.drop();
});

async function member(id: string, role: 'advisor' | 'control' = 'advisor'): Promise<Browser> {
  await addPerson(one.database, 'org', { id, role });
  await one.access.addUser({
    organization: 'org',
    person: id,
    name: id,
    email: `${id}@example.com`,
    password: PASSWORD,
  });
  const browser = one.browser();
  await browser.signIn(`${id}@example.com`);
  return browser;
}

/** The code an app shows (RFC 6238), `steps` half-minutes from now. */
function codeOf(secret: string, steps = 0): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 30_000) + steps));
  const hash = createHmac('sha1', base32(secret)).update(counter).digest();
  const at = (hash.at(-1) ?? 0) & 15;
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

function base32(text: string): Buffer {
  const bits = Array.from(text.replaceAll('=', ''), (letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  ).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

async function turnOn(browser: Browser): Promise<{ secret: string; codes: string[] }> {
  const { body } = await browser.post('/api/auth/two-factor/enable', { password: PASSWORD });
  const secret = new URL(String(body['totpURI'])).searchParams.get('secret') ?? '';
  expect((await browser.post('/api/auth/two-factor/verify-totp', { code: codeOf(secret, -1) })).status).toBe(
    200,
  );
  return { secret, codes: body['backupCodes'] as string[] };
}

const verify = (who: Browser, code: string) => who.post('/api/auth/two-factor/verify-totp', { code });

async function spare(email: string, code: string) {
  const next = one.browser();
  await next.signIn(email);
  return next.post('/api/auth/two-factor/verify-backup-code', { code });
}

describe('the second factor', () => {
  it('is on once a code has proven it, asked for at the next sign-in, and takes each code once', async () => {
    const browser = await member('ana');
    expect((await browser.post('/api/auth/two-factor/enable', { password: 'wrong' })).code).toBe(
      'wrong-password',
    );
    const { secret } = await turnOn(browser);
    expect((await browser.get('/api/session')).body).toMatchObject({ user: { twoFactor: true } });
    const next = one.browser();
    expect((await next.signIn('ana@example.com')).body).toMatchObject({ twoFactorRedirect: true });
    expect((await next.get('/api/session')).status).toBe(401);
    expect((await verify(next, '000000')).code).toBe('wrong-code');
    const code = codeOf(secret);
    expect((await verify(next, code)).status).toBe(200);
    expect((await next.get('/api/session')).status).toBe(200);

    const overTheShoulder = one.browser();
    await overTheShoulder.signIn('ana@example.com');
    const again = await verify(overTheShoulder, code);
    expect([again.status, again.code, again.headers['set-cookie']]).toEqual([400, 'wrong-code', undefined]);
    expect((await overTheShoulder.get('/api/session')).status).toBe(401);
    const { rows } = await sql<{ count: number }>`
      select count(*) as count from sessions s join users u on u.id = s.user_id where u.email = 'ana@example.com'`.execute(
      one.database.kysely,
    );
    expect(rows[0]?.count).toBe(2);
  });

  it('gives spare codes, each good once', async () => {
    const browser = await member('beto');
    const { codes } = await turnOn(browser);
    expect(codes).toHaveLength(10);
    expect((await spare('beto@example.com', codes[0] ?? '')).status).toBe(200);
    expect((await spare('beto@example.com', codes[0] ?? '')).code).toBe('wrong-code');
    const renewed = await browser.post('/api/auth/two-factor/generate-backup-codes', { password: PASSWORD });
    expect((renewed.body['backupCodes'] as string[]).length).toBe(10);
    expect((await spare('beto@example.com', codes[1] ?? '')).code).toBe('wrong-code');
  });

  it('asks for the password to be turned off', async () => {
    const browser = await member('carla');
    await turnOn(browser);
    expect((await browser.post('/api/auth/two-factor/disable', { password: 'wrong' })).code).toBe(
      'wrong-password',
    );
    expect((await browser.post('/api/auth/two-factor/disable', { password: PASSWORD })).status).toBe(200);
    expect((await one.browser().signIn('carla@example.com')).body['twoFactorRedirect']).toBeUndefined();
  });

  it('is not asked on a trusted device, until the password changes', async () => {
    const browser = await member('eva');
    const { secret } = await turnOn(browser);
    const phone = one.browser();
    await phone.signIn('eva@example.com');
    await phone.post('/api/auth/two-factor/verify-totp', { code: codeOf(secret), trustDevice: true });
    await phone.post('/api/auth/sign-out');
    expect((await phone.signIn('eva@example.com')).body['twoFactorRedirect']).toBeUndefined();
    const change = { currentPassword: PASSWORD, newPassword: 'otra frase bien larga' };
    expect((await browser.post('/api/auth/change-password', change)).status).toBe(200);
    expect((await phone.signIn('eva@example.com', change.newPassword)).body['twoFactorRedirect']).toBe(true);
  });

  it('stops after a few wrong codes', async () => {
    await turnOn(await member('dario'));
    const next = one.browser();
    await next.signIn('dario@example.com');
    const codes: string[] = [];
    for (let i = 0; i < 7; i += 1)
      codes.push((await next.post('/api/auth/two-factor/verify-totp', { code: '000000' })).code);
    expect(codes).toEqual([...Array.from({ length: 5 }, () => 'wrong-code'), 'code-late', 'code-late']);
  });

  it('where the organization asks it of a role, nothing else opens until it is on, and it stays on', async () => {
    await sql`update organizations set settings = '{"secondFactorRoles":["control"]}' where id = 'org'`.execute(
      one.database.kysely,
    );
    const browser = await member('control', 'control');
    expect((await browser.get('/api/session')).body).toMatchObject({ may: [], needs: 'second-factor' });
    expect((await browser.get('/api/keys')).code).toBe('second-factor-needed');
    await turnOn(browser);
    expect((await browser.get('/api/session')).body['needs']).toBeNull();
    expect((await browser.get('/api/keys')).code).toBe('not-allowed');
    expect((await browser.post('/api/auth/two-factor/disable', { password: PASSWORD })).code).toBe(
      'second-factor-needed',
    );
    expect((await browser.get('/api/session')).body).toMatchObject({ user: { twoFactor: true } });
  });
});
