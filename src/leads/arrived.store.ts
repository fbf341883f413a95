import { sql, type RawBuilder } from 'kysely';

import type { Instant } from '../platform/time.ts';

/** Leads by when they came in, as a report counts them and a list shows them. */
export interface Arrived {
  readonly from: Instant;
  /** Exclusive. */
  readonly to: Instant;
  /** Of the organization: what its days and hours are. */
  readonly zone: string;
  /** Local, 0 to 23. */
  readonly hour?: number | undefined;
  /** Local, 1 Monday … 7 Sunday. */
  readonly weekday?: number | undefined;
}

/**
 * The condition on a lead `l`. A lead counts once, by its arrival; test leads and those brought in with their past never
 * arrived. The report and the list that opens behind its figures share it, so that they agree.
 */
export function arrived({ from, to, zone, hour, weekday }: Arrived): RawBuilder<unknown> {
  const conditions = [
    sql`l.received_at >= ${from} and l.received_at < ${to} and l.stage <> 'refused'`,
    sql`(select t->>'by' from jsonb_array_elements(l.tenures) with ordinality as held(t, place)
          where t->>'voidAt' is null order by place limit 1) is distinct from 'import'`,
  ];
  if (hour !== undefined)
    conditions.push(sql`extract(hour from l.received_at at time zone ${zone}) = ${hour}`);
  if (weekday !== undefined)
    conditions.push(sql`extract(isodow from l.received_at at time zone ${zone}) = ${weekday}`);
  return sql.join(conditions, sql` and `);
}
