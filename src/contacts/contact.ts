import { Rows, type Fingerprint, type World } from '../decisions/index.ts';
import type { JournalEntry, NewEntry } from '../journal/index.ts';
import type { Instant } from '../platform/time.ts';
import type { ConsentRecord } from './consent.ts';
import { contactKeys } from './contact-keys.ts';
import { eachKind, noFacts, type HeldFacts } from './held.ts';
import { applyMerge, applyUnmerge, type FirstContact, type Merge } from './merge.ts';

/** A person we call or who writes to us, as far as sources have told. */
export interface Contact extends HeldFacts {
  readonly id: string;
  readonly createdAt: Instant;
  /** What the person said of being contacted, as said, never changed. */
  readonly consents: readonly ConsentRecord[];
  /**
   * The advisor of the first proven contact with this contact (contact-center-policy L9), and when. Of a person with
   * several contacts it is the earliest of theirs: `firstContactOfPerson`.
   */
  readonly firstContactBy: string | null;
  readonly firstContactAt: Instant | null;
  readonly mergedInto: string | null;
  /** While merged: what the merge did, enough to undo it. */
  readonly merge: Merge | null;
  readonly erasedAt: Instant | null;
}

/**
 * Two contacts that may be one person, for somebody to look at side by side. Settled as different it is remembered, so
 * that the same two are not asked about again; settled wrongly it may be settled again.
 */
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
  /** Null with a date: nobody is left to ask about, one of the two was erased. */
  readonly outcome: 'same' | 'different' | null;
}

interface ContactsState {
  readonly contacts: Rows<Contact>;
  readonly doubts: Rows<Doubt>;
  /** Keys of the people who now tell of themselves that belonged to somebody erased; found by keyed hash. */
  readonly erasedKeys: Set<string>;
  /** Whose data this batch takes away everywhere. */
  readonly erasing: Erasing[];
  /** Under which hash an erased person's keys are remembered; null in a house that is given no secret. */
  fingerprint: Fingerprint | null;
}

/** One erased contact: what other features look for when they take away what they keep beside their rows. */
export interface Erasing {
  readonly contact: string;
  readonly leads: readonly string[];
  /** Its last facts, to find its hashes and what else carries them; never stored. */
  readonly facts: HeldFacts;
  readonly at: Instant;
}

/** Finds the contacts merged into this one. */
export function mergedKey(into: string): string {
  return `merged:${into}`;
}

function keysOf(known: Contact): readonly string[] {
  const keys = contactKeys(known);
  return known.mergedInto === null ? keys : [...keys, mergedKey(known.mergedInto)];
}

export const contactsSlice = {
  name: 'contacts',
  empty: (): ContactsState => ({
    contacts: new Rows<Contact>(keysOf),
    doubts: new Rows<Doubt>(({ contact: one, other }) => [one, other]),
    erasedKeys: new Set(),
    erasing: [],
    fingerprint: null,
  }),
};

export function contact(world: World, id: string): Contact | undefined {
  return world.get(contactsSlice).contacts.get(id);
}

export function doubt(world: World, id: string): Doubt | undefined {
  return world.get(contactsSlice).doubts.get(id);
}

/** Whom the decisions of this batch have erased. */
export function erasedNow(world: World): readonly Erasing[] {
  return world.get(contactsSlice).erasing;
}

interface ContactFields {
  readonly lead?: string;
  readonly by?: string;
  readonly kept: string;
  readonly absorbed: string;
  readonly merge: Merge;
  readonly proven: FirstContact | null;
  readonly leads: readonly string[];
  readonly doubt: string;
  readonly other: string;
  readonly score: number;
  readonly evidence: Doubt['evidence'] & { readonly startedAt?: Instant };
  readonly outcome: Doubt['outcome'];
}

interface ContactPersonal {
  readonly facts?: HeldFacts;
  readonly consent?: ConsentRecord | null;
}

/** Every transition of a contact and of a doubt. What was received is added to, never overwritten. */
export function evolveContacts(world: World, entry: JournalEntry | NewEntry): void {
  const { contacts, doubts, erasing } = world.get(contactsSlice);
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
    case 'lead.edited':
      // Corrected data stand before those that were received, which stay.
      if (known !== undefined && personal.facts !== undefined)
        contacts.set(known.id, corrected(known, personal.facts));
      return;
    case 'contact.opted-in':
    case 'contact.opted-out':
      if (known !== undefined) contacts.set(known.id, extended(known, noFacts, consentsOf(personal)));
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
      mergeOrPart(contacts, entry.entry, fields);
      return;
    case 'contact.erased':
      if (known === undefined) return;
      erasing.push({ contact: known.id, leads: fields.leads, facts: known, at: entry.at });
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
  const nobody = {
    firstContactBy: null,
    firstContactAt: null,
    mergedInto: null,
    merge: null,
    erasedAt: null,
  };
  return { id, createdAt: at, ...noFacts, consents: [], ...nobody };
}

function consentsOf(personal: ContactPersonal): ConsentRecord[] {
  return personal.consent == null ? [] : [personal.consent];
}

/**
 * Adds what is new; a value of its own is not held twice by the same raw text. A copy that came with a merge is not its
 * own: it goes when the merge is undone, and what the person said since must stay.
 */
function extended(known: Contact, facts: HeldFacts, consents: readonly ConsentRecord[]): Contact {
  const added = eachKind((kind) => {
    const fresh = facts[kind].filter(
      (held) => !known[kind].some((k) => k.via === undefined && k.value === held.value && k.raw === held.raw),
    );
    return [...known[kind], ...fresh];
  });
  return { ...known, ...added, consents: [...known.consents, ...consents] };
}

function corrected(known: Contact, facts: HeldFacts): Contact {
  return { ...known, ...eachKind((kind) => [...facts[kind], ...known[kind]]) };
}

function mergeOrPart(contacts: Rows<Contact>, act: string, fields: ContactFields): void {
  const kept = contacts.get(fields.kept);
  const absorbed = contacts.get(fields.absorbed);
  if (kept === undefined || absorbed === undefined) return;
  const pair =
    act === 'contact.merged'
      ? applyMerge({ kept, absorbed }, fields.merge)
      : applyUnmerge({ kept, absorbed }, fields.proven);
  contacts.set(kept.id, pair.kept);
  contacts.set(absorbed.id, pair.absorbed);
}
