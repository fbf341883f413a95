import { sql } from 'kysely';

import { reaches, type ReachedPeople } from '../access/index.ts';
import type { Tx } from '../platform/database.ts';
import type { Instant } from '../platform/time.ts';
import type { Claim } from './claim.ts';

/** A claim in a list: of the person, no more than the caller may see. */
export interface ClaimRow extends Pick<
  Claim,
  | 'id'
  | 'lead'
  | 'requester'
  | 'requestedAt'
  | 'state'
  | 'missing'
  | 'holder'
  | 'handler'
  | 'askedAt'
  | 'evidenceDueAt'
  | 'exceptedUntil'
  | 'rulingDueAt'
  | 'rulingMissedAt'
  | 'outcome'
  | 'line'
  | 'ruledAt'
  | 'ruledOutcome'
  | 'ruledBy'
  | 'otherwise'
  | 'releasedAt'
  | 'appealedAt'
  | 'appealDueAt'
  | 'appealOutcome'
  | 'closedAt'
  | 'closedWhy'
> {
  readonly number: number;
  /** As the request writes it, or the lead's own. */
  readonly name: string | null;
  /** Who has the lead now. */
  readonly leadHolder: string | null;
}

const ROW =
  sql.raw(`c.id, c.lead, c.requester, c.requested_at, c.state, c.missing, c.holder, c.handler, c.asked_at,
  c.evidence_due_at, c.excepted_until, c.ruling_due_at, c.ruling_missed_at, c.outcome, c.line, c.ruled_at, c.ruled_outcome,
  c.ruled_by, c.otherwise, c.released_at, c.appealed_at, c.appeal_due_at, c.appeal_outcome, c.closed_at, c.closed_why,
  l.number::int as number, l.holder as lead_holder,
  coalesce(c.name, k.names->0->>'value') as name`);
const FROM = sql.raw(`claims c
  join leads l on l.organization_id = c.organization_id and l.id = c.lead
  left join contacts k on k.organization_id = l.organization_id and k.id = l.contact`);
const OWN = sql.raw('c.organization_id = (select pauta_organization())');

/** Those in which somebody within reach is a party; open ones first, by what is due first. */
export async function listClaims(
  tx: Tx,
  reached: ReachedPeople,
  { open, limit }: { readonly open: boolean; readonly limit: number },
): Promise<ClaimRow[]> {
  const people = reached === 'all' ? null : [...reached];
  const within =
    people === null
      ? sql`true`
      : sql`(c.requester = any(${people}::text[]) or (c.holder = any(${people}::text[]) and c.state <> 'returned'))`;
  const states = open
    ? sql`c.state in ('returned', 'waiting', 'open', 'asked', 'proposed', 'appealed')`
    : sql`c.state in ('ruled', 'closed')`;
  const order = open
    ? sql`coalesce(c.appeal_due_at, c.ruling_due_at) asc nulls last, c.requested_at`
    : sql`coalesce(c.appeal_ruled_at, c.ruled_at, c.closed_at) desc`;
  const found = await sql<ClaimRow>`
    select ${ROW} from ${FROM} where ${OWN} and ${within} and ${states} order by ${order} limit ${limit}`.execute(
    tx,
  );
  return found.rows;
}

export async function oneClaim(tx: Tx, id: string): Promise<ClaimRow | null> {
  const found = await sql<ClaimRow>`select ${ROW} from ${FROM} where ${OWN} and c.id = ${id}`.execute(tx);
  return found.rows[0] ?? null;
}

/** A party's line sees it; so does whoever holds the lead now that it has been ruled on. */
export function seesClaim(reached: ReachedPeople, claim: ClaimRow): boolean {
  return (
    reaches(reached, claim.requester) ||
    (claim.state !== 'returned' && (reaches(reached, claim.holder) || reaches(reached, claim.leadHolder)))
  );
}

/** Whose the person of these keys is: the lead to ask for. The one that somebody holds, the oldest first. */
export async function leadKnownBy(tx: Tx, keys: readonly string[]): Promise<string | null> {
  if (keys.length === 0) return null;
  const found = await sql<{ id: string }>`
    select l.id from contact_keys k
      join contacts c on c.organization_id = k.organization_id and c.id = k.contact
      join leads l on l.organization_id = k.organization_id and l.contact = coalesce(c.merged_into, c.id)
     where k.organization_id = (select pauta_organization()) and k.key = any(${keys}::text[]) and l.stage <> 'refused'
     order by (l.holder is null), l.number limit 1`.execute(tx);
  return found.rows[0]?.id ?? null;
}

/** Rulings of the last days by the line that decided and the outcome; and the load of each month. */
export async function rulingsByLine(
  tx: Tx,
  since: Instant,
): Promise<{ line: number | null; outcome: string; otherwise: boolean; count: number }[]> {
  const found = await sql<{ line: number | null; outcome: string; otherwise: boolean; count: number }>`
    select c.line, c.ruled_outcome as outcome, c.otherwise, count(*)::int as count from claims c
     where ${OWN} and c.ruled_at >= ${since} group by 1, 2, 3 order by 1, 2`.execute(tx);
  return found.rows;
}
