import { CamelCasePlugin, CompiledQuery, Kysely, PostgresDialect, type Transaction } from 'kysely';
import { DatabaseError, Pool, types as pgTypes, type CustomTypesConfig } from 'pg';

import { PreparingClient } from './prepared.ts';
import { sharedTransactions } from './shared-transactions.ts';
import { instant, type Instant } from './time.ts';
import { transactions } from './transaction.ts';

/** Features name their own tables with `tx.withTables<…>()`; nobody sees another's. */
// oxlint-disable-next-line typescript/no-generated-empty-object-type -- the point: no table is known here
export type NoTables = Record<never, never>;
export type Tx = Transaction<NoTables>;

/** The setting that opens the work tables of all organizations; for workers that look for due work, nothing else. */
const EVERY_ORGANIZATION = '*';
/** Serialization failures and deadlocks are tried again this many times; the last error goes up. */
const CONFLICT_TRIES_MAX = 4;
const CONFLICT_CODES = new Set(['40001', '40P01']);

const int8 = 20;
const int8s = 1016;
const numeric = 1700;
const timestamptz = 1184;
const types: CustomTypesConfig = {
  // oxlint-disable-next-line typescript/no-explicit-any -- pg types its own parsers so
  getTypeParser(oid: number, format?: 'text' | 'binary'): any {
    if (oid === timestamptz) return readInstant;
    // Counts and row numbers stay far below 2^53; one that does not is a bug to be seen, not rounded.
    if (oid === int8 || oid === numeric) return exactNumber;
    // pg leaves the members of a bigint[] as text, and '9' sorts after '10'.
    if (oid === int8s) return (text: string) => text.slice(1, -1).split(',').filter(Boolean).map(exactNumber);
    return ownParser(oid, format ?? 'text');
  },
};
const ownParser: (oid: number, format: 'text' | 'binary') => unknown = pgTypes.getTypeParser.bind(pgTypes);

/** "2026-11-23 11:41:30.309+00"; the common case without the cost of a Date for each cell. */
function readInstant(text: string): Instant {
  if (text.endsWith('+00') && text.charAt(10) === ' ' && text.charAt(4) === '-')
    return `${text.slice(0, 10)}T${text.slice(11, 19)}.${text.slice(20, -3).padEnd(3, '0').slice(0, 3)}Z` as Instant;
  return instant(text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00'));
}

function exactNumber(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && !Number.isSafeInteger(value))
    throw new RangeError(`number out of range: ${text}`);
  return value;
}

export interface Database {
  /** One transaction that sees and writes only this organization's rows. Conflicts are tried again. */
  inOrganization<T>(organization: string, work: (tx: Tx) => Promise<T>): Promise<T>;
  /**
   * The same, shared with the works that come while another is under way: for short ones of which many come at once. Each must
   * bear the statements of the others between its own, and being done twice.
   */
  together<T>(organization: string, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** The same for what only reads: it does not wait for the disk that the others write to. */
  readTogether<T>(organization: string, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** One read-only transaction that sees the organization throughout as it stood at its first statement. */
  inSnapshot<T>(organization: string, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** One transaction over the work tables of all organizations; personal data stays out of reach. */
  acrossOrganizations<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** For tables without an organization (organizations themselves, sign-in). */
  readonly kysely: Kysely<NoTables>;
  readonly pool: Pool;
  close(): Promise<void>;
}

/** Takes a postgres:// URL and how many connections may be open at once. */
export function openDatabase(url: string, options: { connectionsMax?: number } = {}): Database {
  const pool = new Pool({
    connectionString: url,
    max: options.connectionsMax ?? 20,
    types,
    Client: PreparingClient,
    pipeline: true,
    application_name: 'pauta',
    connectionTimeoutMillis: 10_000,
  });
  // A connection that dies while idle is replaced by the pool; without a listener Node would stop the process.
  pool.on('error', () => undefined);
  // The same for one in use between two statements: the next statement fails, and the transaction with it.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const dialect = new PostgresDialect({ pool });
  const kysely = new Kysely<NoTables>({
    dialect,
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  });
  const transact = transactions(kysely, { dialect, pool });
  const within = async <T>(setting: string, work: (tx: Tx) => Promise<T>): Promise<T> => {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await transact([BEGIN, openTo(setting)], work);
      } catch (error) {
        if (attempt >= CONFLICT_TRIES_MAX || !isConflict(error)) throw error;
      }
    }
  };
  const inOrganization: Database['inOrganization'] = (organization, work) => {
    if (organization === '' || organization === EVERY_ORGANIZATION)
      throw new Error('an organization is needed');
    return within(organization, work);
  };
  return {
    inOrganization,
    together: sharedTransactions(inOrganization),
    readTogether: sharedTransactions(inOrganization),
    inSnapshot: (organization, work) => {
      if (organization === '' || organization === EVERY_ORGANIZATION)
        throw new Error('an organization is needed');
      return transact([BEGIN_SNAPSHOT, openTo(organization)], work);
    },
    acrossOrganizations: (work) => within(EVERY_ORGANIZATION, work),
    kysely,
    pool,
    close: () => kysely.destroy(),
  };
}

const BEGIN = CompiledQuery.raw('begin');
const BEGIN_SNAPSHOT = CompiledQuery.raw('start transaction isolation level repeatable read read only');

function openTo(setting: string): CompiledQuery {
  return CompiledQuery.raw(`select set_config('pauta.organization', $1, true)`, [setting]);
}

function isConflict(error: unknown): boolean {
  return error instanceof DatabaseError && CONFLICT_CODES.has(error.code ?? '');
}

/** True when the server has no room left for what it was given; what is stored stays, and reading goes on. */
export function isDiskFull(error: unknown): boolean {
  return error instanceof DatabaseError && error.code === '53100';
}

/** True when the server is not there (stopped, restarting, unreachable): the work may be tried later as it is. */
export function isUnavailable(error: unknown): boolean {
  if (error instanceof DatabaseError) return /^(08|57P0|53300|53400)/.test(error.code ?? '');
  return (
    error instanceof Error &&
    /ECONN|connect ENOENT|Connection terminated|timeout exceeded when trying to connect|server closed/.test(
      error.message,
    )
  );
}
