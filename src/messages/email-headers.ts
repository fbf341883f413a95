/**
 * What stands in the headers and the envelope of one e-mail. Pure.
 *
 * Header injection: a name, a subject or an address may come from a stranger's form. Control characters never reach a
 * header, an address that is not exactly one address is refused, and extra headers cannot replace the fixed ones.
 */
import { createHash } from 'node:crypto';
import type { EmailContent, OutgoingMessage, Outcome } from './channel.ts';
import { unsuited } from './channel.ts';

const SUBJECT_CHARACTERS_MAX = 250;

export interface EmailParts {
  readonly messageId: string;
  readonly envelope: { readonly from: string; readonly to: string[] };
  readonly mail: {
    readonly from: Mailbox;
    readonly to: Mailbox;
    readonly replyTo?: string;
    readonly subject: string;
    readonly text: string;
    readonly html?: string;
    readonly messageId: string;
    readonly headers: Record<string, string>;
  };
}

interface Mailbox {
  readonly name: string;
  readonly address: string;
}

interface From {
  readonly from: Mailbox;
  readonly bounceAddress?: string;
  readonly replyTo?: string;
}

export function emailHeaders(message: OutgoingMessage, sender: From): EmailParts | Outcome {
  const { to, content } = message;
  if (to.kind !== 'email') return unsuited('email', `an address of kind ${to.kind}`);
  if (!isOneAddress(to.address))
    return { outcome: 'refused', code: 'bad-address', why: 'not an e-mail address' };
  const letter = letterOf(content);
  if (!letter) return unsuited('email', `content of kind ${content.kind}`);
  const extra = extraHeaders(letter);
  if ('refusal' in extra) return extra.refusal;
  const replyTo = letter.replyTo ?? sender.replyTo;
  const messageId = messageIdOf(message.id, sender.from.address);
  return {
    messageId,
    envelope: { from: sender.bounceAddress ?? sender.from.address, to: [to.address] },
    mail: {
      from: { name: oneLine(letter.fromName ?? sender.from.name), address: sender.from.address },
      to: { name: oneLine(to.name ?? ''), address: to.address },
      ...(replyTo === undefined ? {} : { replyTo }),
      subject: oneLine(letter.subject).slice(0, SUBJECT_CHARACTERS_MAX),
      text: letter.text,
      ...(letter.html === undefined ? {} : { html: letter.html }),
      messageId,
      headers: extra.headers,
    },
  };
}

/** The same for every attempt at one outbox row. Hashed: an id of ours tells nobody outside anything. */
export function messageIdOf(id: string, fromAddress: string): string {
  const domain = fromAddress.slice(fromAddress.lastIndexOf('@') + 1);
  return `<${createHash('sha256').update(id).digest('hex').slice(0, 40)}@${domain}>`;
}

/** One address in its plain form. What mailboxes of people look like; quoted local parts are not among them. */
export function isOneAddress(text: string): boolean {
  return (
    text.length <= 254 &&
    /^[^\s<>()[\],;:\\"@\p{Cc}\p{Cf}]{1,64}@[\p{L}\p{N}](?:[\p{L}\p{N}.-]*[\p{L}\p{N}])?$/u.test(text)
  );
}

function letterOf(content: OutgoingMessage['content']): EmailContent | undefined {
  if (content.kind === 'email') return content;
  if (content.kind !== 'text' || content.subject === undefined) return undefined;
  return { kind: 'email', subject: content.subject, text: content.text };
}

/** RFC 3834: so that out-of-office replies and loops stop here. */
const AUTOMATIC = { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All' } as const;

const FIXED = new Set(
  (
    'from to cc bcc sender reply-to return-path subject date message-id mime-version content-type ' +
    'content-transfer-encoding list-unsubscribe list-unsubscribe-post auto-submitted'
  ).split(' '),
);

function extraHeaders(
  letter: EmailContent,
): { readonly headers: Record<string, string> } | { readonly refusal: Outcome } {
  const headers: Record<string, string> = letter.written === true ? {} : { ...AUTOMATIC };
  for (const [name, value] of Object.entries(letter.headers ?? {})) {
    if (!/^[A-Za-z][A-Za-z0-9-]{0,63}$/.test(name) || FIXED.has(name.toLowerCase())) {
      return refusedHeader('a header that may not be set from outside');
    }
    headers[name] = oneLine(value);
  }
  if (!letter.unsubscribe) return { headers };
  const { url, mailto } = letter.unsubscribe;
  const ways = [...(mailto === undefined ? [] : [`mailto:${mailto}`]), url];
  if (!url.startsWith('https://') || ways.some((way) => /[\s<>,]/.test(way))) {
    return refusedHeader('the way to unsubscribe is not an https address');
  }
  headers['List-Unsubscribe'] = ways.map((way) => `<${way}>`).join(', ');
  // RFC 8058: the reader's own "unsubscribe" button posts to the https address, without a page.
  headers['List-Unsubscribe-Post'] = 'List-Unsubscribe=One-Click';
  return { headers };
}

function refusedHeader(why: string): { readonly refusal: Outcome } {
  return { refusal: { outcome: 'refused', code: 'bad-header', why } };
}

function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}
