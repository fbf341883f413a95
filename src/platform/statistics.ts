import { sql, type Kysely } from 'kysely';

import type { NoTables } from './database.ts';

/** Rows changed since the planner last looked before it is worth looking again: these many, and a fifth of the table. */
const CHANGED_ROWS_MIN = 200;
const CHANGED_SHARE_MIN = 0.2;
/** Between two looks by the worker. PostgreSQL itself looks once a minute. */
export const STATISTICS_EVERY_MILLISECONDS = 2_000;
/** Between two tables that both have grown: together they would hold up everybody else. */
const NEXT_TABLE_MILLISECONDS = 100;

/**
 * Has the planner look again at tables that have grown much. PostgreSQL does so itself within minutes; a new installation or
 * an import fills empty tables in seconds, under plans that were made, and kept, when every index seemed as good as any
 * other, and that read a whole organization for one row.
 */
export async function refreshStatistics(db: Kysely<NoTables>): Promise<void> {
  for (const table of await grownTables(db)) await sql.raw(`analyze ${table}`).execute(db);
}

/** The same for the table that has grown most; gives after how many milliseconds to come again. */
export async function refreshOneTable(db: Kysely<NoTables>): Promise<number> {
  const [most, ...others] = await grownTables(db);
  if (most !== undefined) await sql.raw(`analyze ${most}`).execute(db);
  return others.length > 0 ? NEXT_TABLE_MILLISECONDS : STATISTICS_EVERY_MILLISECONDS;
}

async function grownTables(db: Kysely<NoTables>): Promise<string[]> {
  const grown = await sql<{ name: string }>`
    select quote_ident(s.schemaname) || '.' || quote_ident(s.relname) as name
      from pg_stat_user_tables s join pg_class c on c.oid = s.relid
     where s.schemaname = current_schema()
       and s.n_mod_since_analyze > ${CHANGED_ROWS_MIN} + ${CHANGED_SHARE_MIN} * greatest(c.reltuples, 0)
     order by s.n_mod_since_analyze / greatest(c.reltuples, 1) desc, name`.execute(db);
  return grown.rows.map(({ name }) => name);
}
