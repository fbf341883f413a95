import { sql } from 'kysely';

import type { ReachedPeople } from '../access/index.ts';
import type { Tx } from '../platform/database.ts';
import type { Instant } from '../platform/time.ts';

/** How far back a clause's last decisions are looked for: entries, newest first. */
const ENTRIES_LOOKED_AT_MAX = 20_000;

export interface DecisionOfClause {
  readonly id: number;
  readonly at: Instant;
  readonly entry: string;
  readonly lead: string | null;
  readonly leadNumber: number | null;
  readonly person: string | null;
  readonly personName: string | null;
  readonly actor: string;
}

/**
 * The last decisions that cite a clause in any of its versions, of the leads and people within reach. Numbers and people
 * of the floor only: nothing of who the prospect is.
 */
export async function lastDecisions(
  tx: Tx,
  asked: {
    readonly procedure: string;
    readonly clause: string;
    readonly reached: ReachedPeople;
    readonly limit: number;
  },
): Promise<DecisionOfClause[]> {
  const { procedure, clause, reached, limit } = asked;
  const people = reached === 'all' ? null : [...reached];
  const found = await sql<DecisionOfClause>`
    select recent.id, recent.at, recent.entry, recent.lead, l.number as lead_number, recent.person, p.name as person_name,
           recent.actor
      from (select id, at, entry, lead, person, actor, because from journal
             where organization_id = (select pauta_organization()) and kind = 'decision'
             order by id desc limit ${ENTRIES_LOOKED_AT_MAX}) recent
      left join leads l on l.organization_id = (select pauta_organization()) and l.id = recent.lead
      left join people p on p.organization_id = (select pauta_organization()) and p.id = recent.person
     where exists (select from unnest(because) cited
                    where starts_with(cited, ${`${procedure}@`}) and split_part(cited, '#', 2) = ${clause})
       and (${people}::text[] is null or recent.person = any(${people}::text[]) or l.holder = any(${people}::text[]))
     order by recent.id desc limit ${limit}`.execute(tx);
  return found.rows;
}
