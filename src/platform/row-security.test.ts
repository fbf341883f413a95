import { Client, DatabaseError } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../tests/database.ts';
import { makeTraffic, seeded } from '../../tests/traffic.ts';
import { openDatabase } from './database.ts';
import { refuseSuperuser } from './refuse-superuser.ts';

const MILLISECONDS_MAX = 60_000;
const QUERIES_WITHOUT_SETTING = 1_000;

/** Tables that belong to no organization, and why that lets nobody see another's. */
const OF_NO_ORGANIZATION: Readonly<Record<string, string>> = {
  organizations: 'the list itself: a name and settings, read before an organization is known',
  pauta_migrations: 'the history of the schema',
  users: 'a user is known before an organization is',
  sessions: 'reached by an unguessable token',
  accounts: 'reached by its user',
  verifications: 'reached by an unguessable identifier',
  two_factors: 'reached by its user',
  spent_codes: 'reached by its user',
  sign_in_attempts: 'made by strangers',
  push_keys: 'one key pair for the whole installation',
};

/** Tables that workers and sign-in read across organizations, under the setting '*'. */
const ALSO_ACROSS = new Set([
  'journal_unsealed',
  'deadlines',
  'receipts',
  'outbox',
  'media_wanted',
  'sender_leases',
  'source_doors',
  'meta_watermarks',
  'imports',
  'memberships',
  'invitations',
  'api_keys',
  'sign_in_links',
  'what_ifs',
]);

let scratch: TestDatabase;
let admin: Client;
let product: Client;
let mine: string;
let theirs: string;
let tables: { table: string; rows: number }[];

beforeAll(async () => {
  scratch = await testDatabase();
  const database = openDatabase(scratch.url, { connectionsMax: 2 });
  mine = (await makeTraffic(database, { seed: 1, leads: 10, together: 3 })).organization;
  theirs = (await makeTraffic(database, { seed: 2, leads: 10, together: 3 })).organization;
  await database.close();
  admin = new Client({ connectionString: scratch.adminUrl });
  product = new Client({ connectionString: scratch.url });
  await Promise.all([admin.connect(), product.connect()]);
  const named = await admin.query<{ table: string }>(`
    select c.relname as table from pg_class c
      join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
      join pg_attribute a on a.attrelid = c.oid and a.attname = 'organization_id' and not a.attisdropped
     where c.relkind in ('r', 'p') order by 1`);
  tables = [];
  for (const { table } of named.rows) {
    const { rowCount } = await admin.query(`select from "${table}" where organization_id = $1`, [theirs]);
    tables.push({ table, rows: rowCount ?? 0 });
  }
}, MILLISECONDS_MAX);

afterAll(async () => {
  await Promise.all([admin.end(), product.end()]);
  await scratch.drop();
});

/** In a transaction of the product's role that is taken back; null: without the setting. */
async function as<T>(organization: string | null, work: () => Promise<T>): Promise<T> {
  await product.query('begin');
  try {
    if (organization !== null)
      await product.query("select set_config('pauta.organization', $1, true)", [organization]);
    return await work();
  } finally {
    await product.query('rollback');
  }
}

