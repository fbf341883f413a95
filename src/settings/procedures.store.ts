import { sql } from 'kysely';

import type { Tx } from '../platform/database.ts';
import type { Instant } from '../platform/time.ts';

/** How far back a clause's last decisions are looked for: entries, newest first. */
const ENTRIES_LOOKED_AT_MAX = 20_000;

export interface DecisionOfClause {
  readonly id: number;
  readonly at: Instant;
  readonly entry: string;
  readonly lead: string | null;
  readonly person: string | null;
  readonly actor: string;
}

/** The last decisions that cite a clause in any of its versions. */
export async function lastDecisions(
  tx: Tx,
  procedure: string,
  clause: string,
  limit: number,
): Promise<DecisionOfClause[]> {
  const found = await sql<DecisionOfClause>`
    select id, at, entry, lead, person, actor
      from (select id, at, entry, lead, person, actor, because from journal
             where organization_id = (select pauta_organization()) and kind = 'decision'
             order by id desc limit ${ENTRIES_LOOKED_AT_MAX}) recent
     where exists (select from unnest(because) cited
                    where starts_with(cited, ${`${procedure}@`}) and split_part(cited, '#', 2) = ${clause})
     order by id desc limit ${limit}`.execute(tx);
  return found.rows;
}
