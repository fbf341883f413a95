import { sql, type Kysely } from 'kysely';

import type { NoTables, Tx } from '../platform/database.ts';
import { DEFAULT_SETTINGS, type Organization } from './organization.ts';

/**
 * Takes the organization's lock until the end of the transaction, and reads it. FOR NO KEY UPDATE, so that rows which
 * refer to the organization can still be inserted by others meanwhile. A decision looks up few rows by their keys, always
 * in the same way: no plan that reads whole tables (one made while they were small would go on doing so as an import
 * fills them), and no plan made anew each time.
 */
export async function lockOrganization(tx: Tx, id: string): Promise<Organization> {
  const found = await sql<Organization & { readonly byIndex: string; readonly planned: string }>`
    select id, name, country, zone, locale, opened_at, adoptions, settings,
           set_config('enable_seqscan', 'off', true) as by_index,
           set_config('plan_cache_mode', 'force_generic_plan', true) as planned
      from organizations
     where id = ${id} for no key update`.execute(tx);
  const row = found.rows[0];
  if (row === undefined) throw new Error(`no organization ${id}`);
  const { byIndex: _byIndex, planned: _planned, ...organization } = row;
  return { ...organization, settings: { ...DEFAULT_SETTINGS, ...organization.settings } };
}

/** Reads it without its lock, for work outside of decisions. Null when there is none. */
export async function readOrganization(db: Kysely<NoTables>, id: string): Promise<Organization | null> {
  const found = await sql<Organization>`
    select id, name, country, zone, locale, opened_at, adoptions, settings from organizations
     where id = ${id}`.execute(db);
  const organization = found.rows[0];
  if (organization === undefined) return null;
  return { ...organization, settings: { ...DEFAULT_SETTINGS, ...organization.settings } };
}

/** Makes the row that the lock needs; the fact `organization.opened` then says what the organization is. */
export async function insertOrganization(
  db: Kysely<NoTables>,
  o: Omit<Organization, 'adoptions' | 'settings'>,
): Promise<void> {
  await sql`
    insert into organizations (id, name, country, zone, locale, opened_at)
    values (${o.id}, ${o.name}, ${o.country}, ${o.zone}, ${o.locale}, ${o.openedAt})`.execute(db);
}

export async function saveOrganization(tx: Tx, o: Organization): Promise<void> {
  await sql`
    update organizations set name = ${o.name}, country = ${o.country}, zone = ${o.zone}, locale = ${o.locale},
           settings = ${JSON.stringify(o.settings)}::jsonb, adoptions = ${JSON.stringify(o.adoptions)}::jsonb
     where id = ${o.id}`.execute(tx);
}

export async function listOrganizations(db: Kysely<NoTables>): Promise<Organization[]> {
  const found = await sql<Organization>`
    select id, name, country, zone, locale, opened_at, adoptions, settings from organizations order by opened_at, id`.execute(
    db,
  );
  return found.rows.map((o) => ({ ...o, settings: { ...DEFAULT_SETTINGS, ...o.settings } }));
}
