import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { silentLog } from '../src/platform/log.ts';
import { migrate, migrationsChecksum, readMigrations } from '../src/platform/migrations.ts';
import { usePostgres, type UsedPostgres } from '../src/platform/postgres-use.ts';

export interface TestDatabase {
  /** For the role that owns the tables, bound by row-level security as the product is. */
  readonly url: string;
  /** The same database for a superuser, to look at what the product cannot see. */
  readonly adminUrl: string;
  readonly drop: () => Promise<void>;
}

/** What each test file is told about the server of this run; see `testDatabase`. */
export interface TestServer {
  /** A superuser's, or that of whoever may create databases on the server given. */
  readonly adminUrl: string;
  /** Who owns each test's database: no superuser, so that row-level security holds in tests as in life. */
  readonly role: string;
  readonly password: string;
  readonly template: string;
  /** Begins the name of every database of this run. */
  readonly prefix: string;
}

const ROOT = join(import.meta.dirname, '..');
export const MIGRATIONS = join(ROOT, 'migrations');
const DATA_DIR = join(ROOT, '.cache', 'test-data');
/** Two checkouts may share one given server. */
const CHECKOUT = createHash('sha256').update(ROOT).digest('hex').slice(0, 8);
const PREFIX = `pauta_test_${CHECKOUT}_`;
/** Held shared by every run of this checkout; whoever gets it alone may clean up and end the server. */
const RUNS_LOCK = Number.parseInt(CHECKOUT, 16);
const TEMPLATE_LOCK = RUNS_LOCK + 2 ** 32;

/** Losing test data in a power cut is no loss, and not syncing makes each clone several times quicker. */
const QUICK_SETTINGS = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

/**
 * One PostgreSQL for a run of tests: the one `given`, or the checkout's own in `.cache`, shared with any other run in the same
 * checkout; and on it a template with our migrations.
 */
export async function openTestServer(
  given: string | null,
): Promise<{ server: TestServer; close: () => Promise<void> }> {
  const server = await openServer(given);
  const admin = new Client({ connectionString: server.adminUrl, application_name: 'pauta test run' });
  admin.on('error', () => {});
  await admin.connect();

  const alone = await lockIfFree(admin);
  if (!alone) await admin.query('select pg_advisory_lock_shared($1)', [RUNS_LOCK]);
  const owner = given === null ? roleOf(server.url) : await testRole(admin);
  const template = `${PREFIX}template_${currentChecksum().slice(0, 12)}`;
  if (alone) await dropLeftovers(admin, template);
  await admin.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK]);
  await ensureTemplate(admin, { adminUrl: server.adminUrl, template, ...owner });
  await admin.query('select pg_advisory_unlock($1)', [TEMPLATE_LOCK]);
  if (alone) {
    await admin.query('select pg_advisory_lock_shared($1)', [RUNS_LOCK]);
    await admin.query('select pg_advisory_unlock($1)', [RUNS_LOCK]);
  }
  return {
    server: { adminUrl: server.adminUrl, template, prefix: `${PREFIX}${process.pid}_`, ...owner },
    close: async () => {
      await admin.query('select pg_advisory_unlock_shared($1)', [RUNS_LOCK]);
      const last = await lockIfFree(admin);
      if (last) await dropLeftovers(admin, template);
      await admin.end();
      await (last ? server.end() : server.leaveRunning());
    },
  };
}

/** A database of the caller's own on the server, cloned from the template. */
export async function cloneTemplate({
  adminUrl,
  template,
  prefix,
  role,
  password,
}: TestServer): Promise<TestDatabase> {
  const name = `${prefix}${randomBytes(6).toString('hex')}`;
  await asAdmin(adminUrl, `create database ${name} template ${template} owner ${role}`);
  return {
    url: urlFor(adminUrl, name, { role, password }),
    adminUrl: urlFor(adminUrl, name),
    drop: () => asAdmin(adminUrl, `drop database if exists ${name} with (force)`),
  };
}

