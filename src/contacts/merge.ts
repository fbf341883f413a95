import type { Instant } from '../platform/time.ts';
import type { Contact } from './contact.ts';
import { eachKind, type Held, type HeldFacts } from './held.ts';

/**
 * Two contacts that are one person, and the way back.
 *
 *     separate ──merge──▶ absorbed (its own facts untouched, mergedInto = kept; its leads under kept)
 *        ▲                    │
 *        └──────unmerge───────┘
 *
 * Nothing received is lost or overwritten: the absorbed contact keeps its rows; the kept one gains copies marked with
 * whom they came with, so that un-merging takes away those and nothing that arrived since.
 */
export interface Merge {
  readonly at: Instant;
  /** The doubt that was settled. */
  readonly doubt: string | null;
  /** Leads that went from the absorbed contact to the kept one. */
  readonly leads: readonly string[];
}

/** Who first proved contact with the person, and when; both null when nobody yet. */
export interface FirstContact {
  readonly by: string | null;
  readonly at: Instant | null;
}

export type MergeRefusal = { readonly refused: 'same-contact' | 'already-merged' | 'contact-erased' };
export type UnmergeRefusal = { readonly refused: 'not-merged' | 'merged-onward' | 'contact-erased' };

export interface MergedPair {
  readonly kept: Contact;
  readonly absorbed: Contact;
}

/** Which of two stays: the one contacted first (contact-center-policy L9), then the older, then the lower id. */
export function keptOf(
  one: Contact,
  other: Contact,
  firstContactAt = (each: Contact): Instant | null => each.firstContactAt,
): MergedPair {
  const order = (each: Contact) => [firstContactAt(each) ?? '~', each.createdAt, each.id].join(' ');
  return order(one) <= order(other) ? { kept: one, absorbed: other } : { kept: other, absorbed: one };
}

/** `how.leads`: those of the absorbed contact. */
export function planMerge({ kept, absorbed }: MergedPair, how: Merge): Merge | MergeRefusal {
  if (kept.id === absorbed.id) return { refused: 'same-contact' };
  if (kept.mergedInto !== null || absorbed.mergedInto !== null) return { refused: 'already-merged' };
  if (kept.erasedAt !== null || absorbed.erasedAt !== null) return { refused: 'contact-erased' };
  return how;
}

export function applyMerge({ kept, absorbed }: MergedPair, merge: Merge): MergedPair {
  const copies = (of: readonly Held[], there: readonly Held[]) =>
    missing(of, there).map((held) => ({ ...held, via: absorbed.id }));
  return {
    kept: { ...kept, ...eachKind((kind) => [...kept[kind], ...copies(absorbed[kind], kept[kind])]) },
    absorbed: { ...absorbed, mergedInto: kept.id, merge },
  };
}

export function mayUnmerge({ kept, absorbed }: MergedPair): UnmergeRefusal | null {
  if (absorbed.mergedInto !== kept.id || absorbed.merge === null) return { refused: 'not-merged' };
  if (kept.erasedAt !== null || absorbed.erasedAt !== null) return { refused: 'contact-erased' };
  // The later merge is undone first.
  return kept.mergedInto === null ? null : { refused: 'merged-onward' };
}

/**
 * Takes the two as they are today; what the kept one received since the merge stays with it. A first contact proven
 * meanwhile by a lead that goes back goes with it: then `proven` is what the kept one's remaining leads prove, else null.
 */
export function applyUnmerge({ kept, absorbed }: MergedPair, proven: FirstContact | null): MergedPair {
  const first = firstContactOf(absorbed);
  return {
    kept: { ...withFirstContact(kept, proven ?? firstContactOf(kept)), ...withoutCopies(kept, absorbed.id) },
    absorbed: {
      ...withFirstContact(absorbed, proven !== null && first.at === null ? firstContactOf(kept) : first),
      mergedInto: null,
      merge: null,
    },
  };
}

function withoutCopies(facts: HeldFacts, via: string): HeldFacts {
  return eachKind((kind) => facts[kind].filter((held) => held.via !== via));
}

/** A copy that came with somebody else may go again, so it does not stand in for one of these. */
function missing(from: readonly Held[], there: readonly Held[]): Held[] {
  const own = new Set(there.filter(({ via }) => via === undefined).map(keyOf));
  return from.filter((each) => !own.has(keyOf(each)));
}

function keyOf(held: Held): string {
  return JSON.stringify([held.value, held.origin, held.raw]);
}

export function firstContactOf({ firstContactBy, firstContactAt }: Contact): FirstContact {
  return { by: firstContactBy, at: firstContactAt };
}

function withFirstContact(contact: Contact, { by, at }: FirstContact): Contact {
  return { ...contact, firstContactBy: by, firstContactAt: at };
}

/** A contact keeps its own first contact through every merge; a person's is the earliest of theirs. */
export function earliest(one: FirstContact, other: FirstContact): FirstContact {
  if (one.at === null || other.at === null) return one.at === null ? other : one;
  return one.at <= other.at ? one : other;
}
