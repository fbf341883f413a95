/**
 * Sends e-mail by SMTP.
 *
 * SMTP has no way to ask what became of a message, so the line between "certainly not sent" and "may have been sent"
 * must be exact: it is the moment the server has taken the envelope and we begin to hand over the body. That is why
 * this stands on nodemailer's connection and not on its transport, whose errors do not tell on which side they fell.
 * The Message-ID is made from our own id: should a person decide to send again, mail servers and readers see a repeat.
 */
import { Readable } from 'node:stream';
import MailComposer from 'nodemailer/lib/mail-composer';
import { parseConnectionUrl } from 'nodemailer/lib/shared';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { z } from 'zod';
import { MINUTE, SECOND } from '../platform/time.ts';
import type { MessageChannel, OutgoingMessage, Outcome, RefusalEffect } from './channel.ts';
import { emailHeaders, type EmailParts } from './email-headers.ts';

export interface EmailSender {
  /** `smtp://user:password@host:587`, `smtps://…`; options as nodemailer's connection URL. */
  readonly url: string;
  readonly from: { readonly name: string; readonly address: string };
  /** Where bounces go (the envelope's sender); the from address when absent. */
  readonly bounceAddress?: string;
  readonly replyTo?: string;
  readonly connectMilliseconds?: number;
  /** Of silence, at any moment of the conversation. */
  readonly silenceMilliseconds?: number;
}

const CONNECT_MILLISECONDS = 10 * SECOND;
const SILENCE_MILLISECONDS = 30 * SECOND;
/** Greylisting asks for some minutes; queues of a busy server clear in about as long. */
const FIRST_RETRY_MILLISECONDS = MINUTE;
const RETRY_MILLISECONDS_MAX = 30 * MINUTE;
const ATTEMPTS_MAX = 10;

export function emailChannel(sender: EmailSender): MessageChannel {
  return {
    name: 'email',
    async send(message) {
      const parts = emailHeaders(message, sender);
      if ('outcome' in parts) return parts;
      return deliver(sender, message, parts, await composed(parts));
    },
  };
}

function composed(parts: EmailParts): Promise<Buffer> {
  // No file or address is ever read into a message: its parts come from people.
  return new MailComposer({ ...parts.mail, disableFileAccess: true, disableUrlAccess: true })
    .compile()
    .build();
}

async function deliver(
  sender: EmailSender,
  message: OutgoingMessage,
  parts: EmailParts,
  raw: Buffer,
): Promise<Outcome> {
  const options = parseConnectionUrl(sender.url);
  const connection = new SMTPConnection({
    ...options,
    connectionTimeout: sender.connectMilliseconds ?? CONNECT_MILLISECONDS,
    greetingTimeout: sender.connectMilliseconds ?? CONNECT_MILLISECONDS,
    socketTimeout: sender.silenceMilliseconds ?? SILENCE_MILLISECONDS,
  });
  const body = watchedBody(raw);
  try {
    await new Promise<void>((resolve, reject) => {
      // One listener for everything that happens outside a reply: time-outs, lost connections, TLS.
      connection.on('error', reject);
      connection.connect((error) => {
        if (error) return reject(error);
        const auth = options.auth;
        if (!auth || typeof auth !== 'object') return send();
        connection.login({ credentials: auth }, (refused) => (refused ? reject(refused) : send()));
      });
      const send = () =>
        connection.send(parts.envelope, body.stream, (error) => (error ? reject(error) : resolve()));
    });
    return { outcome: 'accepted', providerId: parts.messageId };
  } catch (error) {
    return outcomeOfSmtp(error, body.handedOver(), message.attempt);
  } finally {
    connection.close();
    body.stream.destroy();
  }
}

/** The body as a stream that remembers whether the server was ever ready for it (its 354 to our DATA). */
function watchedBody(raw: Buffer): { readonly stream: Readable; readonly handedOver: () => boolean } {
  let begun = false;
  const stream = new Readable({
    read() {
      begun = true;
      this.push(raw);
      this.push(null);
    },
  });
  return { stream, handedOver: () => begun };
}

const smtpError = z.object({
  responseCode: z.number().int().optional(),
  response: z.string().optional(),
  code: z.string().optional(),
  command: z.string().optional(),
});
type SmtpError = z.output<typeof smtpError>;

function outcomeOfSmtp(error: unknown, handedOver: boolean, attempt: number): Outcome {
  const told = smtpError.safeParse(error).data ?? {};
  const reply = told.responseCode;
  const why =
    reply === undefined ? `no answer (${told.code ?? 'unknown'})` : `the server answered ${String(reply)}`;
  // A reply is the server's word, even to the body: 4xx and 5xx mean that it did not take the message.
  if (reply === undefined && handedOver) {
    return { outcome: 'unknown', why: `${why} after the message was handed over` };
  }
  const code = reply === undefined ? (told.code ?? 'smtp') : String(reply);
  const effect = effectOf(told);
  if (effect !== undefined) return { outcome: 'refused', code, why, effect };
  if (reply !== undefined && reply >= 500) return { outcome: 'refused', code, why };
  if (attempt >= ATTEMPTS_MAX) {
    return { outcome: 'refused', code, why: `${why}; given up after ${String(attempt)} attempts` };
  }
  return {
    outcome: 'retry',
    afterMilliseconds: Math.min(FIRST_RETRY_MILLISECONDS * 2 ** (attempt - 1), RETRY_MILLISECONDS_MAX),
    scope: reply === undefined || reply === 421 || told.code === 'EAUTH' ? 'sender' : 'message',
    code,
    why,
  };
}

/** Refusals that say something about us or about the address, beyond this one message. */
function effectOf(told: SmtpError): RefusalEffect | undefined {
  const reply = told.responseCode;
  if (told.code === 'EAUTH') return reply === undefined || reply >= 500 ? 'stop-sender' : undefined;
  if (reply === undefined || reply < 500) return undefined;
  if (told.command === 'MAIL FROM') return OUR_ADDRESS_REFUSED.has(reply) ? 'stop-sender' : undefined;
  return told.command === 'RCPT TO' && isNoSuchMailbox(reply, told.response ?? '')
    ? 'channel-unusable'
    : undefined;
}

const OUR_ADDRESS_REFUSED = new Set([530, 550, 553]);
const ADDRESS_REFUSED = new Set([550, 551, 553]);

/**
 * The same 550 also says "no relaying here" and "policy", which speak of us: marking people's addresses bad for those
 * would empty a list in a morning. The enhanced code (RFC 3463) tells them apart; without it, the words do.
 */
function isNoSuchMailbox(reply: number, response: string): boolean {
  const enhanced = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})\b/.exec(response)?.[1];
  if (enhanced !== undefined) return /^5\.(1\.(1|2|3|6|10)|2\.1)$/.test(enhanced);
  return ADDRESS_REFUSED.has(reply) && !/relay|denied|polic|block|spam|authenticat/i.test(response);
}
