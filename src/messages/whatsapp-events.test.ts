import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readWhatsAppEvents } from './whatsapp-events.ts';
import { answerHandshake, isSignedByMeta, metaSignature } from './whatsapp-signature.ts';

const plain = (phone: string) => (/^521\d{10}$/.test(phone) ? `+52${phone.slice(3)}` : `+${phone}`);

function webhook(value: unknown, field = 'messages') {
  return {
    object: 'whatsapp_business_account',
    entry: [{ id: '1', time: 1719846000, changes: [{ field, value }] }],
  };
}

const at = '2024-07-01T15:00:00.000Z';
const ana = { profile: { name: 'Ana Prueba' }, wa_id: '5215512345678', user_id: 'MX.13ab' };
const from = { from: '5215512345678', from_user_id: 'MX.13ab', id: 'wamid.1', timestamp: '1719846000' };
const who = {
  kind: 'inbound',
  id: 'wamid.1',
  from: '+525512345678',
  bsuid: 'MX.13ab',
  profileName: 'Ana Prueba',
  at,
};

describe('messages that come in', () => {
  const cases: [name: string, message: Record<string, unknown>, expected: Record<string, unknown>][] = [
    ['text', { type: 'text', text: { body: 'Sí, ¿cuándo? 🙂' } }, { type: 'text', text: 'Sí, ¿cuándo? 🙂' }],
    [
      'an answer to a message of ours',
      { type: 'text', text: { body: 'ok' }, context: { id: 'wamid.0' } },
      { type: 'text', text: 'ok', repliesTo: 'wamid.0' },
    ],
    [
      'the button of a template',
      { type: 'button', button: { payload: 'roster:7', text: 'Confirmo' }, context: { id: 'wamid.0' } },
      { type: 'button', text: 'Confirmo', buttonPayload: 'roster:7', repliesTo: 'wamid.0' },
    ],
    [
      'an interactive choice',
      { type: 'interactive', interactive: { type: 'button_reply', button_reply: { id: 'b1', title: 'Sí' } } },
      { type: 'interactive', text: 'Sí', buttonPayload: 'b1' },
    ],
    [
      'a document',
      {
        type: 'document',
        document: {
          id: '77',
          mime_type: 'application/pdf',
          sha256: 'x',
          filename: 'a.pdf',
          caption: 'Ficha',
        },
      },
      {
        type: 'document',
        text: 'Ficha',
        media: { id: '77', mimeType: 'application/pdf', sha256: 'x', fileName: 'a.pdf' },
      },
    ],
    [
      'a reaction',
      { type: 'reaction', reaction: { message_id: 'wamid.0', emoji: '👍' } },
      { type: 'reaction', text: '👍', repliesTo: 'wamid.0' },
    ],
    [
      'from an advertisement',
      {
        type: 'text',
        text: { body: 'Info' },
        referral: { source_id: 'ad-1', ctwa_clid: 'click-1', source_type: 'ad' },
      },
      { type: 'text', text: 'Info', fromAd: { sourceId: 'ad-1', clickId: 'click-1' } },
    ],
    ['a kind not yet invented', { type: 'hologram', hologram: {} }, { type: 'hologram' }],
  ];
  it.each(cases)('%s', (_, message, expected) => {
    const body = webhook({
      metadata: { phone_number_id: '9' },
      contacts: [ana],
      messages: [{ ...from, ...message }],
    });
    expect(readWhatsAppEvents(body, plain)).toEqual([{ ...who, sender: '9', ...expected }]);
  });

  it('a person with a username and no phone', () => {
    const body = webhook({
      contacts: [{ profile: { name: 'Ana', username: '@ana' }, user_id: 'MX.13ab' }],
      messages: [
        {
          from_user_id: 'MX.13ab',
          id: 'wamid.1',
          timestamp: '1719846000',
          type: 'text',
          text: { body: 'Hola' },
        },
      ],
    });
    expect(readWhatsAppEvents(body)).toEqual([
      {
        kind: 'inbound',
        id: 'wamid.1',
        bsuid: 'MX.13ab',
        profileName: 'Ana',
        at,
        type: 'text',
        text: 'Hola',
      },
    ]);
  });

  it('one odd message does not cost the others of its batch', () => {
    const odd = { id: 'wamid.2', timestamp: 'yesterday', type: 'text' };
    const good = { ...from, type: 'text', text: { body: 'Hola' } };
    const events = readWhatsAppEvents(
      webhook({ contacts: [ana], messages: [odd, good], statuses: ['?'] }),
      plain,
    );
    expect(events.map((event) => event.kind)).toEqual(['unrecognized', 'inbound', 'unrecognized']);
  });
});

