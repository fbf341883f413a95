import type { Instant } from '../platform/time.ts';
import type { MessageChannel } from './channel.ts';
import { isOf, type Channel } from './channels.ts';
import type { PushKeys } from './channels.store.ts';
import { emailChannel } from './email.adapter.ts';
import { PUSH_SERVICES, type EndpointRule } from './push-endpoint.ts';
import { telegramChannel } from './telegram.adapter.ts';
import { webPushChannel } from './web-push.adapter.ts';
import { whatsappChannel } from './whatsapp-cloud.adapter.ts';

export interface SenderWorld {
  readonly fetch: typeof fetch;
  readonly now: () => Instant;
  /** Milliseconds that only go forward (`performance.now`). */
  readonly monotonic: () => number;
  readonly wait: (milliseconds: number) => Promise<void>;
  /** `AbortSignal.timeout` */
  readonly expire: (milliseconds: number) => AbortSignal;
  /** Given at start-up and by no administrator, so that settings cannot make the server call an address of theirs. */
  readonly whatsappBase: string;
  readonly telegramBase: string;
  readonly push: PushKeys & { readonly subject: string; readonly endpoints?: EndpointRule };
}

export const META_GRAPH = 'https://graph.facebook.com';

/** The channels as they send, each kept as long as its settings stay the same: its rates and holds are its own. */
export interface Senders {
  senderOf(organization: string, channel: Channel): MessageChannel;
  readonly push: MessageChannel;
}

export function createSenders(world: SenderWorld): Senders {
  const made = new Map<string, { readonly of: Instant; readonly channel: MessageChannel }>();
  const { publicKey, privateKey, subject, endpoints = { hosts: PUSH_SERVICES } } = world.push;
  return {
    senderOf(organization, channel) {
      const key = `${organization} ${channel.kind}`;
      const known = made.get(key);
      if (known?.of === channel.updatedAt) return known.channel;
      const sender = senderFrom(channel, world);
      made.set(key, { of: channel.updatedAt, channel: sender });
      return sender;
    },
    push: webPushChannel({ publicKey, privateKey, subject, endpoints }, world),
  };
}

function senderFrom(channel: Channel, world: SenderWorld): MessageChannel {
  if (isOf(channel, 'whatsapp')) {
    const { apiVersion, phoneNumberId, token } = channel.settings;
    return whatsappChannel({ base: world.whatsappBase, apiVersion, phoneNumberId, token }, world);
  }
  if (isOf(channel, 'email')) {
    const { url, from, bounceAddress, replyTo } = channel.settings;
    return emailChannel({
      url,
      from,
      ...(bounceAddress === undefined ? {} : { bounceAddress }),
      ...(replyTo === undefined ? {} : { replyTo }),
    });
  }
  if (isOf(channel, 'telegram'))
    return telegramChannel({ base: world.telegramBase, token: channel.settings.token }, world);
  throw new Error(`no sender for ${channel.kind}`);
}
