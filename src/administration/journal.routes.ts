import { Readable } from 'node:stream';
import { z } from 'zod';
import type { FastifyRequest } from 'fastify';

import { reachedPeople, scopeFor, type SignedIn } from '../access/index.ts';
import { addDays, localDate, localTime, startOfDay } from '../calendar/index.ts';
import type { Database } from '../platform/database.ts';
import type { HttpApp } from '../platform/http.ts';
import { csvLine } from '../platform/tables/index.ts';
import type { Clock } from '../platform/time.ts';
import { listPeople } from '../staff/index.ts';
import { entryNames, lookUp, type JournalFilter, type LookedUp } from '../journal/index.ts';

export interface JournalRouteParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly signedIn: (request: FastifyRequest) => SignedIn;
}

const PAGE_ROWS = 100;
const EXPORT_PAGE_ROWS = 2_000;
const EXPORT_ROWS_MAX = 200_000;
const BYTE_ORDER_MARK = '\uFEFF';

const token = z.string().trim().min(1).max(80).optional();
const filter = z.object({
  entry: token,
  kind: z.enum(['fact', 'decision']).optional(),
  person: token,
  lead: token,
  contact: token,
  actor: token,
  clause: token,
  /** Days of the organization, the last one included. */
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  before: z.coerce.number().int().positive().optional(),
});
type Asked = z.output<typeof filter>;

/** The journal, read only: what each caller reaches, without personal data for who may not see it. */
export function journalRoutes(app: HttpApp, { database, clock, signedIn }: JournalRouteParts): void {
  async function page(who: SignedIn, asked: Asked, limit: number) {
    const scope = scopeFor(who, 'journal.see');
    return database.inOrganization(who.organization.id, async (tx) => {
      const people = await listPeople(tx);
      const reached = reachedPeople(scope, who.person.id, people);
      const rows = await lookUp(tx, reached, inInstants(asked, who.organization.zone), limit);
      const hidden = scope === 'all-without-personal-data';
      const names = new Map(people.map(({ id, name }) => [id, name]));
      return { rows: hidden ? rows.map(masked) : rows, names, hidden };
    });
  }

  app.get(
    '/api/journal',
    { config: { may: 'journal.see' }, schema: { querystring: filter } },
    async (request) => {
      const who = signedIn(request);
      const { rows, names } = await page(who, request.query, PAGE_ROWS);
      const next = rows.length === PAGE_ROWS ? (rows.at(-1)?.id ?? null) : null;
      const named = (id: string | null) => (id === null ? null : (names.get(id) ?? null));
      return {
        now: clock.now(),
        rows: rows.map((row) => ({ ...row, personName: named(row.person), actorName: named(row.actor) })),
        next,
      };
    },
  );

  /** What the filters offer. */
  app.get('/api/journal/names', { config: { may: 'journal.see' } }, async (request) => {
    const who = signedIn(request);
    return database.inOrganization(who.organization.id, async (tx) => {
      const people = await listPeople(tx);
      const reached = reachedPeople(scopeFor(who, 'journal.see'), who.person.id, people);
      return {
        entries: await entryNames(tx),
        people: people
          .filter(({ id }) => reached === 'all' || reached.has(id))
          .map(({ id, name }) => ({ id, name })),
      };
    });
  });

  app.get(
    '/api/journal.csv',
    { config: { may: 'journal.see' }, schema: { querystring: filter } },
    (request, reply) => {
      const who = signedIn(request);
      const { zone, locale } = who.organization;
      async function* lines() {
        const options = { locale: locale === 'es-CO' ? ('es-CO' as const) : ('es-MX' as const) };
        yield BYTE_ORDER_MARK + csvLine(COLUMNS, options);
        let before = request.query.before;
        for (let written = 0; written < EXPORT_ROWS_MAX; written += EXPORT_PAGE_ROWS) {
          const asked = before === undefined ? request.query : { ...request.query, before };
          const { rows } = await page(who, asked, EXPORT_PAGE_ROWS);
          yield rows.map((row) => csvLine(cellsOf(row, zone), options)).join('');
          before = rows.at(-1)?.id;
          if (rows.length < EXPORT_PAGE_ROWS || before === undefined) return;
        }
      }
      const day = localDate(clock.now(), zone);
      return reply
        .header('content-type', 'text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="bitacora-${day}.csv"`)
        .send(Readable.from(lines()));
    },
  );
}

const COLUMNS = [
  'id',
  'date',
  'time',
  'entry',
  'kind',
  'actor',
  'person',
  'lead',
  'contact',
  'because',
  'fields',
  'seal',
  'hash',
];

function cellsOf(row: LookedUp, zone: string) {
  return [
    String(row.id),
    localDate(row.at, zone),
    localTime(row.at, zone),
    row.entry,
    row.kind,
    row.actor,
    row.person,
    row.lead,
    row.contact,
    row.because.join(' '),
    JSON.stringify(row.fields),
    row.seal === null ? null : String(row.seal.number),
    row.seal?.hash ?? null,
  ];
}

function masked(row: LookedUp): LookedUp {
  return { ...row, personal: null };
}

function inInstants({ from, to, ...rest }: Asked, zone: string): JournalFilter {
  return {
    ...rest,
    from: from === undefined ? undefined : startOfDay(from, zone),
    to: to === undefined ? undefined : startOfDay(addDays(to, 1), zone),
  };
}
