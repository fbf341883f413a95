import type { FastifyRequest } from 'fastify';
import { z } from 'zod';

import type { SignedIn } from '../access/index.ts';
import type { Fact, House, Outcome } from '../decisions/index.ts';
import type { Database, Tx } from '../platform/database.ts';
import { refuse, type HttpApp } from '../platform/http.ts';
import type { Clock } from '../platform/time.ts';
import {
  CHANNEL_KINDS,
  emailSettings,
  remedyFor,
  shownSettings,
  telegramSettings,
  whatsappSettings,
  type Channel,
  type ChannelKind,
  type ChannelSettings,
} from './channels.ts';
import { readChannels, saveChannel } from './channels.store.ts';
import { messageTo } from './notices.store.ts';
import { openMessages } from './outbox.store.ts';
import { begunToday } from './people-a-day.store.ts';
import { webhookPath } from './webhook.routes.ts';
import { whatsappTemplates } from './whatsapp-templates.ts';

const OPEN_MESSAGES_MAX = 200;

export interface ChannelRouteParts {
  readonly database: Database;
  readonly house: Pick<House, 'submit'>;
  readonly clock: Clock;
  /** `keyFor(secret, 'channels')` */
  readonly key: Buffer;
  readonly publicUrl: string;
  readonly signedIn: (request: FastifyRequest) => SignedIn;
}

const config = { may: 'settings.manage' } as const;
const kindParams = z.object({ kind: z.enum(CHANNEL_KINDS) });
const idParams = z.object({ id: z.string().min(1).max(64) });
/** Secrets left out stay as they are: they are never shown, so nobody could send them back. So does Meta's own limit. */
const whatsappChange = whatsappSettings
  .partial({ token: true, appSecrets: true, verifyToken: true })
  .extend({ peopleADay: whatsappSettings.shape.peopleADay.removeDefault().optional() });
const emailChange = emailSettings.partial({ url: true });
const telegramChange = telegramSettings.partial({ token: true });