describe('everything else', () => {
  it('a status with price and our id', () => {
    const status = {
      id: 'wamid.9',
      status: 'delivered',
      timestamp: '1719846000',
      recipient_id: '5215512345678',
      biz_opaque_callback_data: 'outbox:m-1',
      pricing: { billable: true, pricing_model: 'PMP', category: 'utility' },
    };
    expect(readWhatsAppEvents(webhook({ statuses: [status] }), plain)).toEqual([
      {
        kind: 'status',
        providerId: 'wamid.9',
        status: 'delivered',
        at,
        ourId: 'm-1',
        recipient: '+525512345678',
        billable: true,
        category: 'utility',
      },
    ]);
  });

  it('a failure with its code; the callback of another program is not our id', () => {
    const errors = [{ code: 131049, title: 't', error_data: { details: 'limit' } }];
    const status = {
      id: 'w',
      status: 'failed',
      timestamp: '1719846000',
      recipient_user_id: 'MX.1',
      biz_opaque_callback_data: 'x',
      errors,
    };
    expect(readWhatsAppEvents(webhook({ statuses: [status] }))).toEqual([
      {
        kind: 'status',
        providerId: 'w',
        status: 'failed',
        at,
        bsuid: 'MX.1',
        error: { code: 131049, details: 'limit' },
      },
    ]);
  });

  it('opt-out and back', () => {
    const person = { wa_id: '573001234567', category: 'marketing_messages', timestamp: 1719846000 };
    const body = webhook(
      {
        user_preferences: [
          { ...person, value: 'stop' },
          { ...person, value: 'resume' },
        ],
      },
      'user_preferences',
    );
    expect(readWhatsAppEvents(body, plain)).toEqual([
      { kind: 'user-preference', preference: 'opt-out', from: '+573001234567', at },
      { kind: 'user-preference', preference: 'opt-in', from: '+573001234567', at },
    ]);
  });

  it('a template paused, or moved to another category', () => {
    const template = {
      message_template_id: 1,
      message_template_name: 't',
      message_template_language: 'es_MX',
    };
    expect([
      ...readWhatsAppEvents(
        webhook({ ...template, event: 'PAUSED', reason: null }, 'message_template_status_update'),
      ),
      ...readWhatsAppEvents(webhook({ ...template, new_category: 'MARKETING' }, 'template_category_update')),
      ...readWhatsAppEvents(webhook({ current_limit: 'TIER_1K' }, 'phone_number_quality_update')),
    ]).toEqual([
      { kind: 'template-status', name: 't', language: 'es_MX', event: 'PAUSED', at },
      { kind: 'template-status', name: 't', language: 'es_MX', event: 'CATEGORY', category: 'MARKETING', at },
      { kind: 'account-notice', about: 'phone_number_quality_update', raw: { current_limit: 'TIER_1K' } },
    ]);
  });

  it('never throws and never answers nothing, whatever comes', () => {
    fc.assert(
      fc.property(fc.anything(), fc.constantFrom('messages', 'user_preferences', 'x'), (value, field) => {
        expect(readWhatsAppEvents(value).length).toBeGreaterThan(0);
        expect(readWhatsAppEvents(webhook(value, field)).length).toBeGreaterThan(0);
      }),
    );
  });
});

describe('the signature', () => {
  const raw = Buffer.from('{"a":"\\u00e1"}');
  const good = metaSignature(raw, 'secret');
  const cases: [
    name: string,
    bytes: Buffer,
    header: string | undefined,
    secrets: string[],
    verdict: boolean,
  ][] = [
    ['good', raw, good, ['secret'], true],
    ['while the secret changes: the old one', raw, good, ['new', 'secret'], true],
    ['upper case', raw, good.replace(/[a-f]/g, (letter) => letter.toUpperCase()), ['secret'], true],
    ['another secret', raw, good, ['other'], false],
    [
      'the same JSON written again',
      Buffer.from(JSON.stringify(JSON.parse(raw.toString()))),
      good,
      ['secret'],
      false,
    ],
    ['absent', raw, undefined, ['secret'], false],
    ['of another kind', raw, good.replace('sha256', 'sha1'), ['secret'], false],
    ['too short', raw, good.slice(0, -2), ['secret'], false],
    ['no secret configured', raw, metaSignature(raw, ''), [''], false],
  ];
  it.each(cases)('%s', (_, bytes, header, secrets, verdict) => {
    expect(isSignedByMeta(bytes, header, secrets)).toBe(verdict);
  });
});

describe('the handshake', () => {
  const asked = { 'hub.mode': 'subscribe', 'hub.verify_token': 'word', 'hub.challenge': '1158201444' };
  const cases: [name: string, query: unknown, expected: unknown][] = [
    ['right', asked, { challenge: '1158201444' }],
    ['wrong token', { ...asked, 'hub.verify_token': 'other' }, { refused: 'wrong-token' }],
    ['no query', {}, { refused: 'not-a-handshake' }],
    ['repeated parameter', { ...asked, 'hub.challenge': ['1', '2'] }, { refused: 'not-a-handshake' }],
  ];
  it.each(cases)('%s', (_, query, expected) => {
    expect(answerHandshake(query, 'word')).toEqual(expected);
  });
  it('an empty token of ours never matches', () => {
    expect(answerHandshake({ ...asked, 'hub.verify_token': 'x' }, '')).toEqual({ refused: 'wrong-token' });
  });
});
