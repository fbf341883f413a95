import type { FastifyRequest } from 'fastify';
import { z } from 'zod';

import { reachedPeople, reaches, scopeFor, type SignedIn } from '../access/index.ts';
import { localMonth, nextMonth, previousMonth, startOfMonth, type Month } from '../calendar/index.ts';
import { readOrganization, type Organization } from '../decisions/index.ts';
import type { Database, Tx } from '../platform/database.ts';
import { refuse, type HttpApp } from '../platform/http.ts';
import { printReport, writeBook } from '../platform/tables/index.ts';
import { instant, plus, type Clock } from '../platform/time.ts';
import { listPeople, mayHoldLeads, type Person, type RulesFor } from '../staff/index.ts';
import { lineOfPeople } from './hierarchy.ts';
import { cellText, tablesOf, type Named, type ResultsOfMonth } from './results-page.ts';
import {
  countMoves,
  leadsBehind,
  measures,
  planForWhatIsAsked,
  tallyResults,
  type Period,
} from './results.store.ts';
import { resultsTexts } from './results-texts.ts';
import {
  courseOf,
  dimensions,
  isBelow,
  NOTHING,
  type Course,
  type Dimension,
  type Floor,
  type ResultRow,
} from './results.ts';

export interface ResultsRouteParts {
  readonly database: Database;
  readonly clock: Clock;
  readonly rulesFor: RulesFor;
  readonly signedIn: (request: FastifyRequest) => SignedIn;
}

const MONTHS_DRAWN = 12;
const LEADS_SHOWN_MAX = 500;
const may = { may: 'reports.see' } as const;

const month = z.string().regex(/^\d{4}-(?:0[1-9]|1[0-2])$/);
const asked = z.object({ month: month.optional() });
const behind = z.object({
  month,
  measure: z.enum(measures),
  by: z.enum(dimensions).optional(),
  key: z.string().max(120).default(''),
});
const file = z.object({ month });

/** Resultados (lead-assignment O1): conversion by advisor, manager, zone and source against the aim, and how leads are attended to. */
export function resultsRoutes(app: HttpApp, parts: ResultsRouteParts): void {
  const { database, signedIn } = parts;

  app.get('/api/reports/results', { config: may, schema: { querystring: asked } }, async (request) => {
    const of = await openResults(parts, signedIn(request), request.query.month);
    return { ...of.head, ...(await of.within((tx) => resultsOf(tx, of))) };
  });

  app.get('/api/reports/results/leads', { config: may, schema: { querystring: behind } }, async (request) => {
    const { measure, by = null, key } = request.query;
    const of = await openResults(parts, signedIn(request), request.query.month);
    const leads = await of.within((tx) =>
      leadsBehind(tx, of.period, of.floor, { measure, by, key, limit: LEADS_SHOWN_MAX }),
    );
    const name = nameOf(of.people);
    return { leads: leads.map((each) => ({ ...each, personName: name(each.person) })) };
  });

  app.get(
    '/api/reports/results.xlsx',
    { config: may, schema: { querystring: file } },
    async (request, reply) => {
      const of = await openResults(parts, signedIn(request), request.query.month);
      const { results } = await of.within((tx) => readResults(tx, of, request.language));
      const book = await writeBook(tablesOf(results, request.language));
      return reply
        .type('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet')
        .header('content-disposition', attachment(request.language, of.head.month, 'xlsx'))
        .send(book);
    },
  );

  app.get(
    '/api/reports/results.pdf',
    { config: may, schema: { querystring: file } },
    async (request, reply) => {
      const { language } = request;
      const who = signedIn(request);
      const of = await openResults(parts, who, request.query.month);
      const { results } = await of.within((tx) => readResults(tx, of, language));
      const t = resultsTexts[language];
      const { locale } = of.organization;
      const text = cellText(locale);
      const pdf = await printReport({
        title: `${t.title} · ${of.organization.name}`,
        subtitle: monthText(of.head.month, language === 'en' ? 'en-GB' : locale),
        summary: summaryOf(results, of.head.aimPercent, language, text),
        tables: tablesOf(results, language),
        text,
        notes: t.notes,
        footer: `${of.organization.name} · ${who.person.name}`,
        nothing: t.nothing,
        createdAt: new Date(of.now),
      });
      return reply
        .type('application/pdf')
        .header('content-disposition', attachment(language, of.head.month, 'pdf'))
        .send(pdf);
    },
  );

  /** The month of whoever asks: the people within reach, the rules in force, the period. */
  async function openResults(of: ResultsRouteParts, who: SignedIn, wanted: Month | undefined) {
    const organization = await readOrganization(database.kysely, who.organization.id);
    if (organization === null) throw new Error(`no organization ${who.organization.id}`);
    const { zone, openedAt } = organization;
    const now = of.clock.now();
    const last = localMonth(now, zone);
    const first = localMonth(openedAt, zone);
    const shown = wanted ?? last;
    if (shown > last) return refuse({ refused: 'no-such-month', field: 'month', detail: { last } });
    const { floor, people } = await database.inOrganization(organization.id, async (tx) => {
      const staff = await listPeople(tx);
      const reached = reachedPeople(scopeFor(who, 'reports.see'), who.person.id, staff);
      return { people: staff, floor: lineOfPeople(staff).filter(({ person }) => reaches(reached, person)) };
    });
    const end = startOfMonth(nextMonth(shown), zone);
    // The month that runs is judged by the rules of now, one that is over by those of its last instant.
    const rules = of.rulesFor(organization, end > now ? now : instant(Date.parse(end) - 1));
    const o1 = rules.cite('lead-assignment', 'O1');
    const head = {
      month: shown,
      months: { first, last },
      aimPercent: o1 === null ? null : rules.parameter('lead-assignment', 'O1', 'conversionMinPercent'),
      minLeads: rules.reading('lead-assignment', 'conversion.minLeads'),
      clause: o1,
    };
    const period: Period = { from: startOfMonth(shown, zone), to: end < now ? end : plus(now, 1), zone };
    return {
      organization,
      now,
      head,
      period,
      floor,
      people,
      within: <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
        database.inOrganization(organization.id, async (tx) => {
          await planForWhatIsAsked(tx);
          return work(tx);
        }),
    };
  }
}

