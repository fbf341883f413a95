import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { startSmtpSink, type SmtpSink } from '../../simulator/fakes/smtp-sink.ts';
import { emailOf, openFloor, PASSWORD, type Floor } from '../../tests/journeys/floor.ts';
import { openBrowser, type Browser } from '../access/access-cases.ts';
import { createLog } from '../platform/log.ts';

let floor: Floor;
let smtp: SmtpSink;
let administrator: Browser;
const lines: string[] = [];

beforeAll(async () => {
  smtp = await startSmtpSink();
  floor = await openFloor({ log: createLog({ destination: { write: (line) => void lines.push(line) } }) });
  administrator = openBrowser(floor.program.http, '203.0.113.9');
  await administrator.signIn(emailOf('administrator'), PASSWORD);
  for (const person of ['zoe', 'yago', 'xenia'])
    await floor.submit({
      fact: 'person.registered',
      person,
      name: `${person} Nueva`,
      role: 'advisor',
      reportsTo: 'gil',
      zone: null,
      phone: null,
      extension: null,
      internal: true,
      documents: 'complete',
      grade: 'pass',
      signed: true,
      email: emailOf(person),
    });
});
afterAll(async () => {
  await floor.stop();
  await smtp.close();
});

const invite = (person: string) => administrator.post('/api/invitations', { person });
const logged = () => lines.join('');
/** Quoted-printable taken apart. */
const mail = (at: number) =>
  (smtp.received.at(at)?.raw ?? '')
    .replace(/=\r?\n/g, '')
    .replace(/((?:=[0-9A-F]{2})+)/g, (bytes) => Buffer.from(bytes.replaceAll('=', ''), 'hex').toString());
const linkIn = (text: string, path: string) =>
  new RegExp(`http://[^\\s"<>]*/${path}[\\w=?-]+`).exec(text)?.[0];

describe('without mail', () => {
  test('an invitation is on the screen of who invites and in no log', async () => {
    const { body } = await invite('zoe');
    expect(body).toMatchObject({ sent: 'mail-not-set-up', link: expect.stringContaining('/invitations/') });
    expect(logged()).not.toContain('/invitations/');
  });

  test('a link to choose another password is in the log of who runs the installation', async () => {
    await openBrowser(floor.program.http, '203.0.113.9').post('/api/auth/request-password-reset', {
      email: emailOf('ana'),
    });
    await expect.poll(logged).toContain('/reset-password?token=');
  });
});

describe('with mail', () => {
  beforeAll(async () => {
    lines.length = 0;
    const settings = { url: smtp.url, from: { name: 'Pauta', address: 'avisos@example.com' } };
    expect((await administrator.send('PUT', '/api/channels/email', settings)).status).toBe(200);
  });

  test('an invitation goes to its mailbox, and to no screen and no log; it lets the person in', async () => {
    const { body } = await invite('zoe');
    expect(body).toMatchObject({ sent: 'mailed', link: null, email: 'zoe@example.com' });
    expect(smtp.received.at(-1)?.to).toEqual(['zoe@example.com']);
    expect(mail(-1)).toContain('Inmobiliaria de Prueba te invita');
    const link = linkIn(mail(-1), 'invitations/') ?? '';
    const token = link.split('/').at(-1) ?? '';
    expect(token.length).toBeGreaterThan(20);
    expect(logged()).not.toContain(token);
    const browser = openBrowser(floor.program.http, '203.0.113.10');
    expect((await browser.post(`/api/invitations/${token}`, { password: PASSWORD })).status).toBe(200);
    expect((await browser.signIn('zoe@example.com', PASSWORD)).status).toBe(200);
  });

  test('so does a link to choose another password', async () => {
    const before = smtp.received.length;
    await openBrowser(floor.program.http, '203.0.113.11').post('/api/auth/request-password-reset', {
      email: emailOf('beto'),
    });
    await expect.poll(() => smtp.received.length).toBe(before + 1);
    expect(smtp.received.at(-1)?.to).toEqual([emailOf('beto')]);
    expect(linkIn(mail(-1), 'reset-password')).toBeDefined();
    await expect.poll(logged).toContain('"kind":"password-reset"');
    expect(logged()).not.toContain('/reset-password');
  });

  test.each([
    ['yago', { fault: 'refuse', at: 'rcpt', code: 550 }],
    ['xenia', { fault: 'drop', at: 'connect' }],
  ] as const)('%s: refused by the mail server, it is shown and said so', async (person, fault) => {
    smtp.next(fault);
    const { body } = await invite(person);
    expect(body).toMatchObject({ sent: 'not-mailed', link: expect.stringContaining('/invitations/') });
    expect(logged()).not.toContain('/invitations/');
  });
});
