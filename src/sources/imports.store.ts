import { sql } from 'kysely';

import type { Json } from '../journal/index.ts';
import type { Tx } from '../platform/database.ts';
import type { Fault } from '../platform/fault.ts';
import { storableJson } from '../platform/storable.ts';
import type { Instant } from '../platform/time.ts';
import type { FileMapping } from './lead-file.ts';

/** How a file is read; what is left out is found by looking. */
export interface FileOptions {
  readonly encoding?: string;
  readonly delimiter?: string;
  readonly sheet?: string;
  readonly header?: number;
  /** UTF-8 that was once read as windows-1252 is put right. */
  readonly repair?: boolean;
}

export interface Import {
  readonly id: string;
  readonly source: string;
  /** 'existing': going live, leads with their holder and past. */
  readonly kind: 'new' | 'existing';
  readonly fileName: string;
  readonly fileHash: string;
  readonly options: FileOptions;
  readonly mapping: FileMapping;
  readonly state: 'preview' | 'running' | 'done' | 'canceled' | 'failed';
  readonly createdBy: string;
  readonly createdAt: Instant;
  readonly startedAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly canceledAt: Instant | null;
  /** Rows with something in them that were read so far: leads + repeats + refused + faulty, once done. */
  readonly rowsRead: number;
  /** Blank rows and sums. */
  readonly rowsSkipped: number;
  /** The last row whose lead was decided. */
  readonly doneRow: number;
  readonly leads: number;
  readonly duplicates: number;
  readonly repeats: number;
  readonly refused: number;
  readonly faulty: number;
  readonly why: string | null;
  /** As the file names them; empty until it was read. */
  readonly columns: readonly string[];
}

const COLUMNS =
  sql.raw(`i.id, i.source, i.kind, i.file_name, i.file_hash, i.options, i.mapping, i.state, i.created_by, i.created_at,
  i.started_at, i.ended_at, i.canceled_at, i.rows_read, i.rows_skipped, i.done_row, i.leads, i.duplicates, i.repeats, i.refused, i.why, i.columns,
  (select count(*)::int from import_faults f where f.organization_id = i.organization_id and f.import = i.id) as faulty`);
const OWN = sql.raw('i.organization_id = (select pauta_organization())');

export interface NewImport {
  readonly id: string;
  readonly source: string;
  readonly kind: Import['kind'];
  readonly fileName: string;
  readonly fileHash: string;
  readonly file: Uint8Array;
  readonly options: FileOptions;
  readonly mapping: FileMapping;
  readonly by: string;
  readonly at: Instant;
}

export async function insertImport(tx: Tx, organization: string, given: NewImport): Promise<void> {
  const { id, source, kind, fileName, fileHash, file, options, mapping, by, at } = given;
  await sql`
    insert into imports (organization_id, id, source, kind, file_name, file_hash, file, options, mapping, state, created_by, created_at)
    values (${organization}, ${id}, ${source}, ${kind}, ${fileName}, ${fileHash}, ${Buffer.from(file)}, ${storableJson(options)}::jsonb,
            ${storableJson(mapping)}::jsonb, 'preview', ${by}, ${at})`.execute(tx);
}

export async function importById(tx: Tx, id: string): Promise<Import | null> {
  const found = await sql<Import>`select ${COLUMNS} from imports i where ${OWN} and i.id = ${id}`.execute(tx);
  return found.rows[0] ?? null;
}

export async function lastImports(tx: Tx, limit: number): Promise<Import[]> {
  const found = await sql<Import>`
    select ${COLUMNS} from imports i where ${OWN} order by i.created_at desc limit ${limit}`.execute(tx);
  return found.rows;
}

export async function fileOf(tx: Tx, id: string): Promise<Buffer> {
  const found = await sql<{
    file: Buffer;
  }>`select i.file from imports i where ${OWN} and i.id = ${id}`.execute(tx);
  const row = found.rows[0];
  if (row === undefined) throw new Error(`no import ${id}`);
  return row.file;
}

