import type { MailThread } from '../messages/index.ts';
import type { Tx } from '../platform/database.ts';
import { oneDraft, wordsOf } from './drafts.store.ts';
import { draftTag, idsIn } from './kind-of-mail.ts';
import { mailsOfDraft, readMailbox } from './mails.store.ts';

const IDS_MAX = 20;

/** What our answers to these drafts are put under, so that they stand in the thread of whoever asked. */
export async function mailThreads(
  tx: Tx,
  organization: string,
  key: Buffer,
  drafts: readonly string[],
): Promise<ReadonlyMap<string, MailThread>> {
  const mailbox = await readMailbox(tx, organization, key);
  const threads = new Map<string, MailThread>();
  for (const id of drafts) {
    const draft = await oneDraft(tx, id);
    if (draft === null) continue;
    const { subject, reason } = await wordsOf(tx, id);
    const mails = await mailsOfDraft(tx, organization, id);
    const ids = mails.flatMap(({ raw }) => messageIdIn(raw) ?? []).slice(-IDS_MAX);
    threads.set(id, {
      subject: replySubject(subject ?? '', draftTag(id)),
      ids,
      replyTo: mailbox?.settings.address ?? '',
      why: reason,
    });
  }
  return threads;
}

function replySubject(subject: string, tag: string): string {
  const plain = subject
    .replace(/^(?:(?:re|rv|fw|fwd):\s*)+/i, '')
    .replace(tag, '')
    .trim();
  return `Re: ${plain} ${tag}`.replaceAll(/\s+/g, ' ');
}

function messageIdIn(raw: Buffer): string | null {
  const head = raw.toString('latin1', 0, 65_536).split(/\r?\n\r?\n/, 1)[0] ?? '';
  return idsIn(/^message-id:[ \t]*((?:.*\r?\n[ \t]+)*.*)$/im.exec(head)?.[1] ?? null)[0] ?? null;
}
