import { describe, expect, test } from 'vitest';
import { instant } from '../platform/time.ts';
import type { Door } from './intake.ts';
import { readMetaLead, type MetaForm } from './meta-lead.ts';
import { metaHandshake, readMetaNotification } from './meta-notification.ts';

const door: Door = { source: 'facebook', zone: 'America/Mexico_City', now: instant('2026-07-15T16:00:00Z') };

describe('handshake', () => {
  const asked = { 'hub.mode': 'subscribe', 'hub.verify_token': 'tok', 'hub.challenge': '1158201444' };
  test.each([
    ['ours', asked, { challenge: '1158201444' }],
    ['another token', { ...asked, 'hub.verify_token': 'x' }, { refused: 'bad-token' }],
    ['no token', { 'hub.mode': 'subscribe', 'hub.challenge': '1' }, { refused: 'bad-token' }],
    ['another mode', { ...asked, 'hub.mode': 'unsubscribe' }, { refused: 'not-a-handshake' }],
    ['a bare visit', {}, { refused: 'not-a-handshake' }],
    ['a list of tokens', { ...asked, 'hub.verify_token': ['tok'] }, { refused: 'bad-token' }],
  ])('%s', (_name, query, answer) => expect(metaHandshake(query, 'tok')).toEqual(answer));
  test('without a configured token nobody gets in', () => {
    expect(metaHandshake({ ...asked, 'hub.verify_token': '' }, '')).toEqual({ refused: 'bad-token' });
  });
});

const value = (id: string) =>
  `{"field":"leadgen","value":{"leadgen_id":${id},"form_id":900000000000101,"page_id":"1600000000000683","ad_id":120200000000000254,"created_time":1784131140}}`;
const body = (...changes: string[]) =>
  `{"object":"page","entry":[{"id":"1600000000000683","time":1,"changes":[${changes.join(',')}]}]}`;
describe('notifications', () => {
  test('ids written as numbers past 2^53 keep their digits', () => {
    expect(readMetaNotification(body(value('9007199254740993')))).toEqual({
      notices: [
        {
          leadId: '9007199254740993',
          pageId: '1600000000000683',
          formId: '900000000000101',
          adId: '120200000000000254',
          adGroupId: null,
          createdAt: '2026-07-15T15:59:00.000Z',
        },
      ],
      otherChanges: 0,
      faults: [],
    });
  });

  test('batched, repeated, mixed with other fields and one broken', () => {
    const read = readMetaNotification(
      body(
        value('"1"'),
        value('"2"'),
        value('"1"'),
        '{"field":"feed","value":{}}',
        '{"field":"leadgen","value":{}}',
        'null',
      ),
    );
    if ('fault' in read) throw new Error('fault');
    expect(read.notices.map(({ leadId }) => leadId)).toEqual(['1', '2']);
    expect(read.otherChanges).toBe(1);
    expect(read.faults.map(({ code }) => code)).toEqual(['lead-id-missing']);
  });

  test.each([
    ['an id that is a path', '"1/../me"'],
    ['an id with a query', '"1?access_token=x"'],
    ['a nested id', '{"a":1}'],
    ['an empty id', '""'],
  ])('%s is no lead', (_name, id) => {
    expect(readMetaNotification(body(value(id)))).toMatchObject({
      notices: [],
      faults: [{ code: 'lead-id-missing' }],
    });
  });

  test.each([
    ['cut', '{"object":"page"', 'not-readable'],
    ['another object', '{"object":"whatsapp_business_account","entry":[]}', 'not-a-notification'],
    ['no entries', '{"object":"page"}', 'not-a-notification'],
    ['a list', '[]', 'not-a-notification'],
  ])('%s', (_name, raw, code) => expect(readMetaNotification(raw)).toMatchObject({ fault: { code } }));
});

const lead = (fields: Record<string, unknown[]>, rest: object = {}) => ({
  id: '9007199254740993',
  created_time: '2026-07-15T15:59:00+0000',
  form_id: '900000000000101',
  field_data: Object.entries(fields).map(([name, values]) => ({ name, values })),
  ...rest,
});
const boxes = (is_checked: string) => ({
  custom_disclaimer_responses: [{ checkbox_key: 'promo', is_checked }],
});
const read = (told: unknown, form?: MetaForm) => {
  const parsed = readMetaLead(told, door, form);
  if ('fault' in parsed) throw new Error(parsed.fault.code);
  return parsed.intake;
};

