import { sql, type Kysely } from 'kysely';

import type { NoTables, Tx } from '../platform/database.ts';
import { DEFAULT_SETTINGS, type Organization } from './organization.ts';

/**
 * Takes the organization's lock until the end of the transaction, and reads it. FOR NO KEY UPDATE, so that rows which
 * refer to the organization can still be inserted by others meanwhile.
 */
export async function lockOrganization(tx: Tx, id: string): Promise<Organization> {
  const found = await sql<Organization>`
    select id, name, country, zone, locale, opened_at, adoptions, settings from organizations
     where id = ${id} for no key update`.execute(tx);
  const organization = found.rows[0];
  if (organization === undefined) throw new Error(`no organization ${id}`);
  return { ...organization, settings: { ...DEFAULT_SETTINGS, ...organization.settings } };
}

/** Reads it without the lock: for whoever only looks. */
export async function readOrganization(tx: Tx, id: string): Promise<Organization> {
  const found = await sql<Organization>`
    select id, name, country, zone, locale, opened_at, adoptions, settings from organizations where id = ${id}`.execute(
    tx,
  );
  const organization = found.rows[0];
  if (organization === undefined) throw new Error(`no organization ${id}`);
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
