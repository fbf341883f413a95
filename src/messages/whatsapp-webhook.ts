/**
 * A WhatsApp webhook from its bytes to its events, in the only safe order: signature over the raw bytes, then JSON,
 * then shape. What is refused here must not be stored; what passes is stored raw before anything is done with it.
 */
import { readWhatsAppEvents, type PhoneNormalizer, type WhatsAppEvent } from './whatsapp-events.ts';
import { isSignedByMeta } from './whatsapp-signature.ts';

export type OpenedWebhook =
  | { readonly events: readonly WhatsAppEvent[] }
  /** `bad-signature` → 401. `not-json` is signed by Meta all the same: keep the body with its fault, answer 200. */
  | { readonly refused: 'bad-signature' | 'not-json' };

/** `secrets`: the app secret, and the one before it while it is being changed. */
export function openWhatsAppWebhook(
  raw: Uint8Array,
  signature: string | undefined,
  secrets: readonly string[],
  normalizePhone?: PhoneNormalizer,
): OpenedWebhook {
  if (!isSignedByMeta(raw, signature, secrets)) return { refused: 'bad-signature' };
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(raw));
  } catch {
    return { refused: 'not-json' };
  }
  return { events: readWhatsAppEvents(json, normalizePhone) };
}
