import type { Fact, Feature, World } from '../decisions/index.ts';
import type { Tx } from '../platform/database.ts';
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

async function loadPeopleTheyMayBe(
  tx: Tx,
  world: World,
  about: readonly (Fact & AboutPerson)[],
  identities: readonly HeldFacts[],
): Promise<void> {
  await loadByKeys(tx, world, [...new Set(identities.flatMap(contactKeys))]);
  if (about.some(({ fact }) => RECOGNIZES.has(fact)))
    await loadDoubtsAbout(tx, world, world.get(contactsSlice).contacts.ids());
  const named = about.flatMap((f) => [...(f.contact == null ? [] : [f.contact]), ...(f.contacts ?? [])]);
  await loadContacts(tx, world, named);
  await loadDoubts(
    tx,
    world,
    about.flatMap((f) => f.doubt ?? []),
  );
}

export const contactsFeature: Feature = {
  name: 'contacts',
  load: async (tx, facts, _due, { organization, world, fingerprint }) => {
    world.get(contactsSlice).fingerprint = fingerprint;
    const about = facts as readonly (Fact & AboutPerson)[];
    const identities = about.flatMap((f) => f.identity ?? []);
    const erasable = [...new Set(identities.flatMap(erasableKeys))];
    await Promise.all([
      loadPeopleTheyMayBe(tx, world, about, identities),
      fingerprint === null ? null : loadErasedKeys(tx, world, organization.id, erasable, fingerprint),
    ]);
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
