import { sql, type RawBuilder } from 'kysely';

import { localMonth, nextMonth, startOfMonth, type Month } from '../calendar/index.ts';
import type { Tx } from '../platform/database.ts';
import type { Instant } from '../platform/time.ts';
import { NOTHING, sumMoves, type Counted, type Dimension, type Floor, type ResultRow } from './results.ts';

export interface Period {
  readonly from: Instant;
  /** Exclusive. */
  readonly to: Instant;
  /** Of the organization: where its months begin. */
  readonly zone: string;
}

/** Of the tenures of one key of a dimension, or of all. */
interface Held extends Pick<ResultRow, 'clocked' | 'inTime' | 'missed' | 'passed' | 'secondsToContact'> {
  readonly advisor: string | null;
  readonly manager: string | null;
  readonly zone: string | null;
  readonly source: string | null;
  readonly level: number;
}

function monthsOf({ from, to, zone }: Period): Month[] {
  const months: Month[] = [];
  for (let month = localMonth(from, zone); startOfMonth(month, zone) < to; month = nextMonth(month))
    months.push(month);
  return months;
}

const OWN = sql.raw('organization_id = (select pauta_organization())');

function places(floor: Floor): RawBuilder<unknown> {
  return sql`unnest(${floor.map((p) => p.person)}::text[], ${floor.map((p) => p.manager)}::text[],
    ${floor.map((p) => p.zone)}::text[]) as place(person, manager, zone)`;
}

/**
 * Assignments that count, and closings: the same rows from which the staff's months are counted. A lead is of its
 * origin: a referral of the source of the first in its chain (lead-assignment P13).
 */
function counted({ from, to }: Period, floor: Floor): RawBuilder<unknown> {
  // What was taken back is little: it is looked up in one table of it all, not for each move.
  return sql`
    select m.person, l.origin as source, m.since as at, (m.kind = 'given')::int as received,
           (m.kind = 'closed')::int as closings, (m.kind = 'given' and l.referred_by is not null)::int as referred,
           m.lead, l.number
      from lead_moves m
      join leads l on l.organization_id = m.organization_id and l.id = m.lead
     where m.${OWN} and m.since >= ${from} and m.since < ${to} and m.kind in ('given', 'closed') and m.counts
       and m.person = any(${floor.map(({ person }) => person)}::text[])
       and (m.lead, m.person, m.since, m.kind) not in (
             select lead, person, since, case kind when 'undone' then 'given' else 'closed' end
               from lead_moves where ${OWN} and kind in ('undone', 'taken-back'))`;
}

/** How the tenures that began in the period went. */
function tenures({ from, to }: Period, floor: Floor): RawBuilder<unknown> {
  return sql`
    select h.person, l.origin as source, h.since, h.clocked, h.clocked and h.missed_at is null as in_time,
           h.missed_at is not null as missed, h.until is not null as passed, h.seconds, l.id as lead, l.number
      from (select distinct lead from lead_moves where ${OWN} and at >= ${from} and at < ${to}) moved
      join leads l on l.${OWN} and l.id = moved.lead
      cross join lateral (
        select person, since, until, case when "struckAt" is null then "missedAt" end as missed_at,
               "dueAt" is not null
                 and ("contactedAt" is not null or ("missedAt" is not null and "struckAt" is null)) as clocked,
               extract(epoch from "contactedAt" - since)::float as seconds
          from jsonb_to_recordset(l.tenures) as t(person text, since timestamptz, until timestamptz, "dueAt" text,
                 "contactedAt" timestamptz, "missedAt" text, "struckAt" text, "voidAt" text, by text)
         where since >= ${from} and since < ${to} and "voidAt" is null and by not in ('duplicate', 'import')
        offset 0) h
     where h.person = any(${floor.map(({ person }) => person)}::text[])`;
}

/**
 * What follows in this transaction is planned for the month and the people that are asked about: a plan made for any would
 * take a year of all for a day of one, and go lead by lead.
 */
export async function planForWhatIsAsked(tx: Tx): Promise<void> {
  await sql`select set_config('plan_cache_mode', 'force_custom_plan', true)`.execute(tx);
}

/** What was given and closed, month by month, of each person and source: what every figure of it is summed from. */
export async function countMoves(tx: Tx, period: Period, floor: Floor): Promise<Counted[]> {
  const months = monthsOf(period);
  const begin = months.map((month) => startOfMonth(month, period.zone));
  const found = await sql<Counted>`
    with each as materialized (
      select width_bucket(at, ${begin}::timestamptz[]) as place, person, source, sum(received)::int as received,
             sum(closings)::int as closings, sum(referred)::int as referred
        from (${counted(period, floor)}) counted group by 1, 2, 3)
    select (${months}::text[])[place] as month, person, source, received, closings, referred from each`.execute(
    tx,
  );
  return found.rows;
}

