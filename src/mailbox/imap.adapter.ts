/**
 * The mailbox over IMAP: one connection that is told of new mail (IDLE) and asked all the same. Nothing is deleted, moved
 * or marked there: others read it too, and how far we are is ours to remember, by UIDVALIDITY and UID.
 */
import { ImapFlow } from 'imapflow';
import { SECOND } from '../platform/time.ts';
import type { MailboxFault, MailboxSettings } from './mailbox.ts';

const CONNECT_MILLISECONDS = 15 * SECOND;
const SILENCE_MILLISECONDS = 90 * SECOND;

export interface MailAt {
  readonly uid: number;
  /** Null: larger than is read; its headers alone stand in `raw`. */
  readonly raw: Buffer;
  readonly size: number;
  readonly isWhole: boolean;
}

export interface OpenMailbox {
  readonly uidValidity: number;
  /** Those after this one, oldest first, at most so many; larger ones come as their headers. */
  after(uid: number, limit: number, bytesMax: number): Promise<MailAt[]>;
  /** How many mails it holds. */
  count(): number;
  /** False once the connection has ended. */
  isUp(): boolean;
  close(): Promise<void>;
}

export type Opened = { readonly mailbox: OpenMailbox } | { readonly fault: MailboxFault };

/** `onMail`: there may be something new. */
export async function openMailbox(settings: MailboxSettings, onMail: () => void): Promise<Opened> {
  const client = new ImapFlow({
    host: settings.host,
    port: settings.port,
    secure: settings.tls,
    auth: { user: settings.user, pass: settings.password },
    logger: false,
    connectionTimeout: CONNECT_MILLISECONDS,
    greetingTimeout: CONNECT_MILLISECONDS,
    socketTimeout: SILENCE_MILLISECONDS,
    // A server that takes no IDLE is asked NOOP instead.
    maxIdleTime: 60 * SECOND,
  });
  // Without a listener a lost connection would end the process.
  client.on('error', () => undefined);
  client.on('exists', onMail);
  try {
    await client.connect();
  } catch (error) {
    client.close();
    return { fault: faultOf(error) };
  }
  try {
    const opened = await client.mailboxOpen(settings.folder, { readOnly: true });
    return { mailbox: mailboxOf(client, Number(opened.uidValidity)) };
  } catch {
    client.close();
    return { fault: 'folder' };
  }
}

function mailboxOf(client: ImapFlow, uidValidity: number): OpenMailbox {
  return {
    uidValidity,
    async after(uid, limit, bytesMax) {
      // What came while nothing was asked is seen by this session only after a word from the server.
      await client.noop();
      // "n:*" is never empty: it gives the last one even when that comes before n.
      const found = await client.search({ uid: `${uid + 1}:*` }, { uid: true });
      const uids = (found === false || found === undefined ? [] : found)
        .filter((each) => each > uid)
        .toSorted((a, b) => a - b)
        .slice(0, limit);
      const mails: MailAt[] = [];
      for (const each of uids) {
        const about = await client.fetchOne(String(each), { size: true }, { uid: true });
        // Gone since it was listed: somebody deleted it.
        if (about === false || about === undefined) continue;
        const size = about.size ?? 0;
        const isWhole = size <= bytesMax;
        const got = await client.fetchOne(String(each), isWhole ? { source: true } : { headers: true }, {
          uid: true,
        });
        if (got === false || got === undefined) continue;
        const raw = (isWhole ? got.source : got.headers) ?? Buffer.alloc(0);
        mails.push({ uid: each, raw, size, isWhole });
      }
      // From now on it tells by itself; the next question ends it. A server without IDLE is asked by the poll alone.
      client.idle().catch(() => undefined);
      return mails;
    },
    count: () => (client.mailbox === false ? 0 : client.mailbox.exists),
    isUp: () => client.usable,
    close: async () => {
      await client.logout().catch(() => client.close());
    },
  };
}

function faultOf(error: unknown): MailboxFault {
  const told = (error ?? {}) as { readonly authenticationFailed?: unknown; readonly code?: unknown };
  if (told.authenticationFailed === true) return 'sign-in';
  const code = typeof told.code === 'string' ? told.code : '';
  if (/CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME|SSL|TLS/i.test(code)) return 'certificate';
  if (/^(?:E[A-Z]+|NoConnection|CONNECT_TIMEOUT|GREETING_TIMEOUT|UPGRADE_TIMEOUT)$/.test(code))
    return 'unreachable';
  return 'refused';
}
