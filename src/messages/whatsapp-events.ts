/**
 * A verified WhatsApp webhook body → the events in it. One POST may batch several entries, changes and messages, and
 * may bring any of them again: the reader keeps all, the store drops repeats (inbound by `id`, statuses by provider
 * id and status). Nothing is ever thrown away: what is not understood comes out as `unrecognized`, raw.
 */
import type { z } from 'zod';
import type { Instant } from '../platform/time.ts';
import * as body from './whatsapp-body.ts';
import { ourIdIn } from './whatsapp-request.ts';
import type { MessageStatus, StatusError } from './message-status.ts';

export interface InboundMedia {
  readonly id: string;
  readonly mimeType?: string | undefined;
  readonly sha256?: string | undefined;
  readonly fileName?: string | undefined;
  readonly voice?: boolean | undefined;
}

export interface InboundMessage {
  readonly kind: 'inbound';
  readonly id: string;
  /** Which of our numbers it came to (Meta's phone_number_id). */
  readonly sender?: string | undefined;
  /** Normalized where the reader was given a way; absent for people with a username who hide their phone. */
  readonly from?: string | undefined;
  readonly bsuid?: string | undefined;
  readonly profileName?: string | undefined;
  readonly at: Instant;
  readonly type: string;
  readonly text?: string | undefined;
  readonly media?: InboundMedia | undefined;
  /** What our button carried: of a template's quick reply, or the id of an interactive choice. */
  readonly buttonPayload?: string | undefined;
  readonly repliesTo?: string | undefined;
  /** It began from an advertisement: opens the 72-hour window and names the lead's source. */
  readonly fromAd?:
    | { readonly sourceId?: string | undefined; readonly clickId?: string | undefined }
    | undefined;
}

export interface StatusUpdate {
  readonly kind: 'status';
  readonly providerId: string;
  readonly sender?: string | undefined;
  readonly status: MessageStatus;
  readonly at: Instant;
  readonly ourId?: string | undefined;
  readonly recipient?: string | undefined;
  readonly bsuid?: string | undefined;
  readonly error?: StatusError | undefined;
  readonly billable?: boolean | undefined;
  readonly category?: string | undefined;
}

export type WhatsAppEvent =
  | InboundMessage
  | StatusUpdate
  | {
      readonly kind: 'user-preference';
      readonly preference: 'opt-out' | 'opt-in';
      readonly from?: string | undefined;
      readonly bsuid?: string | undefined;
      readonly at: Instant;
    }
  | {
      readonly kind: 'template-status';
      readonly name: string;
      readonly language: string;
      /** APPROVED, REJECTED, PAUSED, DISABLED, …; CATEGORY when Meta moved it, which changes price and law. */
      readonly event: string;
      readonly reason?: string | undefined;
      readonly category?: string | undefined;
      readonly at?: Instant | undefined;
    }
  /** About the number or the account: quality, limits, bans. Shown to the system administrator. */
  | { readonly kind: 'account-notice'; readonly about: string; readonly raw: unknown }
  | { readonly kind: 'unrecognized'; readonly raw: unknown };

/** Cleans a phone as WhatsApp writes it (no plus; Mexican mobiles with the old 1), or undefined when it cannot. */
export type PhoneNormalizer = (whatsappPhone: string) => string | undefined;

const ACCOUNT_FIELDS = new Set([
  'phone_number_quality_update',
  'account_update',
  'business_capability_update',
]);

export function readWhatsAppEvents(
  parsedJson: unknown,
  normalizePhone: PhoneNormalizer = asIs,
): WhatsAppEvent[] {
  const whole = body.envelope.safeParse(parsedJson);
  if (!whole.success || whole.data.object !== 'whatsapp_business_account') {
    return [{ kind: 'unrecognized', raw: parsedJson }];
  }
  return whole.data.entry.flatMap((entry) =>
    entry.changes.flatMap((change) => readChange(change.field, change.value, entry.time, normalizePhone)),
  );
}

function readChange(
  field: string,
  value: unknown,
  toldAt: Instant | undefined,
  phone: PhoneNormalizer,
): WhatsAppEvent[] {
  if (field === 'messages' || field === 'user_preferences') return readMessages(value, phone);
  if (field === 'message_template_status_update') return [readTemplateStatus(value, toldAt)];
  if (field === 'template_category_update') return [readTemplateCategory(value, toldAt)];
  if (ACCOUNT_FIELDS.has(field)) return [{ kind: 'account-notice', about: field, raw: value }];
  return [{ kind: 'unrecognized', raw: { field, value } }];
}

function readMessages(value: unknown, phone: PhoneNormalizer): WhatsAppEvent[] {
  const parsed = body.messagesValue.safeParse(value);
  if (!parsed.success) return [{ kind: 'unrecognized', raw: value }];
  const { contacts, messages, statuses, user_preferences: preferences, metadata } = parsed.data;
  const sender = metadata?.phone_number_id;
  const people = contacts.flatMap((one) => body.contact.safeParse(one).data ?? []);
  const events = [
    ...messages.map((raw) => readInbound(raw, people, sender, phone)),
    ...statuses.map((raw) => readStatus(raw, sender, phone)),
    ...preferences.map((raw) => readPreference(raw, phone)),
  ];
  return events.length > 0 ? events : [{ kind: 'unrecognized', raw: value }];
}

