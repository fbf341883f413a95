import { atLocal, previousMonth, startOfMonth, type Month } from '../calendar/index.ts';
import type { Instant } from '../platform/time.ts';
import type { Rules } from '../procedures/index.ts';
import type { RosterMonth } from './roster.ts';

export type RosterInstants = Pick<RosterMonth, 'month' | 'dueAt' | 'beginsAt' | 'sendAt' | 'confirmBy'>;

/** When a month's roster is due, begins, is sent and must be confirmed, by the readings in force; null: no such clause. */
export function rosterInstants(month: Month, zone: string, rules: Rules): RosterInstants {
  const on = (ofMonth: Month, dayTime: string): Instant => atLocal(`${ofMonth}-${dayTime}`, zone);
  const hasList = rules.cite('lead-assignment', 'P1') !== null;
  const isSent = rules.cite('contact-center-policy', 'L1') !== null;
  return {
    month,
    dueAt: hasList ? on(previousMonth(month), rules.reading('lead-assignment', 'roster.dueOn')) : null,
    beginsAt: startOfMonth(month, zone),
    sendAt: isSent ? on(month, rules.reading('contact-center-policy', 'roster.sendAt')) : null,
    confirmBy: isSent ? on(month, rules.reading('contact-center-policy', 'roster.confirmBy')) : null,
  };
}
