import { sql } from 'kysely';

import type { Fingerprint, World } from '../decisions/index.ts';
import type { Tx } from '../platform/database.ts';
import { saveRows } from '../platform/rows.ts';
import { erasePersonal } from '../journal/index.ts';
import { contactKeys, erasableKeys } from './contact-keys.ts';
import { contactsSlice, erasedNow, type Contact, type Doubt } from './contact.ts';
import { searchText } from './search-text.ts';

const CONTACT =
  sql.raw(`id, created_at, names, phones, emails, documents, whatsapp_ids, consents, first_contact_by, first_contact_at,
  merged_into, merge, erased_at`);
const DOUBT = sql.raw(
  'id, contact, other, lead, score, evidence, raised_at, settled_at, settled_by, outcome',
);

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

/**
 * Loads contacts by id with all that is the same person: those they were merged into and those merged into them. Whoever
 * decides about a person must see all of them, or an opt-out said to one contact would not hold for the other.
 */
export async function loadContacts(tx: Tx, world: World, ids: readonly string[]): Promise<void> {
  const { contacts } = world.get(contactsSlice);
  const missing = [...new Set(ids)].filter((id) => !contacts.has(id));
  if (missing.length === 0) return;
  const found = await sql<Contact>`
    select ${CONTACT} from contacts
     where organization_id = (select pauta_organization())
       and (id = any(${missing}::text[]) or merged_into = any(${missing}::text[]))`.execute(tx);
  for (const row of found.rows) contacts.loaded(row.id, row);
  const asked = new Set(missing);
  const absorbed = found.rows.filter(({ id }) => !asked.has(id)).map(({ id }) => id);
  await loadAbsorbed(tx, world, absorbed);
  await loadContacts(
    tx,
    world,
    found.rows.flatMap((row) => row.mergedInto ?? []),
  );
}

async function loadAbsorbed(tx: Tx, world: World, into: readonly string[]): Promise<void> {
  if (into.length === 0) return;
  const { contacts } = world.get(contactsSlice);
  const found = await sql<Contact>`
    select ${CONTACT} from contacts
     where organization_id = (select pauta_organization()) and merged_into = any(${into}::text[])`.execute(
    tx,
  );
  const fresh = found.rows.filter(({ id }) => !contacts.has(id));
  for (const row of fresh) contacts.loaded(row.id, row);
  await loadAbsorbed(
    tx,
    world,
    fresh.map(({ id }) => id),
  );
}

/** The doubts there are, or have been, about these contacts, with the people on both sides. */
export async function loadDoubtsAbout(tx: Tx, world: World, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const found = await sql<{ id: string }>`
    select id from doubts
     where organization_id = (select pauta_organization())
       and (contact = any(${ids}::text[]) or other = any(${ids}::text[]))`.execute(tx);
  await loadDoubts(
    tx,
    world,
    found.rows.map(({ id }) => id),
  );
}

/** Which of these keys were an erased person's. */
export async function loadErasedKeys(
  tx: Tx,
  world: World,
  organization: string,
  keys: readonly string[],
  fingerprint: Fingerprint,
): Promise<void> {
  if (keys.length === 0) return;
  const any = await sql`
    select from erased_keys where organization_id = (select pauta_organization()) limit 1`.execute(tx);
  // Of most organizations nobody was ever erased, and a hash of every key of every row costs more than asking.
  if (any.rows.length === 0) return;
  const byHash = new Map(keys.map((key) => [fingerprint(organization, key), key]));
  const found = await sql<{ hash: string }>`
    select hash from erased_keys
     where organization_id = (select pauta_organization()) and hash = any(${[...byHash.keys()]}::text[])`.execute(
    tx,
  );
  const { erasedKeys } = world.get(contactsSlice);
  for (const { hash } of found.rows) erasedKeys.add(byHash.get(hash) ?? hash);
}

/** What goes with an erased person beside their row: the journal's personal data; what stays is a hash of each key. */
async function eraseBeside(tx: Tx, organization: string, world: World): Promise<void> {
  const { fingerprint } = world.get(contactsSlice);
  for (const { contact, leads, facts, at } of erasedNow(world)) {
    // Better no erasure than one that forgets whom not to contact.
    if (fingerprint === null) throw new Error('this house has no fingerprint for what it erases');
    await erasePersonal(tx, { contact, leads });
    const hashes = [...new Set(erasableKeys(facts))].map((key) => fingerprint(organization, key));
    await sql`
      insert into erased_keys (organization_id, hash, erased_at)
      select ${organization}, hash, ${at}::timestamptz from unnest(${hashes}::text[]) as hash
      on conflict do nothing`.execute(tx);
  }
}

export async function loadDoubts(tx: Tx, world: World, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const found = await sql<Doubt>`
    select ${DOUBT} from doubts
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
  await Promise.all([
    eraseBeside(tx, organization, world),
    saveRows(
      tx,
      organization,
      'contacts',
      ['id'],
      changed.map((contact) => ({ ...contact, search: searchText(contact) })),
    ),
    saveRows(
      tx,
      organization,
      'doubts',
      ['id'],
      doubts.changed().map(([, doubt]) => ({ ...doubt })),
    ),
    saveKeys(tx, organization, changed),
  ]);
}

async function saveKeys(tx: Tx, organization: string, changed: readonly Contact[]): Promise<void> {
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
    select ${CONTACT} from contacts where organization_id = (select pauta_organization()) order by id`.execute(
    tx,
  );
  return found.rows;
}

export async function allDoubts(tx: Tx): Promise<Doubt[]> {
  const found = await sql<Doubt>`
    select ${DOUBT} from doubts
     where organization_id = (select pauta_organization()) order by id`.execute(tx);
  return found.rows;
}

export async function allContactKeys(tx: Tx): Promise<{ key: string; contact: string }[]> {
  const found = await sql<{ key: string; contact: string }>`
    select key, contact from contact_keys where organization_id = (select pauta_organization())`.execute(tx);
  return found.rows;
}

/** Whoever is known by this phone or WhatsApp id, merged ones included: what they say holds for all they are known as. */
export async function contactsKnownBy(
  tx: Tx,
  by: { readonly phone: string | null; readonly whatsappId: string | null; readonly email?: string | null },
): Promise<string[]> {
  const keys = [
    ...(by.phone === null ? [] : [`phone:${by.phone}`]),
    ...(by.email == null ? [] : [`email:${by.email}`]),
    ...(by.whatsappId === null ? [] : [`whatsapp:${by.whatsappId}`]),
  ];
  const found = await sql<{ contact: string }>`
    select distinct contact from contact_keys
     where organization_id = (select pauta_organization()) and key = any(${keys}::text[])`.execute(tx);
  return found.rows.map((row) => row.contact);
}
