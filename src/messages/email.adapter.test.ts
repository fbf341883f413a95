import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startSmtpSink, type SmtpFault, type SmtpSink } from '../../simulator/fakes/smtp-sink.ts';
import type { Content, MessageChannel, OutgoingMessage } from './channel.ts';
import { emailChannel } from './email.adapter.ts';
import { isOneAddress, messageIdOf } from './email-headers.ts';

let sink: SmtpSink;
let channel: MessageChannel;
/** For the server that never answers: nodemailer's time-out is a timer of its own and cannot be given a clock. */
let impatient: MessageChannel;
let before = 0;

beforeAll(async () => {
  sink = await startSmtpSink();
  const sender = {
    url: sink.url,
    from: { name: 'Pauta, avisos', address: 'avisos@example.com' },
    bounceAddress: 'rebotes@example.com',
  };
  channel = emailChannel(sender);
  impatient = emailChannel({ ...sender, silenceMilliseconds: 500 });
});
afterAll(() => sink.close());
beforeEach(() => {
  before = sink.received.length;
});

const letter: Content = {
  kind: 'email',
  subject: 'Invitación',
  text: 'Hola, Ñandú',
  html: '<p>Hola, Ñandú</p>',
};

function message(content: Content = letter, more: Partial<OutgoingMessage> = {}): OutgoingMessage {
  return {
    id: 'm-1',
    to: { kind: 'email', address: 'ana@example.com', name: 'Ana Prueba' },
    content,
    attempt: 1,
    ...more,
  };
}

function last(): string {
  return (sink.received.at(-1)?.raw ?? '').replaceAll('\r\n ', ' ');
}