/** How an organization reaches people outside the product: what is set up, whether it sends, and what to do if not. */
export function channelRoutes(app: HttpApp, parts: ChannelRouteParts): void {
  const { database, house, clock, publicUrl, signedIn } = parts;
  const channelsOf = (organization: string): Promise<Channel[]> =>
    database.inOrganization(organization, (tx) => readChannels(tx, organization, parts.key));

  app.get('/api/channels', { config }, async (request) => {
    const organization = signedIn(request).organization.id;
    const channels = await channelsOf(organization);
    const people = await database.inOrganization(organization, (tx) =>
      begunToday(tx, organization, clock.now()),
    );
    return {
      channels: CHANNEL_KINDS.map((kind) =>
        shownChannel(
          kind,
          channels.find((each) => each.kind === kind),
        ),
      ),
      webhookUrl: publicUrl + webhookPath(organization),
      whatsappPeopleToday: people,
    };
  });

  app.get('/api/channels/whatsapp/templates', { config }, () => ({
    templates: whatsappTemplates(publicUrl),
  }));

  app.put('/api/channels/whatsapp', { config, schema: { body: whatsappChange } }, (request) =>
    save(parts, signedIn(request), 'whatsapp', (before) => {
      const { body } = request;
      return whatsappSettings.safeParse({
        ...body,
        token: body.token ?? before?.token,
        appSecrets: body.appSecrets ?? before?.appSecrets,
        verifyToken: body.verifyToken ?? before?.verifyToken,
        peopleADay: body.peopleADay === undefined ? before?.peopleADay : body.peopleADay,
      });
    }),
  );
  app.put('/api/channels/email', { config, schema: { body: emailChange } }, (request) =>
    save(parts, signedIn(request), 'email', (before) =>
      emailSettings.safeParse({ ...request.body, url: request.body.url ?? before?.url }),
    ),
  );

  app.put('/api/channels/telegram', { config, schema: { body: telegramChange } }, (request) =>
    save(parts, signedIn(request), 'telegram', (before) =>
      telegramSettings.safeParse({ ...request.body, token: request.body.token ?? before?.token }),
    ),
  );

  // "Send a test to my phone": an ordinary message to whoever asks, through all that any message goes through.
  app.post('/api/channels/:kind/test', { config, schema: { params: kindParams } }, async (request) => {
    const { organization, person } = signedIn(request);
    const { kind } = request.params;
    if (!(await channelsOf(organization.id)).some((each) => each.kind === kind))
      return refuse({ refused: 'no-such-channel' });
    const fact = { fact: 'channel.tested', actor: person.id, by: person.id, channel: kind } satisfies Fact &
      Record<string, unknown>;
    const { entries } = orRefuse(await house.submit(organization.id, fact));
    return { message: entries.find(({ entry }) => entry === 'told')?.fields['message'] ?? null };
  });
  app.get('/api/channels/tests/:id', { config, schema: { params: idParams } }, async (request) => {
    const { organization, person } = signedIn(request);
    const found = await database.inOrganization(organization.id, (tx) =>
      messageTo(tx, organization.id, person.id, request.params.id),
    );
    return found ?? refuse({ refused: 'no-such-message' });
  });

  // What no channel took, or of which nobody knows: a person decides whether it goes again.
  app.get('/api/messages/open', { config }, async (request) => {
    const organization = signedIn(request).organization.id;
    const messages = await database.inOrganization(organization, (tx) =>
      openMessages(tx, organization, OPEN_MESSAGES_MAX),
    );
    return { messages };
  });
  app.post('/api/messages/:id/resend', { config, schema: { params: idParams } }, async (request) => {
    const { organization, person } = signedIn(request);
    const { id } = request.params;
    const fact = { fact: 'message.resent', actor: person.id, by: person.id, message: id };
    const { entries } = orRefuse(await house.submit(organization.id, fact));
    return { message: entries.find(({ entry }) => entry === 'told')?.fields['message'] ?? null };
  });
}

function shownChannel(kind: ChannelKind, channel: Channel | undefined) {
  if (channel === undefined)
    return { kind, state: 'not-set-up', settings: null, reason: null, remedy: null, updatedAt: null };
  const { state, reason, updatedAt } = channel;
  const remedy = reason === null ? null : remedyFor(kind, reason);
  return { kind, state, settings: shownSettings(channel), reason, remedy, updatedAt };
}

async function save<K extends ChannelKind>(
  { database, house, clock, key }: ChannelRouteParts,
  { organization, person }: SignedIn,
  kind: K,
  merge: (before: ChannelSettings[K] | undefined) => z.ZodSafeParseResult<ChannelSettings[K]>,
): Promise<{ status: true }> {
  const write = async (tx: Tx): Promise<string | null> => {
    const before = (await readChannels(tx, organization.id, key)).find((each) => each.kind === kind);
    // `readChannels` has parsed the settings of a kind with that kind's own schema.
    const merged = merge(before?.settings as ChannelSettings[K] | undefined);
    if (!merged.success) return String(merged.error.issues[0]?.path[0] ?? '');
    const settings = merged.data;
    await saveChannel(tx, organization.id, key, { kind, settings, at: clock.now(), by: person.id });
    return null;
  };
  const missing = await database.inOrganization(organization.id, write);
  if (missing !== null)
    return refuse({ refused: 'secret-missing', field: missing, detail: { field: missing } });
  const fact = { fact: 'channel.saved', actor: person.id, by: person.id, channel: kind };
  orRefuse(await house.submit(organization.id, fact));
  return { status: true };
}

function orRefuse(outcome: Outcome): Outcome {
  if (outcome.refused === null) return outcome;
  const { refused, because, detail } = outcome.refused;
  return refuse({ refused, because, ...(detail === undefined ? {} : { detail }) });
}
