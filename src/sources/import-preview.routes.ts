import { createHash } from 'node:crypto';
import { z } from 'zod';

import type { Database } from '../platform/database.ts';
import { refuse, type HttpApp } from '../platform/http.ts';
import { readDate, type DateOrder, type Table } from '../platform/tables/index.ts';
import { listPeople } from '../staff/index.ts';
import { bytesOf, type Caller, type RouteParts } from './caller.ts';
import { columnNames, openFile, readFileRow } from './file-rows.ts';
import { hiddenRow, seesRows, withoutValue } from './import-rows-seen.ts';
import {
  changePreview,
  fileOf,
  importById,
  insertImport,
  type FileOptions,
  type Import,
} from './imports.store.ts';
import { knownColumns, proposedMapping, type FileMapping } from './lead-file.ts';
import { companyLinesOf, organizationOf } from './reading.store.ts';
import { fileMapping, sourceKey } from './source.ts';
import { allSources } from './sources.store.ts';

/** Of one uploaded file. Some hundred thousand rows of CSV are a tenth of it. */
const IMPORT_BYTES_MAX = 64 * 1024 * 1024;
const PREVIEW_ROWS = 20;
/** Rows looked at for faults and the order of dates before the start; the rest is read by the import itself. */
const LOOKED_AT_ROWS = 2_000;

const options = z.strictObject({
  encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252']).optional(),
  delimiter: z.string().length(1).optional(),
  sheet: z.string().max(100).optional(),
  header: z.number().int().min(1).max(10_000).optional(),
  repair: z.boolean().optional(),
});
const chosen = z.strictObject({ options: options.optional(), mapping: fileMapping.optional() });
const uploaded = z.object({
  source: sourceKey,
  name: z.string().min(1).max(255),
  kind: z.enum(['new', 'existing']).default('new'),
});
const byId = z.object({ id: z.string().max(100) });

/** A file is uploaded and looked at; how it is read is corrected until it is started. */
export function previewRoutes(app: HttpApp, parts: RouteParts): void {
  const { database, clock, newId } = parts;
  app.post(
    '/api/imports',
    {
      bodyLimit: IMPORT_BYTES_MAX,
      config: { may: 'leads.import', body: 'raw' },
      schema: { querystring: uploaded, summary: 'The file is the body, as it is' },
    },
    async (request, reply) => {
      const caller = parts.whoIs(request);
      const { source, name, kind } = request.query;
      const file = bytesOf(request);
      const table = await openOrRefuse(file, {});
      const id = newId();
      const seen = await look(table);
      await database.inOrganization(caller.organization, async (tx) => {
        const found = (await allSources(tx)).find(({ key }) => key === source);
        if (found === undefined) return refuse({ refused: 'no-such-source', detail: { value: source } });
        await insertImport(tx, caller.organization, {
          id,
          source,
          kind,
          fileName: name,
          fileHash: createHash('sha256').update(file).digest('hex'),
          file,
          options: {},
          mapping: mappingFor(seen.columns, found.settings.mapping, seen.dates),
          by: caller.actor,
          at: clock.now(),
        });
        return undefined;
      });
      return reply.code(201).send(await preview(database, caller, id));
    },
  );
  app.put(
    '/api/imports/:id',
    { config: { may: 'leads.import' }, schema: { params: byId, body: chosen } },
    async (request, reply) => {
      const caller = parts.whoIs(request);
      const { id } = request.params;
      const job = await importOf(database, caller, id);
      const read = (request.body.options ?? job.options) as FileOptions;
      const file = await database.inOrganization(caller.organization, (tx) => fileOf(tx, id));
      const seen = await look(await openOrRefuse(file, read));
      const mapping = request.body.mapping ?? mappingFor(seen.columns, job.mapping, job.mapping.dates);
      const changed = await database.inOrganization(caller.organization, (tx) =>
        changePreview(tx, id, read, mapping),
      );
      if (!changed) return refuse({ refused: 'import-state', detail: { state: job.state } });
      return reply.send(await preview(database, caller, id));
    },
  );
  app.get(
    '/api/imports/:id/preview',
    { config: { may: 'leads.import' }, schema: { params: byId } },
    async (request, reply) => reply.send(await preview(database, parts.whoIs(request), request.params.id)),
  );
}

