import { sql, type Kysely } from 'kysely';

import type { NoTables } from './database.ts';

/** Rows changed since the planner last looked before it is worth looking again: these many, and a fifth of the table. */
const CHANGED_ROWS_MIN = 500;
const CHANGED_SHARE_MIN = 0.2;

/**
 * Has the planner look again at tables that have grown much. PostgreSQL does so itself within minutes; an import fills
 * empty tables in seconds, under plans that were made, and kept, when every index seemed as good as any other.
 */
export async function refreshStatistics(db: Kysely<NoTables>): Promise<void> {
  const grown = await sql<{ name: string }>`
    select quote_ident(s.schemaname) || '.' || quote_ident(s.relname) as name
      from pg_stat_user_tables s join pg_class c on c.oid = s.relid
     where s.schemaname = current_schema()
       and s.n_mod_since_analyze > ${CHANGED_ROWS_MIN} + ${CHANGED_SHARE_MIN} * greatest(c.reltuples, 0)`.execute(
    db,
  );
  if (grown.rows.length > 0)
    await sql.raw(`analyze ${grown.rows.map(({ name }) => name).join(', ')}`).execute(db);
}
