/**
 * Line 6 of the ruling: which interactions count. Dated, verifiable, before the notification (lead-reassignment L5a, L5c,
 * L5d), and the holder's own since the lead was theirs; the client's own make them two-way.
 */
import type { ClauseId } from '../procedures/index.ts';
import type { Instant } from '../platform/time.ts';
import { clausesOf } from './clauses-of.ts';

type Clause = ClauseId<'lead-reassignment'>;

export const evidenceChannels = ['call', 'whatsapp', 'email', 'appointment'] as const;
export type EvidenceChannel = (typeof evidenceChannels)[number];

export interface Interaction {
  /** Where it stands: an interaction the product recorded, or a numbered piece of evidence. */
  readonly id: string;
  /** Null: it carries no date one can read. */
  readonly at: Instant | null;
  /** A person of the staff, or null for the client. */
  readonly by: string | null;
  readonly direction: 'out' | 'in';
  readonly channel: string;
  /** Of a call; true of a message: the client answered it. Null: not known. */
  readonly answered: boolean | null;
  readonly verifiable: boolean;
  /** The product recorded it itself; it counts without being sent. */
  readonly recorded: boolean;
}

export type WhyNot =
  | 'undated'
  | 'not-verifiable'
  | 'after-notification'
  | 'before-holding'
  | 'of-somebody-else';

export interface Judged {
  readonly interaction: Interaction;
  readonly counts: boolean;
  /** By the holder: an outgoing call or message, an appointment held. */
  readonly followUp: boolean;
  /** The client took part: an answered call, a message of theirs, an appointment held. */
  readonly sign: boolean;
  readonly whyNot: WhyNot | null;
  /** Those that leave it out. */
  readonly clauses: readonly Clause[];
}

export interface Window {
  readonly holder: string;
  /** Since when the lead is this holder's. */
  readonly from: Instant;
  readonly notifiedAt: Instant;
  /** Reading extension.from: notification: how long after it the holder alone could still follow up. */
  readonly exceptedUntil: Instant | null;
}

const CLAUSES: Readonly<Record<WhyNot, readonly Clause[]>> = {
  undated: clausesOf('lead-reassignment', 'L5c'),
  'not-verifiable': clausesOf('lead-reassignment', 'L5c'),
  'after-notification': clausesOf('lead-reassignment', 'L5a', 'L5d'),
  'before-holding': clausesOf('lead-reassignment', 'R4'),
  'of-somebody-else': clausesOf('lead-reassignment', 'L3'),
};

export function judgeInteraction(interaction: Interaction, window: Window): Judged {
  const whyNot = reasonAgainst(interaction, window);
  const counts = whyNot === null;
  return {
    interaction,
    counts,
    followUp: counts && isFollowUp(interaction, window.holder),
    sign: counts && isSign(interaction),
    whyNot,
    clauses: whyNot === null ? [] : CLAUSES[whyNot],
  };
}

function reasonAgainst({ at, by, verifiable }: Interaction, window: Window): WhyNot | null {
  if (at === null) return 'undated';
  if (!verifiable) return 'not-verifiable';
  if (by !== null && by !== window.holder) return 'of-somebody-else';
  if (at < window.from) return 'before-holding';
  if (at < window.notifiedAt) return null;
  return window.exceptedUntil !== null && at <= window.exceptedUntil ? null : 'after-notification';
}

function isFollowUp({ by, direction, channel }: Interaction, holder: string): boolean {
  return by === holder && (direction === 'out' || channel === 'appointment');
}

function isSign({ direction, channel, answered }: Interaction): boolean {
  if (channel === 'appointment' || answered === true) return true;
  // A call of the client's that nobody took is no conversation; their message always is.
  return direction === 'in' && (channel !== 'call' || answered !== false);
}
