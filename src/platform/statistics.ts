import { sql, type Kysely } from 'kysely';

import type { NoTables } from './database.ts';

/** Pages by which a table has grown since the planner last looked, before it is worth looking again: these, and half of it. */
const GROWN_PAGES_MIN = 8;
const GROWN_SHARE_MIN = 0.5;
/** Between two looks. PostgreSQL itself looks once a minute. */
export const STATISTICS_EVERY_MILLISECONDS = 1_000;
/**
 * Of a hundred in PostgreSQL, which means a sample of 30,000 rows and, of a table like the journal, a fifth of a second of a
 * core while leads wait. That every key begins with the same organization shows in 3,000; PostgreSQL's own round looks closer.
 */
const STATISTICS_TARGET = 10;
/** Between two tables that both have grown: together they would hold up everybody else. */
const NEXT_TABLE_MILLISECONDS = 100;

/**
 * Has the planner look again at the table that has grown most; gives after how many milliseconds to come again. PostgreSQL
 * does so itself within minutes; a new installation or an import fills empty tables in seconds, under plans that were made,
 * and kept, when every index seemed as good as any other, and that read a whole organization for one row.
 */
export async function refreshStatistics(db: Kysely<NoTables>): Promise<number> {
  const [most, ...others] = await grownTables(db);
  if (most !== undefined) await analyze(db, most);
  return others.length > 0 ? NEXT_TABLE_MILLISECONDS : STATISTICS_EVERY_MILLISECONDS;
}

function analyze(db: Kysely<NoTables>, table: string): Promise<void> {
  return db.transaction().execute(async (tx) => {
    await sql.raw(`set local default_statistics_target = ${STATISTICS_TARGET}`).execute(tx);
    await sql.raw(`analyze ${table}`).execute(tx);
  });
}

/** By the size of the file now, as the server's own counts of changed rows come a moment late. */
async function grownTables(db: Kysely<NoTables>): Promise<string[]> {
  const grown = await sql<{ name: string }>`
    select quote_ident(n.nspname) || '.' || quote_ident(c.relname) as name
      from pg_class c
      join pg_namespace n on n.oid = c.relnamespace
      cross join lateral (select pg_relation_size(c.oid) / current_setting('block_size')::int as pages) now
     where n.nspname = current_schema() and c.relkind = 'r'
       and now.pages > ${GROWN_PAGES_MIN}::int + (1 + ${GROWN_SHARE_MIN}::float8) * greatest(c.relpages, 0)
     order by now.pages / greatest(c.relpages, 1.0) desc, name`.execute(db);
  return grown.rows.map(({ name }) => name);
}
