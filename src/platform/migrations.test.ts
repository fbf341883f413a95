import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../tests/database.ts';
import { silentLog } from './log.ts';
import { migrate, pendingMigrations, readMigrations } from './migrations.ts';

let folder: string;
let database: TestDatabase;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pauta-migrations-'));
  database = await testDatabase();
  // The template already holds the product's own migrations.
  await run('drop table if exists pauta_migrations');
});

afterEach(async () => {
  await database.drop();
  rmSync(folder, { recursive: true });
});

function write(file: string, sql: string): void {
  writeFileSync(join(folder, file), sql);
}

async function run(statement: string): Promise<unknown[]> {
  const client = new Client({ connectionString: database.url });
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(statement);
    return rows;
  } finally {
    await client.end();
  }
}

const options = () => ({ folder, log: silentLog });

describe('migrate', () => {
  it('applies what is new, in order, and nothing twice', async () => {
    write('000001_sample_queues.sql', 'create table sample_queues (id integer primary key);');
    expect(await migrate(database.url, options())).toEqual({
      applied: ['000001_sample_queues.sql'],
      current: 1,
    });
    write('000002_sample_names.sql', 'alter table sample_queues add name text;');
    expect(await migrate(database.url, options())).toEqual({
      applied: ['000002_sample_names.sql'],
      current: 2,
    });
    expect(await migrate(database.url, options())).toEqual({ applied: [], current: 2 });
    expect(await run('select number, name from pauta_migrations order by number')).toEqual([
      { number: 1, name: 'sample_queues' },
      { number: 2, name: 'sample_names' },
    ]);
  });

  it('leaves nothing of a migration that fails, and says which line', async () => {
    write(
      '000001_sample.sql',
      'create table sample_half (id integer);\n\ninsert into sample_missing values (1);\n',
    );
    await expect(migrate(database.url, options())).rejects.toThrow(
      /000001_sample\.sql, line 3.*sample_missing/,
    );
    expect(await run("select to_regclass('sample_half') as found")).toEqual([{ found: null }]);
  });

  it('may be started by several processes at once', async () => {
    write('000001_sample.sql', 'create table sample_once (id integer);');
    const all = await Promise.all([1, 2, 3].map(() => migrate(database.url, options())));
    expect(all.flatMap(({ applied }) => applied)).toEqual(['000001_sample.sql']);
  });

  it('refuses an applied file that was edited, but not for its line ends', async () => {
    write('000001_sample.sql', 'create table sample_edited\n(id integer);');
    await migrate(database.url, options());
    write('000001_sample.sql', 'create table sample_edited\r\n(id integer);');
    await migrate(database.url, options());
    write('000001_sample.sql', 'create table sample_edited\n(id bigint);');
    await expect(migrate(database.url, options())).rejects.toMatchObject({ code: 'migration-edited' });
  });

  it('refuses a database newer than the program', async () => {
    write('000001_sample.sql', 'select 1;');
    write('000002_sample.sql', 'select 1;');
    await migrate(database.url, options());
    rmSync(join(folder, '000002_sample.sql'));
    await expect(migrate(database.url, options())).rejects.toMatchObject({ code: 'database-newer' });
  });
});

describe('readMigrations', () => {
  const cases = [
    { name: 'a number missing', files: ['000001_a.sql', '000003_c.sql'], code: 'migration-gap' },
    { name: 'a number used twice', files: ['000001_a.sql', '000001_b.sql'], code: 'migration-gap' },
    { name: 'not beginning at one', files: ['000002_a.sql'], code: 'migration-gap' },
    { name: 'a short number', files: ['1_a.sql'], code: 'migration-name' },
    { name: 'capitals in the name', files: ['000001_Leads.sql'], code: 'migration-name' },
  ];
  it.each(cases)('refuses $name', ({ files, code }) => {
    for (const file of files) write(file, 'select 1;');
    expect(() => readMigrations(folder)).toThrow(expect.objectContaining({ code }));
  });

  it('ignores schema.sql and what is not SQL', () => {
    for (const file of ['000001_a.sql', 'schema.sql', 'README.md']) write(file, 'select 1;');
    expect(readMigrations(folder).map(({ file }) => file)).toEqual(['000001_a.sql']);
  });
});

describe('pendingMigrations', () => {
  it('refuses a hole among the applied ones', () => {
    write('000001_a.sql', 'select 1;');
    write('000002_b.sql', 'select 1;');
    const [first, second] = readMigrations(folder);
    if (first === undefined || second === undefined) throw new Error('two were written');
    expect(pendingMigrations([first, second], [first])).toEqual([second]);
    expect(() => pendingMigrations([first, second], [second])).toThrow(
      expect.objectContaining({ code: 'migration-gap' }),
    );
  });
});
