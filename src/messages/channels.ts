import { z } from 'zod';

import type { Instant } from '../platform/time.ts';

/** Channels that an organization sets up for itself. */
export const CHANNEL_KINDS = ['whatsapp', 'email', 'telegram'] as const;
export type ChannelKind = (typeof CHANNEL_KINDS)[number];

const secret = z.string().min(1).max(2_000);

/** `appSecrets`: the one in force, and the one before it while it is being changed. */
export const whatsappSettings = z.strictObject({
  apiVersion: z
    .string()
    .regex(/^v\d{1,3}\.\d$/)
    .default('v24.0'),
  phoneNumberId: z.string().regex(/^\d{1,30}$/),
  token: secret,
  appSecrets: z.array(secret).min(1).max(2),
  verifyToken: z.string().min(8).max(200),
  /** With how many people Meta lets us begin a conversation in 24 hours; null: no limit. */
  peopleADay: z.int().min(1).max(1_000_000).nullable().default(null),
});
export type WhatsAppSettings = z.output<typeof whatsappSettings>;

export const emailSettings = z.strictObject({
  url: z.url({ protocol: /^smtps?$/ }).max(2_000),
  from: z.strictObject({ name: z.string().trim().min(1).max(100), address: z.email().max(254) }),
  bounceAddress: z.email().max(254).optional(),
  replyTo: z.email().max(254).optional(),
});
export type EmailSettings = z.output<typeof emailSettings>;

/** A bot and the one group it posts in; `threadId`: a topic of the group. */
export const telegramSettings = z.strictObject({
  token: z.string().regex(/^\d{3,20}:[\w-]{20,80}$/),
  chatId: z.string().regex(/^-?\d{1,20}$/),
  threadId: z.int().positive().optional(),
});
export type TelegramSettings = z.output<typeof telegramSettings>;

export interface ChannelSettings {
  readonly whatsapp: WhatsAppSettings;
  readonly email: EmailSettings;
  readonly telegram: TelegramSettings;
}

export const settingsOf: { readonly [K in ChannelKind]: z.ZodType<ChannelSettings[K]> } = {
  whatsapp: whatsappSettings,
  email: emailSettings,
  telegram: telegramSettings,
};

export interface Channel<K extends ChannelKind = ChannelKind> {
  readonly kind: K;
  readonly settings: ChannelSettings[K];
  readonly state: 'ok' | 'stopped';
  /** What the other side said when it stopped: its code. */
  readonly reason: string | null;
  readonly updatedAt: Instant;
  readonly updatedBy: string;
}

/** What a person may see of the settings: secrets only as whether they are there. */
export function shownSettings(channel: Channel): Readonly<Record<string, unknown>> {
  if (isOf(channel, 'whatsapp')) {
    const { apiVersion, phoneNumberId, appSecrets, peopleADay } = channel.settings;
    const secrets = { token: true, appSecrets: appSecrets.length, verifyToken: true };
    return { apiVersion, phoneNumberId, ...secrets, peopleADay };
  }
  if (isOf(channel, 'email')) {
    const { url, from, bounceAddress, replyTo } = channel.settings;
    const { protocol, hostname, port, username, password } = new URL(url);
    const server = `${protocol}//${hostname}${port === '' ? '' : `:${port}`}`;
    return { server, user: username !== '', password: password !== '', from, bounceAddress, replyTo };
  }
  if (isOf(channel, 'telegram')) {
    const { chatId, threadId } = channel.settings;
    return { token: true, chatId, threadId };
  }
  return {};
}

export function isOf<K extends ChannelKind>(channel: Channel, kind: K): channel is Channel<K> {
  return channel.kind === kind;
}

/** What to do about a channel that has stopped, by what its other side said. The sentences stand in the screens' catalog. */
export type Remedy =
  | 'token'
  | 'permission'
  | 'billing'
  | 'account'
  | 'spam'
  | 'address'
  | 'password'
  | 'sender'
  | 'bot'
  | 'group';

export function remedyFor(kind: ChannelKind, code: string): Remedy {
  if (kind === 'telegram') return code === 'http-401' || code === 'http-404' ? 'bot' : 'group';
  if (kind === 'email') return code === 'EAUTH' ? 'password' : 'sender';
  if (code === '0' || code === '190') return 'token';
  if (code === '131042') return 'billing';
  if (code === '131048') return 'spam';
  if (code === '131031' || code === '368') return 'account';
  return code.startsWith('http-') ? 'address' : 'permission';
}
