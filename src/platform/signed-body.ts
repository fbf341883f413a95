import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** `sha256=<hex>` of the raw bytes, as Meta writes it in X-Hub-Signature-256. */
export function signatureOf(raw: Uint8Array | string, secret: string): string {
  return `sha256=${createHmac('sha256', secret).update(raw).digest('hex')}`;
}

/**
 * Whether one of the live secrets signed these bytes. Two may live at once while a secret is being rotated; an empty
 * secret never does. The bytes must be those of the wire: Meta escapes accents and emoji, so a body that was parsed and
 * written again has another signature.
 */
export function signedBy(
  raw: Uint8Array | string,
  header: string | undefined,
  secrets: readonly string[],
): boolean {
  let signed = false;
  for (const secret of secrets) {
    if (secret !== '' && sameSecret(header ?? '', signatureOf(raw, secret))) signed = true;
  }
  return signed;
}

/** Compares two secrets in a time that does not tell where they differ; hashing first hides their lengths too. */
export function sameSecret(given: string, expected: string): boolean {
  return timingSafeEqual(digestOf(given), digestOf(expected)) && expected !== '';
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
