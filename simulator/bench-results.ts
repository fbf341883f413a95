import { sql } from 'kysely';

import { accessErrors, type SignedIn } from '../src/access/index.ts';
import { localMonth, previousMonth, type Month } from '../src/calendar/index.ts';
import { readOrganization } from '../src/decisions/index.ts';
import { rulesByDay, type Program } from '../src/main.ts';
import type { Tx } from '../src/platform/database.ts';
import { errorCatalog } from '../src/platform/errors.ts';
import { createHttp, httpErrors, type Http } from '../src/platform/http.ts';
import { silentLog } from '../src/platform/log.ts';
import { createMetrics } from '../src/platform/metrics.ts';
import { systemClock } from '../src/platform/time.ts';
import { reportErrors, resultsRoutes } from '../src/reports/index.ts';
import { milliseconds, openBenchProgram, openFloor, percentiles, type Figure } from './bench-ground.ts';

const LEADS = 100_000;
const ADVISORS = 50;
const MANAGERS = 8;
const ZONES = ['norte', 'sur', 'oriente', 'occidente'];
const SOURCES = 8;
/** So far apart that they fill a year. */
const SECONDS_APART = 315;
const MILLISECONDS_MAX = 300;
/** A file is asked for once and waited for; a screen at every step. */
const FILE_MILLISECONDS_MAX = 1_000;
const ASKED_TIMES = 9;

/**
 * The screens of results over a year of 100,000 leads with everybody who had them: what a manager waits for. Asked of the
 * routes themselves, with all that they read, compute and print.
 */
export async function benchResults(): Promise<Figure[]> {
  const { program, close } = await openBenchProgram(['web']);
  try {
    const floor = await openFloor(program, 'Resultados');
    const { organization } = floor;
    await raiseHierarchy(floor.submit);
    const { database } = program;
    const preparing = performance.now();
    await database.inOrganization(organization, (tx) => fillYear(tx, organization));
    for (const table of ['leads', 'lead_moves']) await database.pool.query(`analyze ${table}`);
    process.stderr.write(`results: filled in ${((performance.now() - preparing) / 1000).toFixed(0)} s\n`);
    const http = await resultsDoor(program, organization);
    const now = localMonth(systemClock.now(), 'America/Mexico_City');
    const shown = previousMonth(now);
    const asked = questions(shown);
    const figures: Figure[] = [];
    for (const [work, urls] of Object.entries(asked)) figures.push(await measured(http, work, urls));
    await http.app.close();
    return figures;
  } finally {
    await close();
  }
}

/** What the screens ask for one month, by what a person would call it. */
function questions(month: Month): Readonly<Record<string, readonly string[]>> {
  const leads = (query: string): string => `/api/reports/results/leads?month=${month}&${query}`;
  return {
    'the month by advisor, manager, zone and source, its speed and misses, and the course of a year': [
      `/api/reports/results?month=${month}`,
    ],
    'the leads behind a figure of everybody': ['received', 'closings', 'in-time', 'missed', 'passed'].map(
      (measure) => leads(`measure=${measure}`),
    ),
    'the leads behind a figure of one advisor, manager, zone or source': [
      leads('measure=received&by=advisor&key=advisor-7'),
      leads('measure=missed&by=manager&key=manager-3'),
      leads('measure=in-time&by=zone&key=norte'),
      leads('measure=closings&by=source&key=source-2'),
    ],
    'the month as a spreadsheet': [`/api/reports/results.xlsx?month=${month}`],
    'the month on paper': [`/api/reports/results.pdf?month=${month}`],
  };
}

async function measured({ app }: Http, work: string, urls: readonly string[]): Promise<Figure> {
  const took: number[] = [];
  for (const url of urls)
    for (let time = 0; time <= ASKED_TIMES; time += 1) {
      const began = performance.now();
      const answer = await app.inject({ method: 'GET', url });
      if (answer.statusCode !== 200) throw new Error(`${url}: ${answer.statusCode} ${answer.body}`);
      // The first finds nothing warm, as nobody does at work.
      if (time > 0) took.push(performance.now() - began);
    }
  const { p50, max } = percentiles(took);
  const most = urls.some((url) => /\.(?:xlsx|pdf)\?/.test(url)) ? FILE_MILLISECONDS_MAX : MILLISECONDS_MAX;
  return {
    work: `Results over ${LEADS.toLocaleString('en')} leads of a year: ${work}`,
    measured: `p50 ${milliseconds(p50)}, max ${milliseconds(max)}`,
    limit: `p50 ≤ ${most.toLocaleString('en')} ms (our own)`,
    beside: `${ADVISORS} advisors, ${took.length} answers`,
    met: p50 <= most,
  };
}