/** Changes how a file is read while it is only looked at. */
export async function changePreview(
  tx: Tx,
  id: string,
  options: FileOptions,
  mapping: FileMapping,
): Promise<boolean> {
  const changed = await sql`
    update imports i set options = ${storableJson(options)}::jsonb, mapping = ${storableJson(mapping)}::jsonb
     where ${OWN} and i.id = ${id} and i.state = 'preview'`.execute(tx);
  return changed.numAffectedRows === 1n;
}

export async function startImport(tx: Tx, id: string, now: Instant): Promise<boolean> {
  const started = await sql`
    update imports i set state = 'running', started_at = ${now}, lease_until = ${now}
     where ${OWN} and i.id = ${id} and i.state = 'preview'`.execute(tx);
  return started.numAffectedRows === 1n;
}

export async function cancelImport(tx: Tx, id: string, now: Instant): Promise<boolean> {
  const canceled = await sql`
    update imports i set state = 'canceled', canceled_at = ${now}, ended_at = ${now}, file = ''::bytea
     where ${OWN} and i.id = ${id} and i.state in ('preview', 'running')`.execute(tx);
  return canceled.numAffectedRows === 1n;
}

/** A running import that no live worker has; null when there is none. */
export async function claimImport(
  tx: Tx,
  now: Instant,
  leaseUntil: Instant,
): Promise<{ organizationId: string; id: string } | null> {
  const found = await sql<{ organizationId: string; id: string }>`
    update imports i set lease_until = ${leaseUntil}
      from (select organization_id, id from imports where state = 'running' and lease_until <= ${now}
             order by started_at limit 1 for update skip locked) due
     where i.organization_id = due.organization_id and i.id = due.id
    returning i.organization_id, i.id`.execute(tx);
  return found.rows[0] ?? null;
}

export interface FaultyRow {
  readonly row: number;
  readonly fault: Fault;
  readonly cells: readonly string[];
}

/** How far reading has come, with the rows that cannot be leads. False: it was canceled meanwhile. */
export async function keepProgress(
  tx: Tx,
  organization: string,
  id: string,
  progress: { rowsRead: number; rowsSkipped: number; faulty: readonly FaultyRow[]; leaseUntil: Instant },
): Promise<boolean> {
  if (progress.faulty.length > 0) {
    await sql`
      insert into import_faults (organization_id, import, row, fault, cells)
      select ${organization}, ${id}, r.row, r.fault, r.cells
        from jsonb_to_recordset(${storableJson(progress.faulty)}::jsonb) as r(row integer, fault jsonb, cells jsonb)
      on conflict (organization_id, import, row) do nothing`.execute(tx);
  }
  const kept = await sql`
    update imports i set rows_read = ${progress.rowsRead}, rows_skipped = ${progress.rowsSkipped}, lease_until = ${progress.leaseUntil}
     where ${OWN} and i.id = ${id} and i.state = 'running'`.execute(tx);
  return kept.numAffectedRows === 1n;
}

/** What its columns are called: the file itself is not kept past its end, for it holds people's data. */
export async function keepColumns(tx: Tx, id: string, columns: readonly string[]): Promise<void> {
  await sql`update imports i set columns = ${[...columns]}::text[] where ${OWN} and i.id = ${id}`.execute(tx);
}

export async function endImport(
  tx: Tx,
  id: string,
  state: 'done' | 'failed',
  why: string | null,
  now: Instant,
): Promise<void> {
  await sql`
    update imports i set state = ${state}, why = ${why}, ended_at = ${now}, lease_until = null, file = ''::bytea
     where ${OWN} and i.id = ${id} and i.state = 'running'`.execute(tx);
}

export async function faultyRows(tx: Tx, id: string, afterRow: number, limit: number): Promise<FaultyRow[]> {
  const found = await sql<{ row: number; fault: Json; cells: string[] }>`
    select row, fault, cells from import_faults
     where organization_id = (select pauta_organization()) and import = ${id} and row > ${afterRow}
     order by row limit ${limit}`.execute(tx);
  return found.rows.map(({ row, fault, cells }) => ({ row, fault: fault as unknown as Fault, cells }));
}
