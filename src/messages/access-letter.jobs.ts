import { readOrganization } from '../decisions/index.ts';
import type { Database } from '../platform/database.ts';
import type { NewId } from '../platform/ids.ts';
import type { Log } from '../platform/log.ts';
import { SECOND, type Instant } from '../platform/time.ts';
import { accessEmail, type AccessLetter } from './access-letter.ts';
import { isOf } from './channels.ts';
import { readChannels } from './channels.store.ts';
import { emailChannel } from './email.adapter.ts';
import { noticeLanguage } from './notice-values.ts';

/** Somebody looks at the screen meanwhile. */
const CONNECT_MILLISECONDS = 5 * SECOND;
const SILENCE_MILLISECONDS = 10 * SECOND;

export interface LinkToSend extends Pick<AccessLetter, 'kind' | 'name' | 'link'> {
  readonly organization: string;
  readonly person: string;
  readonly to: string;
  readonly expiresAt: Instant;
}

/** `mailed`: the mail server took it. `not-mailed`: mail is set up and did not take it, or nobody knows. */
export type LinkSent = 'mailed' | 'not-mailed' | 'mail-not-set-up';

export interface LinkParts {
  readonly database: Database;
  readonly newId: NewId;
  readonly log: Log;
  /** `keyFor(secret, 'channels')` */
  readonly key: Buffer;
}

/**
 * Mails a link by the organization's own mail server, at once and once. Not through the outbox: a link is a secret of
 * minutes or days, and what the outbox and the journal keep they keep for good. Who waits for it asks for another.
 */
export async function mailLink(parts: LinkParts, message: LinkToSend): Promise<LinkSent> {
  const { database, newId, log, key } = parts;
  const { organization: id, person, kind } = message;
  const { organization, email } = await database.inOrganization(id, async (tx) => ({
    organization: await readOrganization(tx, id),
    email: (await readChannels(tx, id, key)).find((channel) => isOf(channel, 'email')),
  }));
  if (organization === null || email === undefined || !isOf(email, 'email')) return 'mail-not-set-up';
  const { url, from, bounceAddress, replyTo } = email.settings;
  const channel = emailChannel({
    url,
    from,
    ...(bounceAddress === undefined ? {} : { bounceAddress }),
    ...(replyTo === undefined ? {} : { replyTo }),
    connectMilliseconds: CONNECT_MILLISECONDS,
    silenceMilliseconds: SILENCE_MILLISECONDS,
  });
  const language = noticeLanguage(organization.locale);
  const until = new Intl.DateTimeFormat(language, {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: organization.zone,
  }).format(new Date(message.expiresAt));
  const { name, link } = message;
  const content = accessEmail({ kind, name, link, organization: organization.name, until, language });
  const to = { kind: 'email', address: message.to, name } as const;
  const outcome = await channel.send({ id: newId(), to, content, attempt: 1 });
  if (outcome.outcome === 'accepted') {
    log.info('access-link-mailed', { kind, person });
    return 'mailed';
  }
  log.warn('access-link-not-mailed', { kind, person, outcome: outcome.outcome });
  return 'not-mailed';
}
