import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, existsSync, renameSync } from 'node:fs';
import { once } from 'node:events';
import { createGunzip, createGzip } from 'node:zlib';
import { pipeline } from 'node:stream/promises';
import { PassThrough, Readable } from 'node:stream';
import { Client } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';

import type { AppliedMigration } from '../src/platform/migrations.ts';
import { BACKUP_FORMAT, BackupEnd, BackupHead, BackupReader, DamagedBackup, frame } from './backup-file.ts';

export interface BackupReport {
  readonly rows: Readonly<Record<string, number>>;
  readonly bytes: number;
}

/**
 * Writes every table to one file, all as of one instant, while the product goes on working. `adminUrl` is the superuser's:
 * row-level security would leave rows out. Written beside and moved into place, so that a file that is there is whole.
 */
export async function backUp(adminUrl: string, file: string, takenAt: string): Promise<BackupReport> {
  const client = await connect(adminUrl);
  try {
    await client.query('begin isolation level repeatable read read only');
    const migrations = (
      await client.query<AppliedMigration>(
        'select number, name, checksum from pauta_migrations order by number',
      )
    ).rows;
    const tables = await tablesOf(client);
    const gzip = createGzip({ level: 6 });
    const beside = `${file}.part`;
    const written = pipeline(gzip, createWriteStream(beside, { mode: 0o600 }));
    const hash = createHash('sha256');
    const write = async (bytes: Buffer): Promise<void> => {
      hash.update(bytes);
      if (!gzip.write(bytes)) await once(gzip, 'drain');
    };
    const head: BackupHead = { pauta: 'backup', format: BACKUP_FORMAT, takenAt, migrations, tables };
    await write(lineOf(head));
    const rows: Record<string, number> = {};
    for (const { table, columns } of tables) {
      await write(lineOf({ table }));
      const copy = client.query(copyTo(`copy ${quote(table)} (${columns.map(quote).join(', ')}) to stdout`));
      for await (const chunk of copy as AsyncIterable<Buffer>) await write(frame(chunk));
      await write(frame(Buffer.alloc(0)));
      rows[table] = copy.rowCount;
    }
    const end: BackupEnd = {
      end: true,
      rows,
      sequences: await sequencesOf(client),
      sha256: hash.digest('hex'),
    };
    gzip.end(lineOf(end));
    await written;
    renameSync(beside, file);
    return { rows, bytes: gzip.bytesWritten };
  } finally {
    await client.end();
  }
}

/** Fills an empty, migrated database from a backup; all or nothing. Throws DamagedBackup where the file is not whole. */
export async function restore(
  adminUrl: string,
  file: string,
): Promise<BackupReport & { readonly takenAt: string }> {
  if (!existsSync(file)) throw new DamagedBackup(`no file ${file}`);
  const client = await connect(adminUrl);
  try {
    const source = createReadStream(file).pipe(createGunzip());
    const reader = new BackupReader(source as AsyncIterable<Buffer>);
    const head = BackupHead.parse(JSON.parse(await reader.line()));
    await refuseUnfit(client, head);
    await client.query('begin');
    // Rows come table by table: what refers to a later table is checked by the backup's own consistency, not row by row.
    await client.query("set local session_replication_role = 'replica'");
    const rows: Record<string, number> = {};
    for (const { table, columns } of head.tables) {
      const named = JSON.parse(await reader.line()) as { table?: string };
      if (named.table !== table) throw new DamagedBackup(`expected the table ${table}`);
      const into = client.query(
        copyFrom(`copy ${quote(table)} (${columns.map(quote).join(', ')}) from stdin`),
      );
      await pipeline(Readable.from(reader.frames()), new PassThrough(), into);
      rows[table] = into.rowCount;
    }
    const sha256 = reader.sha256();
    const end = BackupEnd.parse(JSON.parse(await reader.line()));
    if (end.sha256 !== sha256) throw new DamagedBackup('the content does not fit its checksum');
    for (const [table, count] of Object.entries(end.rows)) {
      if (rows[table] !== count) throw new DamagedBackup(`${table}: ${rows[table] ?? 0} rows of ${count}`);
    }
    for (const [name, value] of Object.entries(end.sequences)) {
      await client.query('select setval($1::regclass, $2::bigint)', [name, value]);
    }
    await client.query('commit');
    return { rows, bytes: source.bytesWritten, takenAt: head.takenAt };
  } finally {
    await client.end();
  }
}

async function refuseUnfit(client: Client, head: BackupHead): Promise<void> {
  const here = await client.query<AppliedMigration>(
    'select number, name, checksum from pauta_migrations order by number',
  );
  const same =
    JSON.stringify(here.rows.map((m) => m.checksum)) ===
    JSON.stringify(head.migrations.map((m) => m.checksum));
  if (!same) {
    const last = head.migrations.at(-1);
    throw new DamagedBackup(
      `the backup was taken with migrations up to ${last?.number ?? 0} (${last?.name ?? ''}); this version has ${here.rows.length}. Restore with the version that took it, then upgrade`,
    );
  }
  const { rows } = await client.query<{ used: boolean }>('select exists (select from organizations) as used');
  if (rows[0]?.used === true)
    throw new DamagedBackup('the data folder is not empty; restore into a new one (PAUTA_DATA)');
}

async function tablesOf(client: Client): Promise<BackupHead['tables']> {
  const { rows } = await client.query<{ table: string; columns: string[] }>(`
    select c.relname as table, array_agg(a.attname::text order by a.attnum) as columns
      from pg_class c
      join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     where c.relkind = 'r' and c.relname <> 'pauta_migrations'
     group by c.relname order by c.relname`);
  return rows;
}

async function sequencesOf(client: Client): Promise<Record<string, string>> {
  const { rows } = await client.query<{ name: string; value: string }>(`
    select sequencename as name, coalesce(last_value, 1)::text as value from pg_sequences where schemaname = 'public'`);
  return Object.fromEntries(rows.map(({ name, value }) => [name, value]));
}

async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url, application_name: 'pauta backup' });
  await client.connect();
  return client;
}

function lineOf(value: unknown): Buffer {
  return Buffer.from(`${JSON.stringify(value)}\n`);
}

function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
