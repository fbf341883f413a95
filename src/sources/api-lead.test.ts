import { describe, expect, test } from 'vitest';
import { readExactJson } from '../platform/exact-json.ts';
import { instant } from '../platform/time.ts';
import { readApiLead, type ApiDoor } from './api-lead.ts';

const door: ApiDoor = { source: null, zone: 'America/Mexico_City', now: instant('2026-07-15T16:00:00Z') };
const read = (body: unknown, at = door) => readApiLead(body, at);
const intake = (body: unknown, at = door) => {
  const parsed = read(body, at);
  if ('fault' in parsed) throw new Error(JSON.stringify(parsed.fault));
  return parsed.intake;
};

describe('a lead by the API', () => {
  test('a whole body', () => {
    expect(
      intake({
        source: 'portal',
        sourceId: 'A-1',
        sentAt: '2026-07-15T09:59:00-06:00',
        name: '  María José  Núñez ',
        phone: '55 1234 5678',
        email: 'maria@example.com',
        city: 'Mérida',
        campaign: { campaignId: 120200000030254, utm_source: 'ig' },
        consent: { text: 'Acepto el aviso', at: '2026-07-15T09:58:00-06:00' },
        zone: 'norte',
        referredBy: 'L1',
        interes: 'casa de 2 recámaras',
        extra: { a: [1, 2] },
      }),
    ).toEqual({
      source: 'portal',
      sourceId: 'A-1',
      sentAt: '2026-07-15T15:59:00.000Z',
      name: 'María José  Núñez',
      phones: ['55 1234 5678'],
      emails: ['maria@example.com'],
      city: 'Mérida',
      campaign: { campaignId: '120200000030254', platform: 'ig' },
      consent: { text: 'Acepto el aviso', at: '2026-07-15T15:58:00.000Z' },
      test: false,
      zone: 'norte',
      referredBy: 'L1',
      fields: { interes: 'casa de 2 recámaras', extra: '{"a":[1,2]}' },
    });
  });

  test.each([
    ['phone as a number', { phone: 5512345678 }, ['5512345678']],
    [
      'several phones',
      { phones: ['55 1234 5678', '300 123 4567', '55 1234 5678'] },
      ['55 1234 5678', '300 123 4567'],
    ],
    ['two in one text', { phone: '55 1234 5678 / 55 8765 4321' }, ['55 1234 5678', '55 8765 4321']],
    ['Spanish name of the field', { 'Teléfono celular': '300 123 4567' }, ['300 123 4567']],
    ['with words around', { phone: '5512345678 casa' }, ['5512345678 casa']],
    ['a phone of blanks beside an e-mail', { phone: '   ', email: 'a@example.com' }, []],
    ['a phone without digits beside an e-mail', { phone: 'no tengo', email: 'a@example.com' }, []],
  ])('phones: %s', (_name, body, phones) => {
    expect(intake({ source: 's', ...body }).phones).toEqual(phones);
  });

  test('nothing received is lost: a phone without digits stays among the fields', () => {
    expect(intake({ source: 's', phone: 'no tengo', email: 'a@example.com' }).fields).toEqual({
      phone: 'no tengo',
    });
  });

  test.each([
    ['a list', [], 'not-an-object', undefined],
    ['null', null, 'not-an-object', undefined],
    ['no source', { phone: '5512345678' }, 'source-missing', 'source'],
    ['nobody to reach', { source: 's', name: 'Ana' }, 'no-way-to-reach', 'phone'],
    ['a phone of blanks', { source: 's', phone: '        ' }, 'no-way-to-reach', 'phone'],
    ['a phone of zeros', { source: 's', phone: '0000000000' }, 'no-way-to-reach', 'phone'],
    ['an e-mail without domain', { source: 's', email: 'ana@' }, 'no-way-to-reach', 'phone'],
    ['name not text', { source: 's', phone: '5512345678', name: { first: 'Ana' } }, 'wrong-type', 'name'],
    ['phones not a list', { source: 's', phones: '5512345678' }, 'wrong-type', 'phones'],
    ['too many phones', { source: 's', phones: Array(11).fill('5512345678') }, 'too-long', 'phones'],
    ['name too long', { source: 's', phone: '5512345678', name: 'a'.repeat(501) }, 'too-long', 'name'],
    ['not a time', { source: 's', phone: '5512345678', sentAt: 'ayer' }, 'not-a-time', 'sentAt'],
  ])('%s names the field and the remedy', (_name, body, code, field) => {
    const parsed = read(body);
    expect(parsed).toMatchObject({ fault: { code, ...(field === undefined ? {} : { field }) } });
    if ('fault' in parsed) {
      for (const told of [parsed.fault.message, parsed.fault.remedy]) {
        expect(told.es).not.toMatch(/[{}]field|^$/);
        expect(told.en).not.toMatch(/[{}]field|^$/);
      }
    }
  });

  test('a source bound to the key wins over the body', () => {
    expect(intake({ source: 'other', phone: '5512345678' }, { ...door, source: 'portal' }).source).toBe(
      'portal',
    );
  });

  test.each([
    ['local time is the organization’s', '2026-07-15T09:59', '2026-07-15T15:59:00.000Z'],
    ['epoch seconds', 1784131140, '2026-07-15T15:59:00.000Z'],
    ['epoch milliseconds', 1784131140000, '2026-07-15T15:59:00.000Z'],
    ['a clock a little ahead', '2026-07-15T16:04:59Z', '2026-07-15T16:04:59.000Z'],
  ])('sentAt: %s', (_name, sentAt, at) => {
    expect(intake({ source: 's', phone: '5512345678', sentAt }).sentAt).toBe(at);
  });

  test('a time from the future is kept and not believed', () => {
    const lead = intake({ source: 's', phone: '5512345678', sentAt: '2027-01-01T00:00:00Z' });
    expect(lead.sentAt).toBeNull();
    expect(lead.fields).toEqual({ sentAt: '2027-01-01T00:00:00Z' });
  });

  test.each([
    [true, true],
    ['true', true],
    ['sí', true],
    ['false', false],
    [false, false],
    [undefined, false],
  ])('test: %j is %j', (given, is) => {
    expect(intake({ source: 's', phone: '5512345678', test: given }).test).toBe(is);
  });

  test('ids past 2^53 keep their digits', () => {
    const json = readExactJson('{"source":"s","phone":5512345678,"sourceId":17840000000000056789}');
    if (!('value' in json)) throw new Error('unreadable');
    expect(intake(json.value).sourceId).toBe('17840000000000056789');
  });

  test('NUL, lone surrogates, invisible marks and __proto__ do no harm', () => {
    const lead = intake(
      JSON.parse(
        '{"source":"s","phone":"55\\u00001234 5678","name":"Ana\\u0000\\u202e \\ud800","__proto__":{"test":true},"constructor":"Obra SA"}',
      ),
    );
    expect(lead.phones).toEqual(['551234 5678']);
    expect(lead.name).toBe('Ana \ufffd');
    expect(lead.test).toBe(false);
    expect(lead.fields).toEqual({ constructor: 'Obra SA' });
    expect(({} as Record<string, unknown>)['test']).toBeUndefined();
  });
});
