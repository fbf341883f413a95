import { sql } from 'kysely';

import type { Tx } from './database.ts';

/** A row as code holds it; columns are the same words in snake_case. */
export type Row = { readonly [column: string]: unknown };

const snakeCases = new Map<string, string>();
function snakeCase(name: string): string {
  let known = snakeCases.get(name);
  if (known === undefined) {
    known = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    snakeCases.set(name, known);
  }
  return known;
}

/** The names a statement is built from come from code, never from outside; this keeps it so. */
function identifier(name: string): string {
  if (!/^[a-z][a-z0-9_]*$/.test(name)) throw new Error(`not a column or table name: ${name}`);
  return name;
}

/**
 * Writes many rows in one statement: inserts those that are new, replaces the others by key. All rows must have the
 * same columns as the first. One round trip whatever the number of rows, which is what lets a batch of facts share it.
 */
export async function saveRows(
  tx: Tx,
  organization: string,
  table: string,
  key: readonly string[],
  rows: readonly Row[],
): Promise<void> {
  const first = rows[0];
  if (first === undefined) return;
  const columns = Object.keys(first).map((name) => identifier(snakeCase(name)));
  const keys = ['organization_id', ...key.map((name) => identifier(snakeCase(name)))];
  const updates = columns.filter((column) => !keys.includes(column));
  const list = columns.map((column) => `"${column}"`).join(', ');
  const conflict =
    updates.length === 0
      ? 'do nothing'
      : `do update set ${updates.map((c) => `"${c}" = excluded."${c}"`).join(', ')}`;
  const values = rows.map((row) =>
    Object.fromEntries(Object.entries(row).map(([name, v]) => [snakeCase(name), v])),
  );
  await sql`
    insert into ${sql.raw(identifier(table))} (organization_id, ${sql.raw(list)})
    select ${organization}::text, ${sql.raw(list)}
      from jsonb_populate_recordset(null::${sql.raw(identifier(table))}, ${JSON.stringify(values)}::jsonb)
    on conflict (${sql.raw(keys.map((k) => `"${k}"`).join(', '))}) ${sql.raw(conflict)}`.execute(tx);
}
