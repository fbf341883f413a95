import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { testDatabase, type TestDatabase } from '../../tests/database.ts';
import { openFloor, type IntakeFloor } from '../../tests/intake-floor.ts';
import { HOUR } from '../platform/time.ts';
import { writeXlsx } from '../platform/tables/index.ts';
import { CHUNK_ROWS, runImport } from './imports.jobs.ts';
import type { Import } from './imports.store.ts';

let test: TestDatabase;
let floor: IntakeFloor;
beforeAll(async () => {
  test = await testDatabase();
  floor = await openFloor(test.url);
  await floor.source('feria', { kind: 'file' });
  await floor.source('antes', { kind: 'file' });
});
afterAll(async () => {
  await floor.close();
  await test.drop();
});

const call = (method: 'GET' | 'POST' | 'PUT', url: string, payload: unknown = {}) =>
  floor.http.app.inject({ method, url, payload: payload as object });
const upload = async (file: Uint8Array, about: { source?: string; kind?: string; name?: string } = {}) => {
  const { source = 'feria', kind = 'new', name = 'leads.csv' } = about;
  return floor.http.app.inject({
    method: 'POST',
    url: `/api/imports?source=${source}&kind=${kind}&name=${name}`,
    headers: { 'content-type': 'application/octet-stream' },
    payload: Buffer.from(file),
  });
};
const started = async (file: Uint8Array, about: Parameters<typeof upload>[1] = {}): Promise<string> => {
  const { id } = (await upload(file, about)).json<Import>();
  expect((await call('POST', `/api/imports/${id}/start`)).statusCode).toBe(202);
  return id;
};
const told = async (id: string) => (await call('GET', `/api/imports/${id}`)).json<Import>();
const run = async (id: string): Promise<Import> => {
  while (await runImport(floor.parts));
  return told(id);
};
const latin1 = (text: string) => Buffer.from(text, 'latin1');
let phones = 5_561_000_000;
const rowsOf = (n: number) =>
  Array.from({ length: n }, (_, i) => `Persona Número ${i},${(phones += 1)},p${phones}@example.com`);
const csv = (rows: readonly string[]) => Buffer.from(`Nombre,Teléfono,Correo\n${rows.join('\n')}\n`);
/** Every row with something in it is accepted or given back with its reason. */
const conserved = (job: Import) =>
  expect(job.rowsRead).toBe(job.leads + job.repeats + job.refused + job.faulty);
const stateOf = (source: string) =>
  floor.rows(
    `select source_id, stage, (select array_agg(phone order by phone) from unnest(i.phones) phone) as phones
       from leads l join lead_intakes i on i.lead = l.id where l.source = '${source}' order by source_id`,
  );

