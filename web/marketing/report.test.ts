import { instant } from '../../src/platform/time.ts';
import { describe, expect, it } from 'vitest';
import { keyFor } from './kinds.ts';
import { byHour, costPerLead, heatOf } from './report.ts';
import { fieldNameFor, withConsent, type FormSettings } from './form-settings.ts';

describe('what a lead costs', () => {
  it.each([
    ['a month by its leads', '9000', 30, 300, '30.00'],
    ['a week is its share of the month', '3000', 7, 10, '70.00'],
    ['cents are rounded, never floats', '100.10', 30, 3, '33.37'],
    ['less than a peso', '1', 30, 3, '0.33'],
    ['no leads, no figure', '9000', 30, 0, null],
    ['no cost given', undefined, 30, 10, null],
  ] as const)('%s', (_, cost, days, leads, expected) => {
    expect(costPerLead(cost, days, leads)).toBe(expected);
  });
});

const report = {
  now: instant('2026-03-03T18:00:00.000Z'),
  from: '2026-02-25',
  to: '2026-03-03',
  all: null,
  sources: [],
  hours: [
    { source: 'a', day: '2026-03-02', hour: 9, leads: 2 },
    { source: 'b', day: '2026-03-02', hour: 9, leads: 1 },
    { source: 'a', day: '2026-02-25', hour: 23, leads: 4 },
  ],
};

describe('leads by hour', () => {
  it('adds up days and sources, or one source alone', () => {
    expect(byHour(report, null)[9]).toBe(3);
    expect(byHour(report, 'a')[9]).toBe(2);
    expect(byHour(report, 'a')).toHaveLength(24);
  });

  it('has a row for each day, also for those without leads', () => {
    const rows = heatOf(report, null, false);
    expect(rows.map(({ of }) => of)).toEqual([
      '2026-02-25',
      '2026-02-26',
      '2026-02-27',
      '2026-02-28',
      '2026-03-01',
      '2026-03-02',
      '2026-03-03',
    ]);
    expect(rows[5]?.hours[9]).toBe(3);
  });

  it('has a row for each weekday of a month, Monday first', () => {
    const rows = heatOf(report, 'a', true);
    expect(rows.map(({ of }) => of)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(rows[0]?.hours[9]).toBe(2);
    expect(rows[2]?.hours[23]).toBe(4);
  });
});

describe('names made of words', () => {
  it('are short, plain and taken once', () => {
    expect(keyFor('Página de Verano', [])).toBe('pagina-de-verano');
    expect(keyFor('Página de Verano', ['pagina-de-verano'])).toBe('pagina-de-verano-2');
    expect(keyFor('¡!', [])).toBe('fuente');
    expect(fieldNameFor('¿Qué buscas?', [])).toBe('que_buscas');
    expect(fieldNameFor('Pregunta', ['pregunta'])).toBe('pregunta_2');
  });
});

describe('a text of consent', () => {
  const saved = { current: 'v1', texts: { v1: 'Acepto.' }, required: true };
  const form = { consent: saved } as unknown as FormSettings;

  it('that changes is another version, and the one agreed to stays', () => {
    expect(withConsent(form, saved, 'Acepto todo.').consent).toEqual({
      current: 'v2',
      texts: { v1: 'Acepto.', v2: 'Acepto todo.' },
      required: true,
    });
  });

  it('that is written back is the one there was', () => {
    expect(withConsent(form, saved, 'Acepto.').consent).toEqual(saved);
    expect(withConsent(form, saved, ' ').consent).toBe(null);
  });
});
