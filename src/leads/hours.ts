import { isOpen, nextOpening, type OpeningHours } from '../calendar/index.ts';
import type { Instant } from '../platform/time.ts';
import type { Rules } from '../procedures/index.ts';

/**
 * The hours in which leads are assigned (contact-center-policy L3), or null when they are at any hour: the clause is not
 * in force, or the organization reads it so (hours.outside: assign).
 */
export function assignmentHours(rules: Rules, zone: string): OpeningHours | null {
  if (rules.cite('contact-center-policy', 'L3') === null) return null;
  if (rules.reading('contact-center-policy', 'hours.outside') === 'assign') return null;
  const weekdays = rules.parameter('contact-center-policy', 'L3', 'weekdays');
  const hours = {
    opens: rules.parameter('contact-center-policy', 'L3', 'opensAt'),
    closes: rules.parameter('contact-center-policy', 'L3', 'closesAt'),
  };
  const day = (weekday: number) => (weekdays.includes(weekday) ? hours : null);
  return { zone, days: { 1: day(1), 2: day(2), 3: day(3), 4: day(4), 5: day(5), 6: day(6), 7: day(7) } };
}

/** The opening for which a lead must be held, or null when it can be assigned at once. */
export function heldUntil(rules: Rules, zone: string, at: Instant): Instant | null {
  const hours = assignmentHours(rules, zone);
  if (hours === null || isOpen(hours, at)) return null;
  return nextOpening(hours, at);
}