describe('files as offices write them', () => {
  it('windows-1252 with semicolons, a title above, a sum below, decimals and blanks', async () => {
    const file = latin1(
      [
        'Reporte de leads;;;;',
        ';;;;',
        'Nombre;Teléfono;Correo;Fecha de creación;Presupuesto',
        'María Peña;(55) 4000-0001;MARIA@example.com;15/07/2026 09:18;1.234.567,50',
        'José Núñez;044 55 4000 0002;;14/07/2026;',
        'Ñoño;5.51E+09;;14/07/2026;2,5',
        'Ana;N/A;-;14/07/2026;',
        ';;;;',
        'Total;;;;1.234.570,00',
      ].join('\r\n'),
    );
    const answer = await upload(file);
    expect(answer.statusCode).toBe(201);
    const seen = answer.json<
      Import & {
        encoding: string;
        delimiter: string;
        header: { row: number };
        rows: { phones: string[] }[];
        faults: unknown[];
      }
    >();
    expect(seen).toMatchObject({ encoding: 'windows-1252', delimiter: ';', header: { row: 3 } });
    expect(seen.mapping.columns).toMatchObject({ Nombre: 'name', Teléfono: 'phone', Presupuesto: 'keep' });
    expect(seen.rows[0]?.phones).toEqual(['+525540000001']);
    expect(seen.faults).toHaveLength(2);
    await call('POST', `/api/imports/${seen.id}/start`);
    const job = await run(seen.id);
    expect(job).toMatchObject({ state: 'done', rowsRead: 4, leads: 2, faulty: 2 });
    conserved(job);
    const [kept] = await floor.rows<{ fields: Record<string, string> }>(
      `select fields from lead_intakes where name = 'María Peña'`,
    );
    expect(kept?.fields['Presupuesto']).toBe('1.234.567,50');
    const errors = (await call('GET', `/api/imports/${seen.id}/errors.csv`)).body;
    const lines = errors.replace('\uFEFF', '').trim().split('\r\n');
    expect(lines[0]).toBe(
      'Fila,Campo,Problema,Qué hacer,Nombre,Teléfono,Correo,Fecha de creación,Presupuesto',
    );
    expect(lines).toHaveLength(3);
    expect(lines[1]).toMatch(/^6,Teléfono,.*Ñoño,5\.51E\+09/);
  });

  it('.xlsx, and double encoding put right on demand', async () => {
    const table = [
      ['Nombre', 'Celular', 'Fecha'],
      ['Juan MuÃ±oz', '55 4000 0003', '2026-07-14 10:00:00'],
      ['SofÃ\u00ada Luz', '5540000004', '2026-07-14'],
    ];
    const parts: Uint8Array[] = [];
    for await (const part of writeXlsx(table, { sheet: 'Leads' })) parts.push(part);
    const answer = await upload(Buffer.concat(parts), { name: 'leads.xlsx' });
    expect(answer.statusCode).toBe(201);
    const seen = answer.json<Import & { format: string }>();
    expect(seen.format).toBe('xlsx');
    const repaired = await call('PUT', `/api/imports/${seen.id}`, { options: { repair: true } });
    expect(repaired.json<{ rows: { name: string }[] }>().rows[0]?.name).toBe('Juan Muñoz');
    await call('POST', `/api/imports/${seen.id}/start`);
    expect(await run(seen.id)).toMatchObject({ leads: 2, faulty: 0 });
    expect(await floor.count('lead_intakes', `name = 'Juan Muñoz'`)).toBe(1);
  });

  it('what is no table is refused with its name', async () => {
    for (const file of [latin1(''), latin1('%PDF-1.7'), latin1('<html><table>')])
      expect((await upload(file)).statusCode).toBe(422);
    expect((await upload(csv(rowsOf(1)), { source: 'nada' })).statusCode).toBe(422);
  });

  it('a formula in an error file is text', async () => {
    const id = await started(Buffer.from('Nombre,Teléfono\n=cmd|calc,123\n'));
    await run(id);
    expect((await call('GET', `/api/imports/${id}/errors.csv`)).body).toContain("'=cmd|calc");
  });
});

