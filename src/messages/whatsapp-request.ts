/** The body of a send to the WhatsApp Cloud API, from a message of ours. Pure; the adapter only posts it. */
import type { Address, Content, OutgoingMessage, Outcome, TemplateContent } from './channel.ts';
import { unsuited } from './channel.ts';

/** Meta's limits, in characters. */
export const TEXT_CHARACTERS_MAX = 4_096;
export const CALLBACK_DATA_CHARACTERS_MAX = 512;

/** Marks our id among whatever else the same number's webhooks may carry from other programs. */
const CALLBACK_PREFIX = 'outbox:';

/** What rides in `biz_opaque_callback_data` and comes back in every status: the only way to settle an unknown send. */
export function callbackData(id: string): string {
  return CALLBACK_PREFIX + id;
}

/** Our id in what a status webhook echoes, or undefined when it is not ours. */
export function ourIdIn(callback: string | undefined): string | undefined {
  return callback?.startsWith(CALLBACK_PREFIX) ? callback.slice(CALLBACK_PREFIX.length) : undefined;
}

export type WhatsAppRequest =
  | { readonly body: Readonly<Record<string, unknown>> }
  | { readonly refusal: Outcome };

export function whatsappRequest(message: OutgoingMessage): WhatsAppRequest {
  const recipient = recipientOf(message.to);
  if (!recipient) return { refusal: unsuited('whatsapp', `an address of kind ${message.to.kind}`) };
  const content = contentOf(message.content);
  if ('refusal' in content) return content;
  const callback = callbackData(message.id);
  if (callback.length > CALLBACK_DATA_CHARACTERS_MAX)
    return { refusal: unsuited('whatsapp', 'an id that long') };
  return {
    body: {
      messaging_product: 'whatsapp',
      recipient_type: 'individual',
      ...recipient,
      ...content.body,
      biz_opaque_callback_data: callback,
    },
  };
}

/** One person at one sender, for the pair rate. */
export function recipientKey(to: Address): string {
  if (to.kind === 'phone') return to.e164;
  return to.kind === 'whatsapp-user' ? to.bsuid : '';
}

function recipientOf(to: Address): Record<string, string> | undefined {
  if (to.kind === 'phone') return { to: to.e164.replace(/^\+/, '') };
  // A business-scoped user id goes in `recipient`; in `to` it would be read as a malformed phone.
  if (to.kind === 'whatsapp-user') return { recipient: to.bsuid };
  return undefined;
}

function contentOf(content: Content): WhatsAppRequest {
  if (content.kind === 'template') return { body: { type: 'template', template: templateOf(content) } };
  if (content.kind !== 'text') return { refusal: unsuited('whatsapp', `content of kind ${content.kind}`) };
  if (content.text.length > TEXT_CHARACTERS_MAX) {
    return { refusal: unsuited('whatsapp', 'a text over 4,096 characters') };
  }
  const quoted = content.quotes === undefined ? {} : { context: { message_id: content.quotes } };
  return { body: { type: 'text', text: { preview_url: false, body: content.text }, ...quoted } };
}

function templateOf(content: TemplateContent): Record<string, unknown> {
  const body = content.variables.map((text) => ({ type: 'text', text: templateVariable(text) }));
  const buttons = (content.buttons ?? []).map((button) => ({
    type: 'button',
    sub_type: button.kind === 'reply' ? 'quick_reply' : 'url',
    index: String(button.index),
    parameters: [
      button.kind === 'reply'
        ? { type: 'payload', payload: button.payload }
        : { type: 'text', text: button.payload },
    ],
  }));
  const components = [...(body.length > 0 ? [{ type: 'body', parameters: body }] : []), ...buttons];
  return {
    name: content.name,
    language: { code: content.language },
    ...(components.length > 0 ? { components } : {}),
  };
}

/** Meta refuses variables that are empty or hold line breaks, tabs or more than four spaces in a row. */
function templateVariable(text: string): string {
  return text.replace(/\s+/g, ' ').trim() || '-';
}