describe('an e-mail', () => {
  it('goes out in plain text and HTML, from the bounce address, with a Message-ID of our id', async () => {
    expect(await channel.send(message())).toEqual({
      outcome: 'accepted',
      providerId: messageIdOf('m-1', 'avisos@example.com'),
    });
    expect(sink.received.at(-1)).toMatchObject({ from: 'rebotes@example.com', to: ['ana@example.com'] });
    expect(last()).toContain(`Message-ID: ${messageIdOf('m-1', 'avisos@example.com')}`);
    expect(last()).toMatch(/text\/plain[\s\S]*text\/html/);
    expect(last()).toContain('Auto-Submitted: auto-generated');
    expect(last()).not.toContain('List-Unsubscribe');
  });

  it('a repeat has the same Message-ID, another message another', async () => {
    expect(messageIdOf('m-1', 'a@example.com')).toBe(messageIdOf('m-1', 'a@example.com'));
    expect(messageIdOf('m-2', 'a@example.com')).not.toBe(messageIdOf('m-1', 'a@example.com'));
  });

  it('advertising offers the way out in its headers', async () => {
    const unsubscribe = { url: 'https://pauta.example.com/out/abc', mailto: 'bajas@example.com' };
    await channel.send(message({ kind: 'email', subject: 's', text: 't', unsubscribe }));
    expect(last()).toContain(
      'List-Unsubscribe: <mailto:bajas@example.com>, <https://pauta.example.com/out/abc>',
    );
    expect(last()).toContain('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
  });
});

describe('what the server says', () => {
  const cases: [name: string, fault: SmtpFault, expected: Record<string, unknown>][] = [
    [
      'busy at the door',
      { fault: 'refuse', at: 'connect', code: 421 },
      { outcome: 'retry', scope: 'sender' },
    ],
    [
      'greylisted',
      { fault: 'refuse', at: 'rcpt', code: 450 },
      { outcome: 'retry', scope: 'message', code: '450' },
    ],
    [
      'no such mailbox',
      { fault: 'refuse', at: 'rcpt', code: 550 },
      { outcome: 'refused', effect: 'channel-unusable' },
    ],
    [
      'our address refused',
      { fault: 'refuse', at: 'mail', code: 550 },
      { outcome: 'refused', effect: 'stop-sender' },
    ],
    ['too large', { fault: 'refuse', at: 'mail', code: 552 }, { outcome: 'refused', code: '552' }],
    [
      'storage full after the body',
      { fault: 'refuse', at: 'data', code: 452 },
      { outcome: 'retry', code: '452' },
    ],
    [
      'content refused after the body',
      { fault: 'refuse', at: 'data', code: 554 },
      { outcome: 'refused', code: '554' },
    ],
    ['dropped before the body', { fault: 'drop', at: 'rcpt' }, { outcome: 'retry' }],
    ['dropped after the body', { fault: 'drop', at: 'data', taken: true }, { outcome: 'unknown' }],
    ['silent after the body, taken', { fault: 'hang', taken: true }, { outcome: 'unknown' }],
    ['silent after the body, lost', { fault: 'hang', taken: false }, { outcome: 'unknown' }],
  ];
  it.each(cases)('%s', async (_, fault, expected) => {
    sink.next(fault);
    expect(await (fault.fault === 'hang' ? impatient : channel).send(message())).toMatchObject(expected);
    expect(sink.received.length - before).toBe('taken' in fault && fault.taken ? 1 : 0);
  });

  it.each([
    ['no relaying here', 'relay not permitted', undefined],
    ['policy, by its enhanced code', '5.7.1 not today', undefined],
    ['nobody of that name, by its enhanced code', '5.1.1 no such person', 'channel-unusable'],
    ['nobody of that name, in words', 'no such user', 'channel-unusable'],
  ])('550 at the recipient: %s', async (_, text, effect) => {
    sink.next({ fault: 'refuse', at: 'rcpt', code: 550, text });
    const outcome = await channel.send(message());
    expect(outcome).toMatchObject({ outcome: 'refused', code: '550' });
    expect('effect' in outcome ? outcome.effect : undefined).toBe(effect);
  });

  it('nobody listens', async () => {
    const closed = await startSmtpSink();
    await closed.close();
    const lost = emailChannel({ url: closed.url, from: { name: 'x', address: 'x@example.com' } });
    expect(await lost.send(message())).toMatchObject({ outcome: 'retry', scope: 'sender' });
  });

  it('patience ends', async () => {
    sink.next({ fault: 'refuse', at: 'rcpt', code: 450 });
    expect(await channel.send(message(letter, { attempt: 10 }))).toMatchObject({
      outcome: 'refused',
      code: '450',
    });
  });
});

describe('header injection', () => {
  it('line breaks in a subject, a name or a header stay in their line', async () => {
    const content: Content = {
      kind: 'email',
      subject: 'Hola\r\nBcc: otra@example.com\u2028X: y',
      text: 't',
      headers: { 'X-Lead': 'L1\r\nBcc: otra@example.com' },
    };
    const to = { kind: 'email', address: 'ana@example.com', name: 'Ana\r\nBcc: otra@example.com' } as const;
    await channel.send(message(content, { to }));
    expect(sink.received.at(-1)?.to).toEqual(['ana@example.com']);
    expect(sink.received.at(-1)?.raw).not.toMatch(/^(Bcc|X):/m);
  });

  it.each([
    'ana@example.com, otra@example.com',
    'ana@example.com\r\nBcc: otra@example.com',
    'Ana <ana@example.com>',
    'ana@example.com>',
    '"a b"@example.com',
    'ana@',
    '@example.com',
    'ana',
    '',
  ])('not one address: %j', async (address) => {
    expect(isOneAddress(address)).toBe(false);
    expect(await channel.send(message(letter, { to: { kind: 'email', address } }))).toMatchObject({
      code: 'bad-address',
    });
    expect(sink.received.length).toBe(before);
  });

  it.each([{ Bcc: 'x@example.com' }, { 'message-id': '<x@y>' }, { 'X-A\r\nBcc': 'x' }, { 'X A': 'x' }])(
    'header %j',
    async (headers) => {
      expect(await channel.send(message({ kind: 'email', subject: 's', text: 't', headers }))).toMatchObject({
        code: 'bad-header',
      });
    },
  );
});
