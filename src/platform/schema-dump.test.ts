import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../tests/database.ts';
import { silentLog } from './log.ts';
import { migrate } from './migrations.ts';
import { startPostgres, type PostgresServer } from './postgres-server.ts';
import { dumpSchema } from './schema-dump.ts';

const MIGRATIONS = join(import.meta.dirname, '..', '..', 'migrations');
/** Debian 12's own server, the oldest we support; where it is not installed the comparison is not made here. */
const DEBIAN_15 = '/usr/lib/postgresql/15/bin';

const SAMPLE = `
  create extension if not exists pg_trgm;
  create schema sample;
  create type sample.grade as enum ('A', 'AA', 'AAA');
  create domain sample.share as numeric(5, 2) check (value between 0 and 100);
  create table sample.organizations (id uuid primary key, name text not null);
  create table sample.leads (
    organization_id uuid not null references sample.organizations (id),
    id bigint generated always as identity,
    name text collate "C" not null,
    grade sample.grade default 'A',
    share sample.share,
    received_at timestamptz(3) not null default now(),
    name_folded text generated always as (lower(name)) stored,
    primary key (organization_id, id),
    constraint named_once unique nulls not distinct (organization_id, name, grade),
    check (length(name) < 200)
  );
  comment on column sample.leads.share is 'Percent, the advisor''s part.';
  create index leads_name on sample.leads using gin (name public.gin_trgm_ops);
  create index leads_graded on sample.leads (organization_id, grade desc) where grade is not null;
  create function sample.stop_change() returns trigger language plpgsql as $$ begin raise exception 'append only'; end $$;
  revoke all on function sample.stop_change() from public;
  create trigger append_only before update or delete on sample.leads for each row execute function sample.stop_change();
  alter table sample.leads enable row level security;
  alter table sample.leads force row level security;
  create policy own_organization on sample.leads
    using (organization_id = current_setting('pauta.organization', true)::uuid);
  grant all on sample.leads to public;
  create table sample.calls (organization_id uuid not null, at timestamptz not null, seconds integer not null check (seconds >= 0),
    primary key (organization_id, at)) partition by range (at);
  create table sample.calls_2026_11 partition of sample.calls for values from ('2026-11-01Z') to ('2026-12-01Z');
  create index calls_by_day on sample.calls using brin (at);
  create view sample.graded as select id, name from sample.leads where grade = 'AAA';
  create sequence sample.folio start 1000;`;

let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
  await run(database.adminUrl, SAMPLE);
});

afterAll(() => database.drop());

async function run(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(sql);
  await client.end();
}

describe('dumpSchema', () => {
  it('shows every kind of thing a migration makes', async () => {
    const schema = await dumpSchema(database.url);
    const expected = [
      'create extension pg_trgm with schema public;',
      "create type sample.grade as enum ('A', 'AA', 'AAA');",
      'create domain sample.share as numeric(5,2)',
      '  id bigint generated always as identity not null,',
      '  name text collate "C" not null,',
      "  grade sample.grade default 'A'::sample.grade,",
      '  name_folded text generated always as (lower(name)) stored,',
      '  constraint leads_pkey PRIMARY KEY (organization_id, id)',
      'NULLS NOT DISTINCT (organization_id, name, grade)',
      'FOREIGN KEY (organization_id) REFERENCES sample.organizations(id)',
      'USING gin (name gin_trgm_ops);',
      'CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON sample.leads',
      'alter table sample.leads force row level security;',
      'create policy own_organization on sample.leads for all to public\n  using (',
      "comment on column sample.leads.share is 'Percent, the advisor''s part.';",
      'grant delete, insert, references, select, trigger, truncate, update on table sample.leads to public;',
      'revoke all on function sample.stop_change() from public;',
      'partition by RANGE (at);',
      'create table sample.calls_2026_11 partition of sample.calls FOR VALUES FROM',
      'create view sample.graded as',
      'create sequence sample.folio as bigint start 1000 increment 1;',
    ];
    for (const part of expected) expect(schema).toContain(part);
    expect(schema).not.toContain('with check');
    expect(await dumpSchema(database.url)).toBe(schema);
  });

  it.runIf(existsSync(DEBIAN_15))(
    'says the same on PostgreSQL 15, for the sample and for our own migrations',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'pauta-fifteen-'));
      chmodSync(folder, 0o755);
      let server: PostgresServer | undefined;
      try {
        server = await startPostgres({
          dataDir: folder,
          log: silentLog,
          binDir: DEBIAN_15,
          settings: { fsync: 'off' },
        });
        expect(server.version).toMatch(/^15\./);
        if (existsSync(MIGRATIONS)) await migrate(server.url, { folder: MIGRATIONS, log: silentLog });
        await run(server.url, SAMPLE);
        expect(withoutViews(await dumpSchema(server.url))).toBe(withoutViews(await dumpSchema(database.url)));
      } finally {
        await server?.stop();
        rmSync(folder, { recursive: true });
      }
    },
  );
});

/** Before 16 the server writes the columns of a view over one table with the table's name, from 16 on without. */
function withoutViews(schema: string): string {
  return schema.split('\n-- Views\n')[0] ?? schema;
}
