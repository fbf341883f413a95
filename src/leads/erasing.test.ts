import { sql } from 'kysely';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import {
  arriving,
  openIdentityHouse,
  tablesThatDiffer,
  type IdentityHouse,
} from '../../tests/identity-house.ts';
import { DEFAULT_SETTINGS } from '../decisions/index.ts';
import { commitment, contentHash, readEntries } from '../journal/index.ts';
import { askGateFor } from './index.ts';

const RAW_PHONE = '(55) 9988-7766';
const NEEDLES = [
  '9988-7766',
  '5599887766',
  'Marisol',
  'marisol',
  'zarco',
  'muy nerviosa',
  'urge departamento',
];

let house: IdentityHouse;
const person = {
  name: 'Marisol Zarco Ibáñez',
  phone: RAW_PHONE,
  email: 'Marisol.Zarco@example.com',
  message: 'urge departamento',
};

async function receipt(id: string, state: string, lead: string | null, body: string): Promise<void> {
  // What is sent again carries the id of what it repeats.
  const headers = JSON.stringify(id === 'R4' ? {} : { 'x-name': 'Marisol' });
  const sourceId = state === 'repeat' ? 'R1' : id;
  await house.database.inOrganization(house.organization, (tx) =>
    sql`
      insert into receipts (organization_id, id, source, source_id, route, received_at, headers, body, body_hash, state, lead)
      values (${house.organization}, ${id}, 'form', ${sourceId}, 'api', ${house.now()}, ${headers}::jsonb, convert_to(${body}, 'UTF8'),
              'hash-of-body', ${state}, ${lead})`.execute(tx),
  );
}

/** An uploaded file and one row of it that could not be read. */
async function upload(id: string, state: string, file: string, cells: readonly string[]): Promise<void> {
  await house.database.inOrganization(house.organization, async (tx) => {
    await sql`
      insert into imports (organization_id, id, source, kind, file_name, file_hash, file, options, mapping, state, created_by, created_at)
      values (${house.organization}, ${id}, 'file', 'new', 'base.csv', 'hash', convert_to(${file}, 'UTF8'), '{}', '{}', ${state}, 'ada',
              ${house.now()})`.execute(tx);
    await sql`
      insert into import_faults (organization_id, import, row, fault, cells)
      values (${house.organization}, ${id}, 2, ${JSON.stringify({ message: cells })}::jsonb, ${JSON.stringify(cells)}::jsonb)`.execute(
      tx,
    );
  });
}

/** Every row of every table in which the text stands, also inside bytes; looked for as a superuser. */
async function found(needle: string): Promise<string[]> {
  const client = new Client({ connectionString: house.adminUrl });
  await client.connect();
  try {
    const columns = await client.query<{ table: string; column: string; type: string }>(
      `select table_name as "table", column_name as "column", data_type as type from information_schema.columns
        join information_schema.tables using (table_schema, table_name)
       where table_schema = 'public' and table_type = 'BASE TABLE'`,
    );
    const hits: string[] = [];
    for (const { table, column, type } of columns.rows) {
      const is =
        type === 'bytea'
          ? `position(convert_to($1, 'UTF8') in "${column}") > 0`
          : `position(lower($1) in lower("${column}"::text)) > 0`;
      const { rowCount } = await client.query(`select 1 from "${table}" where ${is} limit 1`, [needle]);
      if ((rowCount ?? 0) > 0) hits.push(`${table}.${column}`);
    }
    return hits;
  } finally {
    await client.end();
  }
}

const erase = { contact: null, lead: 'E1', by: 'ada', reason: 'requested' };

beforeAll(async () => {
  house = await openIdentityHouse();
  const body = JSON.stringify(person);
  await house.tell('lead.received', arriving({ lead: 'E1', ...person, receipt: 'R1' }));
  await receipt('R1', 'done', 'E1', body);
  await receipt('R2', 'repeat', null, body);
  await receipt('R3', 'faulty', null, `,,${RAW_PHONE},`);
  await receipt('R4', 'done', 'X1', 'of somebody else');
  // A webhook of many people writes the number as WhatsApp does.
  await receipt('R5', 'done', null, '{"from":"5215599887766","name":"Marisol"}');
  await upload('I1', 'preview', `nombre,tel\nMarisol,${RAW_PHONE}\n`, [RAW_PHONE]);
  await upload('I2', 'done', '', ['55 99 88 77 66', 'Marisol']);
  await upload('I3', 'preview', 'nombre,tel\nOtra,5570008000\n', ['55 7000 8000']);
  await house.tell('lead.placed', { lead: 'E1', by: 'ada', to: 'ana', reason: 'Marisol lo pidió' });
  await house.tell('note', { lead: 'E1', by: 'ana', text: 'Marisol estaba muy nerviosa' });
  await house.tell('lead.graded', { lead: 'E1', by: 'ana', grade: 'A', reason: 'muy nerviosa' });
  await house.tell('lead.received', { ...arriving({ lead: 'T1', ...person }), test: true });
  await house.tell('lead.received', arriving({ lead: 'E2', name: person.name, phone: '55 3322 1100' }));
  await house.tell('doubt.settled', { doubt: null, lead: 'E2', of: 'E1', by: 'ada', outcome: 'same' });
  const no = { scope: 'calls', origin: 'whatsapp', text: 'soy Marisol, no me llamen', by: null };
  await house.tell('contact.opted-out', { contact: null, lead: 'E2', ...no });
  await house.tell('lead.received', arriving({ lead: 'X1', name: 'Otra Persona', phone: '55 7000 8000' }));
});
afterAll(() => house.close());