describe('an import', () => {
  it('killed half way and resumed, and run twice, ends as one clean run', async () => {
    const rows = rowsOf(CHUNK_ROWS * 3);
    // People who stand twice in it, a row that cannot be used, and one that stands again word for word.
    rows.splice(700, 0, `Persona Número ${CHUNK_ROWS * 3 - 1},${phones},`, 'Nadie,12,', rows[3] ?? '');
    const file = csv(rows);
    const id = await started(file);
    const submit = floor.house.submit.bind(floor.house);
    let left = CHUNK_ROWS + 150;
    const killed = {
      ...floor.parts,
      house: {
        ...floor.house,
        submit: (...given: Parameters<typeof submit>) =>
          (left -= 1) > 0 ? submit(...given) : Promise.reject(new Error('the process ended')),
      },
    };
    await expect(runImport(killed)).rejects.toThrow('the process ended');
    const cut = await told(id);
    expect(cut.state).toBe('running');
    expect(cut.leads).toBeGreaterThan(CHUNK_ROWS);
    expect(cut.leads).toBeLessThan(rows.length);
    // Its lease has not run out: nobody takes it from a worker that may live.
    expect(await runImport(floor.parts)).toBe(false);
    floor.advance(HOUR);
    const job = await run(id);
    expect(job).toMatchObject({ state: 'done', rowsRead: rows.length, faulty: 1, repeats: 1, duplicates: 1 });
    expect(job.leads).toBe(rows.length - 2);
    conserved(job);
    const after = await stateOf('feria');
    const again = await run(await started(file));
    expect(again).toMatchObject({ leads: 0, repeats: rows.length - 1, faulty: 1 });
    conserved(again);
    expect(await stateOf('feria')).toEqual(after);
  });

  it('canceled stops, and what was not told is not there', async () => {
    const rows = rowsOf(CHUNK_ROWS * 3);
    const id = await started(csv(rows));
    const submit = floor.house.submit.bind(floor.house);
    let canceling: Promise<unknown> | null = null;
    const parts = {
      ...floor.parts,
      house: {
        ...floor.house,
        submit: async (...given: Parameters<typeof submit>) => {
          canceling ??= call('POST', `/api/imports/${id}/cancel`);
          await canceling;
          return submit(...given);
        },
      },
    };
    await runImport(parts);
    const job = await told(id);
    expect(job.state).toBe('canceled');
    expect(job.leads).toBe(CHUNK_ROWS);
    expect(await runImport(floor.parts)).toBe(false);
    expect((await call('POST', `/api/imports/${id}/start`)).statusCode).toBe(409);
  });

  it('going live: leads with their holder and past, without a turn', async () => {
    const rotations = await floor.rows('select * from rotations order by person');
    const file = Buffer.from(
      [
        'Nombre,Teléfono,Asesor,Fecha de registro,Primer contacto,Etapa,Seguimiento',
        'Uno,5540000011,ana@example.com,01/03/2026 10:00,02/03/2026 11:00,Cita,"02/03/2026 llamó\n05/03/2026 visitó"',
        'Dos,5540000012,beto nunez,01/04/2026,,,',
        'Tres,5540000013,carla,01/05/2026,,,',
        'Cuatro,5540000014,Nadie,01/05/2026,,,',
        'Cinco,5540000015,ana,01/05/2031,,,',
        'Seis,5540000016,ana,,,,',
      ].join('\n'),
    );
    const job = await run(await started(file, { source: 'antes', kind: 'existing' }));
    expect(job).toMatchObject({ state: 'done', leads: 3, faulty: 3 });
    const leads = await floor.rows<{
      name: string;
      holder: string;
      receivedAt: string;
      dueAt: null;
      contactedAt: unknown;
    }>(
      `select i.name, l.holder, l.received_at, l.due_at, i.fields from leads l join lead_intakes i on i.lead = l.id
        where l.source = 'antes' order by l.number`,
    );
    expect(leads).toMatchObject([
      { name: 'Uno', holder: 'ana', receivedAt: '2026-03-01T16:00:00.000Z', dueAt: null },
      { name: 'Dos', holder: 'beto', dueAt: null },
      { name: 'Tres', holder: 'carla', dueAt: null },
    ]);
    expect(JSON.stringify(leads[0])).toContain('visitó');
    expect(await floor.rows('select * from rotations order by person')).toEqual(rotations);
    const again = await run(await started(file, { source: 'antes', kind: 'existing' }));
    expect(again).toMatchObject({ leads: 0, repeats: 3, faulty: 3 });
  });
});

const mappingOf = async (source: string) => {
  const listed = await call('GET', '/api/sources');
  const { sources } = listed.json<{ sources: { key: string; settings: { mapping?: unknown } }[] }>();
  return sources.find(({ key }) => key === source)?.settings.mapping;
};
const changesOf = (source: string) =>
  floor.count('journal', `entry = 'source.changed' and fields->>'source' = '${source}'`);

