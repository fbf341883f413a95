import { sql, type RawBuilder } from 'kysely';

import type { Tx } from '../platform/database.ts';
import type { Instant } from '../platform/time.ts';
import type { Reached } from './views.store.ts';

/**
 * What the board counts, each by lead and by the window its event falls in. One condition serves both the number and the
 * list behind it, so that a number and its leads never differ.
 */
export const measures = ['received', 'assigned', 'in-time', 'missed', 'reassigned'] as const;
export type Measure = (typeof measures)[number];

export interface Window {
  readonly from: Instant;
  /** Exclusive. */
  readonly to: Instant;
}

const OWN = sql.raw('l.organization_id = (select pauta_organization())');
/** A lead whose event falls in a window was received at most so long before: held over a long weekend, or missed late. */
const BEFORE = sql.raw(`interval '4 days'`);

type Bounds = { readonly from: RawBuilder<unknown>; readonly to: RawBuilder<unknown> };

function within(reached: Reached): RawBuilder<unknown> {
  return reached === 'all' ? sql`true` : sql`t->>'person' = any(${[...reached]}::text[])`;
}

/** True for a lead `l` that the measure counts between the bounds. */
function counts(measure: Measure, { from, to }: Bounds, reached: Reached): RawBuilder<unknown> {
  const someTenure = (condition: RawBuilder<unknown>) => sql`exists (
    select 1 from jsonb_array_elements(l.tenures) t where t->>'voidAt' is null and ${within(reached)} and ${condition})`;
  const between = (instant: RawBuilder<unknown>) => sql`${instant} >= ${from} and ${instant} < ${to}`;
  const since = between(sql.raw(`(t->>'since')::timestamptz`));
  switch (measure) {
    case 'received': {
      const arrived = sql`${between(sql.raw('l.received_at'))} and l.stage <> 'refused'`;
      return reached === 'all' ? arrived : sql`${arrived} and ${someTenure(sql`true`)}`;
    }
    case 'assigned':
      return someTenure(sql`${since} and t->>'by' not in ('import', 'registered')`);
    case 'in-time':
      return someTenure(sql`${since} and t->>'dueAt' is not null and t->>'contactedAt' is not null
        and (t->>'missedAt' is null or t->>'struckAt' is not null)`);
    case 'missed':
      return someTenure(sql`${between(sql.raw(`(t->>'missedAt')::timestamptz`))} and t->>'struckAt' is null`);
    case 'reassigned':
      return someTenure(sql`${since} and t->>'by' = 'best'`);
    default:
      return measure satisfies never;
  }
}

export type Counted = { readonly [measure in Measure]: number } & { readonly window: number };

/** Each measure in each of the windows, in their order. */
export async function countWindows(tx: Tx, reached: Reached, windows: readonly Window[]): Promise<Counted[]> {
  const bounds = { from: sql.raw('w."from"'), to: sql.raw('w."to"') };
  const columns = measures.map(
    (measure) =>
      sql`count(*) filter (where l.id is not null and ${counts(measure, bounds, reached)})::int as ${sql.ref(measure)}`,
  );
  const found = await sql<Counted>`
    select w.place as window, ${sql.join(columns)}
      from jsonb_to_recordset(${JSON.stringify(windows.map((window, place) => ({ place, ...window })))}::jsonb)
           as w(place int, "from" timestamptz, "to" timestamptz)
      left join leads l on ${OWN} and l.received_at >= w."from" - ${BEFORE} and l.received_at < w."to"
     group by w.place order by w.place`.execute(tx);
  return found.rows;
}

/** Narrows a query of leads to those a measure counts in a window. */
export function countedIn(measure: Measure, window: Window, reached: Reached): RawBuilder<unknown> {
  const bounds = { from: sql`${window.from}::timestamptz`, to: sql`${window.to}::timestamptz` };
  return sql`(l.received_at >= ${window.from}::timestamptz - ${BEFORE} and l.received_at < ${window.to}
    and ${counts(measure, bounds, reached)})`;
}

/** The tenures of leads near a window, as `l` and `t`. */
const TENURES = sql.raw(`leads l
  left join lateral (select * from jsonb_array_elements(l.tenures) t(t) where t->>'voidAt' is null) t on true`);

function near({ from, to }: Window): RawBuilder<unknown> {
  return sql`${OWN} and l.received_at >= ${from}::timestamptz - ${BEFORE} and l.received_at < ${to}`;
}

function inside(instant: string, { from, to }: Window): RawBuilder<unknown> {
  return sql`(${sql.raw(instant)} >= ${from}::timestamptz and ${sql.raw(instant)} < ${to}::timestamptz)`;
}

const SINCE = `(t->>'since')::timestamptz`;
const IN_TIME = sql.raw(`t->>'dueAt' is not null and t->>'contactedAt' is not null
  and (t->>'missedAt' is null or t->>'struckAt' is not null)`);