describe('row-level security', () => {
  it('every table belongs to an organization, or is named here with the reason why not', async () => {
    const all = await admin.query<{ table: string }>(`
      select c.relname as table from pg_class c join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
       where c.relkind in ('r', 'p', 'm', 'v', 'f') order by 1`);
    const own = new Set(tables.map(({ table }) => table));
    const others = all.rows.map(({ table }) => table).filter((table) => !own.has(table));
    expect(others.filter((table) => !(table in OF_NO_ORGANIZATION))).toEqual([]);
  });

  it('is on and forced for every such table, with the one policy', async () => {
    const { rows } = await admin.query<{ table: string; on: boolean; forced: boolean; policies: string[] }>(
      `
      select c.relname as table, c.relrowsecurity as on, c.relforcerowsecurity as forced,
             array(select p.cmd || ' ' || p.permissive || ' ' || array_to_string(p.roles, ',') || ': '
                          || regexp_replace(coalesce(p.qual, '') || ' / ' || coalesce(p.with_check, ''), '\\s+', ' ', 'g')
                     from pg_policies p where p.schemaname = 'public' and p.tablename = c.relname) as policies
        from pg_class c where c.relnamespace = 'public'::regnamespace and c.relname = any($1) order by 1`,
      [tables.map(({ table }) => table)],
    );
    const equal = '(organization_id = ( SELECT pauta_organization() AS pauta_organization))';
    const every = "(( SELECT pauta_organization() AS pauta_organization) = '*'::text)";
    for (const { table, on, forced, policies } of rows) {
      const qual = ALSO_ACROSS.has(table) ? `(${equal} OR ${every})` : equal;
      expect({ table, on, forced, policies }).toEqual({
        table,
        on: true,
        forced: true,
        policies: [`ALL PERMISSIVE public: ${qual} / `],
      });
    }
    expect(rows.length).toBe(tables.length);
  });

  it('the traffic filled the tables that matter', () => {
    const empty = tables.filter(({ rows }) => rows === 0).map(({ table }) => table);
    expect(tables.length - empty.length).toBeGreaterThan(10);
    expect(empty).not.toContain('journal_personal');
  });

  it('without the setting nobody sees a row: 1,000 random queries', async () => {
    const random = seeded(11);
    const one = (): string => tables[Math.floor(random() * tables.length)]?.table ?? '';
    const shapes = [
      () => `select * from "${one()}"`,
      () => `select * from "${one()}" where organization_id = '${random() < 0.5 ? mine : theirs}'`,
      () => `select a.organization_id from "${one()}" a join "${one()}" b using (organization_id)`,
      () => `select organization_id from "${one()}" union all select organization_id from "${one()}"`,
      () => `select organization_id, count(*) from "${one()}" group by 1`,
      () =>
        `update "${one()}" set organization_id = organization_id where organization_id <> '' returning organization_id`,
    ];
    await as(null, async () => {
      for (let count = 0; count < QUERIES_WITHOUT_SETTING; count += 1) {
        const query = shapes[Math.floor(random() * shapes.length)]?.() ?? '';
        expect((await product.query(query)).rowCount, query).toBe(0);
      }
    });
  });

  it('one organization does not see, change or remove what is of another', async () => {
    for (const { table } of tables) {
      await as(mine, async () => {
        const seen = await product.query(`select from "${table}" where organization_id <> $1`, [mine]);
        expect(seen.rowCount, table).toBe(0);
        const changed = await product.query(
          `update "${table}" set organization_id = organization_id where organization_id = $1`,
          [theirs],
        );
        expect(changed.rowCount, table).toBe(0);
        const removed = await product.query(`delete from "${table}" where organization_id = $1`, [theirs]);
        expect(removed.rowCount, table).toBe(0);
      });
    }
  });

  it('one organization cannot write a row as another', async () => {
    for (const { table, rows } of tables) {
      if (rows === 0) continue;
      const { rows: found } = await admin.query<{ row: unknown }>(
        `select to_jsonb(t) as row from "${table}" t where organization_id = $1 limit 1`,
        [theirs],
      );
      const insert = `insert into "${table}" select * from jsonb_populate_record(null::"${table}", $1::jsonb)`;
      const refused = await as(mine, () =>
        product.query(insert, [JSON.stringify(found[0]?.row)]).then(
          () => null,
          (error: unknown) => (error instanceof DatabaseError ? error.message : String(error)),
        ),
      );
      expect(refused, table).toMatch(/row-level security/);
    }
  });

  it("under '*' the journal, people and contacts stay out of reach", async () => {
    await as('*', async () => {
      for (const { table } of tables) {
        const { rowCount } = await product.query(`select from "${table}"`);
        if (!ALSO_ACROSS.has(table)) expect(rowCount, table).toBe(0);
      }
    });
  });
});

describe('the account of the product', () => {
  it('is taken when row-level security holds for it', async () => {
    await expect(refuseSuperuser(scratch.url)).resolves.toBeUndefined();
  });

  it('is refused when it is a superuser, with the way on in both languages', async () => {
    const refused: unknown = await refuseSuperuser(scratch.adminUrl).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'database-role-too-strong', exitCode: 78 });
    expect(String(refused)).toMatch(/has SUPERUSER.*NOSUPERUSER NOBYPASSRLS/);
  });

  it('is refused when it has BYPASSRLS', async () => {
    const role = `pauta_bypass_${process.pid}`;
    await admin.query(`create role ${role} login nosuperuser bypassrls password 'x'`);
    try {
      const url = new URL(scratch.adminUrl);
      url.username = role;
      url.password = 'x';
      const refused: unknown = await refuseSuperuser(url.href).catch((error: unknown) => error);
      expect(String(refused)).toMatch(new RegExp(`"${role}".*has BYPASSRLS`));
    } finally {
      await admin.query(`drop role ${role}`);
    }
  });
});