function readInbound(
  raw: unknown,
  people: readonly z.output<typeof body.contact>[],
  sender: string | undefined,
  phone: PhoneNormalizer,
): WhatsAppEvent {
  const parsed = body.message.safeParse(raw);
  if (!parsed.success) return { kind: 'unrecognized', raw };
  const told = parsed.data;
  const person = personOf(told, people);
  const from = told.from ?? person?.wa_id;
  const bsuid = told.from_user_id ?? person?.user_id;
  if (from === undefined && bsuid === undefined) return { kind: 'unrecognized', raw };
  return stripped({
    kind: 'inbound',
    id: told.id,
    sender,
    from: from === undefined ? undefined : (phone(from) ?? from),
    bsuid,
    profileName: person?.profile?.name,
    at: told.timestamp,
    type: told.type,
    ...contentOf(told),
    repliesTo: told.reaction?.message_id ?? told.context?.id,
    fromAd: told.referral && { sourceId: told.referral.source_id, clickId: told.referral.ctwa_clid },
  });
}

/** By id when the batch names several people; a single contact next to a single message is that message's. */
function personOf(told: body.MessageBody, people: readonly z.output<typeof body.contact>[]) {
  return (
    people.find((one) => told.from_user_id !== undefined && one.user_id === told.from_user_id) ??
    people.find((one) => told.from !== undefined && one.wa_id === told.from) ??
    (told.from === undefined && told.from_user_id === undefined && people.length === 1
      ? people[0]
      : undefined)
  );
}

function contentOf(told: body.MessageBody): Pick<InboundMessage, 'text' | 'media' | 'buttonPayload'> {
  const choice = told.interactive?.button_reply ?? told.interactive?.list_reply;
  const media = told.image ?? told.audio ?? told.video ?? told.document ?? told.sticker;
  return {
    text:
      told.text?.body ??
      told.button?.text ??
      choice?.title ??
      media?.caption ??
      told.reaction?.emoji ??
      told.system?.body,
    buttonPayload: told.button?.payload ?? choice?.id,
    media: media && {
      id: media.id,
      mimeType: media.mime_type,
      sha256: media.sha256,
      fileName: media.filename,
      voice: media.voice,
    },
  };
}

function readStatus(raw: unknown, sender: string | undefined, phone: PhoneNormalizer): WhatsAppEvent {
  const parsed = body.status.safeParse(raw);
  if (!parsed.success) return { kind: 'unrecognized', raw };
  const told = parsed.data;
  const error = told.errors?.[0];
  return stripped({
    kind: 'status',
    providerId: told.id,
    sender,
    status: told.status,
    at: told.timestamp,
    ourId: ourIdIn(told.biz_opaque_callback_data),
    recipient: told.recipient_id === undefined ? undefined : (phone(told.recipient_id) ?? told.recipient_id),
    bsuid: told.recipient_user_id,
    error: error && stripped({ code: error.code, details: error.error_data?.details ?? error.title }),
    billable: told.pricing?.billable,
    category: told.pricing?.category,
  });
}

function readPreference(raw: unknown, phone: PhoneNormalizer): WhatsAppEvent {
  const parsed = body.preference.safeParse(raw);
  if (!parsed.success) return { kind: 'unrecognized', raw };
  const { value, wa_id: from, user_id: bsuid, timestamp: at } = parsed.data;
  if ((value !== 'stop' && value !== 'resume') || (from === undefined && bsuid === undefined)) {
    return { kind: 'unrecognized', raw };
  }
  return stripped({
    kind: 'user-preference',
    preference: value === 'stop' ? 'opt-out' : 'opt-in',
    from: from === undefined ? undefined : (phone(from) ?? from),
    bsuid,
    at,
  });
}

function readTemplateStatus(value: unknown, at: Instant | undefined): WhatsAppEvent {
  const parsed = body.templateStatus.safeParse(value);
  if (!parsed.success) return { kind: 'unrecognized', raw: value };
  const { event, message_template_name: name, message_template_language: language, reason } = parsed.data;
  return stripped({ kind: 'template-status', name, language, event, reason: reason ?? undefined, at });
}

function readTemplateCategory(value: unknown, at: Instant | undefined): WhatsAppEvent {
  const parsed = body.templateCategory.safeParse(value);
  if (!parsed.success) return { kind: 'unrecognized', raw: value };
  const { message_template_name: name, message_template_language: language } = parsed.data;
  const category = parsed.data.new_category ?? parsed.data.correct_category;
  return stripped({ kind: 'template-status', name, language, event: 'CATEGORY', category, at });
}

function asIs(phone: string): string {
  return phone;
}

/** Absent rather than undefined: events are stored and compared as JSON. */
function stripped<T extends object>(event: T): T {
  return Object.fromEntries(Object.entries(event).filter(([, value]) => value !== undefined)) as T;
}
