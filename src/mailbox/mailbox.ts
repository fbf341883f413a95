import { z } from 'zod';

import type { Instant } from '../platform/time.ts';

/** The designated mailbox as its server wants to be asked. */
export const mailboxSettings = z.strictObject({
  host: z.string().trim().min(1).max(253),
  port: z.int().min(1).max(65_535),
  /** TLS from the first byte; else STARTTLS, where the server offers it. */
  tls: z.boolean(),
  user: z.string().min(1).max(254),
  password: z.string().min(1).max(1_000),
  folder: z.string().trim().min(1).max(200).default('INBOX'),
  /** What people write to, and where answers to our mails go. */
  address: z.email().max(254),
});
export type MailboxSettings = z.output<typeof mailboxSettings>;

export interface Mailbox {
  readonly organization: string;
  readonly settings: MailboxSettings;
  readonly updatedAt: Instant;
  readonly uidValidity: number | null;
  readonly lastUid: number;
  readonly state: 'new' | 'ok' | 'failing';
  readonly reason: MailboxFault | null;
  readonly seenAt: Instant | null;
}

/** What stands between us and the mailbox, by what somebody can do about it. */
export type MailboxFault = 'sign-in' | 'unreachable' | 'certificate' | 'folder' | 'refused';
