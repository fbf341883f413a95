import type { Fact, Feature } from '../decisions/index.ts';
import { contactKeys } from './contact-keys.ts';
import { contactsSlice, evolveContacts, type Contact, type Doubt } from './contact.ts';
import {
  allContacts,
  allDoubts,
  loadByKeys,
  loadContacts,
  loadDoubts,
  saveContacts,
} from './contacts.store.ts';
import type { HeldFacts } from './merge.ts';

/** Facts about a person not yet known say who it is; those about a known one give the contact's id. */
export interface AboutPerson {
  readonly identity?: HeldFacts;
  readonly contact?: string | null;
  readonly contacts?: readonly string[];
  readonly doubt?: string;
}

export const contactsFeature: Feature = {
  name: 'contacts',
  load: async (tx, facts, _due, { world }) => {
    const about = facts as readonly (Fact & AboutPerson)[];
    await loadByKeys(tx, world, [
      ...new Set(about.flatMap((f) => (f.identity === undefined ? [] : contactKeys(f.identity)))),
    ]);
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