async function asAdmin(adminUrl: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

interface OpenServer {
  readonly url: string;
  readonly adminUrl: string;
  /** The last run to use the server ends it, whichever run started it. */
  readonly end: () => Promise<void>;
  readonly leaveRunning: () => Promise<void>;
}

async function openServer(given: string | null): Promise<OpenServer> {
  if (given !== null) {
    return { url: given, adminUrl: given, end: async () => {}, leaveRunning: async () => {} };
  }
  const server = await openOwnServer();
  const { url, adminUrl } = server;
  if (adminUrl === null) throw new Error('the test server has no superuser');
  return {
    url,
    adminUrl,
    end: async () => {
      await server.stop();
      // Started by a run that ended before us: take it over, so as to end it.
      if (server.from === 'running') await (await openOwnServer()).stop();
    },
    leaveRunning: server.leaveRunning,
  };
}

function openOwnServer(): Promise<UsedPostgres> {
  return usePostgres({ dataDir: DATA_DIR, databaseUrl: null, log: silentLog, settings: QUICK_SETTINGS });
}

async function lockIfFree(admin: Client): Promise<boolean> {
  const { rows } = await admin.query<{ locked: boolean }>('select pg_try_advisory_lock($1) as locked', [
    RUNS_LOCK,
  ]);
  return rows[0]?.locked === true;
}

function roleOf(url: string): { role: string; password: string } {
  const { username, password } = new URL(url);
  return { role: username, password: decodeURIComponent(password) };
}

/** On a server given to us the account may well be a superuser, for whom row-level security does not hold. */
async function testRole(admin: Client): Promise<{ role: string; password: string }> {
  const role = `pauta_test_${CHECKOUT}`;
  const password = CHECKOUT;
  const { rowCount } = await admin.query('select 1 from pg_roles where rolname = $1', [role]);
  if (rowCount === 0) {
    await admin.query(`create role ${role} login nosuperuser nobypassrls password '${password}'`);
    await admin.query(`grant ${role} to current_user`);
  }
  return { role, password };
}

function currentChecksum(): string {
  return migrationsChecksum(existsSync(MIGRATIONS) ? readMigrations(MIGRATIONS) : []);
}

/** Databases of runs that were killed, and templates of migrations that have changed since. */
async function dropLeftovers(admin: Client, keep: string): Promise<void> {
  const { rows } = await admin.query<{ datname: string }>(
    'select datname from pg_database where starts_with(datname, $1) and datname <> $2',
    [PREFIX, keep],
  );
  for (const { datname } of rows) {
    await admin.query(`alter database ${datname} with is_template false`);
    await admin.query(`drop database if exists ${datname} with (force)`);
  }
}

interface Template {
  readonly adminUrl: string;
  readonly template: string;
  readonly role: string;
  readonly password: string;
}

async function ensureTemplate(
  admin: Client,
  { adminUrl, template, role, password }: Template,
): Promise<void> {
  const { rows } = await admin.query<{ datistemplate: boolean }>(
    'select datistemplate from pg_database where datname = $1',
    [template],
  );
  if (rows[0]?.datistemplate === true) return;
  await admin.query(`drop database if exists ${template} with (force)`);
  await admin.query(`create database ${template} template template0 encoding 'UTF8' owner ${role}`);
  const url = urlFor(adminUrl, template, { role, password });
  if (existsSync(MIGRATIONS)) await migrate(url, { folder: MIGRATIONS, log: silentLog });
  // Marked last: a template half made is made again. Nobody may connect, as one connection would block every clone.
  await admin.query(`alter database ${template} with is_template true allow_connections false`);
}

/** The same server, another database and, where given, another role. */
function urlFor(adminUrl: string, database: string, as?: { role: string; password: string }): string {
  const url = new URL(adminUrl);
  url.pathname = `/${database}`;
  if (as !== undefined) {
    url.username = as.role;
    url.password = as.password;
  }
  return url.href;
}
