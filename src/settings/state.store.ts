import { sql } from 'kysely';

import type { Tx } from '../platform/database.ts';
import type { Instant } from '../platform/time.ts';

export interface Queues {
  /** Bodies stored and not yet read into a lead. */
  readonly receiptsNew: number;
  readonly receiptsOldestAt: Instant | null;
  readonly outboxQueued: number;
  readonly outboxOldestAt: Instant | null;
  /** Sent, and nobody knows with what outcome. */
  readonly outboxUnknown: number;
  readonly deadlinesOverdue: number;
  readonly deadlinesOldestAt: Instant | null;
  readonly deadlinesPending: number;
}

const OWN = sql.raw('organization_id = (select pauta_organization())');

/** What waits in this organization. A message whose time has not come is not waiting. */
export async function queuesAt(tx: Tx, now: Instant): Promise<Queues> {
  const found = await sql<Queues>`
    select r.receipts_new, r.receipts_oldest_at, o.outbox_queued, o.outbox_oldest_at, o.outbox_unknown,
           d.deadlines_overdue, d.deadlines_oldest_at, d.deadlines_pending
      from (select count(*)::int as receipts_new, min(received_at) as receipts_oldest_at
              from receipts where ${OWN} and state = 'new') r,
           (select count(*) filter (where state in ('queued', 'sending') and not_before <= ${now})::int as outbox_queued,
                   min(queued_at) filter (where state in ('queued', 'sending') and not_before <= ${now}) as outbox_oldest_at,
                   count(*) filter (where state = 'unknown')::int as outbox_unknown
              from outbox where ${OWN} and state in ('queued', 'sending', 'unknown')) o,
           (select count(*) filter (where due_at <= ${now})::int as deadlines_overdue,
                   min(due_at) filter (where due_at <= ${now}) as deadlines_oldest_at,
                   count(*)::int as deadlines_pending
              from deadlines where ${OWN}) d`.execute(tx);
  const row = found.rows[0];
  if (row === undefined) throw new Error('an aggregate without a row');
  return row;
}

export interface DatabaseState {
  readonly bytes: number;
  /** "18.1". */
  readonly version: string;
  readonly connections: number;
  readonly connectionsMax: number;
}

/** Of the whole installation: one database holds every organization. */
export async function databaseState(tx: Tx): Promise<DatabaseState> {
  const found = await sql<DatabaseState>`
    select pg_database_size(current_database()) as bytes, split_part(current_setting('server_version'), ' ', 1) as version,
           (select count(*)::int from pg_stat_activity where datname = current_database()) as connections,
           current_setting('max_connections')::int as connections_max`.execute(tx);
  const row = found.rows[0];
  if (row === undefined) throw new Error('an aggregate without a row');
  return row;
}
