/** The two doors of a WhatsApp webhook: the subscription handshake, and who signed this body. Pure. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';

const handshakeQuery = z.object({
  'hub.mode': z.literal('subscribe'),
  'hub.verify_token': z.string().min(1),
  'hub.challenge': z.string().min(1).max(512),
});

/** Takes the query of Meta's GET and our verify token; gives the bare text to answer with 200, or the refusal (403). */
export function answerHandshake(
  query: unknown,
  verifyToken: string,
): { readonly challenge: string } | { readonly refused: 'not-a-handshake' | 'wrong-token' } {
  const asked = handshakeQuery.safeParse(query);
  if (!asked.success) return { refused: 'not-a-handshake' };
  if (!sameSecret(asked.data['hub.verify_token'], verifyToken)) return { refused: 'wrong-token' };
  return { challenge: asked.data['hub.challenge'] };
}

/**
 * Takes the body's bytes exactly as received and the X-Hub-Signature-256 header. Meta escapes accents and emoji in
 * its JSON, so that a body parsed and written again never matches. Several secrets: the new one and the old one while
 * it is being changed.
 */
export function isSignedByMeta(
  raw: Uint8Array,
  header: string | undefined,
  secrets: readonly string[],
): boolean {
  const told = /^sha256=([0-9a-f]{64})$/i.exec(header ?? '')?.[1];
  if (told === undefined) return false;
  const given = Buffer.from(told, 'hex');
  // No early exit: how long it takes must not tell which secret matched.
  let matches = false;
  for (const secret of secrets) {
    if (secret === '') continue;
    if (timingSafeEqual(createHmac('sha256', secret).update(raw).digest(), given)) matches = true;
  }
  return matches;
}

/** What Meta puts in the header; the fake server signs with the same function. */
export function metaSignature(raw: Uint8Array, secret: string): string {
  return `sha256=${createHmac('sha256', secret).update(raw).digest('hex')}`;
}

/** Through a hash, so that lengths are equal and the comparison takes the same time. */
function sameSecret(one: string, other: string): boolean {
  return other !== '' && timingSafeEqual(hash(one), hash(other));
}

function hash(text: string): Buffer {
  return createHmac('sha256', 'compare').update(text).digest();
}
