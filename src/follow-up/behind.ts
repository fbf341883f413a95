import type { Appointment } from '../appointments/index.ts';
import type { Instant } from '../platform/time.ts';
import type { FollowUp } from './follow-up.ts';

/** Why a lead is not up to date (contact-center-policy L5). */
export const behindReasons = [
  'no-next-action',
  'next-action-overdue',
  'incubator-overdue',
  'appointment-open',
  'no-grade',
] as const;
export type BehindReason = (typeof behindReasons)[number];

/**
 * Up to date is an open lead that was contacted, has a grade, and of which it is known what comes next: an action, a
 * meeting or an incubator date still to come; and of whose past meetings it is noted how they went. A lead not contacted yet
 * is another clause's (L4).
 */
export function behindOn(
  row: FollowUp,
  meetings: readonly Pick<Appointment, 'state' | 'startsAt' | 'endsAt'>[],
  now: Instant,
): BehindReason[] {
  if (!row.open || row.contactedAt === null) return [];
  const booked = meetings.filter(({ state }) => state === 'booked');
  const reasons: BehindReason[] = [];
  if (booked.some(({ endsAt }) => endsAt <= now)) reasons.push('appointment-open');
  const isOverdue = row.nextActionDueAt !== null && row.nextActionDueAt < now;
  if (isOverdue) reasons.push('next-action-overdue');
  const isIncubatorOver = row.nextContactFrom !== null && row.nextContactFrom <= now;
  if (isIncubatorOver) reasons.push('incubator-overdue');
  const isMet = booked.some(({ endsAt }) => endsAt > now);
  if (row.nextActionDueAt === null && row.nextContactFrom === null && !isMet && reasons.length === 0)
    reasons.push('no-next-action');
  if (row.grade === null) reasons.push('no-grade');
  return reasons;
}