interface Opened {
  readonly organization: Organization;
  readonly head: { readonly month: Month; readonly aimPercent: number | null; readonly minLeads: number };
  readonly period: Period;
  readonly floor: Floor;
  readonly people: readonly Person[];
}

async function readResults(
  tx: Tx,
  { head, period, floor, people }: Opened,
  language: 'es' | 'en',
): Promise<{ readonly results: ResultsOfMonth; readonly course: Course }> {
  let first = head.month;
  for (let count = 1; count < MONTHS_DRAWN; count += 1) first = previousMonth(first);
  const moves = await countMoves(tx, { ...period, from: startOfMonth(first, period.zone) }, floor);
  const ofMonth = moves.filter(({ month }) => month === head.month);
  const { all, by } = await tallyResults(tx, period, floor, ofMonth);
  const course = courseOf(moves, floor);
  const t = resultsTexts[language];
  const person = nameOf(people);
  const names: Readonly<Record<Dimension, (key: string) => string>> = {
    advisor: person,
    manager: (key) => (key === '' ? t.nobody : person(key)),
    zone: (key) => (key === '' ? t.noZone : key),
    source: (key) => key,
  };
  const of = (dimension: Dimension): Named[] =>
    [...withIdle(dimension, by[dimension], { floor, people })]
      .map((row) => ({ ...row, name: names[dimension](row.key) }))
      .toSorted((a, b) => b.received - a.received || (a.name < b.name ? -1 : 1));
  return {
    results: {
      all,
      by: { advisor: of('advisor'), manager: of('manager'), zone: of('zone'), source: of('source') },
      course: course.all,
    },
    course,
  };
}

/** Who holds leads and was given none stands there too: nothing is a figure. */
function withIdle(
  dimension: Dimension,
  rows: readonly ResultRow[],
  { floor, people }: Pick<Opened, 'floor' | 'people'>,
): readonly ResultRow[] {
  if (dimension !== 'advisor') return rows;
  const known = new Set(rows.map(({ key }) => key));
  const working = people.filter((each) => mayHoldLeads(each) && each.role !== 'manager');
  const idle = working.filter(({ id }) => !known.has(id) && floor.some(({ person }) => person === id));
  return [...rows, ...idle.map(({ id }) => ({ ...NOTHING, key: id }))];
}

/** For the screen: who is below the aim is said here, by the rule's own arithmetic. */
async function resultsOf(tx: Tx, of: Opened) {
  const { results, course } = await readResults(tx, of, 'es');
  const { aimPercent, minLeads } = of.head;
  const judged = (row: Named) => ({
    ...row,
    below: aimPercent !== null && isBelow(row, { aimPercent, minLeads }),
  });
  const { by } = results;
  return {
    all: results.all,
    by: {
      advisor: by.advisor.map(judged),
      manager: by.manager.map(judged),
      zone: by.zone.map(judged),
      source: by.source.map(judged),
    },
    course,
  };
}

function nameOf(people: readonly Person[]): (id: string) => string {
  const names = new Map(people.map(({ id, name }) => [id, name]));
  return (id) => names.get(id) ?? id;
}

function summaryOf(
  { all }: ResultsOfMonth,
  aimPercent: number | null,
  language: 'es' | 'en',
  text: ReturnType<typeof cellText>,
): [string, string][] {
  const t = resultsTexts[language];
  const { received = 0, closings = 0 } = all ?? {};
  return [
    [t.received, text(received, 'count')],
    [t.closings, text(closings, 'count')],
    [t.conversion, text(received === 0 ? null : closings / received, 'percent')],
    ...(aimPercent === null ? [] : ([[t.aim, text(aimPercent / 100, 'percent')]] as [string, string][])),
  ];
}

function monthText(of: Month, locale: string): string {
  return new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    Date.parse(`${of}-01T00:00:00Z`),
  );
}

function attachment(language: 'es' | 'en', of: Month, ending: string): string {
  return `attachment; filename="${resultsTexts[language].file}-${of}.${ending}"`;
}
