import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { metaSignature } from './whatsapp-signature.ts';
import { openWhatsAppWebhook } from './whatsapp-webhook.ts';

const good = Buffer.from('{"object":"whatsapp_business_account","entry":[]}');

describe('a webhook from its bytes', () => {
  const cases: [name: string, raw: Buffer, signature: string | undefined, expected: unknown][] = [
    ['signed and empty', good, metaSignature(good, 's'), { events: [] }],
    ['not signed', good, undefined, { refused: 'bad-signature' }],
    ['signed for another body', good, metaSignature(Buffer.from('{}'), 's'), { refused: 'bad-signature' }],
    [
      'not JSON and not signed: the signature is judged first',
      Buffer.from('{'),
      'x',
      { refused: 'bad-signature' },
    ],
    [
      'signed, cut short',
      good.subarray(0, 9),
      metaSignature(good.subarray(0, 9), 's'),
      { refused: 'not-json' },
    ],
    [
      'signed, not UTF-8',
      Buffer.from([0x22, 0xff, 0x22]),
      metaSignature(Buffer.from([0x22, 0xff, 0x22]), 's'),
      { refused: 'not-json' },
    ],
  ];
  it.each(cases)('%s', (_, raw, signature, expected) => {
    expect(openWhatsAppWebhook(raw, signature, ['s'])).toEqual(expected);
  });

  it('nothing that is signed makes it throw', () => {
    const deep = Buffer.from('['.repeat(100_000) + ']'.repeat(100_000));
    expect(openWhatsAppWebhook(deep, metaSignature(deep, 's'), ['s'])).toHaveProperty('events');
    const bytes = fc.oneof(
      fc.uint8Array(),
      fc.json().map((text) => new TextEncoder().encode(text)),
    );
    fc.assert(
      fc.property(bytes, (raw) => {
        expect(() => openWhatsAppWebhook(raw, metaSignature(raw, 's'), ['s'])).not.toThrow();
      }),
      { numRuns: 500 },
    );
  });
});
