import { sql, type RawBuilder } from 'kysely';

import { startOfMonth, nextMonth, type Month } from '../calendar/index.ts';
import { currentOrganization, type World } from '../decisions/index.ts';
import type { Tx } from '../platform/database.ts';
import { saveRows, type Row } from '../platform/rows.ts';
import { ledgerSlice, lineKey, type Line } from './ledger.ts';
import { salesSlice, type Sale } from './sale.ts';
import { sanctionsSlice, type Sanction } from './sanction.ts';

const OWN = sql.raw('organization_id = (select pauta_organization())');
const SALE =
  sql.raw(`id, lead, closed_at, closed_by, seller, manager, price, advisor_commission, manager_commission,
  through_center, support, canceled_at`);
const LINE = sql.raw(`sale, number, person, role, part, sanction, percent, amount, month, at, why, because`);
const SANCTION =
  sql.raw(`id, person, breach, reported_by, opened_at, lead, sale, claim, account, state, hearing_due_at,
  answered_at, answer, ruled_at, ruled_by, percent, month, heard, reasons, struck_at, overturned_at, overturned_by, overturned_why,
  because`);

export interface SaleKeys {
  readonly sales?: readonly string[];
  readonly leads?: readonly string[];
  /** Closings of these people, as seller or manager, in these local months. */
  readonly ofPeople?: readonly { readonly person: string; readonly month: Month }[];
}

/** Closings with all their lines. */
export async function loadSales(tx: Tx, world: World, keys: SaleKeys): Promise<void> {
  const { sales: ids = [], leads = [], ofPeople = [] } = keys;
  const { zone } = currentOrganization(world);
  const wanted: RawBuilder<unknown>[] = [];
  if (ids.length > 0) wanted.push(sql`id = any(${ids}::text[])`);
  if (leads.length > 0) wanted.push(sql`lead = any(${leads}::text[])`);
  for (const { person, month } of ofPeople) {
    const [from, to] = [startOfMonth(month, zone), startOfMonth(nextMonth(month), zone)];
    wanted.push(sql`seller = ${person} and closed_at >= ${from} and closed_at < ${to}`);
    wanted.push(sql`manager = ${person} and closed_at >= ${from} and closed_at < ${to}`);
  }
  if (wanted.length === 0) return;
  // One branch for each condition: joined by OR, no index would serve them.
  const branches = wanted.map((condition) => sql`select ${SALE} from sales where ${OWN} and ${condition}`);
  const { sales } = world.get(salesSlice);
  const found = (await sql<Sale>`${sql.join(branches, sql` union all `)}`.execute(tx)).rows;
  for (const row of found) sales.loaded(row.id, row);
  const lines = await sql<Line>`
    select ${LINE} from commission_lines where ${OWN} and sale = any(${found.map(({ id }) => id)}::text[])`.execute(
    tx,
  );
  const ledger = world.get(ledgerSlice).lines;
  for (const row of lines.rows) ledger.loaded(lineKey(row), row);
}

export interface SanctionKeys {
  readonly ids?: readonly string[];
  /** Decided for closings of these months, or for these closings. */
  readonly months?: readonly Month[];
  readonly sales?: readonly string[];
  /** Of these leads; with `tenMinutes`, also those that name no lead. */
  readonly leads?: readonly string[];
  readonly tenMinutes?: boolean;
  /** All that hold words about a lead: somebody is erased. */
  readonly worded?: boolean;
}

export async function loadSanctions(tx: Tx, world: World, keys: SanctionKeys): Promise<void> {
  const { ids = [], months = [], sales = [], leads = [], tenMinutes = false, worded = false } = keys;
  const wanted: RawBuilder<unknown>[] = [];
  if (ids.length > 0) wanted.push(sql`id = any(${ids}::text[])`);
  if (months.length > 0) wanted.push(sql`state = 'decided' and month = any(${months}::text[])`);
  if (sales.length > 0) wanted.push(sql`state = 'decided' and sale = any(${sales}::text[])`);
  if (leads.length > 0) wanted.push(sql`lead = any(${leads}::text[])`);
  if (tenMinutes) wanted.push(sql`breach like '%#L4' and lead is null and state <> 'overturned'`);
  if (worded) wanted.push(sql`lead is not null`);
  if (wanted.length === 0) return;
  const branches = wanted.map(
    (condition) => sql`select ${SANCTION} from sanctions where ${OWN} and ${condition}`,
  );
  const { sanctions } = world.get(sanctionsSlice);
  const found = await sql<Sanction>`${sql.join(branches, sql` union all `)}`.execute(tx);
  for (const row of found.rows) sanctions.loaded(row.id, row);
}

function rows(changed: readonly (readonly [string, object])[]): Row[] {
  return changed.map(([, row]) => ({ ...row }));
}

export async function saveMoney(tx: Tx, organization: string, world: World): Promise<void> {
  const { sales } = world.get(salesSlice);
  const { lines } = world.get(ledgerSlice);
  const { sanctions } = world.get(sanctionsSlice);
  await Promise.all([
    saveRows(tx, organization, 'sales', ['id'], rows(sales.changed())),
    saveRows(tx, organization, 'commission_lines', ['sale', 'number'], rows(lines.changed())),
    saveRows(tx, organization, 'sanctions', ['id'], rows(sanctions.changed())),
  ]);
}

export async function allSales(tx: Tx): Promise<Sale[]> {
  return (await sql<Sale>`select ${SALE} from sales where ${OWN}`.execute(tx)).rows;
}

export async function allLines(tx: Tx): Promise<Line[]> {
  return (await sql<Line>`select ${LINE} from commission_lines where ${OWN}`.execute(tx)).rows;
}

export async function allSanctions(tx: Tx): Promise<Sanction[]> {
  return (await sql<Sanction>`select ${SANCTION} from sanctions where ${OWN}`.execute(tx)).rows;
}
