import { sql } from 'kysely';

import type { World } from '../decisions/index.ts';
import type { Tx } from '../platform/database.ts';
import { saveRows } from '../platform/rows.ts';
import { contactKeys } from './contact-keys.ts';
import { contactsSlice, type Contact, type Doubt } from './contact.ts';

/** People found by one key who are looked at; a phone or name of more people than this proves nothing anyway. */
const FOUND_BY_KEY_MAX = 20;

/** Loads the contacts that any of these keys finds. */
export async function loadByKeys(tx: Tx, world: World, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  const found = await sql<{ contact: string }>`
    select distinct f.contact
      from unnest(${keys}::text[]) as wanted(key)
      cross join lateral (
        select contact from contact_keys k
         where k.organization_id = (select pauta_organization()) and k.key = wanted.key
         limit ${FOUND_BY_KEY_MAX}) f`.execute(tx);
  await loadContacts(
    tx,
    world,
    found.rows.map((row) => row.contact),
  );
}

/** Loads contacts by id, and those they were merged into. */
export async function loadContacts(tx: Tx, world: World, ids: readonly string[]): Promise<void> {
  const { contacts } = world.get(contactsSlice);
  const missing = [...new Set(ids)].filter((id) => !contacts.has(id));
  if (missing.length === 0) return;
  const found = await sql<Contact>`
    select id, created_at, names, phones, emails, documents, whatsapp_ids, consents, first_contact_by, first_contact_at,
           merged_into, erased_at
      from contacts
     where organization_id = (select pauta_organization()) and id = any(${missing}::text[])`.execute(tx);
  for (const row of found.rows) contacts.loaded(row.id, row);
  await loadContacts(
    tx,
    world,
    found.rows.flatMap((row) => row.mergedInto ?? []),
  );
}

export async function loadDoubts(tx: Tx, world: World, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const found = await sql<Doubt>`
    select id, contact, other, lead, score, evidence, raised_at, settled_at, settled_by, outcome from doubts
     where organization_id = (select pauta_organization()) and id = any(${ids}::text[])`.execute(tx);
  const { doubts } = world.get(contactsSlice);
  for (const row of found.rows) doubts.loaded(row.id, row);
  await loadContacts(
    tx,
    world,
    found.rows.flatMap((row) => [row.contact, row.other]),
  );
}

export async function saveContacts(tx: Tx, organization: string, world: World): Promise<void> {
  const { contacts, doubts } = world.get(contactsSlice);
  const changed = contacts.changed().map(([, contact]) => contact);
  await saveRows(
    tx,
    organization,
    'contacts',
    ['id'],
    changed.map((contact) => ({ ...contact })),
  );
  await saveRows(
    tx,
    organization,
    'doubts',
    ['id'],
    doubts.changed().map(([, doubt]) => ({ ...doubt })),
  );
  if (changed.length === 0) return;
  const wanted = changed.flatMap((contact) =>
    contactKeys(contact).map((key) => ({ key, contact: contact.id })),
  );
  await sql`
    with wanted as (select * from jsonb_to_recordset(${JSON.stringify(wanted)}::jsonb) as r(key text, contact text)),
    gone as (
      delete from contact_keys k
       where k.organization_id = ${organization} and k.contact = any(${changed.map((c) => c.id)}::text[])
         and not exists (select from wanted w where w.key = k.key and w.contact = k.contact))
    insert into contact_keys (organization_id, key, contact) select ${organization}, key, contact from wanted
    on conflict do nothing`.execute(tx);
}

export async function allContacts(tx: Tx): Promise<Contact[]> {
  const found = await sql<Contact>`
    select id, created_at, names, phones, emails, documents, whatsapp_ids, consents, first_contact_by, first_contact_at,
           merged_into, erased_at
      from contacts where organization_id = (select pauta_organization()) order by id`.execute(tx);
  return found.rows;
}

export async function allDoubts(tx: Tx): Promise<Doubt[]> {
  const found = await sql<Doubt>`
    select id, contact, other, lead, score, evidence, raised_at, settled_at, settled_by, outcome from doubts
     where organization_id = (select pauta_organization()) order by id`.execute(tx);
  return found.rows;
}

export async function allContactKeys(tx: Tx): Promise<{ key: string; contact: string }[]> {
  const found = await sql<{ key: string; contact: string }>`
    select key, contact from contact_keys where organization_id = (select pauta_organization())`.execute(tx);
  return found.rows;
}
