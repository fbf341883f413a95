import { sql, type RawBuilder } from 'kysely';

import { erasedNow, type Erasing, type HeldFacts } from '../contacts/index.ts';
import type { World } from '../decisions/index.ts';
import type { Tx } from '../platform/database.ts';
import { erasePersonal } from '../journal/index.ts';
import { saveRows } from '../platform/rows.ts';
import type { Instant } from '../platform/time.ts';
import { eraseBodies } from '../sources/index.ts';
import type { Lead } from './lead.ts';
import { leadsSlice, placeKey, type LeadIntake, type RotationPlace } from './leads-slice.ts';

const LEAD_COLUMNS =
  sql.raw(`id, number, contact, source, source_id, origin, zone, referred_by, duplicate_of, received_at,
  sent_at, stage, holder, queue, why, taken_from, held_until, held_then, paced, assigned_at, due_at, notice_due_at,
  notified_at, contacted_at, audit_listed_at, waits_for_call, wait_ends_at, status, grade, claims, frozen_at, tenures`);

export interface LeadKeys {
  readonly ids: readonly string[];
  /** Leads of these contacts. */
  readonly contacts: readonly string[];
  /** Open leads these people hold: somebody is leaving. */
  readonly holders: readonly string[];
  /** Also those given since then whose term is open, which keep their holders busy (held.release: paced); null: none. */
  readonly openSince: Instant | null;
}

export async function loadLeads(tx: Tx, world: World, keys: LeadKeys): Promise<void> {
  const wanted: RawBuilder<unknown>[] = [];
  if (keys.ids.length > 0) wanted.push(sql`id = any(${keys.ids}::text[])`);
  if (keys.contacts.length > 0) wanted.push(sql`contact = any(${keys.contacts}::text[])`);
  if (keys.holders.length > 0) wanted.push(sql`holder = any(${keys.holders}::text[])`);
  wanted.push(sql`stage = 'held' and paced`);
  if (keys.openSince !== null) {
    // Of who was not told in time neither clock runs, where the term counts from the notice.
    const untold = sql`stage = 'assigned' and due_at is null and notice_due_at is null and notified_at is null`;
    wanted.push(sql`due_at is not null`, sql`notice_due_at is not null and due_at is null`);
    wanted.push(sql`assigned_at >= ${keys.openSince}::timestamptz and ${untold} and contacted_at is null`);
  }
  // One branch for each condition: joined by OR, no index would serve them.
  const branches = wanted.map(
    (condition) =>
      sql`select ${LEAD_COLUMNS} from leads where organization_id = (select pauta_organization()) and ${condition}`,
  );
  const found = await sql<Lead>`${sql.join(branches, sql` union all `)}`.execute(tx);
  const { leads } = world.get(leadsSlice);
  for (const row of found.rows) leads.loaded(row.id, row);
}

/** Leads by their source's own ids: a repeat is known by them, however it comes in. */
export async function loadLeadsToldBefore(
  tx: Tx,
  world: World,
  told: readonly { readonly source: string; readonly sourceId: string }[],
): Promise<void> {
  if (told.length === 0) return;
  const found = await sql<Lead>`
    select known.*
      from unnest(${told.map((t) => t.source)}::text[], ${told.map((t) => t.sourceId)}::text[]) as told(by_source, id_there)
      cross join lateral (
        select ${LEAD_COLUMNS} from leads
         where organization_id = (select pauta_organization()) and source = told.by_source and source_id = told.id_there
         limit 1) known`.execute(tx);
  const { leads } = world.get(leadsSlice);
  for (const row of found.rows) leads.loaded(row.id, row);
}

export async function loadTurns(tx: Tx, world: World): Promise<void> {
  const state = world.get(leadsSlice);
  const [places, last] = await Promise.all([
    sql<RotationPlace>`
      select rotation, person, last, owed from rotations where organization_id = (select pauta_organization())`.execute(
      tx,
    ),
    sql<{ number: number | null }>`
      select max(number) as number from leads where organization_id = (select pauta_organization())`.execute(
      tx,
    ),
  ]);
  for (const place of places.rows) state.rotations.loaded(placeKey(place.rotation, place.person), place);
  state.lastNumber = Math.max(state.lastNumber, last.rows[0]?.number ?? 0);
}

export async function saveLeads(tx: Tx, organization: string, world: World): Promise<void> {
  const { leads, rotations, intakes, forgetting } = world.get(leadsSlice);
  await Promise.all([
    saveRows(
      tx,
      organization,
      'leads',
      ['id'],
      leads.changed().map(([, lead]) => ({ ...lead })),
    ),
    saveRows(
      tx,
      organization,
      'lead_intakes',
      ['lead'],
      intakes.changed().map(([, intake]) => ({ ...intake })),
    ),
    saveRows(
      tx,
      organization,
      'rotations',
      ['rotation', 'person'],
      rotations.changed().map(([, place]) => ({ ...place })),
    ),
  ]);
  await eraseBodiesOf(tx, erasedNow(world), forgetting);
}