/** The routes of the screens alone, for the direction, who sees everybody. */
async function resultsDoor(program: Program, organization: string): Promise<Http> {
  const { database, packs } = program;
  const http = await createHttp({
    log: silentLog,
    metrics: createMetrics({ processMetrics: false }),
    errors: errorCatalog({ http: httpErrors, access: accessErrors, reports: reportErrors }),
    publicUrl: 'http://127.0.0.1',
    version: '0.0.0',
    health: [],
    admit: async () => {},
  });
  const known = await readOrganization(database.kysely, organization);
  if (known === null) throw new Error(`no organization ${organization}`);
  const who: SignedIn = {
    kind: 'user',
    user: { id: 'direction', email: 'direction@example.com', twoFactor: false },
    session: 'bench',
    person: { id: 'direction', name: 'Dirección', zone: null },
    role: 'direction',
    roles: ['direction'],
    organization: known,
    language: null,
    secondFactorAsked: false,
    needsSecondFactor: false,
  };
  const rulesFor = rulesByDay(packs);
  resultsRoutes(http.app, { database, clock: systemClock, rulesFor, signedIn: () => who });
  return http;
}

type Submit = Awaited<ReturnType<typeof openFloor>>['submit'];

/** Managers of zones above the advisors. */
async function raiseHierarchy(submit: Submit): Promise<void> {
  const about = { email: null, phone: null, extension: null, internal: true, reportsTo: null } as const;
  const papers = { documents: 'complete', grade: 'pass', signed: true } as const;
  for (let index = 0; index < MANAGERS; index += 1) {
    const person = `manager-${index}`;
    const named = { person, name: person, role: 'manager', zone: ZONES[index % ZONES.length] };
    await submit({ fact: 'person.registered', actor: 'bench', ...about, ...papers, ...named });
  }
  for (let index = 1; index <= ADVISORS; index += 1)
    await submit({
      fact: 'person.changed',
      actor: 'bench',
      person: `advisor-${index}`,
      zone: null,
      reportsTo: `manager-${index % MANAGERS}`,
    });
}

/**
 * Leads and moves as decisions would have left them: a fifth missed by the first and passed on, one in twelve closed, one in
 * a hundred taken back.
 */
async function fillYear(tx: Tx, organization: string): Promise<void> {
  await sql`
    create temporary table year on commit drop as
    select n, 'lead-' || n as lead, 'source-' || n % ${SOURCES}::int as source, at, n % 5 = 0 as passed, n % 12 = 0 as closed,
           n % 100 = 1 as undone, 'advisor-' || 1 + n % ${ADVISORS}::int as first,
           'advisor-' || 1 + (n * 7 + 3) % ${ADVISORS}::int as second, at + interval '10 minutes' as next_at,
           case when n > 200 and n % 20 = 0 then 'lead-' || n - 200 end as referred_by
      from (select n, date_trunc('milliseconds', now()) - n * ${SECONDS_APART}::int * interval '1 second' as at
              from generate_series(1, ${LEADS}::int) n) numbered`.execute(tx);
  await sql`
    insert into leads (organization_id, id, number, source, origin, referred_by, received_at, stage, holder, assigned_at, paced,
                       status, tenures)
    select ${organization}, lead, n, source, source, referred_by, at, 'assigned', case when passed then second else first end,
           case when passed then next_at else at end, false, case when closed then 'closed' else 'contacted' end,
           case when passed then
             jsonb_build_array(
               ${tenure({ who: 'first', since: 'at', until: 'next_at', missed: true })},
               ${tenure({ who: 'second', since: 'next_at', until: null, missed: false })})
           else jsonb_build_array(${tenure({ who: 'first', since: 'at', until: null, missed: false })}) end
      from year`.execute(tx);
  await sql`
    insert into lead_moves (organization_id, lead, at, kind, person, since, counts)
    select ${organization}, lead, at, 'given', first, at, true from year
    union all select ${organization}, lead, next_at, 'given', second, next_at, true from year where passed
    union all select ${organization}, lead, next_at, 'undone', first, at, true from year where undone
    union all select ${organization}, lead, at + interval '1 day', 'closed', case when passed then second else first end,
                     at + interval '1 day', true
                from year where closed and n > 300`.execute(tx);
}

interface TenureOf {
  readonly who: 'first' | 'second';
  readonly since: 'at' | 'next_at';
  readonly until: 'next_at' | null;
  readonly missed: boolean;
}

const text = (at: string): string => `to_char((${at}) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** One time that somebody had a lead, as it stands in its row. */
function tenure({ who, since, until, missed }: TenureOf) {
  const contacted = missed ? 'null' : text(`${since} + (n % 550) * interval '1 second'`);
  return sql.raw(`jsonb_build_object('person', ${who}, 'since', ${text(since)}, 'until', ${until === null ? 'null' : text(until)},
    'by', 'turn', 'rotation', null, 'dueAt', ${text(`${since} + interval '10 minutes'`)}, 'contactedAt', ${contacted},
    'notedAt', null, 'missedAt', ${missed ? text(`${since} + interval '10 minutes'`) : 'null'}, 'struckAt', null,
    'voidAt', ${missed ? 'null' : `case when undone then ${text('next_at')} end`})`);
}
