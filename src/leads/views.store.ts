import { sql, type RawBuilder } from 'kysely';

import type { Tx } from '../platform/database.ts';
import type { Instant } from '../platform/time.ts';
import type { Lead } from './lead.ts';

/** A lead as lists show it. Personal fields are null for a caller who may not see them. */
export interface LeadRow extends Pick<
  Lead,
  | 'id'
  | 'number'
  | 'contact'
  | 'source'
  | 'origin'
  | 'zone'
  | 'duplicateOf'
  | 'receivedAt'
  | 'sentAt'
  | 'stage'
  | 'holder'
  | 'queue'
  | 'why'
  | 'takenFrom'
  | 'heldUntil'
  | 'assignedAt'
  | 'dueAt'
  | 'noticeDueAt'
  | 'notifiedAt'
  | 'contactedAt'
  | 'auditListedAt'
  | 'waitsForCall'
  | 'status'
  | 'grade'
  | 'paced'
  | 'heldThen'
> {
  readonly name: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly holderName: string | null;
  /** How many have missed their ten minutes with it. */
  readonly misses: number;
}

const ROW =
  sql.raw(`l.id, l.number, l.contact, l.source, l.origin, l.zone, l.duplicate_of, l.received_at, l.sent_at, l.stage,
  l.holder, l.queue, l.why, l.taken_from, l.held_until, l.assigned_at, l.due_at, l.notice_due_at, l.notified_at,
  l.contacted_at, l.audit_listed_at, l.waits_for_call, l.status, l.grade, l.paced, l.held_then,
  coalesce(c.names->0->>'value', i.name) as name,
  coalesce(c.phones->0->>'value', i.phones[1]) as phone,
  coalesce(c.emails->0->>'raw', i.emails[1]) as email,
  p.name as holder_name,
  (select count(*)::int from jsonb_array_elements(l.tenures) t
    where t->>'missedAt' is not null and t->>'struckAt' is null) as misses`);
const FROM = sql.raw(`leads l
  left join contacts c on c.organization_id = l.organization_id and c.id = l.contact
  left join lead_intakes i on i.organization_id = l.organization_id and i.lead = l.id
  left join people p on p.organization_id = l.organization_id and p.id = l.holder`);
const OWN = sql.raw('l.organization_id = (select pauta_organization())');

/** Whose leads may be looked at: everybody's, or those held by these people. */
export type Reached = 'all' | ReadonlySet<string>;

function within(reached: Reached): RawBuilder<unknown> {
  return reached === 'all' ? sql`true` : sql`l.holder = any(${[...reached]}::text[])`;
}

export interface LeadFilter {
  readonly stage?: Lead['stage'] | undefined;
  readonly holder?: string | undefined;
  readonly source?: string | undefined;
  readonly contact?: string | undefined;
  readonly status?: string | undefined;
  /** Name, phone digits or e-mail. */
  readonly search?: string | undefined;
  readonly receivedFrom?: Instant | undefined;
  readonly receivedTo?: Instant | undefined;
  /** Only leads whose ten minutes somebody missed. */
  readonly missed?: boolean | undefined;
  /** Page on: only numbers below this. */
  readonly before?: number | undefined;
}

const SEARCH_CHARACTERS_MAX = 80;