describe('what the columns mean', () => {
  type Seen = Import & { remembered: string[] };
  const uploaded = async (text: string) =>
    (await upload(Buffer.from(text), { source: 'stand' })).json<Seen>();
  const head = 'Quién,Contáctalo en,Nota,Fecha\n';

  it('is remembered with the source as an import starts, and offered to the next file with these columns', async () => {
    await floor.source('stand', { kind: 'file', settings: { monthlyCost: '100' } });
    const first = await uploaded(`${head}Iris Mar,5540001001,azul,03/04/2026\n`);
    expect(first.mapping.columns).toMatchObject({ Quién: 'keep', 'Contáctalo en': 'keep' });
    expect(first.remembered).toEqual([]);
    const mapping = {
      columns: { Quién: 'name', 'Contáctalo en': 'phone', Nota: 'message', Fecha: 'sentAt' },
      dates: 'mdy',
    };
    await call('PUT', `/api/imports/${first.id}`, { mapping });
    // Only looked at: nobody has said yet that it is right.
    expect(await mappingOf('stand')).toBeUndefined();
    await call('POST', `/api/imports/${first.id}/start`);
    expect(await mappingOf('stand')).toEqual(mapping);
    expect(await run(first.id)).toMatchObject({ leads: 1 });

    const second = await uploaded(`Color,${head}verde,Otto Ley,5540001002,roja,05/06/2026\n`);
    expect(second.mapping).toMatchObject({
      columns: { Quién: 'name', 'Contáctalo en': 'phone', Nota: 'message', Color: 'keep' },
      dates: 'mdy',
    });
    expect(second.remembered.toSorted()).toEqual(['Contáctalo en', 'Fecha', 'Nota', 'Quién']);
    const settings = await floor.rows(
      `select settings->>'monthlyCost' as cost from sources where key = 'stand'`,
    );
    expect(settings).toEqual([{ cost: '100' }]);
  });

  it('is told to the journal once, however often the same is confirmed', async () => {
    const before = await changesOf('stand');
    const again = await uploaded(`${head}Uma Paz,5540001003,,\n`);
    await call('POST', `/api/imports/${again.id}/start`);
    expect(await changesOf('stand')).toBe(before);
    await run(again.id);
  });

  it('of other columns is added to what was known; dates that read one way only are read that way', async () => {
    const other = await uploaded('Nombre,Celular,Fecha\nIan Sol,5540001004,25/12/2025\n');
    expect(other.mapping.dates).toBe('dmy');
    await call('POST', `/api/imports/${other.id}/start`);
    await run(other.id);
    expect(await mappingOf('stand')).toMatchObject({
      columns: { Quién: 'name', 'Contáctalo en': 'phone', Nombre: 'name', Celular: 'phone' },
    });
  });
});

/** Another person asks from here on; gives the way back. */
const as = (caller: { actor: string; masked: boolean }) => {
  const { parts } = floor;
  const before = parts.whoIs.bind(parts);
  parts.whoIs = (request) => ({ ...before(request), ...caller });
  return () => void (parts.whoIs = before);
};

describe('who sees leads without personal data', () => {
  const rows = ['Nombre,Teléfono,Correo', 'Olga Vidal,5540002001,olga@example.com', 'Tito Sanz,5.54E+09,'];
  const file = Buffer.from(rows.join('\n'));
  it('is shown the shape of a file that another uploaded, and what is wrong with it, but no row', async () => {
    const { id } = (await upload(file)).json<Import>();
    const back = as({ actor: 'mara', masked: true });
    const seen = await call('GET', `/api/imports/${id}/preview`);
    expect(seen.body).not.toMatch(/Olga|Vidal|5540002001|olga@|5\.54E/);
    expect(seen.json<{ hidden: boolean; rows: unknown[]; faults: unknown[] }>()).toMatchObject({
      hidden: true,
      columns: ['Nombre', 'Teléfono', 'Correo'],
      rows: [{ cells: ['••••', '••••', '••••'], phones: ['•••• 2001'] }, { cells: ['••••', '••••', ''] }],
      faults: [{ row: 3, fault: { code: 'phone-damaged', field: 'Teléfono' } }],
    });
    await call('POST', `/api/imports/${id}/start`);
    await run(id);
    const errors = (await call('GET', `/api/imports/${id}/errors.csv`)).body;
    expect(errors).toMatch(/3,Teléfono,/);
    expect(errors).not.toMatch(/Tito|5\.54E/);
    back();
    expect((await call('GET', `/api/imports/${id}/errors.csv`)).body).toContain('Tito Sanz');
  });

  it('sees the rows of a file of their own, to map and to correct them', async () => {
    const back = as({ actor: 'mara', masked: true });
    const seen = await upload(file);
    expect(seen.json()).toMatchObject({ hidden: false, rows: [{ name: 'Olga Vidal' }, {}] });
    back();
  });
});
