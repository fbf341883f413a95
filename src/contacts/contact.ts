import { Rows, type World } from '../decisions/index.ts';
import type { JournalEntry, NewEntry } from '../journal/index.ts';
import type { Instant } from '../platform/time.ts';
import type { ConsentRecord } from './consent.ts';
import { contactKeys } from './contact-keys.ts';
import type { Candidate } from './find-same.ts';
import type { Held, HeldFacts } from './merge.ts';

/** A person we call or who writes to us, as far as sources have told. */
export interface Contact extends HeldFacts {
  readonly id: string;
  readonly createdAt: Instant;
  readonly consents: readonly ConsentRecord[];
  /** The advisor of the first proven contact with the person (contact-center-policy L9), and when. */
  readonly firstContactBy: string | null;
  readonly firstContactAt: Instant | null;
  readonly mergedInto: string | null;
  readonly erasedAt: Instant | null;
}

/** Two contacts that may be one person, for somebody to look at side by side. */
export interface Doubt {
  readonly id: string;
  readonly contact: string;
  readonly other: string;
  readonly lead: string;
  readonly score: number;
  readonly evidence: readonly { readonly kind: string; readonly points: number }[];
  readonly raisedAt: Instant;
  readonly settledAt: Instant | null;
  readonly settledBy: string | null;
  readonly outcome: 'same' | 'different' | null;
}

interface ContactsState {
  readonly contacts: Rows<Contact>;
  readonly doubts: Rows<Doubt>;
}

export const contactsSlice = {
  name: 'contacts',
  empty: (): ContactsState => ({ contacts: new Rows<Contact>(contactKeys), doubts: new Rows<Doubt>() }),
};

export const noFacts: HeldFacts = { names: [], phones: [], emails: [], documents: [], whatsappIds: [] };

export function contact(world: World, id: string): Contact | undefined {
  return world.get(contactsSlice).contacts.get(id);
}

export function doubt(world: World, id: string): Doubt | undefined {
  return world.get(contactsSlice).doubts.get(id);
}

export function values(held: readonly Held[]): string[] {
  return [...new Set(held.map((each) => each.value))];
}

export function asCandidate(known: Contact): Candidate {
  return {
    id: known.id,
    createdAt: known.createdAt,
    firstContactAt: known.firstContactAt,
    ...plainFacts(known),
  };
}

export function plainFacts(facts: HeldFacts) {
  return {
    names: values(facts.names),
    phones: values(facts.phones),
    emails: values(facts.emails),
    documents: values(facts.documents),
    whatsappIds: values(facts.whatsappIds),
  };
}

interface ContactFields {
  readonly lead?: string;
  readonly by?: string;
  readonly kept: string;
  readonly absorbed: string;
  readonly firstContactBy: string | null;
  readonly firstContactAt: Instant | null;
  readonly doubt: string;
  readonly other: string;
  readonly score: number;
  readonly evidence: Doubt['evidence'] & { readonly startedAt?: Instant };
  readonly outcome: 'same' | 'different';
}

interface ContactPersonal {
  readonly facts?: HeldFacts;
  readonly consent?: ConsentRecord | null;
  readonly added?: HeldFacts;
}

/** Every transition of a contact and of a doubt. What was received is added to, never overwritten. */
export function evolveContacts(world: World, entry: JournalEntry | NewEntry): void {
  const { contacts, doubts } = world.get(contactsSlice);
  const fields = entry.fields as unknown as ContactFields;
  const personal = (entry.personal ?? {}) as unknown as ContactPersonal;
  const id = entry.contact ?? null;
  const known = id === null ? undefined : contacts.get(id);
  switch (entry.entry) {
    case 'contact.registered':
      if (id !== null)
        contacts.set(id, { ...blank(id, entry.at), ...personal.facts, consents: consentsOf(personal) });
      return;
    case 'contact.recognized':
      if (known !== undefined)
        contacts.set(known.id, extended(known, personal.facts ?? noFacts, consentsOf(personal)));
      return;
    case 'lead.contacted':
      if (known !== undefined) contacts.set(known.id, contacted(known, fields, entry.at));
      return;
    case 'contact.doubt-raised':
      doubts.set(fields.doubt, {
        id: fields.doubt,
        contact: id ?? '',
        other: fields.other,
        lead: fields.lead ?? '',
        score: fields.score,
        evidence: fields.evidence,
        raisedAt: entry.at,
        settledAt: null,
        settledBy: null,
        outcome: null,
      });
      return;
    case 'contact.doubt-settled': {
      const open = doubts.get(fields.doubt);
      const settled = { settledAt: entry.at, settledBy: entry.actor, outcome: fields.outcome };
      if (open !== undefined) doubts.set(open.id, { ...open, ...settled });
      return;
    }
    case 'contact.merged':
    case 'contact.unmerged':
      mergeOrPart(contacts, entry.entry, fields, personal.added ?? noFacts);
      return;
    case 'contact.erased':
      if (known !== undefined)
        contacts.set(known.id, { ...known, ...noFacts, consents: [], erasedAt: entry.at });
      return;
    default:
  }
}

/** Who reached the person first is told by when the contact began, not by when the product learned of it (L9). */
function contacted(known: Contact, fields: ContactFields, learnedAt: Instant): Contact {
  const at = fields.evidence.startedAt ?? learnedAt;
  if (known.firstContactAt !== null && known.firstContactAt <= at) return known;
  return { ...known, firstContactBy: fields.by ?? null, firstContactAt: at };
}

function blank(id: string, at: Instant): Contact {
  const nobody = { firstContactBy: null, firstContactAt: null, mergedInto: null, erasedAt: null };
  return { id, createdAt: at, ...noFacts, consents: [], ...nobody };
}

function consentsOf(personal: ContactPersonal): ConsentRecord[] {
  return personal.consent == null ? [] : [personal.consent];
}

const kinds = ['names', 'phones', 'emails', 'documents', 'whatsappIds'] as const;

function eachKind(make: (kind: (typeof kinds)[number]) => readonly Held[]): HeldFacts {
  return {
    names: make('names'),
    phones: make('phones'),
    emails: make('emails'),
    documents: make('documents'),
    whatsappIds: make('whatsappIds'),
  };
}

/** Adds what is new; a value already held from any origin is not held twice by the same raw text. */
function extended(known: Contact, facts: HeldFacts, consents: readonly ConsentRecord[]): Contact {
  const added = eachKind((kind) => {
    const fresh = facts[kind].filter(
      (held) => !known[kind].some((k) => k.value === held.value && k.raw === held.raw),
    );
    return [...known[kind], ...fresh];
  });
  return { ...known, ...added, consents: [...known.consents, ...consents] };
}

function mergeOrPart(contacts: Rows<Contact>, act: string, fields: ContactFields, added: HeldFacts): void {
  const kept = contacts.get(fields.kept);
  const absorbed = contacts.get(fields.absorbed);
  if (kept === undefined || absorbed === undefined) return;
  const first = { firstContactBy: fields.firstContactBy, firstContactAt: fields.firstContactAt };
  if (act === 'contact.merged') {
    contacts.set(kept.id, { ...kept, ...eachKind((kind) => [...kept[kind], ...added[kind]]), ...first });
    contacts.set(absorbed.id, { ...absorbed, mergedInto: kept.id });
    return;
  }
  const without = eachKind((kind) =>
    kept[kind].filter((held) => !added[kind].some((a) => a.value === held.value && a.origin === held.origin)),
  );
  contacts.set(kept.id, { ...kept, ...without, ...first });
  contacts.set(absorbed.id, { ...absorbed, mergedInto: null });
}
