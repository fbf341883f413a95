import { describe, expect, test } from 'vitest';
import { instant } from '../platform/time.ts';
import { readExistingRow } from './existing-lead.ts';
import type { Door } from './intake.ts';
import { proposedMapping, readLeadRow } from './lead-file.ts';

const door: Door = { source: 'feria', zone: 'America/Mexico_City', now: instant('2026-07-15T16:00:00Z') };
const read = (cells: Record<string, string>, row = 2, at = door) =>
  readLeadRow({ row, cells }, proposedMapping(Object.keys(cells)), at);
const intake = (cells: Record<string, string>, row = 2) => {
  const got = read(cells, row);
  if (!('intake' in got)) throw new Error(JSON.stringify(got));
  return got.intake;
};

describe('what columns seem to mean', () => {
  test.each([
    ['Nombre Completo', 'name'],
    ['NOMBRE(S)', 'firstName'],
    ['Apellido paterno', 'lastName'],
    ['Teléfono', 'phone'],
    ['Celular 2', 'phone'],
    ['WhatsApp', 'phone'],
    ['Correo electrónico', 'email'],
    ['E-mail', 'email'],
    ['Cédula', 'document'],
    ['Ciudad', 'city'],
    ['Fecha de registro', 'registeredAt'],
    ['Asesor asignado', 'holder'],
    ['created_time', 'sentAt'],
    ['Marca temporal', 'sentAt'],
    ['Color favorito', 'keep'],
  ])('%s is %s', (header, target) => expect(proposedMapping([header]).columns).toEqual({ [header]: target }));
});

describe('rows of new leads', () => {
  test('a row', () => {
    expect(
      intake({
        Folio: 'F-1',
        Nombre: 'Ana Ruiz',
        Teléfono: '55 1234 5678',
        Correo: 'N/A',
        Fecha: '14/07/2026 9:18 p. m.',
        Modelo: 'Sedán',
      }),
    ).toMatchObject({
      source: 'feria',
      sourceId: 'F-1',
      sentAt: '2026-07-15T03:18:00.000Z',
      name: 'Ana Ruiz',
      phones: ['55 1234 5678'],
      emails: [],
      fields: { Modelo: 'Sedán' },
    });
  });

  test('Meta’s own download: prefixed ids and phones', () => {
    expect(
      intake({
        id: 'l:9007199254740993',
        created_time: '2026-07-15T09:59:00-06:00',
        ad_id: 'ag:120200000000000254',
        phone_number: 'p:+525512345678',
      }),
    ).toMatchObject({
      sourceId: '9007199254740993',
      phones: ['+525512345678'],
      campaign: { adId: '120200000000000254' },
    });
  });

  test('without an id the content is the id: row number and column order do not matter', () => {
    const a = intake({ Nombre: 'Ana', Teléfono: '5512345678' }, 2).sourceId;
    expect(intake({ Teléfono: '5512345678', Nombre: 'Ana' }, 99).sourceId).toBe(a);
    expect(intake({ Nombre: 'Ana', Teléfono: '5512345679' }, 2).sourceId).not.toBe(a);
    expect(a).toMatch(/^row:/);
  });

  test.each([
    ['digits lost', { Nombre: 'Ana', Teléfono: '5.51E+09' }, 'phone-damaged', 'Teléfono'],
    ['digits lost, with comma', { Nombre: 'Ana', Teléfono: '5,51E+09' }, 'phone-damaged', 'Teléfono'],
    ['no way to reach', { Nombre: 'Ana', Teléfono: 'SIN DATO' }, 'no-way-to-reach', 'Teléfono'],
    ['a date that is none', { Teléfono: '5512345678', Fecha: '31/02/2026' }, 'not-a-time', 'Fecha'],
  ])('%s names row, column and remedy', (_name, cells, code, field) => {
    expect(read(cells, 17)).toMatchObject({
      row: 17,
      fault: { code, field, remedy: { es: expect.any(String) } },
    });
  });

  test.each([
    ['blanks', { Nombre: ' ', Teléfono: '-' }, 'blank'],
    ['nothing', {}, 'blank'],
    ['the sum at the bottom', { Nombre: 'TOTAL', Monto: '12,345.00' }, 'total'],
  ])('%s is skipped', (_name, cells, skipped) => expect(read(cells)).toEqual({ row: 2, skipped }));

  test('a mapping given by a person wins, and what it drops stays out', () => {
    const mapping = { columns: { A: 'phone', B: 'drop', C: 'name' }, dates: 'dmy', zone: 'sur' } as const;
    const got = readLeadRow(
      { row: 2, cells: { A: '3001234567', B: 'secreto', C: 'Ana', D: 'x' } },
      mapping,
      door,
    );
    expect(got).toMatchObject({
      intake: { phones: ['3001234567'], name: 'Ana', zone: 'sur', fields: { D: 'x' } },
    });
  });
});

describe('going live', () => {
  const cells = {
    Cliente: 'Ana Ruiz',
    Celular: '300 123 4567',
    Asesor: 'beto@example.com',
    'Fecha de registro': '01/03/2026 10:00',
    'Último contacto': '10/07/2026',
    Calificación: 'AA',
    Historial: '02/03/2026 11:30 - Llamada, pide precios\n[2026-03-05 09:00] Visita\nsin fecha',
  };
  const existing = (over: Record<string, string> = {}) => {
    const row = { ...cells, ...over };
    return readExistingRow({ row: 5, cells: row }, proposedMapping(Object.keys(row)), door);
  };

  test('holder, registration and history come along', () => {
    expect(existing()).toMatchObject({
      row: 5,
      existing: {
        intake: { name: 'Ana Ruiz', phones: ['300 123 4567'] },
        holder: 'beto@example.com',
        registeredAt: '2026-03-01T16:00:00.000Z',
        firstContactAt: null,
        lastContactAt: '2026-07-10T06:00:00.000Z',
        grade: 'AA',
        history: [
          { at: '2026-03-02T17:30:00.000Z', text: 'Llamada, pide precios' },
          { at: '2026-03-05T15:00:00.000Z', text: 'Visita' },
          { at: null, text: 'sin fecha' },
        ],
      },
    });
  });

  test.each([
    ['no holder', { Asesor: '-' }, 'holder-missing', 'Asesor'],
    ['no date', { 'Fecha de registro': '' }, 'registered-missing', 'Fecha de registro'],
    ['no date at all', { 'Fecha de registro': 'pronto' }, 'not-a-time', 'Fecha de registro'],
    [
      'registered tomorrow',
      { 'Fecha de registro': '16/07/2026 23:00' },
      'registered-in-future',
      'Fecha de registro',
    ],
    ['no phone', { Celular: '' }, 'no-way-to-reach', 'Celular'],
    ['damaged phone', { Celular: '3.00E+09' }, 'phone-damaged', 'Celular'],
  ])('%s', (_name, over, code, field) =>
    expect(existing(over)).toMatchObject({ row: 5, fault: { code, field } }),
  );
});
