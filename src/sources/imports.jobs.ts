import type { Tx } from '../platform/database.ts';
import { MINUTE, plus } from '../platform/time.ts';
import { listPeople } from '../staff/index.ts';
import { columnNames, openFile, readFileRow, type FileRow, type RowDoor } from './file-rows.ts';
import {
  claimImport,
  endImport,
  fileOf,
  importById,
  keepColumns,
  keepProgress,
  type FaultyRow,
  type Import,
} from './imports.store.ts';
import { sourceFault } from './faults.ts';
import { companyLinesOf, organizationOf } from './reading.store.ts';
import { allSources } from './sources.store.ts';
import type { IntakeParts } from './take-in.ts';

/** Rows told to the house at once; the next ones are read while it decides. */
export const CHUNK_ROWS = 1_024;
const LEASE = 2 * MINUTE;

/** Runs one import that waits or whose worker died; false when there is none. */
export async function runImport(parts: IntakeParts): Promise<boolean> {
  const now = parts.clock.now();
  const claimed = await parts.database.acrossOrganizations((tx) => claimImport(tx, now, plus(now, LEASE)));
  if (claimed === null) return false;
  const { organizationId, id } = claimed;
  try {
    await readThrough(parts, organizationId, id);
  } catch (error) {
    parts.log.error('import-stopped', { import: id, error });
    throw error;
  }
  return true;
}

async function readThrough(parts: IntakeParts, organization: string, id: string): Promise<void> {
  const { database, clock } = parts;
  const { job, file, door } = await database.inOrganization(organization, async (tx) => {
    const found = await importById(tx, id);
    if (found === null) throw new Error(`no import ${id}`);
    return { job: found, file: await fileOf(tx, id), door: await doorOf(parts, tx, organization, found) };
  });
  const table = await openFile(file, job.options);
  if ('refused' in table) {
    return database.inOrganization(organization, (tx) =>
      endImport(tx, id, 'failed', table.refused, clock.now()),
    );
  }
  const columns = columnNames(table);
  await database.inOrganization(organization, (tx) => keepColumns(tx, id, columns));
  const rows = readRows(table.rows, { ...door, columns });
  const progress = { rowsRead: 0, rowsSkipped: 0 };
  let deciding: Promise<FaultyRow[]> = Promise.resolve([]);
  for await (const chunk of chunks(rows)) {
    const faulty = [...(await deciding), ...count(chunk, progress)];
    const goesOn = await keep(parts, organization, id, progress, faulty);
    if (!goesOn) return undefined;
    deciding = decideRows(parts, organization, job, chunk);
    // An error is met when the promise is waited for; until then it is not unheard.
    deciding.catch(() => undefined);
  }
  await keep(parts, organization, id, progress, await deciding);
  return database.inOrganization(organization, (tx) => endImport(tx, id, 'done', null, clock.now()));
}

function keep(
  { database, clock }: IntakeParts,
  organization: string,
  id: string,
  progress: { rowsRead: number; rowsSkipped: number },
  faulty: readonly FaultyRow[],
): Promise<boolean> {
  const leaseUntil = plus(clock.now(), LEASE);
  return database.inOrganization(organization, (tx) =>
    keepProgress(tx, organization, id, { ...progress, faulty, leaseUntil }),
  );
}

async function doorOf(
  { clock }: IntakeParts,
  tx: Tx,
  organizationId: string,
  job: Import,
): Promise<Omit<RowDoor, 'columns'>> {
  const sources = await allSources(tx);
  const organization = await organizationOf(tx, organizationId);
  const { country } = organization;
  return {
    import: job.id,
    kind: job.kind,
    mapping: job.mapping,
    country,
    companyLines: companyLinesOf(sources, country),
    people: await listPeople(tx),
    by: job.createdBy,
    source: job.source,
    zone: sources.find(({ key }) => key === job.source)?.zone ?? organization.zone,
    // The same on every run: what a file says does not change with the day it is resumed.
    now: job.startedAt ?? clock.now(),
  };
}

async function* readRows(
  items: AsyncIterable<Parameters<typeof readFileRow>[0]>,
  door: RowDoor,
): AsyncGenerator<FileRow> {
  for await (const item of items) yield readFileRow(item, door);
}

async function* chunks(rows: AsyncIterable<FileRow>): AsyncGenerator<FileRow[]> {
  let chunk: FileRow[] = [];
  for await (const row of rows) {
    chunk.push(row);
    if (chunk.length < CHUNK_ROWS) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}

/** Adds a chunk to the counts; gives its faulty rows. */
function count(chunk: readonly FileRow[], progress: { rowsRead: number; rowsSkipped: number }): FaultyRow[] {
  const faulty: FaultyRow[] = [];
  for (const each of chunk) {
    if ('skipped' in each) progress.rowsSkipped += 1;
    else progress.rowsRead += 1;
    if ('fault' in each) faulty.push({ row: each.row, fault: each.fault, cells: each.cells });
  }
  return faulty;
}

/**
 * Tells the house of a chunk's leads, in the order of the file: it decides them in that order, and keeps with them which
 * row was last. So a run that was cut off goes on after it, and no row counts twice.
 */
async function decideRows(
  { house, newId, log }: IntakeParts,
  organization: string,
  job: Import,
  chunk: readonly FileRow[],
): Promise<FaultyRow[]> {
  const told = chunk.flatMap((each) => ('arrival' in each && each.row > job.doneRow ? [each] : []));
  const outcomes = await Promise.allSettled(
    told.map(({ arrival, row }) => {
      const fact = { ...arrival, lead: newId(), row: { import: job.id, row } };
      return house.submit(organization, fact, { bulk: true });
    }),
  );
  return outcomes.flatMap((outcome, place) => {
    const { row, cells } = told[place] ?? { row: 0, cells: [] };
    if (outcome.status === 'rejected') {
      log.error('row-not-decided', { import: job.id, row, error: outcome.reason });
      throw outcome.reason;
    }
    const { refused } = outcome.value;
    if (refused === null) return [];
    return [{ row, fault: sourceFault('not-settled', undefined, refused.refused), cells }];
  });
}
