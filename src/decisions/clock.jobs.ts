import type { Database } from '../platform/database.ts';
import { organizationsDue } from '../platform/deadlines.store.ts';
import { between, type Clock } from '../platform/time.ts';
import type { Ran } from '../platform/work.ts';
import type { House } from './house.ts';

/** The longest the clock sleeps: a deadline set by another process is found by then at the latest. */
export const CLOCK_EVERY_MILLISECONDS = 100;

export interface ClockParts {
  readonly database: Database;
  readonly house: House;
  readonly clock: Clock;
}

/**
 * One round of the clock: fires what is due in every organization, says when the next deadline comes. A deadline fires
 * once: its decision and its removal are one transaction, under the organization's lock.
 */
export async function fireDeadlines({ database, house, clock }: ClockParts): Promise<Ran> {
  const now = clock.now();
  const { organizations, next } = await database.acrossOrganizations((tx) => organizationsDue(tx, now));
  let did = 0;
  for (const organization of organizations) did += await house.fireDue(organization);
  if (did > 0) return did;
  return {
    did,
    nextInMilliseconds: next === null ? CLOCK_EVERY_MILLISECONDS : Math.max(1, between(clock.now(), next)),
  };
}
