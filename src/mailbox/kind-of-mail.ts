/**
 * What a mail is before anybody reads its words: some must never be answered (RFC 3834), or two machines would write to
 * each other for ever.
 */
export const MAIL_KINDS = ['claim', 'client', 'bounce', 'automatic', 'own', 'unknown'] as const;
export type MailKind = (typeof MAIL_KINDS)[number];

export interface MailHeaders {
  readonly from: string | null;
  /** '' where the envelope had no sender: a bounce, or something that wants no answer. */
  readonly returnPath: string | null;
  readonly subject: string;
  readonly contentType: string;
  /** By lower-case name, the first of each. */
  readonly header: (name: string) => string | null;
}

const AUTOMATIC_SUBJECT =
  /^(?:(?:re|rv|fw|fwd):\s*)*(?:respuesta autom[aá]tica|respuesta fuera de (?:la )?oficina|fuera de (?:la )?oficina|ausente|automatic reply|auto(?:matic)?[- ]?reply|out of (?:the )?office)\b/i;
const AUTOMATIC_HEADERS = ['x-autoreply', 'x-autorespond', 'x-auto-reply', 'x-autoresponse'];

/** Null: written by a person, as far as anybody can tell. `ours`: the addresses we send from and read, folded. */
export function machineKind(
  mail: MailHeaders,
  ours: ReadonlySet<string>,
  isStaff: boolean,
): 'bounce' | 'automatic' | 'own' | null {
  const { from, returnPath, subject, contentType, header } = mail;
  const local = from?.split('@')[0]?.toLowerCase() ?? '';
  const isReport =
    /^multipart\/report\b/i.test(contentType) && /report-type="?delivery-status/i.test(contentType);
  if (isReport || (/^(?:mailer-daemon|postmaster)$/.test(local) && (returnPath ?? '') === ''))
    return 'bounce';
  if (from !== null && ours.has(from)) return 'own';
  const submitted = header('auto-submitted')?.toLowerCase().trim() ?? 'no';
  if (!submitted.startsWith('no')) return 'automatic';
  if (AUTOMATIC_HEADERS.some((name) => header(name) !== null) || AUTOMATIC_SUBJECT.test(subject))
    return 'automatic';
  if (/^auto_reply$/i.test(header('precedence')?.trim() ?? '')) return 'automatic';
  // The mailbox may itself be a group that marks all it passes on: of the staff these marks say nothing.
  if (isStaff) return null;
  if (/^(?:bulk|junk|list)$/i.test(header('precedence')?.trim() ?? '')) return 'automatic';
  return header('list-id') !== null || header('list-unsubscribe') !== null || returnPath === ''
    ? 'automatic'
    : null;
}

/** False only where the receiving server itself says that the sender is not who it says (RFC 8601). */
export function isProven(header: MailHeaders['header']): boolean {
  const said = header('authentication-results')?.toLowerCase() ?? '';
  return (
    !/\bdmarc=fail\b/.test(said) && !(/\bspf=(?:fail|softfail)\b/.test(said) && !/\bdkim=pass\b/.test(said))
  );
}

/** The Message-ID and the references of a mail, newest first, as they stand between their brackets. */
export function idsIn(text: string | null): string[] {
  return [...(text ?? '').matchAll(/<[^<>\s]{3,250}>/g)].map(([id]) => id).toReversed();
}

/** `[SR-1a2b3c4d]`: what our answers carry in their subject, for readers that drop the references. */
export function draftTag(draft: string): string {
  return `[SR-${draft.replaceAll('-', '').slice(-10)}]`;
}

export function taggedDraft(subject: string): string | null {
  return /\[SR-([0-9a-z]{6,12})\]/i.exec(subject)?.[1]?.toLowerCase() ?? null;
}
