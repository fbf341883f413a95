import type { Instant } from '../platform/time.ts';

/**
 * Two contacts that are one person, and the way back.
 *
 *     separate ──merge──▶ absorbed (its own facts untouched, mergedInto = kept; its leads under kept)
 *        ▲                    │
 *        └──────unmerge───────┘
 *
 * Nothing received is lost or overwritten: the absorbed contact keeps its rows; the kept one gains copies that the plan names, so that
 * un-merging takes away those and nothing that arrived since.
 */
export interface Held {
  readonly value: string;
  /** Where it came from: a source and its own id, or a person. The same value from two origins is held twice. */
  readonly origin: string;
  /** As received. */
  readonly raw: string;
}

const KINDS = ['names', 'phones', 'emails', 'documents', 'whatsappIds'] as const;
type Kind = (typeof KINDS)[number];

export type HeldFacts = Readonly<Record<Kind, readonly Held[]>>;

export interface ContactRecord extends HeldFacts {
  readonly id: string;
  readonly createdAt: Instant;
  readonly firstContactAt: Instant | null;
  readonly mergedInto: string | null;
  readonly leads: readonly string[];
}

/** What a merge did, enough to undo it; stands in the journal. */
export interface MergePlan {
  readonly kept: string;
  readonly absorbed: string;
  /** Copied to the kept contact, which did not have them. */
  readonly added: HeldFacts;
  readonly movedLeads: readonly string[];
  readonly firstContactBefore: Instant | null;
  readonly firstContactAfter: Instant | null;
}

export type MergeRefusal = { readonly refused: 'same-contact' | 'already-merged' };
export type UnmergeRefusal = { readonly refused: 'not-merged' | 'merged-onward' };

export interface MergedPair {
  readonly kept: ContactRecord;
  readonly absorbed: ContactRecord;
}

/** Which of two stays: the one contacted first (contact-center-policy L9), then the older, then the lower id. */
export function keptOf(one: ContactRecord, other: ContactRecord): MergedPair {
  const order = (each: ContactRecord) => [each.firstContactAt ?? '~', each.createdAt, each.id].join(' ');
  return order(one) <= order(other) ? { kept: one, absorbed: other } : { kept: other, absorbed: one };
}

export function planMerge(kept: ContactRecord, absorbed: ContactRecord): MergePlan | MergeRefusal {
  if (kept.id === absorbed.id) return { refused: 'same-contact' };
  if (kept.mergedInto !== null || absorbed.mergedInto !== null) return { refused: 'already-merged' };
  return {
    kept: kept.id,
    absorbed: absorbed.id,
    added: eachKind((kind) => missing(absorbed[kind], kept[kind])),
    movedLeads: absorbed.leads,
    firstContactBefore: kept.firstContactAt,
    firstContactAfter: earliest(kept.firstContactAt, absorbed.firstContactAt),
  };
}

export function applyMerge(pair: MergedPair, plan: MergePlan): MergedPair {
  const moved = new Set(plan.movedLeads);
  return {
    kept: {
      ...pair.kept,
      ...eachKind((kind) => [...pair.kept[kind], ...plan.added[kind]]),
      firstContactAt: plan.firstContactAfter,
      leads: [...pair.kept.leads, ...plan.movedLeads],
    },
    absorbed: {
      ...pair.absorbed,
      mergedInto: plan.kept,
      leads: pair.absorbed.leads.filter((lead) => !moved.has(lead)),
    },
  };
}

/** Takes the two as they are today; what the kept one received since the merge stays with it. */
export function applyUnmerge(pair: MergedPair, plan: MergePlan): MergedPair | UnmergeRefusal {
  const { kept, absorbed } = pair;
  if (absorbed.mergedInto !== plan.kept || kept.id !== plan.kept || absorbed.id !== plan.absorbed) {
    return { refused: 'not-merged' };
  }
  // The later merge is undone first.
  if (kept.mergedInto !== null) return { refused: 'merged-onward' };
  const moved = new Set(plan.movedLeads);
  // A lead that has left the kept contact since is not taken back from where it went.
  const still = new Set(kept.leads);
  const returned = plan.movedLeads.filter((lead) => still.has(lead));
  const untouched = kept.firstContactAt === plan.firstContactAfter;
  return {
    kept: {
      ...kept,
      ...eachKind((kind) => missing(kept[kind], plan.added[kind])),
      firstContactAt: untouched ? plan.firstContactBefore : kept.firstContactAt,
      leads: kept.leads.filter((lead) => !moved.has(lead)),
    },
    absorbed: { ...absorbed, mergedInto: null, leads: [...returned, ...absorbed.leads] },
  };
}

function eachKind(make: (kind: Kind) => readonly Held[]): HeldFacts {
  return {
    names: make('names'),
    phones: make('phones'),
    emails: make('emails'),
    documents: make('documents'),
    whatsappIds: make('whatsappIds'),
  };
}

function missing(from: readonly Held[], there: readonly Held[]): Held[] {
  const known = new Set(there.map(keyOf));
  return from.filter((each) => !known.has(keyOf(each)));
}

function keyOf(held: Held): string {
  return JSON.stringify([held.value, held.origin, held.raw]);
}

function earliest(one: Instant | null, other: Instant | null): Instant | null {
  if (one === null || other === null) return one ?? other;
  return one < other ? one : other;
}
