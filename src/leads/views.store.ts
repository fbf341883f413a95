import { sql, type RawBuilder } from 'kysely';

import type { JournalEntry } from '../journal/index.ts';
import type { Tx } from '../platform/database.ts';
import type { Instant } from '../platform/time.ts';
import { arrived, type Arrived } from './arrived.store.ts';
import type { Lead } from './lead.ts';
import type { GivenBy } from './tenure.ts';

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
  | 'waitEndsAt'
  | 'status'
  | 'grade'
  | 'paced'
  | 'heldThen'
> {
  readonly name: string | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly holderName: string | null;
  /** How the present holder came to it; null while nobody holds it. */
  readonly givenBy: GivenBy | null;
  /** How many have missed their ten minutes with it. */
  readonly misses: number;
}

const ROW =
  sql.raw(`l.id, l.number, l.contact, l.source, l.origin, l.zone, l.duplicate_of, l.received_at, l.sent_at, l.stage,
  l.holder, l.queue, l.why, l.taken_from, l.held_until, l.assigned_at, l.due_at, l.notice_due_at, l.notified_at,
  l.contacted_at, l.audit_listed_at, l.waits_for_call, l.wait_ends_at, l.status, l.grade, l.paced, l.held_then,
  case when l.holder is not null then l.tenures->-1->>'by' end as given_by,
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
  /** The lead's number or its source's id; and, with `searchPeople`, name, phone digits or e-mail. */
  readonly search?: string | undefined;
  /** Not for whoever sees people masked: what a search finds would tell what the mask hides. */
  readonly searchPeople?: boolean | undefined;
  /** Only what came in then. */
  readonly arrived?: Arrived | undefined;
  /** Only leads whose ten minutes somebody missed. */
  readonly missed?: boolean | undefined;
  /** Only leads on which this person did so: a figure of theirs, opened. */
  readonly did?: { readonly person: string; readonly what: Done; readonly from: Instant } | undefined;
  /** Only running terms, or only those nobody has contacted yet. */
  readonly open?: 'running' | 'not-contacted' | undefined;
  /** Page on: only numbers below this. */
  readonly before?: number | undefined;
}

const SEARCH_CHARACTERS_MAX = 80;
/** "1284" or "#1284". */
const LEAD_NUMBER = /^#?(\d{1,9})$/;

export const doneTokens = ['received', 'contacted', 'in-time', 'missed', 'passed'] as const;
export type Done = (typeof doneTokens)[number];

/** What one tenure `t` came to. `passed`: it went to somebody else, whatever for. The figures and their lists share this. */
const DONE: Readonly<Record<Done, string>> = {
  received: 'true',
  contacted: `t->>'contactedAt' is not null`,
  'in-time': `t->>'contactedAt' is not null and t->>'dueAt' is not null and (t->>'missedAt' is null or t->>'struckAt' is not null)`,
  missed: `t->>'missedAt' is not null and t->>'struckAt' is null`,
  passed: `t->>'until' is not null`,
};

/** Newest first. */
export async function listLeads(
  tx: Tx,
  reached: Reached,
  filter: LeadFilter,
  limit: number,
): Promise<LeadRow[]> {
  const conditions: RawBuilder<unknown>[] = [filter.did === undefined ? within(reached) : didIt(filter.did)];
  if (filter.open === 'running') conditions.push(sql`l.due_at is not null`);
  if (filter.open === 'not-contacted')
    conditions.push(
      sql`l.stage = 'assigned' and l.contacted_at is null and l.status not in ('closed', 'lost')`,
    );
  if (filter.stage !== undefined) conditions.push(sql`l.stage = ${filter.stage}`);
  if (filter.holder !== undefined) conditions.push(sql`l.holder = ${filter.holder}`);
  if (filter.source !== undefined) conditions.push(sql`l.source = ${filter.source}`);
  if (filter.contact !== undefined) conditions.push(sql`l.contact = ${filter.contact}`);
  if (filter.status !== undefined) conditions.push(sql`l.status = ${filter.status}`);
  if (filter.arrived !== undefined) conditions.push(arrived(filter.arrived));
  if (filter.before !== undefined) conditions.push(sql`l.number < ${filter.before}`);
  if (filter.missed === true)
    conditions.push(sql`jsonb_path_exists(l.tenures, '$[*] ? (@.missedAt != null && @.struckAt == null)')`);
  if (filter.search !== undefined && filter.search.trim() !== '')
    conditions.push(matching(filter.search, filter.searchPeople === true));
  const found = await sql<LeadRow>`
    select ${ROW} from ${FROM} where ${OWN} and ${sql.join(conditions, sql` and `)}
     order by l.number desc limit ${limit}`.execute(tx);
  return found.rows;
}

/** A person's own record, wherever the lead is now; the caller must reach the person, and masks leads gone out of reach. */
function didIt({ person, what, from }: NonNullable<LeadFilter['did']>): RawBuilder<unknown> {
  return sql`l.assigned_at >= ${from} and exists (
    select 1 from jsonb_array_elements(l.tenures) t
     where t->>'person' = ${person} and (t->>'since')::timestamptz >= ${from} and t->>'voidAt' is null
       and ${sql.raw(DONE[what])})`;
}

function matching(search: string, people: boolean): RawBuilder<unknown> {
  const text = search.trim().slice(0, SEARCH_CHARACTERS_MAX);
  const number = LEAD_NUMBER.exec(text)?.[1] ?? null;
  const ofLead = sql`l.number = ${number}::bigint or l.source_id = ${text}`;
  if (!people) return sql`(${ofLead})`;
  const digits = text.replace(/\D/g, '');
  const like = `%${text.replace(/[%_\\]/g, '\\$&')}%`;
  return sql`(${ofLead} or c.names::text ilike ${like} or c.emails::text ilike ${like}
    or (${digits.length >= 4} and c.phones::text like ${`%${digits}%`}))`;
}

/** What a person has now: running clocks first (soonest), then the rest by last movement. */
export async function heldBy(tx: Tx, person: string, limit: number): Promise<LeadRow[]> {
  const found = await sql<LeadRow>`
    select ${ROW} from ${FROM} where ${OWN} and l.holder = ${person} and l.status not in ('closed', 'lost')
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

export interface Tally {
  readonly key: string;
  readonly received: number;
  readonly contacted: number;
  /** For how many the ten minutes ran, and how many of those were contacted within them. */
  readonly timed: number;
  readonly inTime: number;
  readonly missed: number;
  /** Went to somebody else since, whatever for. */
  readonly passed: number;
  readonly reassigned: number;
  /** Median seconds from assignment to proven contact; null with none. */
  readonly secondsToContact: number | null;
}

const TALLY = sql.raw(`
  count(*)::int as received,
  count(*) filter (where ${DONE.contacted})::int as contacted,
  count(*) filter (where t->>'dueAt' is not null)::int as timed,
  count(*) filter (where ${DONE['in-time']})::int as in_time,
  count(*) filter (where ${DONE.missed})::int as missed,
  count(*) filter (where ${DONE.passed})::int as passed,
  count(*) filter (where t->>'by' = 'best')::int as reassigned,
  percentile_cont(0.5) within group (
    order by extract(epoch from (t->>'contactedAt')::timestamptz - (t->>'since')::timestamptz)
  ) filter (where t->>'contactedAt' is not null)::float as seconds_to_contact`);

/** What each advisor was given since an instant, and what became of it. */
export async function tallyByAdvisor(tx: Tx, reached: Reached, since: Instant): Promise<Tally[]> {
  const who = reached === 'all' ? sql`true` : sql`t->>'person' = any(${[...reached]}::text[])`;
  const found = await sql<Tally>`
    select t->>'person' as key, ${TALLY}
      from leads l cross join lateral jsonb_array_elements(l.tenures) t
     where ${OWN} and l.assigned_at >= ${since}
       and (t->>'since')::timestamptz >= ${since} and t->>'voidAt' is null and ${who}
     group by 1 order by 1`.execute(tx);
  return found.rows;
}

/** What an advisor has now, in one row. */
export interface Holding {
  readonly person: string;
  readonly held: number;
  readonly running: number;
  /** The lead held longest without contact, and since when; null when each was contacted. */
  readonly waitingLead: string | null;
  readonly waitingSince: Instant | null;
}

export async function holdings(tx: Tx, reached: Reached): Promise<Holding[]> {
  const found = await sql<Holding>`
    select l.holder as person, count(*)::int as held,
           count(*) filter (where l.due_at is not null)::int as running,
           (array_agg(l.id order by l.assigned_at) filter (where l.contacted_at is null))[1] as waiting_lead,
           min(l.assigned_at) filter (where l.contacted_at is null) as waiting_since
      from leads l
     where ${OWN} and l.holder is not null and l.status not in ('closed', 'lost') and ${within(reached)}
     group by 1`.execute(tx);
  return found.rows;
}

export interface DayOf {
  readonly person: string;
  /** Local calendar date. */
  readonly day: string;
  readonly timed: number;
  readonly missed: number;
}

/** Terms and misses of each advisor by local day of the assignment, for a line of a week. */
export async function missesByDay(tx: Tx, reached: Reached, since: Instant, zone: string): Promise<DayOf[]> {
  const who = reached === 'all' ? sql`true` : sql`t->>'person' = any(${[...reached]}::text[])`;
  const found = await sql<DayOf>`
    select t->>'person' as person, to_char((t->>'since')::timestamptz at time zone ${zone}, 'YYYY-MM-DD') as day,
           count(*) filter (where t->>'dueAt' is not null)::int as timed,
           count(*) filter (where ${sql.raw(DONE.missed)})::int as missed
      from leads l cross join lateral jsonb_array_elements(l.tenures) t
     where ${OWN} and l.assigned_at >= ${since} and (t->>'since')::timestamptz >= ${since}
       and t->>'voidAt' is null and ${who}
     group by 1, 2`.execute(tx);
  return found.rows;
}

/** Leads that this person held and lost since an instant, newest first: which, when, and whether time ran out. No personal data. */
export interface GoneLead {
  readonly id: string;
  readonly number: number;
  readonly at: Instant;
  readonly missed: boolean;
}

export async function goneFrom(tx: Tx, person: string, since: Instant, limit: number): Promise<GoneLead[]> {
  const found = await sql<GoneLead>`
    select l.id, l.number, (t->>'until')::timestamptz as at,
           (t->>'missedAt' is not null and t->>'struckAt' is null) as missed
      from leads l cross join lateral jsonb_array_elements(l.tenures) t
     where ${OWN} and l.assigned_at >= ${since}::timestamptz - interval '1 day' and t->>'person' = ${person}
       and (t->>'until')::timestamptz >= ${since} and t->>'voidAt' is null and l.holder is distinct from ${person}
     order by 3 desc limit ${limit}`.execute(tx);
  return found.rows;
}

/** The person behind a lead as known now, from every source. */
export interface ContactView {
  readonly names: readonly HeldView[];
  readonly phones: readonly HeldView[];
  readonly emails: readonly HeldView[];
  readonly consents: unknown;
  readonly firstContactAt: Instant | null;
  readonly erasedAt: Instant | null;
}

export interface HeldView {
  readonly value: string;
  readonly origin: string;
  readonly raw: string;
}

export async function contactView(tx: Tx, contact: string): Promise<ContactView | null> {
  const found = await sql<ContactView>`
    select names, phones, emails, consents, first_contact_at, erased_at from contacts
     where organization_id = (select pauta_organization()) and id = ${contact}`.execute(tx);
  return found.rows[0] ?? null;
}

/** All leads of the person: merged contacts have theirs on the one kept. */
export async function leadsOfSamePerson(tx: Tx, contact: string): Promise<string[]> {
  const found = await sql<{ id: string }>`
    select id from leads where organization_id = (select pauta_organization()) and contact = ${contact}`.execute(
    tx,
  );
  return found.rows.map(({ id }) => id);
}

/** What the journal holds of a lead and, where no lead is named, of its person; oldest first. */
export async function journalOf(
  tx: Tx,
  lead: string,
  contact: string | null,
  limit: number,
): Promise<JournalEntry[]> {
  const columns =
    sql.raw(`j.id, j.at, j.entry, j.kind, j.actor, j.because, j.lead, j.contact, j.person, j.caused_by,
    j.fields, j.commitment, p.fields as personal`);
  const from =
    sql.raw(`journal j left join journal_personal p on p.organization_id = j.organization_id and p.entry_id = j.id
    where j.organization_id = (select pauta_organization())`);
  const found = await sql<Omit<JournalEntry, 'personal'> & { personal: JournalEntry['personal'] | null }>`
    (select ${columns} from ${from} and j.lead = ${lead} order by j.id desc limit ${limit})
    union all
    (select ${columns} from ${from} and j.contact = ${contact} and j.lead is null order by j.id desc limit ${limit})
    order by id desc limit ${limit}`.execute(tx);
  return found.rows
    .map(({ personal, ...entry }) => (personal == null ? entry : { ...entry, personal }))
    .toReversed();
}

/** What became of a call the PBX was asked for. */
export async function callIntent(
  tx: Tx,
  id: string,
): Promise<{ readonly state: string; readonly by: string } | null> {
  const found = await sql<{ state: string; by: string }>`
    select state, by from call_intents where organization_id = (select pauta_organization()) and id = ${id}`.execute(
    tx,
  );
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
