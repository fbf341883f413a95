import { sql, type RawBuilder } from 'kysely';

import type { Tx } from '../platform/database.ts';
import type { Instant } from '../platform/time.ts';
import type { Placement } from './hierarchy.ts';
import type { Dimension, ResultPoint, ResultRow } from './results.ts';

export interface Period {
  readonly from: Instant;
  /** Exclusive. */
  readonly to: Instant;
  /** Of the organization: where its months begin. */
  readonly zone: string;
}

/** Whose figures are looked at, and under whom each of them works. */
export type Floor = readonly Placement[];

interface Grouped extends Omit<ResultRow, 'key'> {
  readonly advisor: string | null;
  readonly manager: string | null;
  readonly zone: string | null;
  readonly source: string | null;
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
  return sql`
    select place.person, place.manager, place.zone, l.origin as source, m.since as at,
           (m.kind = 'given')::int as received, (m.kind = 'closed')::int as closings,
           (m.kind = 'given' and l.referred_by is not null)::int as referred, m.lead
      from lead_moves m
      join ${places(floor)} on place.person = m.person
      join leads l on l.organization_id = m.organization_id and l.id = m.lead
     where m.${OWN} and m.since >= ${from} and m.since < ${to} and m.kind in ('given', 'closed') and m.counts
       and not exists (select from lead_moves back
                        where back.organization_id = m.organization_id and back.lead = m.lead and back.person = m.person
                          and back.since = m.since
                          and back.kind = case m.kind when 'given' then 'undone' else 'taken-back' end)`;
}

/** How the tenures that began in the period went. */
function tenures({ from, to }: Period, floor: Floor): RawBuilder<unknown> {
  return sql`
    select place.person, place.manager, place.zone, l.origin as source, t.since,
           (t.due_at is not null and (t.contacted_at is not null or t.missed_at is not null)) as clocked,
           (t.due_at is not null and t.contacted_at is not null and t.missed_at is null) as in_time,
           t.missed_at is not null as missed, t.until is not null as passed,
           extract(epoch from t.contacted_at - t.since)::float as seconds, l.id as lead
      from leads l
      cross join lateral (
        select h->>'person' as person, (h->>'since')::timestamptz as since, (h->>'until')::timestamptz as until,
               (h->>'dueAt')::timestamptz as due_at, (h->>'contactedAt')::timestamptz as contacted_at,
               case when h->>'struckAt' is null then (h->>'missedAt')::timestamptz end as missed_at, h->>'by' as by,
               h->>'voidAt' as void_at
          from jsonb_array_elements(l.tenures) h) t
      join ${places(floor)} on place.person = t.person
     where l.${OWN} and l.id in (select lead from lead_moves m where m.${OWN} and m.at >= ${from} and m.at < ${to})
       and t.since >= ${from} and t.since < ${to} and t.void_at is null and t.by not in ('duplicate', 'import')`;
}

const SETS = sql.raw('grouping sets ((person), (manager), (zone), (source), ())');

