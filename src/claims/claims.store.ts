import { sql, type RawBuilder } from 'kysely';

import { loadContacts, type KeptBy } from '../contacts/index.ts';
import type { Loading, World } from '../decisions/index.ts';
import { loadInteractions } from '../follow-up/index.ts';
import { loadHolds } from '../gate/index.ts';
import { leadsOfContact, leadsSlice, loadLeads } from '../leads/index.ts';
import { loadMoney } from '../money/index.ts';
import type { Tx } from '../platform/database.ts';
import { saveRows, type Row } from '../platform/rows.ts';
import type { Claim } from './claim.ts';
import { claimsSlice, type KeptIncubation } from './claims-slice.ts';
import { editsSlice, type LeadEdit } from './edits.ts';

const CLAIM =
  sql.raw(`id, lead, requester, requested_at, state, missing, name, phone, email, source, image_dated_on,
  image, image_sha256, first_contact_shown, waits_for, ruling_due_at, ruling_missed_at, handler, holder, asked_at, evidence_due_at,
  excepted_until, reminded_at, ruling_reminded_at, evidence, completed_at, signatures, proposed_at, outcome, line, because,
  unmet, ruled_at, ruled_outcome, ruled_by, otherwise, reasons, released_at, appealed_at, appealed_by, appeal_reasons,
  appeal_due_at, appeal_missed_at, appeal_ruled_at, appeal_ruled_by, appeal_outcome, appeal_ruling, closed_at, closed_why`);

async function loadWhere(tx: Tx, world: World, condition: RawBuilder<unknown>): Promise<Claim[]> {
  const found = await sql<Claim>`
    select ${CLAIM} from claims where organization_id = (select pauta_organization()) and ${condition}`.execute(
    tx,
  );
  const { claims } = world.get(claimsSlice);
  for (const row of found.rows) claims.loaded(row.id, row);
  return found.rows;
}

export async function loadClaims(tx: Tx, world: World, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await loadWhere(tx, world, sql`id = any(${ids}::text[])`);
}

export async function loadClaimsOfLeads(tx: Tx, world: World, leads: readonly string[]): Promise<void> {
  if (leads.length > 0) await loadWhere(tx, world, sql`lead = any(${leads}::text[])`);
}

/** Somebody leaves: what they asked for is not asked any more. */
export async function loadClaimsAskedBy(tx: Tx, world: World, people: readonly string[]): Promise<void> {
  if (people.length > 0)
    await loadWhere(
      tx,
      world,
      sql`requester = any(${people}::text[]) and state in ('waiting', 'open', 'asked', 'proposed')`,
    );
}

/** Everything a ruling on these leads may look at: the person's other leads, claims, holds and interactions. */
export async function loadGrounds(
  tx: Tx,
  loading: Pick<Loading, 'world' | 'now' | 'organization'>,
  ids: readonly string[],
): Promise<void> {
  const { world } = loading;
  if (ids.length === 0) return;
  const none = { ids: [], contacts: [], holders: [], openSince: null };
  await loadLeads(tx, world, { ...none, ids });
  const { leads } = world.get(leadsSlice);
  const contacts = [...new Set(ids.flatMap((id) => leads.get(id)?.contact ?? []))];
  if (contacts.length > 0) {
    await loadContacts(tx, world, contacts);
    await loadLeads(tx, world, { ...none, contacts });
    await loadHolds(tx, world, contacts);
  }
  const all = [
    ...new Set([...ids, ...contacts.flatMap((each) => leadsOfContact(world, each).map(({ id }) => id))]),
  ];
  await Promise.all([
    loadClaimsOfLeads(tx, world, all),
    loadIncubations(tx, world, all),
    loadEdits(tx, world, all),
    loadInteractions(tx, world, all),
    loadMoney(tx, world, loading, { leads: all }),
  ]);
}

async function loadIncubations(tx: Tx, world: World, leads: readonly string[]): Promise<void> {
  const found = await sql<KeptIncubation>`
    select lead, at, by, next_contact_on, evidence from incubations
     where organization_id = (select pauta_organization()) and lead = any(${leads}::text[])`.execute(tx);
  const { incubations } = world.get(claimsSlice);
  for (const row of found.rows) incubations.loaded(`${row.lead} ${row.at}`, row);
}

const EDIT = sql.raw('id, lead, at, by, field, before, after, flags, claim');

export async function loadEdits(tx: Tx, world: World, leads: readonly string[]): Promise<void> {
  if (leads.length === 0) return;
  const found = await sql<LeadEdit>`
    select ${EDIT} from lead_edits
     where organization_id = (select pauta_organization()) and lead = any(${leads}::text[])`.execute(tx);
  const { edits } = world.get(editsSlice);
  for (const row of found.rows) edits.loaded(row.id, row);
}

export async function allEdits(tx: Tx): Promise<Row[]> {
  const found = await sql<LeadEdit>`
    select ${EDIT} from lead_edits where organization_id = (select pauta_organization())`.execute(tx);
  return found.rows.map((row) => ({ ...row }));
}

export async function saveClaims(tx: Tx, organization: string, world: World): Promise<void> {
  const { claims, incubations, erasing } = world.get(claimsSlice);
  await Promise.all([
    saveRows(
      tx,
      organization,
      'claims',
      ['id'],
      claims.changed().map(([, each]) => ({ ...each })),
    ),
    saveRows(
      tx,
      organization,
      'incubations',
      ['lead', 'at'],
      incubations.changed().map(([, each]) => ({ ...each })),
    ),
    saveRows(
      tx,
      organization,
      'lead_edits',
      ['id'],
      world
        .get(editsSlice)
        .edits.changed()
        .map(([, each]) => ({ ...each })),
    ),
  ]);
  if (erasing.length > 0)
    await sql`
      delete from claim_images
       where organization_id = (select pauta_organization()) and lead = any(${erasing}::text[])`.execute(tx);
}

export async function allClaims(tx: Tx): Promise<Row[]> {
  const found = await sql<Claim>`
    select ${CLAIM} from claims where organization_id = (select pauta_organization())`.execute(tx);
  return found.rows.map((row) => ({ ...row }));
}

export async function allIncubations(tx: Tx): Promise<Row[]> {
  const found = await sql<KeptIncubation>`
    select lead, at, by, next_contact_on, evidence from incubations
     where organization_id = (select pauta_organization())`.execute(tx);
  return found.rows.map((row) => ({ ...row }));
}

/** What is kept about a person in claims, for who asks for all of it. */
export const keptClaims: KeptBy = {
  section: 'claims',
  of: async (tx, { leads }) =>
    (
      await sql<Row>`
        select ${CLAIM} from claims
         where organization_id = (select pauta_organization()) and lead = any(${leads}::text[])`.execute(tx)
    ).rows,
};