/** A month by every dimension at once; the row of all has no key. `moves` are those of that month. */
export async function tallyResults(
  tx: Tx,
  period: Period,
  floor: Floor,
  moves: readonly Counted[],
): Promise<{ readonly all: ResultRow | null; readonly by: Readonly<Record<Dimension, ResultRow[]>> }> {
  const held = await sql<Held>`
    select person as advisor, manager, zone, source, grouping(person, manager, zone, source) as level,
           count(*) filter (where clocked)::int as clocked, count(*) filter (where in_time)::int as in_time,
           count(*) filter (where missed)::int as missed, count(*) filter (where passed)::int as passed,
           percentile_cont(0.5) within group (order by seconds) filter (where seconds is not null) as seconds_to_contact
      from (${tenures(period, floor)}) held
      join ${places(floor)} using (person)
     group by grouping sets ((person), (manager), (zone), (source), ())`.execute(tx);
  const rows = new Map<string, ResultRow>();
  const row = (dimension: Dimension | 'all', key: string): ResultRow =>
    rows.get(`${dimension} ${key}`) ?? { ...NOTHING, key };
  const put = (dimension: Dimension | 'all', of: ResultRow) => rows.set(`${dimension} ${of.key}`, of);
  for (const { dimension, key, received, closings, referred } of sumMoves(moves, floor))
    put(dimension, { ...row(dimension, key), received, closings, referred });
  for (const { advisor, manager, zone, source, level, ...figures } of held.rows) {
    const dimension = LEVELS[level];
    if (dimension === undefined) continue;
    const key = { advisor, manager, zone, source, all: '' }[dimension] ?? '';
    put(dimension, { ...row(dimension, key), ...figures });
  }
  const of = (dimension: Dimension): ResultRow[] =>
    [...rows].filter(([key]) => key.startsWith(`${dimension} `)).map(([, each]) => each);
  return {
    all: rows.get('all ') ?? null,
    by: { advisor: of('advisor'), manager: of('manager'), zone: of('zone'), source: of('source') },
  };
}

/** What grouping() says of each set: a bit for every column that is not in it. */
const LEVELS: Readonly<Record<number, Dimension | 'all'>> = {
  0b0111: 'advisor',
  0b1011: 'manager',
  0b1101: 'zone',
  0b1110: 'source',
  0b1111: 'all',
};

export const measures = ['received', 'closings', 'in-time', 'missed', 'passed', 'referred'] as const;
export type Measure = (typeof measures)[number];

export interface LeadBehind {
  readonly lead: string;
  readonly number: number;
  readonly at: Instant;
  readonly person: string;
  readonly source: string;
}

const CONDITIONS: Readonly<Record<Measure, RawBuilder<unknown>>> = {
  received: sql`received = 1`,
  closings: sql`closings = 1`,
  referred: sql`referred = 1`,
  'in-time': sql`in_time`,
  missed: sql`missed`,
  passed: sql`passed`,
};
/** Those of the floor who are under this key; of a source, all. */
function under(floor: Floor, by: Dimension | null, key: string): Floor {
  if (by === null || by === 'source') return floor;
  return floor.filter((each) => each[by === 'advisor' ? 'person' : by] === key);
}

/** The leads behind one figure, by the very conditions under which it was counted; newest first. */
export async function leadsBehind(
  tx: Tx,
  period: Period,
  floor: Floor,
  {
    measure,
    by,
    key,
    limit,
  }: {
    readonly measure: Measure;
    readonly by: Dimension | null;
    readonly key: string;
    readonly limit: number;
  },
): Promise<LeadBehind[]> {
  const ofMoves = measure === 'received' || measure === 'closings' || measure === 'referred';
  const asked = under(floor, by, key);
  const rows = ofMoves ? counted(period, asked) : tenures(period, asked);
  const at = sql.raw(ofMoves ? 'at' : 'since');
  const found = await sql<LeadBehind>`
    select lead, number, ${at} as at, person, source
      from (${rows}) behind
     where ${CONDITIONS[measure]} and ${by === 'source' ? sql`source = ${key}` : sql`true`}
     order by 3 desc, 2 desc limit ${limit}`.execute(tx);
  return found.rows;
}
