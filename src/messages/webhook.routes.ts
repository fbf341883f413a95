import { z } from 'zod';

import type { Database } from '../platform/database.ts';
import { refuse, type HttpApp } from '../platform/http.ts';
import type { NewId } from '../platform/ids.ts';
import type { Clock } from '../platform/time.ts';
import { isOf, type Channel } from './channels.ts';
import { readChannels } from './channels.store.ts';
import { storeWebhook } from './webhook.store.ts';
import { answerHandshake, isSignedByMeta } from './whatsapp-signature.ts';

/** Meta's webhooks are up to 3 MB. */
const WEBHOOK_BYTES_MAX = 3 * 1024 * 1024;

export interface WebhookRouteParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly newId: NewId;
  /** `keyFor(secret, 'channels')` */
  readonly key: Buffer;
  /** There is a body to read. */
  readonly wake: () => void;
}

export function webhookPath(organization: string): string {
  return `/hooks/whatsapp/${organization}`;
}

/**
 * Meta's door. Only the signature and the storing stand between a body and its 200: Meta counts slow answers as failures
 * and repeats them for days. What the body says is read afterwards.
 */
export function whatsappWebhookRoutes(app: HttpApp, parts: WebhookRouteParts): void {
  const { database, clock, newId, key } = parts;
  const params = z.object({ organization: z.string().min(1).max(64) });

  /** Nobody is told which organizations there are: an unknown one answers like a wrong token. */
  const channelOf = async (organization: string): Promise<Channel<'whatsapp'> | null> => {
    const channels = await database.inOrganization(organization, (tx) => readChannels(tx, organization, key));
    return channels.find((channel) => isOf(channel, 'whatsapp')) ?? null;
  };

  app.get(
    webhookPath(':organization'),
    { config: { may: 'public' }, schema: { params, hide: true } },
    async (request, reply) => {
      const channel = await channelOf(request.params.organization);
      const answer = answerHandshake(request.query, channel?.settings.verifyToken ?? '');
      if ('refused' in answer) return refuse({ refused: 'wrong-token' });
      return reply.type('text/plain; charset=utf-8').send(answer.challenge);
    },
  );

  app.post(
    webhookPath(':organization'),
    {
      config: { may: 'public', body: 'raw', foreignOrigin: true },
      bodyLimit: WEBHOOK_BYTES_MAX,
      schema: { params, hide: true },
    },
    async (request) => {
      const { organization } = request.params;
      const raw = request.rawBody ?? Buffer.alloc(0);
      const signature = request.headers['x-hub-signature-256'];
      const channel = await channelOf(organization);
      const secrets = channel?.settings.appSecrets ?? [];
      if (!isSignedByMeta(raw, typeof signature === 'string' ? signature : undefined, secrets))
        return refuse({ refused: 'bad-signature' });
      const fault = isJson(raw) ? null : 'not-json';
      const given = { id: newId(), raw, at: clock.now(), fault };
      await database.inOrganization(organization, (tx) => storeWebhook(tx, organization, given));
      parts.wake();
      return { status: true };
    },
  );
}

function isJson(raw: Buffer): boolean {
  try {
    JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(raw));
    return true;
  } catch {
    return false;
  }
}
