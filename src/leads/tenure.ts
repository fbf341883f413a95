import type { Instant } from '../platform/time.ts';
import type { Lead } from './lead.ts';

export type GivenBy =
  | 'turn'
  | 'best'
  | 'duplicate'
  | 'referral'
  | 'hand-over'
  | 'registered'
  | 'administrator'
  | 'passed-on'
  | 'import'
  | 'reversal'
  /** A merge of two people was undone: back to who held it before. */
  | 'unmerged'
  /** A claim was ruled for who asked (lead-reassignment L7). */
  | 'ruling';

export interface Tenure {
  readonly person: string;
  readonly since: Instant;
  readonly until: Instant | null;
  readonly by: GivenBy;
  /** The rotation whose turn it took, if it took one. */
  readonly rotation: string | null;
  /** Whether the ten minutes run for this person; not for an own prospect, a duplicate or a hand-over. */
  readonly clock: boolean;
  readonly dueAt: Instant | null;
  readonly notifiedAt: Instant | null;
  readonly contactedAt: Instant | null;
  /** First note or grade by the person in this tenure (reading contact.evidence: pbx-and-crm). */
  readonly notedAt: Instant | null;
  readonly missedAt: Instant | null;
  /** The miss was struck out: late evidence showed contact in time. */
  readonly struckAt: Instant | null;
  /** Contact in time was proven late; whether the lead goes back waits for the present holder's call. */
  readonly reversalWaits: boolean;
  /** Given in error: the reassignment that gave it was reversed, or the lead was a test. */
  readonly voidAt: Instant | null;
  /** The lead turned out a duplicate: the turn it cost was given back and it counts for nobody. */
  readonly undoneAt: Instant | null;
}

/** What counts for a person and is taken back when the lead turns out a duplicate or a test: not what L9 or an import gave. */
export function countedTenures(lead: Lead): Tenure[] {
  return lead.tenures.filter(
    (t) => t.voidAt === null && t.undoneAt === null && t.by !== 'duplicate' && t.by !== 'import',
  );
}

/** The ten minutes run, or will once the advisor is told: not yet contacted, not yet missed, no duplicate found out. */
export function isClockOpen(lead: Lead): boolean {
  const tenure = currentTenure(lead);
  if (tenure === undefined || !tenure.clock || tenure.undoneAt !== null) return false;
  return tenure.contactedAt === null && tenure.missedAt === null;
}

export function currentTenure(lead: Lead): Tenure | undefined {
  return lead.tenures.findLast((tenure) => tenure.until === null);
}

/** Everybody who has held this lead, whose giving was not reversed. */
export function holdersSoFar(lead: Lead): ReadonlySet<string> {
  return new Set(lead.tenures.filter((tenure) => tenure.voidAt === null).map((tenure) => tenure.person));
}
