import { Readable } from 'node:stream';
import { z } from 'zod';

import type { Database } from '../platform/database.ts';
import { refuse, type HttpApp } from '../platform/http.ts';
import { csvLine, type TableLocale } from '../platform/tables/index.ts';
import type { Caller, RouteParts } from './caller.ts';
import { importOf, previewRoutes } from './import-preview.routes.ts';
import { cancelImport, faultyRows, lastImports, startImport, type Import } from './imports.store.ts';
import { seesRows, withoutValue } from './import-rows-seen.ts';
import { organizationOf } from './reading.store.ts';

const IMPORTS_SHOWN = 50;
const FAULTS_A_PAGE = 1_000;
const byId = z.object({ id: z.string().max(100) });

/** Files of leads: upload, look, correct the mapping, start, follow, cancel, fetch what could not be used. */
export function importRoutes(app: HttpApp, parts: RouteParts): void {
  previewRoutes(app, parts);
  followRoutes(app, parts);
}

function followRoutes(app: HttpApp, parts: RouteParts): void {
  const { database, house, clock } = parts;
  app.get('/api/imports', { config: { may: 'leads.import' } }, async (request, reply) => {
    const { organization } = parts.whoIs(request);
    return reply.send({
      imports: await database.inOrganization(organization, (tx) => lastImports(tx, IMPORTS_SHOWN)),
    });
  });
  app.get(
    '/api/imports/:id',
    { config: { may: 'leads.import' }, schema: { params: byId } },
    async (request, reply) => reply.send(await importOf(database, parts.whoIs(request), request.params.id)),
  );
  app.post(
    '/api/imports/:id/start',
    { config: { may: 'leads.import' }, schema: { params: byId } },
    async (request, reply) => {
      const caller = parts.whoIs(request);
      const { id } = request.params;
      const shown = await importOf(database, caller, id);
      if (shown.state !== 'preview')
        return refuse({ refused: 'import-state', detail: { state: shown.state } });
      // Whoever starts it has confirmed how it is read: the next file of this source is read the same way.
      const { source, mapping } = shown;
      const fact = { fact: 'mapping.confirmed', actor: caller.actor, source, mapping };
      const remembered = await house.submit(caller.organization, fact);
      if (remembered.refused !== null) return refuse(remembered.refused);
      const started = await database.inOrganization(caller.organization, (tx) =>
        startImport(tx, id, clock.now()),
      );
      const job = await importOf(database, caller, id);
      if (!started) return refuse({ refused: 'import-state', detail: { state: job.state } });
      parts.wake();
      return reply.code(202).send(job);
    },
  );
  app.post(
    '/api/imports/:id/cancel',
    { config: { may: 'leads.import' }, schema: { params: byId } },
    async (request, reply) => {
      const caller = parts.whoIs(request);
      const { id } = request.params;
      const canceled = await database.inOrganization(caller.organization, (tx) =>
        cancelImport(tx, id, clock.now()),
      );
      const job = await importOf(database, caller, id);
      if (!canceled) return refuse({ refused: 'import-state', detail: { state: job.state } });
      return reply.send(job);
    },
  );
  app.get(
    '/api/imports/:id/errors.csv',
    { config: { may: 'leads.import' }, schema: { params: byId } },
    async (request, reply) => {
      const caller = parts.whoIs(request);
      const job = await importOf(database, caller, request.params.id);
      const lines = errorFile(database, caller, job, request.language);
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', 'attachment; filename="errors.csv"')
        .send(Readable.from(lines));
    },
  );
}

const ERROR_HEADERS = {
  es: ['Fila', 'Campo', 'Problema', 'Qué hacer'],
  en: ['Row', 'Field', 'Problem', 'What to do'],
} as const;

/** Row, field, problem and remedy, then the original cells: corrected, it can be uploaded again. */
async function* errorFile(
  database: Database,
  caller: Caller,
  job: Import,
  language: 'es' | 'en',
): AsyncGenerator<string> {
  const { country } = await database.inOrganization(caller.organization, (tx) =>
    organizationOf(tx, caller.organization),
  );
  const locale: TableLocale = country === 'CO' ? 'es-CO' : 'es-MX';
  // Without the cells it says what is wrong in which row; whoever has the file finds it there.
  const open = seesRows(caller, job);
  const columns = open ? job.columns : [];
  yield `\uFEFF${csvLine([...ERROR_HEADERS[language], ...columns], { locale })}`;
  for (let after = 0; ;) {
    const from = after;
    const page = await database.inOrganization(caller.organization, (tx) =>
      faultyRows(tx, job.id, from, FAULTS_A_PAGE),
    );
    for (const { row, fault: whole, cells } of page) {
      const fault = open ? whole : withoutValue(whole);
      const told = [String(row), fault.field ?? '', fault.message[language], fault.remedy[language]];
      yield csvLine(open ? [...told, ...cells] : told, { locale });
      after = row;
    }
    if (page.length < FAULTS_A_PAGE) return;
  }
}
