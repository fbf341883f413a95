import type { Fact, Feature } from '../decisions/index.ts';
import { contactKeys, erasableKeys } from './contact-keys.ts';
import { contactsSlice, evolveContacts, type Contact, type Doubt } from './contact.ts';
import {
  allContactKeys,
  allContacts,
  allDoubts,
  loadByKeys,
  loadContacts,
  loadDoubts,
  loadDoubtsAbout,
  loadErasedKeys,
  saveContacts,
} from './contacts.store.ts';
import type { HeldFacts } from './held.ts';

/** Facts about a person not yet known say who it is; those about a known one give the contact's id. */
export interface AboutPerson {
  readonly identity?: HeldFacts;
  readonly contact?: string | null;
  readonly contacts?: readonly string[];
  readonly doubt?: string | null;
}

/** What somebody who already is here would be found by: these people's doubts are remembered. */
const RECOGNIZES: ReadonlySet<string> = new Set(['lead.received', 'lead.registered', 'lead.imported']);

export const contactsFeature: Feature = {
  name: 'contacts',
  load: async (tx, facts, _due, { organization, world, fingerprint }) => {
    world.get(contactsSlice).fingerprint = fingerprint;
    const about = facts as readonly (Fact & AboutPerson)[];
    const identities = about.flatMap((f) => f.identity ?? []);
    await loadByKeys(tx, world, [...new Set(identities.flatMap(contactKeys))]);
    if (about.some(({ fact }) => RECOGNIZES.has(fact)))
      await loadDoubtsAbout(tx, world, world.get(contactsSlice).contacts.ids());
    const keys = [...new Set(identities.flatMap(erasableKeys))];
    if (fingerprint !== null) await loadErasedKeys(tx, world, organization.id, keys, fingerprint);
    await loadContacts(
      tx,
      world,
      about.flatMap((f) => [...(f.contact == null ? [] : [f.contact]), ...(f.contacts ?? [])]),
    );
    await loadDoubts(
      tx,
      world,
      about.flatMap((f) => f.doubt ?? []),
    );
  },
  facts: new Map(),
  deadlines: new Map(),
  evolve: evolveContacts,
  save: saveContacts,
  changedSubjects: () => [],
  deadlinesOf: () => null,
  tables: [
    {
      table: 'contacts',
      key: ['id'],
      derived: (world) => world.get(contactsSlice).contacts.values().map(plainRow),
      stored: async (tx) => (await allContacts(tx)).map(plainRow),
    },
    {
      table: 'contact_keys',
      key: ['contact', 'key'],
      derived: (world) => world.get(contactsSlice).contacts.values().flatMap(keyRows),
      stored: allContactKeys,
    },
    {
      table: 'doubts',
      key: ['id'],
      derived: (world) => world.get(contactsSlice).doubts.values().map(doubtRow),
      stored: async (tx) => (await allDoubts(tx)).map(doubtRow),
    },
  ],
};

function plainRow(contact: Contact) {
  return { ...contact };
}

function doubtRow(doubt: Doubt) {
  return { ...doubt };
}

function keyRows(known: Contact) {
  return contactKeys(known).map((key) => ({ key, contact: known.id }));
}