describe('a person is erased', () => {
  test('before: what is looked for is there', async () => {
    for (const needle of NEEDLES) expect(await found(needle), needle).not.toEqual([]);
  });

  test('refused while a claim holds the person: its evidence would go', async () => {
    const id = await contactOf('E1');
    await house.database.inOrganization(house.organization, (tx) =>
      sql`update holds set freezes = '[{"claim": "C1", "since": "2024-07-01T00:00:00.000Z"}]' where contact = ${id}`.execute(
        tx,
      ),
    );
    const { refused } = await house.tell('contact.erased', { ...erase, requestedAt: house.now() });
    expect(refused).toMatchObject({ refused: 'claim-open', detail: { claim: 'C1' } });
    await house.database.inOrganization(house.organization, (tx) =>
      sql`update holds set freezes = '[]' where contact = ${id}`.execute(tx),
    );
  });

  test('afterwards: nothing of it anywhere, in the same batch either', async () => {
    const requestedAt = house.now();
    const [note, erased] = await Promise.all([
      house.tell('note', { lead: 'E1', by: 'ana', text: 'Marisol, urge departamento' }),
      house.tell('contact.erased', { ...erase, requestedAt }),
    ]);
    expect(note.refused).toBeNull();
    expect(erased.refused).toBeNull();
    for (const needle of NEEDLES) expect(await found(needle), needle).toEqual([]);
    const kept = await house.database.inOrganization(
      house.organization,
      async (tx) =>
        (
          await sql<{ id: string; bodyHash: string; size: number }>`
            select id, body_hash, octet_length(body) as size from receipts order by id`.execute(tx)
        ).rows,
    );
    expect(kept.map(({ id, size }) => [id, size > 0])).toEqual([
      ['R1', false],
      ['R2', false],
      ['R3', false],
      ['R4', true],
      ['R5', false],
    ]);
    const imports = await house.database.inOrganization(house.organization, (tx) =>
      sql<{ id: string; state: string; file: number; cells: number }>`
        select i.id, i.state, octet_length(i.file) as file, jsonb_array_length(f.cells) as cells
          from imports i join import_faults f on f.import = i.id order by i.id`.execute(tx),
    );
    expect(imports.rows.map(({ id, state, file, cells }) => [id, state, file > 0, cells])).toEqual([
      ['I1', 'canceled', false, 0],
      ['I2', 'done', false, 0],
      ['I3', 'preview', true, 1],
    ]);
    expect(kept.every(({ bodyHash }) => bodyHash === 'hash-of-body')).toBe(true);
  });

  test('the tables still follow from the journal; data missing is explained by the erasure, and only there', async () => {
    expect(await tablesThatDiffer(house)).toEqual([]);
    const entries = await house.database.inOrganization(house.organization, (tx) =>
      readEntries(tx, 0, 10_000),
    );
    const erased = entries.filter(({ entry }) => entry === 'contact.erased');
    const leads = new Set(erased.flatMap(({ fields }) => fields['leads'] as readonly string[]));
    const contacts = new Set(erased.map(({ contact }) => contact));
    expect(erased).toHaveLength(2);
    let gone = 0;
    for (const entry of entries) {
      expect(contentHash(entry)).toMatch(/^[0-9a-f]{64}$/);
      const explained = entry.lead == null ? contacts.has(entry.contact ?? null) : leads.has(entry.lead);
      if (entry.commitment === null) continue;
      if (entry.personal === undefined) gone += 1;
      expect(entry.personal === undefined).toBe(explained);
      if (entry.personal !== undefined && entry.salt !== null)
        expect(commitment(entry.salt, entry.personal)).toBe(entry.commitment);
    }
    expect(gone).toBeGreaterThan(8);
  });

  test('the gate refuses for good, whoever asks', async () => {
    for (const lead of ['E1', 'E2']) {
      const { entries } = await house.tell('contact.attempted', { lead, by: 'ada', channel: 'email' });
      expect(entries).toMatchObject([{ entry: 'contact.refused', fields: { why: 'erased' } }]);
    }
    const answer = await house.database.inOrganization(house.organization, async (tx) => {
      const organization = {
        id: house.organization,
        name: 'x',
        country: 'MX',
        zone: 'America/Mexico_City',
        locale: 'es-MX',
        openedAt: house.now(),
        adoptions: [],
        settings: DEFAULT_SETTINGS,
      } as const;
      const rules = house.rules();
      const question = { lead: 'E1', by: 'ana', channel: 'call', at: house.now() } as const;
      return askGateFor(tx, organization, rules, question);
    });
    expect(answer).toMatchObject({ answer: 'refused', why: 'erased' });
  });

  test('a list does not bring them back, and leaves nothing behind; their own word does, as a new contact', async () => {
    const listed = { ...arriving({ lead: 'E3', ...person }), by: 'ada', holder: 'ana', contactedAt: null };
    const { refused } = await house.tell('lead.imported', { ...listed, registeredAt: house.now() });
    expect(refused).toMatchObject({ refused: 'person-erased' });
    for (const needle of NEEDLES) expect(await found(needle), needle).toEqual([]);
    const { entries } = await house.tell('lead.received', arriving({ lead: 'E4', ...person }));
    expect(entries.some(({ entry }) => entry === 'contact.registered')).toBe(true);
    expect(await tablesThatDiffer(house)).toEqual([]);
  });
});

async function contactOf(lead: string): Promise<string> {
  const { rows } = await house.database.inOrganization(house.organization, (tx) =>
    sql<{ contact: string }>`select contact from leads where id = ${lead}`.execute(tx),
  );
  return rows[0]?.contact ?? '';
}
