import { listOrganizations } from '../decisions/index.ts';
import { MINUTE, plus, SECOND } from '../platform/time.ts';
import { createWorker, type Worker, type WorkMetrics } from '../platform/work.ts';
import type { OpenMailbox } from './imap.adapter.ts';
import type { Mailbox } from './mailbox.ts';
import { mailKey } from './mail-key.ts';
import {
  finishMail,
  holdMailbox,
  leaveMailbox,
  noteMailbox,
  readMailbox,
  restartMailbox,
  storeMail,
  takeMails,
} from './mails.store.ts';
import { MAIL_BYTES_MAX } from './parse-mail.adapter.ts';
import { forwardDrafts, settleMail, type MailParts } from './settle-mail.jobs.ts';

/** New mail is told of at once where the server does (IDLE); the poll finds what was not, and reconnects. */
const POLL_MILLISECONDS = 20 * SECOND;
const LEASE_MILLISECONDS = 2 * MINUTE;
const MAILS_A_ROUND_MAX = 20;
/** A mail that cannot be worked off is tried again this often, later and later, and then shown as faulty. */
const TRIES_MAX = 6;
const PAUSE_MILLISECONDS = 10 * SECOND;

export interface MailboxParts extends MailParts {
  /** Of this process and this run of it alone. */
  readonly worker: string;
  readonly open: (
    settings: Mailbox['settings'],
    onMail: () => void,
  ) => Promise<{ readonly mailbox: OpenMailbox } | { readonly fault: NonNullable<Mailbox['reason']> }>;
}

export interface MailboxReader {
  /** One round over all mailboxes: what is new is stored, what is stored is read; gives how much. */
  run(signal: AbortSignal): Promise<number>;
  close(): Promise<void>;
}

interface Connected {
  readonly of: string;
  readonly mailbox: OpenMailbox;
}

export function createMailboxReader(
  parts: MailboxParts,
  onMail: () => void = () => undefined,
): MailboxReader {
  const { database, clock, log, worker } = parts;
  const connections = new Map<string, Connected>();

  async function connected(organization: string, mailbox: Mailbox): Promise<OpenMailbox | null> {
    const known = connections.get(organization);
    if (known !== undefined && known.of === mailbox.updatedAt && known.mailbox.isUp()) return known.mailbox;
    await leave(organization);
    const opened = await parts.open(mailbox.settings, onMail);
    const reason = 'fault' in opened ? opened.fault : null;
    if (reason !== mailbox.reason || mailbox.state === 'new')
      await database.inOrganization(organization, (tx) =>
        noteMailbox(tx, organization, { reason, at: clock.now() }),
      );
    if ('fault' in opened) {
      log.warn('mailbox-not-read', { organization, reason: opened.fault });
      return null;
    }
    connections.set(organization, { of: mailbox.updatedAt, mailbox: opened.mailbox });
    return opened.mailbox;
  }

  async function leave(organization: string): Promise<void> {
    const known = connections.get(organization);
    connections.delete(organization);
    await known?.mailbox.close();
  }

  async function readOne(organization: string, signal: AbortSignal): Promise<number> {
    const mailbox = await database.inOrganization(organization, (tx) =>
      readMailbox(tx, organization, parts.key),
    );
    if (mailbox === null) {
      await leave(organization);
      return forwardDrafts(parts, organization);
    }
    const now = clock.now();
    const lease = { worker, now, until: plus(now, LEASE_MILLISECONDS) };
    const mine = await database.inOrganization(organization, (tx) => holdMailbox(tx, organization, lease));
    if (!mine) return 0;
    const open = await connected(organization, mailbox);
    const stored = open === null ? 0 : await storeNew(parts, organization, mailbox, open);
    const settled = await settleStored(parts, organization, signal);
    return stored + settled + (await forwardDrafts(parts, organization));
  }

  return {
    async run(signal) {
      let did = 0;
      for (const { id } of await listOrganizations(database.kysely)) {
        if (signal.aborted) break;
        try {
          did += await readOne(id, signal);
        } catch (error) {
          // One mailbox whose connection broke must not keep the others.
          log.error('mailbox-round-failed', { organization: id, error });
          await leave(id);
        }
      }
      return did;
    },
    async close() {
      for (const organization of connections.keys()) {
        await leave(organization);
        await database.inOrganization(organization, (tx) => leaveMailbox(tx, organization, worker));
      }
    },
  };
}

