import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Client, DatabaseError } from 'pg';
import { StartupFault } from './startup-fault.ts';
import type { Log } from './log.ts';

/** One plain SQL file, `000001_name.sql`: what it says once applied never changes. */
export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly file: string;
  readonly sql: string;
  /** SHA-256 of the text, line ends as on Linux. */
  readonly checksum: string;
}

/** A row of `pauta_migrations`. */
export interface AppliedMigration {
  readonly number: number;
  readonly name: string;
  readonly checksum: string;
}

const FILE_NAME = /^(\d{6})_([a-z0-9_]+)\.sql$/;
/** Written by `schema-dump.ts` into the same folder. */
export const SCHEMA_FILE = 'schema.sql';
/** "pauta" in ASCII, as a number: the one lock under which migrations run, whatever the program that runs them. */
const LOCK_KEY = 482_671_424_609;

const faults = {
  badName: (file: string) =>
    new StartupFault('migration-name', {
      es: `migrations/${file}: el nombre debe ser como 000012_que_cambia.sql.`,
      en: `migrations/${file}: the name must be like 000012_what_changes.sql.`,
    }),
  gap: (expected: number, found: string) =>
    new StartupFault('migration-gap', {
      es: `Se esperaba la migración ${expected} y se encontró ${found}: los números van de uno en uno, sin repetirse. Renombre el archivo que sobra o recupere el que falta.`,
      en: `Migration ${expected} was expected and ${found} was found: numbers go up by one, none twice. Rename the one too many or bring back the one missing.`,
    }),
  edited: (file: string) =>
    new StartupFault('migration-edited', {
      es: `La migración ${file} ya se aplicó a esta base y después fue modificada. Devuélvala a su texto original y haga el cambio en una migración nueva.`,
      en: `Migration ${file} was applied to this database and changed afterwards. Put its original text back and make the change in a new migration.`,
    }),
  newer: (databaseNumber: number, codeNumber: number) =>
    new StartupFault('database-newer', {
      es: `La base de datos está en la migración ${databaseNumber} y este programa llega a la ${codeNumber}: la usó una versión más nueva. Inicie esa versión (o una posterior); no se ha tocado nada.`,
      en: `The database is at migration ${databaseNumber} and this program goes to ${codeNumber}: a newer version used it. Start that version (or a later one); nothing was touched.`,
    }),
  failed: (file: string, line: number | null, reason: string, cause: unknown) =>
    new StartupFault(
      'migration-failed',
      {
        es: `La migración ${file}${line === null ? '' : `, línea ${line}`}, falló y no dejó nada aplicado: ${reason}`,
        en: `Migration ${file}${line === null ? '' : `, line ${line}`}, failed and left nothing applied: ${reason}`,
      },
      cause,
    ),
};

/** The migrations of a folder in order. Throws StartupFault on a wrong name, a gap or a number used twice. */
export function readMigrations(folder: string): Migration[] {
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.sql') && file !== SCHEMA_FILE)
    .toSorted();
  return files.map((file, index) => {
    const [, digits, name] = FILE_NAME.exec(file) ?? [];
    if (digits === undefined || name === undefined) throw faults.badName(file);
    const number = Number(digits);
    if (number !== index + 1) throw faults.gap(index + 1, file);
    const sql = readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n');
    return { number, name, file, sql, checksum: createHash('sha256').update(sql).digest('hex') };
  });
}

/** One text for the whole set: changes when any migration does. */
export function migrationsChecksum(migrations: readonly Migration[]): string {
  const all = migrations.map(({ number, checksum }) => `${number} ${checksum}`).join('\n');
  return createHash('sha256').update(all).digest('hex');
}

/** What is still to be applied. Throws StartupFault where database and files do not tell the same story. */
export function pendingMigrations(
  migrations: readonly Migration[],
  applied: readonly AppliedMigration[],
): readonly Migration[] {
  const last = applied.at(-1)?.number ?? 0;
  if (last > migrations.length) throw faults.newer(last, migrations.length);
  for (const [index, row] of applied.entries()) {
    const migration = migrations[index];
    if (row.number !== index + 1 || migration === undefined) throw faults.gap(index + 1, String(row.number));
    if (row.checksum !== migration.checksum) throw faults.edited(migration.file);
  }
  return migrations.slice(applied.length);
}

export interface Migrated {
  /** File names applied by this call, in order. */
  readonly applied: readonly string[];
  /** Number of the last migration the database now has; 0 when there are none. */
  readonly current: number;
}

/**
 * Brings the database up to the migrations of `folder`, each in its own transaction together with its row, under one
 * lock, so that several processes may start at once. `url` is for the role that owns the database.
 */
export async function migrate(url: string, { folder, log }: { folder: string; log: Log }): Promise<Migrated> {
  const migrations = readMigrations(folder);
  const client = new Client({ connectionString: url, application_name: 'pauta migrations' });
  client.on('error', (error) => log.warn('migrations-connection-lost', { error }));
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK_KEY]);
    const pending = pendingMigrations(migrations, await readApplied(client));
    for (const migration of pending) {
      await apply(client, migration);
      log.info('migration-applied', { file: migration.file });
    }
    return { applied: pending.map(({ file }) => file), current: migrations.length };
  } finally {
    // Ending the session gives the lock back.
    await client.end();
  }
}

async function readApplied(client: Client): Promise<AppliedMigration[]> {
  await client.query(`
    create table if not exists pauta_migrations (
      number     integer primary key,
      name       text not null,
      checksum   text not null,
      applied_at timestamptz(3) not null default now()
    )`);
  const { rows } = await client.query<AppliedMigration>(
    'select number, name, checksum from pauta_migrations order by number',
  );
  return rows;
}

async function apply(client: Client, { number, name, file, sql, checksum }: Migration): Promise<void> {
  try {
    await client.query('begin');
    await client.query(sql);
    await client.query('insert into pauta_migrations (number, name, checksum) values ($1, $2, $3)', [
      number,
      name,
      checksum,
    ]);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw faults.failed(
      file,
      lineOf(error, sql),
      error instanceof Error ? error.message : String(error),
      error,
    );
  }
}

function lineOf(error: unknown, sql: string): number | null {
  if (!(error instanceof DatabaseError) || error.position === undefined) return null;
  return sql.slice(0, Number(error.position)).split('\n').length;
}