export async function loadIntakesOfContacts(
  tx: Tx,
  world: World,
  contacts: readonly string[],
): Promise<void> {
  if (contacts.length === 0) return;
  const found = await sql<LeadIntake>`
    select lead, contact, name, phones, emails, message, consent, campaign, fields, receipt from lead_intakes
     where organization_id = (select pauta_organization()) and contact = any(${contacts}::text[])`.execute(
    tx,
  );
  const { intakes } = world.get(leadsSlice);
  for (const row of found.rows) intakes.loaded(row.lead, row);
}

/** What came under these very words and belongs to no contact. */
export async function loadLooseIntakes(tx: Tx, world: World, asReceived: readonly string[]): Promise<void> {
  if (asReceived.length === 0) return;
  const found = await sql<LeadIntake>`
    select lead, contact, name, phones, emails, message, consent, campaign, fields, receipt from lead_intakes
     where organization_id = (select pauta_organization()) and contact is null
       and (phones && ${asReceived}::text[] or emails && ${asReceived}::text[])`.execute(tx);
  const { intakes } = world.get(leadsSlice);
  for (const row of found.rows) intakes.loaded(row.lead, row);
}

/** Shorter words would be found in anybody's. */
const NEEDLE_CHARACTERS_MIN = 6;
const NATIONAL_DIGITS = 10;

/** By which text of somebody else's making an erased person is found: as they wrote it, and as a number is written bare. */
function needlesOf({ phones, emails }: HeldFacts): string[] {
  const bare = phones.map(({ value }) => value.slice(-NATIONAL_DIGITS));
  const written = [...phones, ...emails].flatMap(({ raw, value }) => [raw, value]);
  return [...new Set([...written, ...bare])].filter((text) => text.length >= NEEDLE_CHARACTERS_MIN);
}

/** What the leads of an erased person brought, and those whose time is over. */
async function eraseBodiesOf(
  tx: Tx,
  erased: readonly Erasing[],
  forgetting: readonly string[],
): Promise<void> {
  for (const { leads, facts } of erased) {
    if (leads.length === 0) continue;
    await eraseBodies(tx, { leads, receipts: await receiptsOf(tx, leads), needles: needlesOf(facts) });
  }
  if (forgetting.length === 0) return;
  await erasePersonal(tx, { contact: '', leads: forgetting });
  await eraseBodies(tx, { leads: forgetting, receipts: await receiptsOf(tx, forgetting), needles: [] });
}

async function receiptsOf(tx: Tx, leads: readonly string[]): Promise<string[]> {
  const found = await sql<{ receipt: string }>`
    select receipt from lead_intakes
     where organization_id = (select pauta_organization()) and receipt is not null and lead = any(${leads}::text[])`.execute(
    tx,
  );
  return found.rows.map(({ receipt }) => receipt);
}

/** Leads refused on arrival before `before`, of nobody, that still hold what they brought. */
export async function forgettableLeads(tx: Tx, before: Instant, limit: number): Promise<string[]> {
  const found = await sql<{ id: string }>`
    select l.id from leads l
      join lead_intakes i on i.organization_id = l.organization_id and i.lead = l.id
     where l.organization_id = (select pauta_organization()) and l.stage = 'refused' and l.contact is null
       and l.received_at < ${before} and i.contact is null
       and (i.name is not null or i.phones <> '{}' or i.emails <> '{}' or i.message is not null
            or i.fields <> '{}'::jsonb or i.consent is not null)
     order by l.received_at limit ${limit}`.execute(tx);
  return found.rows.map(({ id }) => id);
}

/** What is to be forgotten: they are few, and nothing else of them is needed. */
export async function loadIntakes(tx: Tx, world: World, leads: readonly string[]): Promise<void> {
  if (leads.length === 0) return;
  const found = await sql<LeadIntake>`
    select lead, contact, name, phones, emails, message, consent, campaign, fields, receipt from lead_intakes
     where organization_id = (select pauta_organization()) and lead = any(${leads}::text[])`.execute(tx);
  const { intakes } = world.get(leadsSlice);
  for (const row of found.rows) intakes.loaded(row.lead, row);
}

export async function allLeads(tx: Tx): Promise<Lead[]> {
  const found = await sql<Lead>`
    select ${LEAD_COLUMNS} from leads where organization_id = (select pauta_organization())`.execute(tx);
  return found.rows;
}

export async function allIntakes(tx: Tx): Promise<LeadIntake[]> {
  const found = await sql<LeadIntake>`
    select lead, contact, name, phones, emails, message, consent, campaign, fields, receipt from lead_intakes
     where organization_id = (select pauta_organization())`.execute(tx);
  return found.rows;
}

export async function allRotations(tx: Tx): Promise<RotationPlace[]> {
  const found = await sql<RotationPlace>`
    select rotation, person, last, owed from rotations where organization_id = (select pauta_organization())`.execute(
    tx,
  );
  return found.rows;
}
