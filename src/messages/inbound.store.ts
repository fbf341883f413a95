import { createHash } from 'node:crypto';
import { sql } from 'kysely';

import { noFacts, type HeldFacts } from '../contacts/index.ts';
import type { Fact } from '../decisions/index.ts';
import type { Tx } from '../platform/database.ts';
import type { Instant } from '../platform/time.ts';
import type { MediaTold, MessageForm } from './thread.ts';
import type { InboundMessage } from './whatsapp-events.ts';

/** What the house is told of a message from somebody who is not of the staff; whose it is, it finds under its lock. */
export interface ClientMessage extends Fact {
  readonly fact: 'message';
  readonly lead: string | null;
  readonly by: null;
  readonly from: 'client';
  readonly channel: 'whatsapp' | 'email';
  readonly verifiable: true;
  readonly message: string;
  readonly identity: HeldFacts;
  readonly sentAt: Instant;
  readonly form: MessageForm;
  readonly text: string | null;
  readonly subject: string | null;
  readonly providerId: string;
  readonly address: string | null;
  readonly repliesTo: string | null;
  readonly media: readonly MediaTold[];
  readonly fromAd: boolean;
}

/** Ours for a message that its channel calls so: the same however often it is told, and without the number in it. */
export function inboundId(channel: string, id: string): string {
  return `in-${createHash('sha256').update(`${channel}:${id}`).digest('hex').slice(0, 40)}`;
}

/** Our own id of the message it answers: of ours by what the channel called it, of theirs likewise. */
export async function repliedTo(
  tx: Tx,
  organization: string,
  providerIds: readonly string[],
): Promise<string | null> {
  if (providerIds.length === 0) return null;
  const found = await sql<{ id: string }>`
    select id from outbox where organization_id = ${organization} and provider_id = any(${providerIds}::text[])
    union all
    select id from thread_messages where organization_id = ${organization} and provider_id = any(${providerIds}::text[])
    limit 1`.execute(tx);
  return found.rows[0]?.id ?? null;
}

const TEXTS: ReadonlySet<string> = new Set(['text', 'button', 'interactive']);

function held(value: string | undefined): HeldFacts['phones'] {
  return value === undefined ? [] : [{ value, origin: 'whatsapp', raw: value }];
}

export async function clientMessage(
  tx: Tx,
  organization: string,
  told: InboundMessage,
): Promise<ClientMessage> {
  const { id, at, from, bsuid, text, media, type } = told;
  const message = inboundId('whatsapp', id);
  const file: MediaTold[] =
    media === undefined
      ? []
      : [
          {
            id: `${message}-0`,
            mime: media.mimeType ?? null,
            name: media.fileName ?? null,
            voice: media.voice ?? false,
            remoteId: media.id,
            toldSha256: media.sha256 ?? null,
          },
        ];
  return {
    fact: 'message',
    actor: 'whatsapp',
    lead: null,
    by: null,
    from: 'client',
    channel: 'whatsapp',
    verifiable: true,
    message,
    identity: { ...noFacts, phones: held(from), whatsappIds: held(bsuid) },
    sentAt: at,
    form: media === undefined ? (TEXTS.has(type) ? 'text' : 'other') : 'media',
    text: text ?? (media === undefined ? `[${type}]` : null),
    subject: null,
    providerId: id,
    address: from ?? bsuid ?? null,
    repliesTo: await repliedTo(tx, organization, told.repliesTo === undefined ? [] : [told.repliesTo]),
    media: file,
    fromAd: told.fromAd !== undefined,
  };
}
