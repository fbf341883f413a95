import { sql, type RawBuilder } from 'kysely';

import { World } from '../decisions/index.ts';
import { entriesAbout } from '../journal/index.ts';
import type { Tx } from '../platform/database.ts';
import type { Instant } from '../platform/time.ts';
import { contact, contactsSlice, type Contact, type Doubt } from './contact.ts';
import { loadContacts, loadDoubts } from './contacts.store.ts';
import { factsOf } from './held.ts';
import type { KeptBy } from './kept.ts';
import { contactsOfPerson, standsFor } from './one-person.ts';
import { containing } from './search-text.ts';

/** What of a lead is shown beside its person; the leads' own feature reads it. */
export interface LeadOfPerson {
  readonly id: string;
  readonly number: number;
  readonly contact: string;
  readonly source: string;
  readonly receivedAt: Instant;
  readonly stage: string;
  readonly queue: string | null;
  readonly holder: string | null;
  readonly status: string;
  readonly grade: string | null;
  readonly contactedAt: Instant | null;
  readonly duplicateOf: string | null;
}

/**
 * People found by parts of a name, phone or e-mail, newest first. `within`: only these contacts, as the list of an
 * `in (…)`; null for all. The row keeps everything it is looked for by in one text, so no table of another is read.
 */
export async function searchPeople(
  tx: Tx,
  {
    parts,
    within,
    limit,
  }: {
    readonly parts: readonly string[];
    readonly within: RawBuilder<unknown> | null;
    readonly limit: number;
  },
): Promise<string[]> {
  const scope = within === null ? sql`true` : sql`id in (${within})`;
  const found = await sql<{ id: string }>`
    select id from contacts
     where organization_id = (select pauta_organization()) and merged_into is null and erased_at is null
       and search like all(${parts.map(containing)}::text[]) and ${scope}
     order by created_at desc, id limit ${limit}`.execute(tx);
  return found.rows.map(({ id }) => id);
}

/** One person with all their contacts; null when there is none, or it was merged and the other is meant. */
export async function readPerson(
  tx: Tx,
  id: string,
): Promise<{ person: Contact; contacts: Contact[] } | null> {
  const world = new World();
  await loadContacts(tx, world, [id]);
  if (contact(world, id) === undefined) return null;
  const contacts = contactsOfPerson(world, id);
  const [person] = contacts;
  return person === undefined ? null : { person, contacts };
}

export async function readPeople(tx: Tx, ids: readonly string[]): Promise<Contact[]> {
  const world = new World();
  await loadContacts(tx, world, ids);
  return ids.flatMap((id) => contact(world, id) ?? []);
}

export interface OpenDoubt {
  readonly doubt: Doubt;
  /** As they stand now: the contact the doubt was raised about may have been merged since. */
  readonly people: readonly [Contact, Contact];
}

/** The queue: doubts not settled yet, oldest first. One about people who are one by now is settled already. */
export async function readOpenDoubts(tx: Tx, limit: number): Promise<OpenDoubt[]> {
  const world = new World();
  const found = await sql<{ id: string }>`
    select id from doubts
     where organization_id = (select pauta_organization()) and settled_at is null
     order by raised_at, id limit ${limit}`.execute(tx);
  await loadDoubts(
    tx,
    world,
    found.rows.map(({ id }) => id),
  );
  return world
    .get(contactsSlice)
    .doubts.values()
    .toSorted((a, b) => (a.raisedAt + a.id < b.raisedAt + b.id ? -1 : 1))
    .flatMap((doubt) => {
      const one = contact(world, standsFor(world, doubt.contact));
      const other = contact(world, standsFor(world, doubt.other));
      return one === undefined || other === undefined || one.id === other.id
        ? []
        : [{ doubt, people: [one, other] as const }];
    });
}

export const keptContacts: KeptBy = {
  section: 'contacts',
  of: async (tx, { contacts }) => {
    const people = await readPeople(tx, contacts);
    return people.map(({ id, createdAt, consents, ...held }) => ({
      id,
      createdAt,
      ...factsOf(held),
      consents,
    }));
  },
};

export const keptJournal: KeptBy = { section: 'journal', of: entriesAbout };
