import type { World } from '../decisions/index.ts';
import type { ConsentRecord } from './consent.ts';
import { contact, contactsSlice, mergedKey, type Contact, type Doubt } from './contact.ts';
import type { Candidate } from './find-same.ts';
import { plainFacts } from './held.ts';
import { earliest, firstContactOf, type FirstContact } from './merge.ts';

/** Merges are undone from the last backwards; a chain longer than this is a ring, which no merge makes. */
const MERGES_MAX = 1_000;

/** The contact that now stands for the person: itself, or the one it was merged into, to the end. */
export function standsFor(world: World, id: string): string {
  let at = id;
  for (let step = 0; step < MERGES_MAX; step += 1) {
    const next = contact(world, at)?.mergedInto ?? null;
    if (next === null) return at;
    at = next;
  }
  throw new Error(`contact ${id} is merged in a ring`);
}

/** Every contact that is this person, the one that stands for them first. */
export function contactsOfPerson(world: World, id: string): Contact[] {
  const root = standsFor(world, id);
  const first = contact(world, root);
  const absorbed = absorbedBy(world, root);
  return first === undefined ? absorbed : [first, ...absorbed];
}

function absorbedBy(world: World, id: string): Contact[] {
  const { contacts } = world.get(contactsSlice);
  const merged = contacts.having(mergedKey(id));
  return merged.flatMap((each) => [each, ...absorbedBy(world, each.id)]);
}

/** contact-center-policy L9: who first contacted the person, by whichever of their contacts. */
export function firstContactOfPerson(world: World, id: string): FirstContact {
  return contactsOfPerson(world, id).map(firstContactOf).reduce(earliest, { by: null, at: null });
}

export function asCandidate(world: World, known: Contact): Candidate {
  const { id, createdAt } = known;
  return { id, createdAt, firstContactAt: firstContactOfPerson(world, id).at, ...plainFacts(known) };
}

export function consentsOfPerson(world: World, id: string): ConsentRecord[] {
  return contactsOfPerson(world, id).flatMap(({ consents }) => consents);
}

/** The doubts about these two people, whichever of their contacts each was raised between. */
export function doubtsBetween(world: World, one: string, other: string): Doubt[] {
  const { doubts } = world.get(contactsSlice);
  const root = standsFor(world, one);
  const pair = pairOf(world, one, other);
  const about = [root, ...absorbedBy(world, root).map(({ id }) => id)].flatMap((id) => doubts.having(id));
  return [...new Set(about)].filter((each) => pairOf(world, each.contact, each.other) === pair);
}

function pairOf(world: World, one: string, other: string): string {
  return [standsFor(world, one), standsFor(world, other)].toSorted().join(' ');
}

/** Open doubts: not settled, and still about two people. */
export function openDoubts(world: World, ids: ReadonlySet<string>): Doubt[] {
  const { doubts } = world.get(contactsSlice);
  const about = new Set([...ids].flatMap((id) => doubts.having(id)));
  return [...about].filter((each) => each.settledAt === null);
}
