import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';

import type { SignedIn } from '../access/index.ts';
import type { Database } from '../platform/database.ts';
import { refuse, type HttpApp } from '../platform/http.ts';
import type { Clock } from '../platform/time.ts';
import { openMailbox } from './imap.adapter.ts';
import { mailboxSettings, type Mailbox, type MailboxSettings } from './mailbox.ts';
import { mailCounts, readMailbox, saveMailbox } from './mails.store.ts';

export interface MailboxSettingsParts {
  readonly database: Database;
  readonly clock: Clock;
  /** `keyFor(secret, 'channels')` */
  readonly key: Buffer;
  readonly signedIn: (request: FastifyRequest) => SignedIn;
  readonly open?: typeof openMailbox;
}

const config = { may: 'settings.manage' } as const;
/** A password left out stays as it is: it is never shown, so nobody could send it back. */
const change = mailboxSettings.partial({ password: true });

/** The designated mailbox as it is set up, whether it answers, and trying it before anything is saved. */
export function mailboxSettingsRoutes(app: HttpApp, parts: MailboxSettingsParts): void {
  const { database, clock, key, signedIn, open = openMailbox } = parts;
  const known = (organization: string): Promise<Mailbox | null> =>
    database.inOrganization(organization, (tx) => readMailbox(tx, organization, key));

  app.get('/api/mailbox', { config }, async (request) => {
    const { id } = signedIn(request).organization;
    const mailbox = await known(id);
    return { mailbox: mailbox === null ? null : shown(mailbox), counts: await countsOf(id) };
  });

  /** For the state screen: how it is, without how it is set up. */
  app.get('/api/mailbox/state', { config: { may: 'health.see' } }, async (request) => {
    const { id } = signedIn(request).organization;
    const mailbox = await known(id);
    if (mailbox === null) return { mailbox: null, counts: await countsOf(id) };
    const { state, reason, seenAt } = mailbox;
    return { mailbox: { state, reason, seenAt }, counts: await countsOf(id) };
  });

  app.put('/api/mailbox', { config, schema: { body: change } }, async (request) => {
    const { organization, person } = signedIn(request);
    const settings = await merged(organization.id, request.body);
    const given = { settings, at: clock.now(), by: person.id };
    await database.inOrganization(organization.id, (tx) => saveMailbox(tx, organization.id, key, given));
    return { status: true };
  });

  app.post('/api/mailbox/test', { config, schema: { body: change } }, async (request) => {
    const { organization } = signedIn(request);
    const opened = await open(await merged(organization.id, request.body), () => undefined);
    if ('fault' in opened) return { fault: opened.fault, mails: null };
    const { mailbox } = opened;
    const mails = mailbox.count();
    await mailbox.close();
    return { fault: null, mails };
  });

  async function merged(organization: string, given: z.output<typeof change>): Promise<MailboxSettings> {
    const before = await known(organization);
    const settings = mailboxSettings.safeParse({
      ...given,
      password: given.password ?? before?.settings.password,
    });
    if (settings.success) return settings.data;
    return refuse({ refused: 'secret-missing', field: 'password', detail: { field: 'password' } });
  }

  function countsOf(organization: string) {
    return database.inOrganization(organization, (tx) => mailCounts(tx, organization));
  }
}

function shown({ settings, state, reason, seenAt, updatedAt }: Mailbox) {
  const { password: _, ...rest } = settings;
  return { settings: rest, state, reason, seenAt, updatedAt };
}