/** The month by every dimension at once; the row of all has no key. */
export async function tallyResults(
  tx: Tx,
  period: Period,
  floor: Floor,
): Promise<{ readonly all: ResultRow | null; readonly by: Readonly<Record<Dimension, ResultRow[]>> }> {
  const [moves, held] = await Promise.all([
    sql<Grouped & { readonly level: number }>`
      select person as advisor, manager, zone, source, grouping(person, manager, zone, source) as level,
             sum(received)::int as received, sum(closings)::int as closings, sum(referred)::int as referred
        from (${counted(period, floor)}) counted group by ${SETS}`.execute(tx),
    sql<Grouped & { readonly level: number }>`
      select person as advisor, manager, zone, source, grouping(person, manager, zone, source) as level,
             count(*) filter (where clocked)::int as clocked, count(*) filter (where in_time)::int as in_time,
             count(*) filter (where missed)::int as missed, count(*) filter (where passed)::int as passed,
             percentile_cont(0.5) within group (order by seconds) filter (where seconds is not null) as seconds_to_contact
        from (${tenures(period, floor)}) held group by ${SETS}`.execute(tx),
  ]);
  const rows = new Map<string, ResultRow>();
  const add = (found: readonly (Partial<Grouped> & { readonly level: number })[]): void => {
    for (const { advisor, manager, zone, source, level, ...figures } of found) {
      const dimension = LEVELS[level];
      if (dimension === undefined) continue;
      const keys = { advisor, manager, zone, source, all: '' };
      const key = `${dimension} ${keys[dimension] ?? ''}`;
      const before = rows.get(key) ?? { ...NOTHING, key: keys[dimension] ?? '' };
      rows.set(key, { ...before, ...figures });
    }
  };
  add(moves.rows);
  add(held.rows);
  const of = (dimension: Dimension): ResultRow[] =>
    [...rows].filter(([key]) => key.startsWith(`${dimension} `)).map(([, row]) => row);
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

const NOTHING: Omit<ResultRow, 'key'> = {
  received: 0,
  closings: 0,
  clocked: 0,
  inTime: 0,
  missed: 0,
  passed: 0,
  referred: 0,
  secondsToContact: null,
};

/** Month by month, of all and of each key of a dimension. */
export async function courseOfResults(
  tx: Tx,
  period: Period,
  floor: Floor,
): Promise<{ readonly all: ResultPoint[]; readonly by: Readonly<Record<Dimension, ResultPoint[]>> }> {
  const found = await sql<
    Pick<Grouped, 'advisor' | 'manager' | 'zone' | 'source'> & ResultPoint & { readonly level: number }
  >`
    select month, person as advisor, manager, zone, source, grouping(person, manager, zone, source) as level,
           sum(received)::int as received, sum(closings)::int as closings
      from (select to_char(at at time zone ${period.zone}, 'YYYY-MM') as month, person, manager, zone, source, received,
                   closings
              from (${counted(period, floor)}) counted) monthly
     group by grouping sets ((month, person), (month, manager), (month, zone), (month, source), (month)) order by month`.execute(
    tx,
  );
  const points = found.rows.flatMap(
    ({ advisor, manager, zone, source, level, month, received, closings }) => {
      const dimension = LEVELS[level];
      if (dimension === undefined) return [];
      const key = { advisor, manager, zone, source, all: '' }[dimension] ?? '';
      return [{ dimension, point: { month, key, received, closings } }];
    },
  );
  const of = (wanted: Dimension | 'all'): ResultPoint[] =>
    points.filter(({ dimension }) => dimension === wanted).map(({ point }) => point);
  return {
    all: of('all'),
    by: { advisor: of('advisor'), manager: of('manager'), zone: of('zone'), source: of('source') },
  };
}

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
const COLUMNS: Readonly<Record<Dimension, RawBuilder<unknown>>> = {
  advisor: sql.raw('person'),
  manager: sql.raw('manager'),
  zone: sql.raw('zone'),
  source: sql.raw('source'),
};

/** The leads behind one figure, by the very conditions under which it was counted; newest first. */
export async function leadsBehind(
  tx: Tx,
  period: Period,
  floor: Floor,
  asked: {
    readonly measure: Measure;
    readonly by: Dimension | null;
    readonly key: string;
    readonly limit: number;
  },
): Promise<LeadBehind[]> {
  const { measure, by, key, limit } = asked;
  const ofMoves = measure === 'received' || measure === 'closings' || measure === 'referred';
  const rows = ofMoves ? counted(period, floor) : tenures(period, floor);
  const at = sql.raw(ofMoves ? 'at' : 'since');
  const found = await sql<LeadBehind>`
    select behind.lead, l.number, behind.${at} as at, behind.person, behind.source
      from (${rows}) behind
      join leads l on l.${OWN} and l.id = behind.lead
     where ${CONDITIONS[measure]} and ${by === null ? sql`true` : sql`behind.${COLUMNS[by]} = ${key}`}
     order by 3 desc, 2 desc limit ${limit}`.execute(tx);
  return found.rows;
}
