import { sql } from 'kysely';

import type { Tx } from '../platform/database.ts';
import { arrived, type Arrived } from './arrived.store.ts';
import type { Reached } from './views.store.ts';

export interface SourceTally {
  /** Null: all sources together, as a median of medians is none. */
  readonly source: string | null;
  /** Leads received; test leads and those brought in with their past are none. */
  readonly leads: number;
  readonly duplicates: number;
  /** Whose first ten minutes are over, kept or not. */
  readonly clocked: number;
  /** Of those, contacted within the term. */
  readonly inTime: number;
  readonly contacted: number;
  /** Median seconds from the assignment to the first proven contact; null with none. */
  readonly secondsToContact: number | null;
  /** Nine of ten were contacted sooner. */
  readonly secondsToContact90: number | null;
}

export interface SourceHour {
  readonly source: string;
  /** Local, "2026-03-03". */
  readonly day: string;
  /** Local, 0 to 23. */
  readonly hour: number;
  readonly leads: number;
}

/**
 * `first` is the first tenure that was not given in error: what happened after it was passed on says nothing of the
 * source's own speed.
 */
const RECEIVED = (window: Arrived, reached: Reached) => sql`
  (select l.source, l.received_at, l.duplicate_of, l.tenures, first.*
     from leads l
     left join lateral (
       select (t->>'since')::timestamptz as since, (t->>'dueAt')::timestamptz as due_at,
              (t->>'contactedAt')::timestamptz as contacted_at,
              case when t->>'struckAt' is null then (t->>'missedAt')::timestamptz end as missed_at
         from jsonb_array_elements(l.tenures) with ordinality as held(t, place)
        where t->>'voidAt' is null order by place limit 1) first on true
    where l.organization_id = (select pauta_organization())
      and ${arrived(window)}
      and ${
        reached === 'all'
          ? sql`true`
          : sql`exists (select from jsonb_array_elements(l.tenures) h where h->>'person' = any(${[...reached]}::text[]))`
      })`;

/** Each source's leads of the window, most first, and all of them in one row. */
export async function tallySources(tx: Tx, window: Arrived, reached: Reached): Promise<SourceTally[]> {
  const seconds = sql.raw('extract(epoch from contacted_at - since)::float');
  const clocked = sql.raw('due_at is not null and (contacted_at is not null or missed_at is not null)');
  const found = await sql<SourceTally>`
    select source, count(*)::int as leads, count(duplicate_of)::int as duplicates,
           count(*) filter (where ${clocked})::int as clocked,
           count(*) filter (where ${clocked} and contacted_at is not null and missed_at is null)::int as in_time,
           count(contacted_at)::int as contacted,
           percentile_cont(0.5) within group (order by ${seconds}) filter (where contacted_at is not null) as seconds_to_contact,
           percentile_cont(0.9) within group (order by ${seconds}) filter (where contacted_at is not null) as seconds_to_contact90
      from ${RECEIVED(window, reached)} received
     group by grouping sets ((source), ()) order by leads desc, source`.execute(tx);
  return found.rows;
}

/** When leads arrive, by source and local hour. */
export async function hoursOfSources(tx: Tx, window: Arrived, reached: Reached): Promise<SourceHour[]> {
  const { zone } = window;
  const found = await sql<SourceHour>`
    select source, to_char(received_at at time zone ${zone}, 'YYYY-MM-DD') as day,
           extract(hour from received_at at time zone ${zone})::int as hour, count(*)::int as leads
      from ${RECEIVED(window, reached)} received
     group by 1, 2, 3 order by 2, 3, 1`.execute(tx);
  return found.rows;
}
