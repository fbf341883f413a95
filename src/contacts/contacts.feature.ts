import { on, type Deciding, type Fact, type Feature, type Refusal } from '../decisions/index.ts';
import { houseRule } from '../procedures/index.ts';
import { contactKeys } from './contact-keys.ts';
import { contact, contactsSlice, evolveContacts, type Contact, type Doubt } from './contact.ts';
import {
  allContactKeys,
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

/** A person asked to be forgotten: every feature lets go of what it holds of them, and so does the journal. */
interface ContactErased extends Fact {
  readonly fact: 'contact.erased';
  readonly contact: string;
}

function erase(fact: ContactErased, deciding: Deciding): Refusal | void {
  const known = contact(deciding.world, fact.contact);
  if (known === undefined) return { refused: 'no-such-contact', because: [houseRule('facts')] };
  if (known.erasedAt !== null) return undefined;
  deciding.record({
    entry: 'contact.erased',
    kind: 'fact',
    because: [],
    contact: known.id,
    fields: { contact: known.id },
  });
  return undefined;
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
  facts: new Map([on<ContactErased>('contact.erased', erase)]),
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
