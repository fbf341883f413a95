/**
 * How far a message got, from status events that come late, twice, and in any order.
 *
 *     accepted ──> sent ──> failed
 *                    └────> delivered ──> read ──> played
 *
 * Never backwards: what is known is the highest rank seen. `delivered` is missing when `read` comes at once, `sent`
 * may be missing too. `failed` can follow `sent`; against a delivery or a reading it loses, because those are proof
 * that it arrived. Because of that the result does not depend on the order or number of events
 * (Meta, "Status messages webhook reference").
 */
import type { Instant } from '../platform/time.ts';

export const MESSAGE_STATUSES = ['accepted', 'sent', 'failed', 'delivered', 'read', 'played'] as const;
export type MessageStatus = (typeof MESSAGE_STATUSES)[number];

export interface StatusError {
  readonly code: number;
  readonly details?: string | undefined;
}

export interface StatusEvent {
  readonly status: MessageStatus;
  readonly at: Instant;
  readonly error?: StatusError | undefined;
}

export interface MessageProgress {
  readonly status: MessageStatus;
  /** The earliest instant told for each status; `delivered` is filled from `read` when it never came itself. */
  readonly at: Readonly<Partial<Record<MessageStatus, Instant>>>;
  /** Of the earliest failure; it stays even where a delivery outranks it. */
  readonly error?: StatusError | undefined;
}

/** Where a message stands after one more event; `changed` is false for a repeat or anything that adds nothing. */
export function applyStatus(
  before: MessageProgress | undefined,
  event: StatusEvent,
): { readonly progress: MessageProgress; readonly changed: boolean } {
  const known = before?.at[event.status];
  const advances = before === undefined || rank(event.status) > rank(before.status);
  const earlier = known === undefined || event.at < known;
  const error = event.status === 'failed' ? earliestError(before, event) : before?.error;
  const changed = advances || earlier || !sameError(error, before?.error);
  if (before && !changed) return { progress: before, changed: false };
  return {
    progress: {
      status: advances ? event.status : before.status,
      at: earlier ? { ...before?.at, [event.status]: event.at } : (before?.at ?? {}),
      ...(error === undefined ? {} : { error }),
    },
    changed: true,
  };
}

/** When it certainly had arrived: told, or known from a later status. */
export function deliveredAt(progress: MessageProgress): Instant | undefined {
  return progress.at.delivered ?? progress.at.read ?? progress.at.played;
}

function rank(status: MessageStatus): number {
  return MESSAGE_STATUSES.indexOf(status);
}

/** Ties (two failures told for one second) go to the lower code, so that order does not matter. */
function earliestError(before: MessageProgress | undefined, event: StatusEvent): StatusError | undefined {
  const held = before?.at.failed;
  if (held === undefined || event.at < held) return event.error;
  if (event.at > held || event.error === undefined) return before?.error;
  if (before?.error === undefined) return event.error;
  return weight(event.error) < weight(before.error) ? event.error : before.error;
}

function weight(error: StatusError): string {
  return `${String(error.code).padStart(9, '0')} ${error.details ?? ''}`;
}

function sameError(one: StatusError | undefined, other: StatusError | undefined): boolean {
  return one?.code === other?.code && one?.details === other?.details;
}
