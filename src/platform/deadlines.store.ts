import { sql } from 'kysely';

import type { Tx } from './database.ts';
import type { Instant } from './time.ts';

export interface Deadline {
  readonly subject: string;
  readonly kind: string;
  readonly dueAt: Instant;
}

/** Makes the deadlines of each subject exactly those given: sets, moves and clears in one statement. */
export async function syncDeadlines(
  tx: Tx,
  organization: string,
  subjects: readonly string[],
  wanted: readonly { subject: string; kind: string; dueAt: Instant; rank: number }[],
): Promise<void> {
  if (subjects.length === 0) return;
  const json = JSON.stringify(
    wanted.map((w) => ({ subject: w.subject, kind: w.kind, due_at: w.dueAt, rank: w.rank })),
  );
  await sql`
    with wanted as (
      select * from jsonb_to_recordset(${json}::jsonb) as r(subject text, kind text, due_at timestamptz, rank bigint)),
    cleared as (
      delete from deadlines d
       where d.organization_id = ${organization} and d.subject = any(${subjects}::text[])
         and not exists (select from wanted w where w.subject = d.subject and w.kind = d.kind))
    insert into deadlines (organization_id, subject, kind, due_at, rank)
    select ${organization}, subject, kind, due_at, rank from wanted
    on conflict (organization_id, subject, kind) do update set due_at = excluded.due_at, rank = excluded.rank
     where (deadlines.due_at, deadlines.rank) is distinct from (excluded.due_at, excluded.rank)`.execute(tx);
}

/** The organization's deadlines due by `now`, earliest first, on every server in the same order. Call it holding the organization's lock. */
export async function dueDeadlines(
  tx: Tx,
  organization: string,
  now: Instant,
  limit: number,
): Promise<Deadline[]> {
  const found = await sql<Deadline>`
    select subject, kind, due_at from deadlines
     where organization_id = ${organization} and due_at <= ${now}
     order by due_at, rank, subject collate "C", kind collate "C" limit ${limit}`.execute(tx);
  return found.rows;
}

export async function nextDeadline(tx: Tx, organization: string): Promise<Instant | null> {
  const found = await sql<{ dueAt: Instant | null }>`
    select min(due_at) as due_at from deadlines where organization_id = ${organization}`.execute(tx);
  return found.rows[0]?.dueAt ?? null;
}

/** Organizations that have something due, and when the next deadline of all is. For the clock worker only. */
export async function organizationsDue(
  tx: Tx,
  now: Instant,
): Promise<{ organizations: string[]; next: Instant | null }> {
  const due = await sql<{ organizationId: string }>`
    select distinct organization_id from deadlines where due_at <= ${now}`.execute(tx);
  const next = await sql<{ dueAt: Instant | null }>`
    select min(due_at) as due_at from deadlines where due_at > ${now}`.execute(tx);
  return { organizations: due.rows.map((row) => row.organizationId), next: next.rows[0]?.dueAt ?? null };
}

/** Every deadline of the transaction's organization. */
export async function allDeadlines(tx: Tx): Promise<DeadlineRow[]> {
  const found = await sql<DeadlineRow>`
    select subject, kind, due_at, rank from deadlines where organization_id = (select pauta_organization())`.execute(
    tx,
  );
  return found.rows.map((row) => ({ ...row }));
}

export type DeadlineRow = Pick<Deadline, 'subject' | 'kind' | 'dueAt'> & { rank: number };
