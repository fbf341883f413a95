import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readExactJson } from '../platform/exact-json.ts';
import { instant } from '../platform/time.ts';
import { readCallBody, readCallEvent } from '../switchboard/callpicker.ts';
import { readApiLead } from './api-lead.ts';
import { readExistingRow } from './existing-lead.ts';
import { readGoogleLead } from './google-lead.ts';
import { reachable, type Intake } from './intake.ts';
import { proposedMapping, readLeadRow } from './lead-file.ts';
import { readMetaLead } from './meta-lead.ts';
import { metaHandshake, readMetaNotification } from './meta-notification.ts';
import { readWebForm, stampOf, type WebForm } from './web-form.ts';

/** 10,000 bodies over all the doors. */
const BODIES = 10_000;
/** On a machine that is busy with everything else. */
const PATIENCE_MILLISECONDS = 120_000;
const now = instant('2026-07-15T16:00:00Z');
const door = { source: 's', zone: 'America/Mexico_City', now };

const KEYS = [
  '__proto__',
  'constructor',
  'phone',
  'phones',
  'email',
  'name',
  'source',
  'sentAt',
  'consent',
  'campaign',
  'test',
  'fields',
  'id',
  'field_data',
  'values',
  'object',
  'entry',
  'changes',
  'value',
  'field',
  'leadgen_id',
  'google_key',
  'lead_id',
  'user_column_data',
  'column_id',
  'string_value',
  'call_id',
  'call_type',
  'call_status',
  'date',
  'created',
  'duration',
  'wait_time',
  'records',
  'callee_number',
  'custom_disclaimer_responses',
];
const WORDS = [
  '',
  ' ',
  '\u0000',
  '\ud800',
  '<test lead: dummy data for x>',
  'page',
  'leadgen',
  'outbound',
  '2026-7-15 9:18:39',
  '9007199254740993',
  '[',
  '{"a":',
  'Infinity',
  '5.51E+09',
  '__proto__',
  '\u202eabc',
];
const leaf = fc.oneof(
  fc.constantFrom<unknown>(...WORDS, null, true, 0, -1, 1e308, Number.NaN),
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.double(),
);
const { body } = fc.letrec<{ body: unknown }>((tie) => ({
  body: fc.oneof(
    { maxDepth: 5, depthSize: 'small' },
    leaf,
    fc.array(tie('body'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(fc.constantFrom(...KEYS), fc.string({ maxLength: 8 })), tie('body'), {
      maxKeys: 8,
      noNullPrototype: false,
    }),
  ),
}));

const form: WebForm = {
  key: 'f',
  source: 's',
  language: 'es-MX',
  title: 't',
  submit: 'e',
  fields: [
    { name: 'name', target: 'name', label: 'n', kind: 'text', required: false },
    { name: 'phone', target: 'phone', label: 'p', kind: 'tel', required: false },
  ],
  consent: null,
  thanks: { text: 'g' },
  fillSecondsMin: 0,
};

function strings(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.entries(value).flat().flatMap(strings) : [];
}

/** What no door may ever let through. */
function sound(intake: Intake): void {
  expect(reachable(intake) || intake.test).toBe(true);
  const texts = strings(intake);
  expect(texts.filter((text) => text.includes('\u0000') || !text.isWellFormed())).toEqual([]);
  for (const phone of intake.phones) expect(phone.replace(/\D/g, '').length).toBeGreaterThanOrEqual(7);
  if (intake.sentAt !== null) expect(instant(intake.sentAt)).toBe(intake.sentAt);
}

function throughEveryDoor(value: unknown): void {
  const read = [readApiLead(value, { ...door, source: null }), readMetaLead(value, door)];
  for (const parsed of read) if ('intake' in parsed) sound(parsed.intake);
  const posted = { ...(typeof value === 'object' ? value : {}), stamp: stampOf(form, now, 'k') };
  const post = readWebForm(form, posted, { ...door, secret: 'k' });
  if ('intake' in post) sound(post.intake);
  metaHandshake(value, 't');
  readCallEvent(value, door);
}

describe('garbage', { timeout: PATIENCE_MILLISECONDS }, () => {
  test(`${BODIES} bodies: no exception, no lead out of nothing`, () => {
    fc.assert(
      fc.property(body, (value) => {
        throughEveryDoor(value);
        const json = JSON.stringify(value) ?? '';
        readMetaNotification(json);
        readCallBody(json, door);
        const google = readGoogleLead(json, ['k'], door);
        if ('intake' in google) sound(google.intake);
      }),
      { numRuns: BODIES },
    );
  });

  test('bytes cut and changed at random', () => {
    const whole = new TextEncoder().encode(
      '{"object":"page","entry":[{"changes":[{"field":"leadgen","value":{"leadgen_id":9007199254740993}}]}],"google_key":"k","lead_id":"1","phone":"55 1234 5678 \\ud83c"}',
    );
    const bytes = fc
      .tuple(fc.nat(whole.length), fc.nat(whole.length - 1), fc.nat(255))
      .map(([cut, at, byte]) => {
        const changed = whole.slice();
        changed[at] = byte;
        return changed.slice(0, cut);
      });
    fc.assert(
      fc.property(bytes, (raw) => {
        readMetaNotification(raw);
        readGoogleLead(raw, ['k'], door);
        readCallBody(raw, door);
        const json = readExactJson(raw);
        if ('value' in json) throughEveryDoor(json.value);
      }),
      { numRuns: 2_000 },
    );
  });

  test('rows of any cells under any headers', () => {
    const cells = fc.dictionary(
      fc.oneof(
        fc.constantFrom('Nombre', 'Teléfono', 'Asesor', 'Fecha', 'Historial', ...KEYS),
        fc.string({ maxLength: 6 }),
      ),
      fc.oneof(fc.constantFrom(...WORDS), fc.string({ unit: 'binary', maxLength: 30 })),
      { maxKeys: 8, noNullPrototype: false },
    );
    fc.assert(
      fc.property(cells, (given) => {
        const mapping = proposedMapping(Object.keys(given));
        const read = readLeadRow({ row: 1, cells: given }, mapping, door);
        if ('intake' in read) sound(read.intake);
        const existing = readExistingRow({ row: 1, cells: given }, mapping, door);
        if ('existing' in existing) sound(existing.existing.intake);
      }),
      { numRuns: 3_000 },
    );
  });

  test('no prototype was touched', () => {
    throughEveryDoor(
      JSON.parse(
        '{"__proto__":{"polluted":1},"fields":{"__proto__":{"polluted":1}},"phone":"5512345678","source":"s"}',
      ),
    );
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test.each([
    ['a million characters in one field', { source: 's', phone: '5'.repeat(1_000_000) }],
    ['fifty thousand fields', Object.fromEntries(Array.from({ length: 50_000 }, (_, i) => [`k${i}`, 'x']))],
    ['a million characters almost an e-mail', { source: 's', email: `a@${'a.'.repeat(500_000)}` }],
  ])('%s', (_name, value) => throughEveryDoor(value));
});