export async function importOf(database: Database, caller: Caller, id: string): Promise<Import> {
  const found = await database.inOrganization(caller.organization, (tx) => importById(tx, id));
  return found ?? refuse({ refused: 'no-such-import' });
}

async function openOrRefuse(file: Uint8Array, read: FileOptions): Promise<Table> {
  const table = await openFile(file, read);
  return 'refused' in table
    ? refuse({ refused: 'import-not-a-table', detail: { why: table.refused } })
    : table;
}

/** A saved mapping holds for the columns it knows; the others are proposed by their names. */
function mappingFor(
  columns: readonly string[],
  saved: FileMapping | undefined,
  dates: DateOrder | null,
): FileMapping {
  const proposed = proposedMapping(columns, dates ?? saved?.dates ?? 'dmy');
  const known = knownColumns(saved, columns);
  const { zone } = saved ?? {};
  return {
    ...proposed,
    columns: { ...proposed.columns, ...known },
    ...(zone === undefined ? {} : { zone }),
  };
}

/**
 * The columns of a file, and in which order its dates are written, by those that can be read one way only; null where
 * none tells.
 */
async function look(table: Table): Promise<{ columns: string[]; dates: DateOrder | null }> {
  let monthFirst = 0;
  let dayFirst = 0;
  let rows = 0;
  for await (const item of table.rows) {
    if ((rows += 1) > LOOKED_AT_ROWS) break;
    for (const cell of item.kind === 'row' ? item.cells : []) {
      if (!/\d[/.-]\d/.test(cell)) continue;
      const read = readDate(cell, 'dmy');
      if ('refused' in read || read.ambiguous === true) continue;
      if (read.warning === 'other-order') monthFirst += 1;
      else dayFirst += 1;
    }
  }
  const dates = monthFirst + dayFirst === 0 ? null : monthFirst > dayFirst ? 'mdy' : 'dmy';
  return { columns: columnNames(table), dates };
}

/** How the file is read as things stand: the first rows with what becomes of them, and the first faults. */
async function preview(database: Database, caller: Caller, id: string) {
  const { job, file, door, saved } = await database.inOrganization(caller.organization, async (tx) => {
    const found = await importById(tx, id);
    if (found === null) return refuse({ refused: 'no-such-import' });
    const sources = await allSources(tx);
    const organization = await organizationOf(tx, caller.organization);
    return {
      job: found,
      file: await fileOf(tx, id),
      saved: sources.find(({ key }) => key === found.source)?.settings.mapping,
      door: {
        import: id,
        kind: found.kind,
        mapping: found.mapping,
        country: organization.country,
        companyLines: companyLinesOf(sources, organization.country),
        people: await listPeople(tx),
        by: caller.actor,
        source: found.source,
        zone: sources.find(({ key }) => key === found.source)?.zone ?? organization.zone,
        now: found.createdAt,
      },
    };
  });
  const table = await openOrRefuse(file, job.options);
  const columns = columnNames(table);
  const open = seesRows(caller, job);
  const rows = [];
  const faults = [];
  let looked = 0;
  for await (const item of table.rows) {
    if ((looked += 1) > LOOKED_AT_ROWS) break;
    const read = readFileRow(item, { ...door, columns });
    if ('skipped' in read) continue;
    if ('fault' in read && faults.length < PREVIEW_ROWS)
      faults.push({ row: read.row, fault: open ? read.fault : withoutValue(read.fault) });
    if (rows.length >= PREVIEW_ROWS) continue;
    const reads = 'arrival' in read ? read.arrival : null;
    const row = {
      row: read.row,
      cells: read.cells,
      name: reads?.asReceived.name ?? null,
      phones: reads?.identity.phones.map(({ value }) => value) ?? [],
      emails: reads?.identity.emails.map(({ value }) => value) ?? [],
      sentAt: reads?.sentAt ?? null,
    };
    rows.push(open ? row : hiddenRow(row));
  }
  const { format, encoding, delimiter, sheet, header, brokenEncoding } = table;
  return {
    ...job,
    format,
    encoding,
    delimiter,
    sheet,
    header,
    brokenEncoding,
    columns,
    /** Those whose meaning was confirmed by an import of this source before. */
    remembered: Object.keys(knownColumns(saved, columns)),
    hidden: !open,
    rows,
    faults,
    looked,
  };
}
