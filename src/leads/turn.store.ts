import { sql } from 'kysely';

import type { Tx } from '../platform/database.ts';
import type { Instant } from '../platform/time.ts';

export interface TurnMove {
  readonly id: number;
  readonly at: Instant;
  readonly entry: 'lead.assigned' | 'lead.reassigned' | 'turn.returned';
  readonly lead: string | null;
  readonly number: number | null;
  readonly person: string;
  readonly rotation: string;
  readonly by: string | null;
  readonly because: readonly string[];
}

/** The last turns taken and given back, newest first. */
export async function lastTurns(tx: Tx, limit: number): Promise<TurnMove[]> {
  const branch = (entry: string) => sql`
    (select id, at, entry, lead, because, fields from journal
      where organization_id = (select pauta_organization()) and entry = ${entry} and fields->>'rotation' is not null
      order by id desc limit ${limit})`;
  const found = await sql<TurnMove>`
    select j.id, j.at, j.entry, j.lead, l.number, coalesce(j.fields->>'to', j.fields->>'person') as person,
           j.fields->>'rotation' as rotation, coalesce(j.fields->>'by', j.fields->>'why') as by, j.because
      from (${branch('lead.assigned')} union all ${branch('lead.reassigned')} union all ${branch('turn.returned')}) j
      left join leads l on l.organization_id = (select pauta_organization()) and l.id = j.lead
     order by j.id desc limit ${limit}`.execute(tx);
  return found.rows;
}

/** How far back a last turn is looked for. */
const LAST_TURN_DAYS_MAX = 31;

/** When each person last took a turn, by rotation. */
export async function lastTurnOfEach(
  tx: Tx,
  now: Instant,
): Promise<{ rotation: string; person: string; at: Instant }[]> {
  const found = await sql<{ rotation: string; person: string; at: Instant }>`
    select t->>'rotation' as rotation, t->>'person' as person, max((t->>'since')::timestamptz) as at
      from leads l cross join lateral jsonb_array_elements(l.tenures) t
     where l.organization_id = (select pauta_organization())
       and l.received_at >= ${now}::timestamptz - make_interval(days => ${LAST_TURN_DAYS_MAX})
       and t->>'rotation' is not null and t->>'voidAt' is null
     group by 1, 2`.execute(tx);
  return found.rows;
}

/** Sources with leads lately: each may have a rotation of its own. */
export async function sourcesLately(tx: Tx, now: Instant): Promise<string[]> {
  const found = await sql<{ source: string }>`
    select distinct source from leads
     where organization_id = (select pauta_organization())
       and received_at >= ${now}::timestamptz - make_interval(days => ${LAST_TURN_DAYS_MAX}) order by source`.execute(
    tx,
  );
  return found.rows.map(({ source }) => source);
}
