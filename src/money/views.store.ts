import { sql, type RawBuilder } from 'kysely';

import type { ReachedPeople } from '../access/index.ts';
import type { Month } from '../calendar/index.ts';
import type { Tx } from '../platform/database.ts';
import type { Instant } from '../platform/time.ts';
import type { Line } from './ledger.ts';
import type { Sale } from './sale.ts';
import type { Sanction } from './sanction.ts';

const OWN = sql.raw('organization_id = (select pauta_organization())');

function among(reached: ReachedPeople, column: string): RawBuilder<unknown> {
  return reached === 'all' ? sql`true` : sql`${sql.raw(column)} = any(${[...reached]}::text[])`;
}

/** What one person has of one month, in each part; decimal text. */
export interface MonthOfPerson {
  readonly person: string;
  readonly closings: number;
  readonly earned: string;
  readonly deducted: string;
  readonly received: string;
  readonly lost: string;
  /** What changed of closings of earlier days. */
  readonly adjusted: string;
  readonly net: string;
}

const PARTS = sql.raw(`
  coalesce(sum(amount::numeric) filter (where why is null and part = 'earned'), 0)::numeric(20, 2)::text as earned,
  coalesce(sum(amount::numeric) filter (where why is null and part in ('retention', 'support')), 0)::numeric(20, 2)::text as deducted,
  coalesce(sum(amount::numeric) filter (where why is null and part = 'split'), 0)::numeric(20, 2)::text as received,
  coalesce(sum(amount::numeric) filter (where part = 'sanction'), 0)::numeric(20, 2)::text as lost,
  coalesce(sum(amount::numeric) filter (where why is not null and part <> 'sanction'), 0)::numeric(20, 2)::text as adjusted,
  coalesce(sum(amount::numeric), 0)::numeric(20, 2)::text as net,
  (count(distinct sale) filter (where why is null and part = 'earned'))::int as closings`);

export async function monthByPerson(tx: Tx, month: Month, reached: ReachedPeople): Promise<MonthOfPerson[]> {
  const found = await sql<MonthOfPerson>`
    select person, ${PARTS} from commission_lines
     where ${OWN} and month = ${month} and ${among(reached, 'person')} group by person`.execute(tx);
  return found.rows;
}

/** A person's net of each month that has any, newest first. */
export async function netByMonth(
  tx: Tx,
  person: string,
  limit: number,
): Promise<{ readonly month: Month; readonly net: string }[]> {
  const found = await sql<{ month: Month; net: string }>`
    select month, sum(amount::numeric)::numeric(20, 2)::text as net from commission_lines
     where ${OWN} and person = ${person} group by month order by month desc limit ${limit}`.execute(tx);
  return found.rows;
}

/**
 * Closings of a month whose support share nobody received (nobody of role support, or nobody with a weight), with what waits;
 * whatever was given out since, in whichever month.
 */
export async function waitingShares(
  tx: Tx,
  month: Month,
): Promise<{ readonly sale: string; readonly amount: string }[]> {
  const found = await sql<{ sale: string; amount: string }>`
    select sale, (-sum(amount::numeric))::numeric(20, 2)::text as amount from commission_lines
     where ${OWN} and part in ('support', 'split')
       and sale in (select sale from commission_lines where ${OWN} and month = ${month} and part = 'support' and why is null)
     group by sale having sum(amount::numeric) <> 0 order by sale`.execute(tx);
  return found.rows;
}

export interface LineRow extends Omit<Line, 'month'> {
  readonly month: Month;
  readonly lead: string;
  readonly closedAt: Instant;
  readonly seller: string;
  readonly price: string | null;
  readonly canceledAt: Instant | null;
}

const LINES =
  sql.raw(`l.sale, l.number, l.person, l.role, l.part, l.sanction, l.percent, l.amount, l.month, l.at, l.why, l.because,
  s.lead, s.closed_at, s.seller, s.price, s.canceled_at`);

/** Every amount of a person's month, by closing, oldest first. */
export async function statementLines(tx: Tx, person: string, month: Month): Promise<LineRow[]> {
  const found = await sql<LineRow>`
    select ${LINES} from commission_lines l
      join sales s on s.organization_id = l.organization_id and s.id = l.sale
     where l.organization_id = (select pauta_organization()) and l.person = ${person} and l.month = ${month}
     order by s.closed_at, l.sale, l.number`.execute(tx);
  return found.rows;
}

/** One closing with every amount of everybody. */
export async function saleWithLines(
  tx: Tx,
  id: string,
): Promise<{ readonly sale: Sale; readonly lines: readonly Line[] } | null> {
  const found = await sql<Sale>`
    select id, lead, closed_at, closed_by, seller, manager, price, advisor_commission, manager_commission, through_center,
           support, canceled_at
      from sales where ${OWN} and id = ${id}`.execute(tx);
  const sale = found.rows[0];
  if (sale === undefined) return null;
  const lines = await sql<Line>`
    select sale, number, person, role, part, sanction, percent, amount, month, at, why, because from commission_lines
     where ${OWN} and sale = ${id} order by number`.execute(tx);
  return { sale, lines: lines.rows };
}

export interface CaseRow extends Sanction {
  /** What it took, and gave back, so far. */
  readonly lost: string;
}

/** Cases within reach: what waits first, by when it is due; then the latest. */
export async function cases(
  tx: Tx,
  reached: ReachedPeople,
  { id, limit }: { readonly id?: string; readonly limit: number },
): Promise<CaseRow[]> {
  const found = await sql<CaseRow>`
    select c.id, c.person, c.breach, c.reported_by, c.opened_at, c.lead, c.sale, c.claim, c.account, c.state, c.hearing_due_at,
           c.answered_at, c.answer, c.ruled_at, c.ruled_by, c.percent, c.month, c.heard, c.reasons, c.struck_at, c.overturned_at,
           c.overturned_by, c.overturned_why, c.because,
           (-coalesce((select sum(l.amount::numeric) from commission_lines l
                        where l.organization_id = c.organization_id and l.sanction = c.id), 0))::numeric(20, 2)::text as lost
      from sanctions c
     where c.organization_id = (select pauta_organization()) and ${among(reached, 'c.person')}
       and ${id === undefined ? sql`true` : sql`c.id = ${id}`}
     order by (c.state in ('opened', 'heard')) desc,
              case when c.state in ('opened', 'heard') then c.hearing_due_at end, c.opened_at desc
     limit ${limit}`.execute(tx);
  return found.rows;
}