/** Brings home what came since: each mail is stored together with how far the mailbox was read, so neither runs ahead. */
async function storeNew(
  { database, clock, newId, log }: MailboxParts,
  organization: string,
  mailbox: Mailbox,
  open: OpenMailbox,
): Promise<number> {
  const { uidValidity } = open;
  let last = mailbox.lastUid;
  if (mailbox.uidValidity !== uidValidity) {
    if (mailbox.uidValidity !== null) log.warn('mailbox-counts-anew', { organization });
    await database.inOrganization(organization, (tx) => restartMailbox(tx, organization, uidValidity));
    last = 0;
  }
  const mails = await open.after(last, MAILS_A_ROUND_MAX, MAIL_BYTES_MAX);
  let stored = 0;
  for (const { uid, raw, size, isWhole } of mails) {
    const fault = isWhole ? null : 'too-large';
    const mail = { id: newId(), key: mailKey(raw), uidValidity, uid, raw, size, at: clock.now(), fault };
    const isNew = await database.inOrganization(organization, (tx) => storeMail(tx, organization, mail));
    if (isNew) stored += 1;
  }
  const at = clock.now();
  await database.inOrganization(organization, (tx) => noteMailbox(tx, organization, { reason: null, at }));
  return stored;
}

/** What is stored is worked off, each mail by itself: one that cannot be is postponed, and in the end shown. */
/** A mail that no server brought (a history, a file): stored, read and worked off as any other. */
export async function handOver(parts: MailParts, organization: string, raw: Buffer): Promise<void> {
  const { database, clock, newId } = parts;
  const about = { id: newId(), key: mailKey(raw), uidValidity: 0, uid: 0, size: raw.length, at: clock.now() };
  await database.inOrganization(organization, (tx) =>
    storeMail(tx, organization, { ...about, raw, fault: null }),
  );
  await settleStored(parts, organization, new AbortController().signal);
  await forwardDrafts(parts, organization);
}

export async function settleStored(
  parts: MailParts,
  organization: string,
  signal: AbortSignal,
): Promise<number> {
  const { database, clock, log } = parts;
  const now = clock.now();
  const mails = await database.inOrganization(organization, (tx) =>
    takeMails(tx, organization, { now, again: plus(now, PAUSE_MILLISECONDS) }, MAILS_A_ROUND_MAX),
  );
  for (const mail of mails) {
    if (signal.aborted) break;
    try {
      await settleMail(parts, organization, mail);
    } catch (error) {
      log.error('mail-not-settled', { organization, mail: mail.id, tries: mail.tries, error });
      if (mail.tries >= TRIES_MAX)
        await database.inOrganization(organization, (tx) =>
          finishMail(tx, organization, mail.id, { kind: null, draft: mail.draft, fault: 'not-settled' }),
        );
    }
  }
  return mails.length;
}

export function startMailboxes(parts: MailboxParts, metrics?: WorkMetrics): Worker {
  const wakeUps = new Set<() => void>();
  const reader = createMailboxReader(parts, () => {
    for (const wake of wakeUps) wake();
  });
  const worker = createWorker({
    name: 'mailboxes',
    everyMilliseconds: POLL_MILLISECONDS,
    run: (signal) => reader.run(signal),
    log: parts.log,
    ...(metrics === undefined ? {} : { metrics }),
    wake: (wake) => {
      wakeUps.add(wake);
      return () => void wakeUps.delete(wake);
    },
  });
  return {
    ...worker,
    stop: async () => {
      await worker.stop();
      await reader.close();
    },
  };
}