/** Newest first. */
export async function listLeads(
  tx: Tx,
  reached: Reached,
  filter: LeadFilter,
  limit: number,
): Promise<LeadRow[]> {
  const conditions: RawBuilder<unknown>[] = [within(reached)];
  if (filter.stage !== undefined) conditions.push(sql`l.stage = ${filter.stage}`);
  if (filter.holder !== undefined) conditions.push(sql`l.holder = ${filter.holder}`);
  if (filter.source !== undefined) conditions.push(sql`l.source = ${filter.source}`);
  if (filter.contact !== undefined) conditions.push(sql`l.contact = ${filter.contact}`);
  if (filter.status !== undefined) conditions.push(sql`l.status = ${filter.status}`);
  if (filter.receivedFrom !== undefined) conditions.push(sql`l.received_at >= ${filter.receivedFrom}`);
  if (filter.receivedTo !== undefined) conditions.push(sql`l.received_at < ${filter.receivedTo}`);
  if (filter.before !== undefined) conditions.push(sql`l.number < ${filter.before}`);
  if (filter.missed === true)
    conditions.push(sql`jsonb_path_exists(l.tenures, '$[*] ? (@.missedAt != null && @.struckAt == null)')`);
  if (filter.search !== undefined && filter.search.trim() !== '') conditions.push(matching(filter.search));
  const found = await sql<LeadRow>`
    select ${ROW} from ${FROM} where ${OWN} and ${sql.join(conditions, sql` and `)}
     order by l.number desc limit ${limit}`.execute(tx);
  return found.rows;
}

function matching(search: string): RawBuilder<unknown> {
  const text = search.trim().slice(0, SEARCH_CHARACTERS_MAX);
  const digits = text.replace(/\D/g, '');
  const like = `%${text.replace(/[%_\\]/g, '\\$&')}%`;
  return sql`(c.names::text ilike ${like} or c.emails::text ilike ${like}
    or (${digits.length >= 4} and c.phones::text like ${`%${digits}%`}))`;
}

/** What a person has now: running clocks first (soonest), then the rest by last movement. */
export async function heldBy(tx: Tx, person: string, limit: number): Promise<LeadRow[]> {
  const found = await sql<LeadRow>`
    select ${ROW} from ${FROM} where ${OWN} and l.holder = ${person} and l.status <> 'closed'
     order by l.due_at nulls last, l.assigned_at desc limit ${limit}`.execute(tx);
  return found.rows;
}

/** Everything that needs eyes now: running clocks, held, waiting, on the audit list. Of leads without a holder, those that somebody within reach has held. */
export async function onTheFloor(tx: Tx, reached: Reached, limit: number): Promise<LeadRow[]> {
  const condition =
    reached === 'all'
      ? sql`true`
      : sql`exists (select 1 from jsonb_array_elements(l.tenures) t where t->>'person' = any(${[...reached]}::text[]))`;
  const branch = (stage: RawBuilder<unknown>) =>
    sql`(select ${ROW} from ${FROM} where ${OWN} and ${stage} and ${condition} order by l.number limit ${limit})`;
  const found = await sql<LeadRow>`
    ${branch(sql`l.due_at is not null`)} union all
    ${branch(sql`l.stage = 'waiting'`)} union all
    ${branch(sql`l.stage = 'held'`)} union all
    ${branch(sql`l.audit_listed_at is not null and l.due_at is null`)}`.execute(tx);
  return found.rows;
}

/** Leads `l` that a condition names, newest first. */
export async function leadsWhere(tx: Tx, condition: RawBuilder<unknown>, limit: number): Promise<LeadRow[]> {
  const found = await sql<LeadRow>`
    select ${ROW} from ${FROM} where ${OWN} and ${condition} order by l.number desc limit ${limit}`.execute(
    tx,
  );
  return found.rows;
}

export async function oneLead(tx: Tx, id: string): Promise<(LeadRow & Pick<Lead, 'tenures'>) | null> {
  const found = await sql<LeadRow & Pick<Lead, 'tenures'>>`
    select ${ROW}, l.tenures from ${FROM} where ${OWN} and l.id = ${id}`.execute(tx);
  return found.rows[0] ?? null;
}

export interface IntakeView {
  readonly name: string | null;
  readonly phones: readonly string[];
  readonly emails: readonly string[];
  readonly message: string | null;
  readonly consent: unknown;
  readonly campaign: unknown;
  readonly fields: unknown;
}

export async function asReceived(tx: Tx, lead: string): Promise<IntakeView | null> {
  const found = await sql<IntakeView>`
    select name, phones, emails, message, consent, campaign, fields from lead_intakes
     where organization_id = (select pauta_organization()) and lead = ${lead}`.execute(tx);
  return found.rows[0] ?? null;
}
