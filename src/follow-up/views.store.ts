import { sql } from 'kysely';

import type { Appointment } from '../appointments/index.ts';
import type { Tx } from '../platform/database.ts';
import type { Instant, LocalDate } from '../platform/time.ts';
import type { FollowUp } from './follow-up.ts';
import type { Week, WeeklyReport } from './weekly-report.ts';

/** What screens read of follow-ups; nothing here decides. */
const OWN = sql.raw('organization_id = (select pauta_organization())');
const FOLLOW_UP =
  sql.raw(`lead, contact, holder, holder_since, open, received_at, status, grade, graded_at, contacted_at, follow_up_at,
  appointments, opportunity_at, opportunity_by, reservation_at, reservation_by, reservation_price::text as reservation_price,
  closed_at, closed_by, sale, lost_at, lost_reason, lost_text, incubated_at, incubated_evidence, next_contact_on,
  next_contact_from, next_action, next_action_kind, next_action_by, next_action_due_at`);

export async function followUpView(tx: Tx, lead: string): Promise<FollowUp | null> {
  const found =
    await sql<FollowUp>`select ${FOLLOW_UP} from follow_ups where ${OWN} and lead = ${lead}`.execute(tx);
  return found.rows[0] ?? null;
}

/** Open leads of these people: what is due and what is behind is read from the rows. */
export async function openOf(tx: Tx, people: readonly string[], limit: number): Promise<FollowUp[]> {
  const found = await sql<FollowUp>`
    select ${FOLLOW_UP} from follow_ups
     where ${OWN} and open and holder = any(${people}::text[])
     order by next_action_due_at nulls last, received_at limit ${limit}`.execute(tx);
  return found.rows;
}

/** How many open leads of each person are not up to date (behind.ts says when), and how many of those have nothing to come. */
export interface BehindOf {
  readonly person: string;
  readonly open: number;
  readonly behind: number;
  readonly overdue: number;
}

/**
 * The same condition as `behindOn`, over as many leads as there are; a test holds the two together. A meeting counts for its
 * lead, whoever attends it.
 */
export async function behindByPerson(tx: Tx, people: readonly string[], now: Instant): Promise<BehindOf[]> {
  const found = await sql<BehindOf>`
    with meetings as (
      select lead, bool_or(ends_at <= ${now}) as past, bool_or(ends_at > ${now}) as coming
        from appointments where ${OWN} and state = 'booked' group by lead),
    each as (
      select f.holder, f.contacted_at,
             coalesce(m.past, false) as unsettled,
             coalesce(f.next_action_due_at < ${now}, false) or coalesce(f.next_contact_from <= ${now}, false) as overdue,
             f.next_action_due_at is null and f.next_contact_from is null and not coalesce(m.coming, false) as nothing,
             f.grade is null as ungraded
        from follow_ups f left join meetings m on m.lead = f.lead
       where f.organization_id = (select pauta_organization()) and f.open and f.holder = any(${people}::text[]))
    select holder as person, count(*)::int as open,
           count(*) filter (where contacted_at is not null and (unsettled or overdue or nothing or ungraded))::int as behind,
           count(*) filter (where contacted_at is not null and overdue)::int as overdue
      from each group by holder`.execute(tx);
  return found.rows;
}

const APPOINTMENT =
  sql.raw(`id, lead, contact, person, booked_by, kind, place, starts_at, ends_at, booked_at, state, settled_at,
  settled_by, remind_at, remind_client_at, ask_at`);

export async function appointmentsBetween(
  tx: Tx,
  people: readonly string[] | 'all',
  { from, to }: { readonly from: Instant; readonly to: Instant },
  limit: number,
): Promise<Appointment[]> {
  const who = people === 'all' ? sql`true` : sql`person = any(${people}::text[])`;
  const found = await sql<Appointment>`
    select ${APPOINTMENT} from appointments
     where ${OWN} and ${who} and starts_at >= ${from} and starts_at < ${to}
     order by starts_at, id limit ${limit}`.execute(tx);
  return found.rows;
}

/** Booked ones whose time is over: how they went is still to be noted. */
export async function unsettledOf(tx: Tx, people: readonly string[], now: Instant): Promise<Appointment[]> {
  const found = await sql<Appointment>`
    select ${APPOINTMENT} from appointments
     where ${OWN} and state = 'booked' and person = any(${people}::text[]) and ends_at <= ${now}
     order by starts_at`.execute(tx);
  return found.rows;
}

export async function appointmentsView(tx: Tx, leads: readonly string[]): Promise<Appointment[]> {
  const found = await sql<Appointment>`
    select ${APPOINTMENT} from appointments where ${OWN} and lead = any(${leads}::text[]) order by starts_at`.execute(
    tx,
  );
  return found.rows;
}

export async function weekView(tx: Tx, monday: LocalDate): Promise<Week | null> {
  const found = await sql<Week>`
    select week, remind_at, cut_at, reminded, cut from weeks where ${OWN} and week = ${monday}`.execute(tx);
  return found.rows[0] ?? null;
}

/** Every version of a week's reports, the earliest first; of all within reach. */
export async function reportsView(
  tx: Tx,
  monday: LocalDate,
  people: readonly string[] | 'all',
): Promise<WeeklyReport[]> {
  const who = people === 'all' ? sql`true` : sql`person = any(${people}::text[])`;
  const found = await sql<WeeklyReport>`
    select week, person, version, at, sent_at, late, received, in_follow_up, appointments, opportunities, reservations,
           leads, comment
      from weekly_reports where ${OWN} and week = ${monday} and ${who} order by person, version`.execute(tx);
  return found.rows;
}

export async function behindAtCut(
  tx: Tx,
  monday: LocalDate,
): Promise<{ readonly person: string; readonly leads: readonly string[] }[]> {
  const found = await sql<{ person: string; leads: string[] }>`
    select person, leads from leads_behind where ${OWN} and week = ${monday}`.execute(tx);
  return found.rows;
}
