import type { Instant } from '../platform/time.ts';

/** JSON as the journal keeps it: no undefined, no floats for money (decimal text instead). */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/**
 * One line of the journal as a decision writes it. `fields` are hashed and never hold personal data of a contact;
 * `personal` stands outside the hash and goes when the person is erased.
 */
export interface NewEntry {
  readonly entry: string;
  readonly kind: 'fact' | 'decision';
  readonly at: Instant;
  /** A person's id, a channel ('whatsapp', 'pbx'), a source, or 'clock'. */
  readonly actor: string;
  /** Clauses behind a decision; never empty for one. */
  readonly because: readonly string[];
  readonly lead?: string | null;
  readonly contact?: string | null;
  readonly person?: string | null;
  readonly fields: { readonly [key: string]: Json };
  readonly personal?: { readonly [key: string]: Json };
}

/** An entry as it stands in the journal. `personal` is null when there was none or the person was erased. */
export interface JournalEntry extends NewEntry {
  readonly id: number;
  readonly causedBy: number | null;
  readonly commitment: string | null;
}

/** It told of a person, and what it told is gone with them. */
export function isErased({ commitment, personal }: JournalEntry): boolean {
  return commitment !== null && personal == null;
}

/** Entries that name several people: of no one lead, they list in `fields.leads` those whose people their words name. */
export const NAMES_SEVERAL: ReadonlySet<string> = new Set(['report.weekly']);
