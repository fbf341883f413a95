import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

import { ABOUTS, type About } from '../decisions/index.ts';
import { everyDay } from '../calendar/index.ts';
import { instant } from '../platform/time.ts';
import { asWritten, inForce, readPacks } from '../procedures/index.ts';
import type { Person } from '../staff/index.ts';
import { confirmedMonth } from './confirm-button.ts';
import { NOTICE_OF } from './notice-facts.ts';
import { noticeLanguage, type NoticeFacts } from './notice-values.ts';
import type { NoticeLanguage } from './notices.ts';
import { renderNotice } from './templates.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const ZONE = 'America/Mexico_City';
const loaded = await readPacks(ROOT);
if ('faults' in loaded) throw new Error('packs');
const { packs } = loaded;
const now = instant('2024-07-01T15:00:00.000Z');

function rulesWith(readings: Record<string, unknown> = {}) {
  const names = ['lead-assignment', 'contact-center-policy'] as const;
  const adoptions = asWritten(packs, names, '2024-07-01').map((adoption) => ({
    ...adoption,
    readings: adoption.procedure === 'contact-center-policy' ? readings : {},
  }));
  return inForce(packs, adoptions, ZONE, now);
}

const someone: Person = {
  id: 'ana',
  place: 1,
  name: 'Ana Prueba',
  role: 'manager',
  zone: 'norte',
  reportsTo: null,
  email: null,
  phone: null,
  extension: null,
  internal: true,
  documents: 'complete',
  grade: 'pass',
  signed: true,
  signatures: [],
  absent: false,
  leftAt: null,
  papers: {},
  marks: {},
};

function facts(about: About, change: Partial<NoticeFacts> = {}): NoticeFacts {
  return {
    about,
    values: {},
    recipient: someone,
    lead: {
      name: 'Persona Uno',
      source: 'web',
      stage: 'assigned',
      holder: 'beto',
      heldUntil: null,
      receivedAt: now,
      noticeDueAt: null,
    },
    leadId: 'L1',
    personName: (id) => `${id} Ejemplo`,
    sourceName: (key) => (key === 'web' ? 'Sitio web' : key),
    rules: rulesWith(),
    hours: everyDay(ZONE, '08:00', '18:00'),
    zone: ZONE,
    language: 'es-MX',
    publicUrl: 'https://pauta.example.com',
    now,
    ...change,
  };
}

function read(about: About, change: Partial<NoticeFacts> = {}) {
  const given = facts(about, change);
  const { kind, values } = NOTICE_OF[about](given);
  return { kind, ...renderNotice(kind, values, given.language) };
}

function guardsOn(from: string, until: string, ...days: readonly number[]) {
  return days.map((day) => ({ on: `2024-07-${String(day).padStart(2, '0')}`, from, until }));
}

describe('what rules tell about', () => {
  test('everything that the source tells has words', () => {
    const told = sources(join(ROOT, 'src')).flatMap((text) =>
      [...text.matchAll(/\babout: '([a-z.-]+)'/g)].map((match) => match[1] ?? ''),
    );
    expect(told.length).toBeGreaterThan(10);
    expect([...new Set(told)].filter((about) => !ABOUTS.some((known) => known === about))).toEqual([]);
  });

  const languages: NoticeLanguage[] = ['es-MX', 'es-CO', 'en'];
  test.each(ABOUTS.flatMap((about) => languages.map((language) => [about, language] as const)))(
    '%s in %s is told whole, also about a person who was erased, with nothing to tell it from',
    (about, language) => {
      const shown = read(about, { language, values: { month: '2024-07', zone: 'norte' }, lead: null });
      expect([shown.subject, shown.body, shown.pushTitle, shown.pushBody].join(' ')).not.toMatch(
        /[{}]|undefined|null|NaN/,
      );
    },
  );

  test.each([
    ['the ten minutes', 'lead.assigned', { dueAt: '2024-07-01T15:10:00.000Z', by: 'turn' }, 'lead-assigned'],
    ['none', 'lead.reassigned', { dueAt: null, by: 'hand-over' }, 'lead-given'],
    [
      'missed by another',
      'lead.reassigned',
      { dueAt: '2024-07-01T15:10:00.000Z', by: 'best' },
      'lead-reassigned-to-you',
    ],
    [
      'given by the administrator',
      'lead.reassigned',
      { dueAt: '2024-07-01T15:10:00.000Z', by: 'administrator' },
      'lead-assigned',
    ],
    ['missed', 'lead.taken', { from: 'ana', to: 'beto' }, 'lead-taken-from-you'],
    ['the administrator took it', 'lead.taken', { to: 'beto', by: 'administrator' }, 'lead-moved'],
    ['to the manager', 'lead.missed', { from: 'beto', to: null }, 'lead-taken-manager'],
  ] as const)('%s: %s', (_name, about, values, kind) => {
    expect(read(about, { values }).kind).toBe(kind);
  });

  test('a lead held overnight says when it came', () => {
    const lead = {
      ...facts('lead.assigned').lead,
      heldUntil: now,
      receivedAt: instant('2024-07-01T03:14:00.000Z'),
    };
    const shown = read('lead.assigned', {
      lead: lead as NoticeFacts['lead'],
      values: { dueAt: '2024-07-01T15:10:00.000Z', by: 'turn' },
    });
    expect(shown.body).toContain('30/06 21:14');
    expect(shown.body).toContain('09:10');
  });

  test('a month of guards names days in a row by the first and the last', () => {
    const shifts = [...guardsOn('08:00', '13:00', 1, 2, 3, 4, 8, 9, 20), ...guardsOn('13:00', '18:00', 5)];
    expect(read('roster', { values: { month: '2024-07', shifts } }).body).toContain(
      'Tus guardias: lun 1 a jue 4, lun 8, mar 9, sáb 20, 08:00–13:00; vie 5, 13:00–18:00.',
    );
  });

  test('ten minutes that begin with the notice say when they end', () => {
    const rules = rulesWith({ 'tenMinutes.from': 'notified' });
    expect(read('lead.assigned', { rules, values: { dueAt: null, by: 'turn' } }).body).toContain('09:10');
  });

  test('a roster names month, hours and the end of the day, and its button the month', () => {
    const shown = read('roster', { values: { month: '2024-07' } });
    expect(shown.body).toContain('julio de 2024');
    expect(shown.body).toContain('todos los días, de 08:00 a 18:00');
    expect(shown.body).toContain('01/07 23:59');
    expect(confirmedMonth(shown.whatsappTemplate.buttons[0]?.payload)).toBe('2024-07');
  });
});

test.each([
  ['CONFIRM:2024-07', '2024-07'],
  ['CONFIRM:2024-13', null],
  ['CONFIRM:2024-07 ', null],
  ['confirm:2024-07', null],
  [undefined, null],
])('a button with %s confirms %s', (payload, month) => expect(confirmedMonth(payload)).toBe(month));

test.each([
  ['es-MX', 'es-MX'],
  ['es-CO', 'es-CO'],
  ['fr', 'es-MX'],
])('the words of %s are those of %s', (locale, language) => expect(noticeLanguage(locale)).toBe(language));

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !name.startsWith('messages'))
    .map((name) => readFileSync(join(folder, name), 'utf8'));
}
