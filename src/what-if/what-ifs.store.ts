import { sql } from 'kysely';

import type { Month } from '../calendar/index.ts';
import type { Tx } from '../platform/database.ts';
import type { Instant } from '../platform/time.ts';
import type { Adoption, Procedure } from '../procedures/index.ts';
import type { Comparison } from './compare.ts';

export interface WhatIf {
  readonly id: string;
  readonly procedure: Procedure;
  readonly draft: Adoption;
  readonly month: Month;
  readonly state: 'waiting' | 'running' | 'done' | 'failed' | 'canceled';
  readonly progress: number;
  readonly askedBy: string;
  readonly askedAt: Instant;
  readonly startedAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly tries: number;
  readonly why: string | null;
}

const COLUMNS = sql.raw(
  'id, procedure, draft, month, state, progress, asked_by, asked_at, started_at, ended_at, tries, why',
);
const OWN = sql.raw('organization_id = (select pauta_organization())');

export async function insertWhatIf(
  tx: Tx,
  organization: string,
  asked: Pick<WhatIf, 'id' | 'procedure' | 'draft' | 'month' | 'askedBy' | 'askedAt'>,
): Promise<void> {
  const { id, procedure, draft, month, askedBy, askedAt } = asked;
  await sql`
    insert into what_ifs (organization_id, id, procedure, draft, month, state, asked_by, asked_at)
    values (${organization}, ${id}, ${procedure}, ${JSON.stringify(draft)}::jsonb, ${month}, 'waiting', ${askedBy}, ${askedAt})`.execute(
    tx,
  );
}

export async function whatIfById(
  tx: Tx,
  id: string,
): Promise<(WhatIf & { readonly result: Comparison | null }) | null> {
  const found = await sql<WhatIf & { readonly result: Comparison | null }>`
    select ${COLUMNS}, result from what_ifs where ${OWN} and id = ${id}`.execute(tx);
  return found.rows[0] ?? null;
}

/** The latest first, without what they came to. */
export async function lastWhatIfs(tx: Tx, procedure: string | null, limit: number): Promise<WhatIf[]> {
  const found = await sql<WhatIf>`
    select ${COLUMNS} from what_ifs where ${OWN} and (${procedure}::text is null or procedure = ${procedure})
     order by asked_at desc, id limit ${limit}`.execute(tx);
  return found.rows;
}

export async function countWaiting(tx: Tx): Promise<number> {
  const found = await sql<{ count: number }>`
    select count(*)::int as count from what_ifs where ${OWN} and state in ('waiting', 'running')`.execute(tx);
  return found.rows[0]?.count ?? 0;
}

/** False: it was over already. */
export async function cancelWhatIf(tx: Tx, id: string, now: Instant): Promise<boolean> {
  const canceled = await sql`
    update what_ifs set state = 'canceled', ended_at = ${now}
     where ${OWN} and id = ${id} and state in ('waiting', 'running')`.execute(tx);
  return canceled.numAffectedRows === 1n;
}

export interface Claimed {
  readonly organizationId: string;
  readonly id: string;
}

/** The oldest that no live worker has; null when there is none. */
export async function claimWhatIf(tx: Tx, now: Instant, leaseUntil: Instant): Promise<Claimed | null> {
  const found = await sql<Claimed>`
    update what_ifs w set state = 'running', lease_until = ${leaseUntil}, progress = 0, tries = w.tries + 1,
           started_at = ${now}
      from (select organization_id, id from what_ifs
             where state = 'waiting' or (state = 'running' and lease_until <= ${now})
             order by asked_at limit 1 for update skip locked) due
     where w.organization_id = due.organization_id and w.id = due.id
    returning w.organization_id, w.id`.execute(tx);
  return found.rows[0] ?? null;
}

/** False: it was canceled meanwhile. */
export async function keepWhatIfProgress(
  tx: Tx,
  id: string,
  progress: number,
  leaseUntil: Instant,
): Promise<boolean> {
  const kept = await sql`
    update what_ifs set progress = ${progress}, lease_until = ${leaseUntil}
     where ${OWN} and id = ${id} and state = 'running'`.execute(tx);
  return kept.numAffectedRows === 1n;
}

/** The process stops: whoever comes next begins it again at once. */
export async function letGoOfWhatIf(tx: Tx, id: string, now: Instant): Promise<void> {
  await sql`
    update what_ifs set lease_until = ${now}, tries = tries - 1
     where ${OWN} and id = ${id} and state = 'running'`.execute(tx);
}

export async function endWhatIf(
  tx: Tx,
  id: string,
  end: { readonly result: Comparison } | { readonly why: string },
  now: Instant,
): Promise<void> {
  const [state, result, why] =
    'result' in end ? ['done', JSON.stringify(end.result), null] : ['failed', null, end.why];
  await sql`
    update what_ifs set state = ${state}, progress = case when ${state} = 'done' then 1 else progress end,
           result = ${result}::jsonb, why = ${why}, ended_at = ${now}, lease_until = null
     where ${OWN} and id = ${id} and state = 'running'`.execute(tx);
}