describe('the lead itself', () => {
  test('a paid lead with custom questions', () => {
    expect(
      read(
        lead(
          {
            full_name: ['José Ibáñez 🏡'],
            phone_number: ['+525512345678'],
            email: ['jose@example.com'],
            city: ['Mérida'],
            '¿cuándo_piensas_comprar?': ['3 meses'],
            platform: ['PlayStation'],
          },
          {
            ad_id: '120200000000000254',
            ad_name: 'Casa',
            campaign_id: '120200000030254',
            platform: 'ig',
            is_organic: false,
          },
        ),
      ),
    ).toEqual({
      source: 'facebook',
      sourceId: '9007199254740993',
      sentAt: '2026-07-15T15:59:00.000Z',
      name: 'José Ibáñez 🏡',
      phones: ['+525512345678'],
      emails: ['jose@example.com'],
      city: 'Mérida',
      campaign: {
        formId: '900000000000101',
        adId: '120200000000000254',
        adName: 'Casa',
        campaignId: '120200000030254',
        platform: 'ig',
      },
      consent: null,
      test: false,
      fields: { '¿cuándo_piensas_comprar?': '3 meses', platform: 'PlayStation' },
    });
  });

  test.each([
    [
      'first and last name',
      { first_name: ['Ana'], last_name: ['Ruiz'], phone_number: ['1234567'] },
      'Ana Ruiz',
    ],
    ['Spanish', { nombre_completo: ['Ana Ruiz'], teléfono: ['1234567'] }, 'Ana Ruiz'],
    [
      'paternal and maternal',
      { nombre: ['Ana'], apellido_paterno: ['Ruiz'], apellido_materno: ['Paz'], celular: ['1234567'] },
      'Ana Ruiz Paz',
    ],
    ['no name', { phone_number: ['1234567'] }, null],
  ])('names: %s', (_name, fields, name) => expect(read(lead(fields)).name).toBe(name));

  test('an empty list of values is an open question, not an error', () => {
    const intake = read(lead({ full_name: [], email: [], phone_number: ['55 1234 5678'], city: [null, ''] }));
    expect(intake).toMatchObject({ name: null, emails: [], phones: ['55 1234 5678'] });
    expect(intake.city).toBeUndefined();
  });

  test('several values are joined', () => {
    expect(read(lead({ phone_number: ['1234567'], zonas: ['Norte', 'Sur'] })).fields).toEqual({
      zonas: 'Norte, Sur',
    });
  });

  test('a saved mapping says what a question means', () => {
    const form: MetaForm = {
      fields: { '¿a_qué_whatsapp_te_escribimos?': 'phone', nombre_del_padre: 'keep', email: 'drop' },
    };
    const intake = read(
      lead({ '¿a_qué_whatsapp_te_escribimos?': ['300 123 4567'], email: ['x@example.com'] }),
      form,
    );
    expect(intake).toMatchObject({ phones: ['300 123 4567'], emails: [] });
  });

  test('what the testing tool sends is a test, and needs no way to be reached', () => {
    const dummy = lead({
      full_name: ['<test lead: dummy data for full_name>'],
      phone_number: ['<test lead: dummy data for phone_number>'],
    });
    expect(read(dummy)).toMatchObject({ test: true, phones: [] });
    expect(read(lead({ email: ['test@meta.com'] })).test).toBe(true);
  });

  test('an organic lead is not a test', () => {
    expect(read(lead({ phone_number: ['1234567'] }, { is_organic: true }))).toMatchObject({
      test: false,
      campaign: { medium: 'organic' },
    });
  });

  test('consent text of the form, at the time of the lead; unticked boxes are no consent', () => {
    const form = { fields: {}, consentText: 'Aviso v3' };
    const at = '2026-07-15T15:59:00.000Z';
    expect(read(lead({ phone: ['1234567'] }), form).consent).toEqual({ text: 'Aviso v3', at });
    expect(read(lead({ phone: ['1234567'] }, boxes('1')), form).consent).toEqual({ text: 'Aviso v3', at });
    expect(read(lead({ phone: ['1234567'] }, boxes('')), form).consent).toBeNull();
    expect(read(lead({ phone: ['1234567'] }, boxes('1'))).consent).toEqual({ text: 'promo', at });
  });

  test.each([
    ['nobody to reach', lead({ full_name: ['Ana'] }), 'no-way-to-reach'],
    ['no fields at all', { id: '1', created_time: 'x' }, 'no-way-to-reach'],
    ['no id', { field_data: [] }, 'lead-id-missing'],
    ['not an object', 'lead', 'lead-id-missing'],
  ])('%s', (_name, told, code) => expect(readMetaLead(told, door)).toMatchObject({ fault: { code } }));
});
