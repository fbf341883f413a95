import { sql, type RawBuilder } from 'kysely';

import type { Tx } from '../platform/database.ts';
import type { Instant } from '../platform/time.ts';
import type { Json } from './entry.ts';

export interface JournalFilter {
  /** One entry ('lead.assigned') or all that begin so ('lead.'). */
  readonly entry?: string | undefined;
  readonly kind?: 'fact' | 'decision' | undefined;
  readonly person?: string | undefined;
  readonly lead?: string | undefined;
  readonly contact?: string | undefined;
  readonly actor?: string | undefined;
  /** 'contact-center-policy#L4', of any version. */
  readonly clause?: string | undefined;
  readonly from?: Instant | undefined;
  /** Exclusive. */
  readonly to?: Instant | undefined;
  /** Page on: only entries below this. */
  readonly before?: number | undefined;
}

export interface LookedUp {
  readonly id: number;
  readonly at: Instant;
  readonly entry: string;
  readonly kind: 'fact' | 'decision';
  readonly actor: string;
  readonly because: readonly string[];
  readonly lead: string | null;
  readonly contact: string | null;
  readonly person: string | null;
  readonly causedBy: number | null;
  readonly fields: { readonly [key: string]: Json };
  readonly personal: { readonly [key: string]: Json } | null;
  /** Personal data was written with it, whether it is still there or was erased. */
  readonly hadPersonal: boolean;
  /** Its place in the chain; null in the second before it is sealed. */
  readonly seal: { readonly number: number; readonly hash: string; readonly sealedAt: Instant } | null;
}

const OWN = sql.raw('j.organization_id = (select pauta_organization())');

/** What names one of these people: about them, by them, or about a lead they had. */
function within(reached: 'all' | ReadonlySet<string>): RawBuilder<unknown> {
  if (reached === 'all') return sql`true`;
  const people = sql`${[...reached]}::text[]`;
  return sql`(j.person = any(${people}) or j.actor = any(${people}) or j.lead in (
    select h.lead from journal h where h.organization_id = (select pauta_organization())
       and h.person = any(${people}) and h.lead is not null and h.entry in ('lead.given', 'lead.assigned', 'lead.reassigned')))`;
}

const escaped = (text: string): string => text.replaceAll(/[%_\\]/g, String.raw`\$&`);

/** Newest first. */
export async function lookUp(
  tx: Tx,
  reached: 'all' | ReadonlySet<string>,
  filter: JournalFilter,
  limit: number,
): Promise<LookedUp[]> {
  const { entry, kind, person, lead, contact, actor, clause, from, to, before } = filter;
  const conditions: RawBuilder<unknown>[] = [OWN, within(reached)];
  if (entry !== undefined)
    conditions.push(
      entry.endsWith('.') ? sql`j.entry like ${`${escaped(entry)}%`}` : sql`j.entry = ${entry}`,
    );
  if (kind !== undefined) conditions.push(sql`j.kind = ${kind}`);
  if (person !== undefined) conditions.push(sql`j.person = ${person}`);
  if (lead !== undefined) conditions.push(sql`j.lead = ${lead}`);
  if (contact !== undefined) conditions.push(sql`j.contact = ${contact}`);
  if (actor !== undefined) conditions.push(sql`j.actor = ${actor}`);
  if (from !== undefined) conditions.push(sql`j.at >= ${from}`);
  if (to !== undefined) conditions.push(sql`j.at < ${to}`);
  if (before !== undefined) conditions.push(sql`j.id < ${before}`);
  if (clause !== undefined) {
    const [procedure = '', id = ''] = clause.split('#');
    const versions = `${escaped(procedure)}@%#${escaped(id)}`;
    conditions.push(
      sql`exists (select 1 from unnest(j.because) b where b = ${clause} or b like ${versions})`,
    );
  }
  const found = await sql<LookedUp>`
    select j.id, j.at, j.entry, j.kind, j.actor, j.because, j.lead, j.contact, j.person, j.caused_by, j.fields,
           p.fields as personal, j.commitment is not null as had_personal,
           case when s.number is null then null else
             jsonb_build_object('number', s.number, 'hash', s.hash, 'sealedAt', s.sealed_at) end as seal
      from journal j
      left join journal_personal p on p.organization_id = j.organization_id and p.entry_id = j.id
      left join journal_seals s on s.organization_id = j.organization_id and s.entry_id = j.id
     where ${sql.join(conditions, sql` and `)}
     order by j.id desc limit ${limit}`.execute(tx);
  return found.rows;
}

/** The names of all entries there are, each found by one step in the index. */
export async function entryNames(tx: Tx): Promise<string[]> {
  const found = await sql<{ entry: string }>`
    with recursive name as (
      (select entry from journal where organization_id = (select pauta_organization()) order by entry limit 1)
      union all
      select (select j.entry from journal j where j.organization_id = (select pauta_organization()) and j.entry > name.entry
               order by j.entry limit 1) from name where name.entry is not null)
    select entry from name where entry is not null`.execute(tx);
  return found.rows.map(({ entry }) => entry);
}
