import { describe, expect, test } from 'vitest';
import { instant } from '../platform/time.ts';
import { readGoogleLead } from './google-lead.ts';
import type { Door } from './intake.ts';

const door: Door = { source: 'google', zone: 'America/Bogota', now: instant('2026-07-15T16:00:00Z') };
const column = (column_id: string, string_value: string, column_name?: string) => ({
  column_id,
  string_value,
  ...(column_name === undefined ? {} : { column_name }),
});
const body = (rest: object = {}) =>
  JSON.stringify({
    lead_id: 'TeSter-123-ABCDEFGHIJKLMNOPQRSTUVWXYZ-abcdefghijklmnopqrstuvwxyz-0123456789',
    user_column_data: [column('FULL_NAME', 'Ana Ruiz', 'Full Name'), column('PHONE_NUMBER', '+573001234567')],
    api_version: '1.0',
    google_key: 'key-1',
    is_test: false,
    lead_submit_time: '2026-07-15T15:59:00Z',
    something_new: { a: 1 },
    ...rest,
  }).replace('"FORM"', '17840000000000056789');

describe('Google lead forms', () => {
  test('a lead', () => {
    const answer = readGoogleLead(
      body({
        form_id: 'FORM',
        campaign_id: 12345678901,
        adgroup_id: 0,
        creative_id: 77,
        gcl_id: 'Cj0',
        asset_group_id: 5,
      }),
      ['key-1'],
      door,
    );
    expect(answer).toEqual({
      status: 200,
      authentic: true,
      intake: {
        source: 'google',
        sourceId: 'TeSter-123-ABCDEFGHIJKLMNOPQRSTUVWXYZ-abcdefghijklmnopqrstuvwxyz-0123456789',
        sentAt: '2026-07-15T15:59:00.000Z',
        name: 'Ana Ruiz',
        phones: ['+573001234567'],
        emails: [],
        campaign: {
          formId: '17840000000000056789',
          campaignId: '12345678901',
          adId: '77',
          clickId: 'Cj0',
          assetGroupId: '5',
        },
        consent: null,
        test: false,
        fields: {},
      },
    });
  });

  test('work phone, work e-mail, a custom question with words and one without', () => {
    const answer = readGoogleLead(
      body({
        user_column_data: [
          column('FIRST_NAME', 'Ana'),
          column('LAST_NAME', 'Ruiz'),
          column('WORK_PHONE', '6012281260'),
          column('WORK_EMAIL', 'ana@example.com'),
          column('cual_modelo_te_interesa', 'Sedán', '¿Cuál modelo te interesa?'),
          column('pregunta_2', 'Sí'),
          column('', 'perdido'),
          null,
          'x',
        ],
      }),
      ['key-1'],
      door,
    );
    expect(answer).toMatchObject({
      intake: {
        name: 'Ana Ruiz',
        phones: ['6012281260'],
        emails: ['ana@example.com'],
        fields: { '¿Cuál modelo te interesa?': 'Sedán', pregunta_2: 'Sí' },
      },
    });
  });

  test('a saved mapping and consent text', () => {
    const form = { fields: { pregunta_1: 'zone' as const }, consentText: 'Aviso' };
    const columns = [column('PHONE_NUMBER', '3001234567'), column('pregunta_1', 'norte')];
    expect(readGoogleLead(body({ user_column_data: columns }), ['key-1'], door, form)).toMatchObject({
      intake: { zone: 'norte', consent: { text: 'Aviso', at: '2026-07-15T15:59:00.000Z' } },
    });
  });

  test('is_test is a test, reachable or not', () => {
    expect(readGoogleLead(body({ is_test: true, user_column_data: [] }), ['key-1'], door)).toMatchObject({
      status: 200,
      intake: { test: true },
    });
  });

  test('two keys live while one is changed', () => {
    expect(readGoogleLead(body(), ['new', 'key-1'], door)).toMatchObject({ status: 200 });
  });

  test.each([
    ['another key', body({ google_key: 'x' }), 403, false, 'bad-key'],
    ['no key', body({ google_key: undefined }), 403, false, 'bad-key'],
    ['a key that is a number', body({ google_key: 1 }), 403, false, 'bad-key'],
    ['cut', '{"google_key":"key-1"', 400, false, 'not-readable'],
    ['a list', '[]', 400, false, 'not-an-object'],
    ['no lead id', body({ lead_id: '' }), 400, true, 'lead-id-missing'],
    ['nobody to reach', body({ user_column_data: [] }), 200, true, 'no-way-to-reach'],
    ['columns of another kind', body({ user_column_data: 'x' }), 200, true, 'no-way-to-reach'],
  ])('%s', (_name, raw, status, authentic, code) => {
    expect(readGoogleLead(raw, ['key-1'], door)).toMatchObject({ status, authentic, fault: { code } });
  });

  test('without a configured key nothing is authentic', () => {
    expect(readGoogleLead(body({ google_key: '' }), [''], door)).toMatchObject({ status: 403 });
  });
});