const TO_CONTACT = sql.raw(`extract(epoch from (t->>'contactedAt')::timestamptz - ${SINCE})::float`);

export interface BoardTally {
  readonly key: string;
  readonly received: number;
  readonly assigned: number;
  readonly inTime: number;
  readonly missed: number;
  readonly reassigned: number;
  /** Median seconds from assignment to proven contact; null with none. */
  readonly secondsToContact: number | null;
}

function leadsWith(condition: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`count(distinct l.id) filter (where ${condition})::int`;
}

/** The same measures by advisor or by source, each lead counted once for each. */
export async function tallies(
  tx: Tx,
  reached: Reached,
  window: Window,
  by: 'advisor' | 'source',
): Promise<BoardTally[]> {
  const since = inside(SINCE, window);
  const key = sql.raw(by === 'advisor' ? `t->>'person'` : 'l.source');
  const found = await sql<BoardTally>`
    select ${key} as key,
           ${leadsWith(sql`${inside('l.received_at', window)} and l.stage <> 'refused'`)} as received,
           ${leadsWith(sql`${since} and t->>'by' not in ('import', 'registered')`)} as assigned,
           ${leadsWith(sql`${since} and ${IN_TIME}`)} as in_time,
           ${leadsWith(sql`${inside(`(t->>'missedAt')::timestamptz`, window)} and t->>'struckAt' is null`)} as missed,
           ${leadsWith(sql`${since} and t->>'by' = 'best'`)} as reassigned,
           percentile_cont(0.5) within group (order by ${TO_CONTACT})
             filter (where ${since} and t->>'contactedAt' is not null)::float as seconds_to_contact
      from ${TENURES}
     where ${near(window)} and ${key} is not null and ${reached === 'all' ? sql`true` : within(reached)}
     group by 1 order by 1`.execute(tx);
  return found.rows.filter((row) => row.received + row.assigned + row.missed > 0);
}

/** By hour of the window: received, and contacted within the term by the hour of the assignment. */
export async function byHour(
  tx: Tx,
  reached: Reached,
  window: Window,
): Promise<{ hour: number; received: number; inTime: number }[]> {
  const hourOf = (instant: string) =>
    sql`floor(extract(epoch from ${sql.raw(instant)} - ${window.from}::timestamptz) / 3600)::int`;
  const mine = within(reached);
  const found = await sql<{ hour: number; received: number; inTime: number }>`
    select hour, count(distinct id) filter (where what = 'received')::int as received,
           count(distinct id) filter (where what = 'in-time')::int as in_time
      from (select ${hourOf('l.received_at')} as hour, l.id, 'received' as what from ${TENURES}
             where ${near(window)} and ${inside('l.received_at', window)} and l.stage <> 'refused' and ${mine}
            union all
            select ${hourOf(SINCE)}, l.id, 'in-time' from ${TENURES}
             where ${near(window)} and ${inside(SINCE, window)} and ${IN_TIME} and ${mine}) each
     group by hour order by hour`.execute(tx);
  return found.rows;
}

/** Seconds from assignment to proven contact, in steps: 0 below the first, n from the n-th on. */
export async function timesToContact(
  tx: Tx,
  reached: Reached,
  window: Window,
  steps: readonly number[],
): Promise<{ step: number; leads: number }[]> {
  const found = await sql<{ step: number; leads: number }>`
    select width_bucket(${TO_CONTACT}, ${[...steps]}::float[]) as step, count(*)::int as leads
      from ${TENURES}
     where ${near(window)} and ${inside(SINCE, window)} and t->>'contactedAt' is not null and ${within(reached)}
     group by 1 order by 1`.execute(tx);
  return found.rows;
}

export interface LastDecision {
  readonly lead: string;
  readonly at: Instant;
  readonly entry: string;
  readonly because: readonly string[];
  readonly person: string | null;
  readonly passedOver: readonly { readonly person: string; readonly why: string }[];
}

/** The decision that put each of these leads where it is: what «¿Por qué?» answers on the board. */
export async function lastDecisions(tx: Tx, leads: readonly string[]): Promise<LastDecision[]> {
  if (leads.length === 0) return [];
  const found = await sql<LastDecision>`
    select l.id as lead, j.at, j.entry, j.because, j.person, coalesce(j.fields->'passedOver', '[]'::jsonb) as passed_over
      from unnest(${[...leads]}::text[]) as l(id)
      cross join lateral (
        select at, entry, because, person, fields from journal
         where organization_id = (select pauta_organization()) and lead = l.id and kind = 'decision'
           and entry in ('lead.held', 'lead.waiting', 'lead.given', 'lead.assigned', 'lead.reassigned', 'lead.audit-listed',
                         'lead.reassignment-reversed')
         order by id desc limit 1) j`.execute(tx);
  return found.rows;
}
