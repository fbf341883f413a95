import { atLocal, previousMonth, startOfMonth, type Month } from '../calendar/index.ts';
import { plus, type Instant } from '../platform/time.ts';
import type { Rules } from '../procedures/index.ts';
import type { RosterMonth } from './roster.ts';

export type RosterInstants = Pick<
  RosterMonth,
  'month' | 'dueAt' | 'beginsAt' | 'sendAt' | 'remindAt' | 'confirmBy'
>;

/**
 * When a month's roster is due, begins, is sent and must be confirmed; null: no clause asks for it. The version in force
 * at each of these instants decides, so a list is not due under a procedure that begins after its day.
 */
export function rosterInstants(month: Month, zone: string, rulesAt: (at: Instant) => Rules): RosterInstants {
  const beginsAt = startOfMonth(month, zone);
  const inMonth = rulesAt(beginsAt);
  const isSent = inMonth.cite('contact-center-policy', 'L1') !== null;
  const on = (dayTime: string): Instant => atLocal(`${month}-${dayTime}`, zone);
  const confirmBy = isSent ? on(inMonth.reading('contact-center-policy', 'roster.confirmBy')) : null;
  const remindAt = isSent ? on(inMonth.reading('contact-center-policy', 'roster.remindAt')) : null;
  return {
    month,
    dueAt: listDueAt(previousMonth(month), zone, rulesAt, beginsAt),
    beginsAt,
    sendAt: isSent ? on(inMonth.reading('contact-center-policy', 'roster.sendAt')) : null,
    // Reminded once the term is over, nobody could still do what they are reminded of.
    remindAt: remindAt !== null && confirmBy !== null && remindAt < confirmBy ? remindAt : null,
    confirmBy,
  };
}

/** lead-assignment P1 with roster.dueOn: a day of the month before. A month without that day: its last. */
function listDueAt(
  before: Month,
  zone: string,
  rulesAt: (at: Instant) => Rules,
  beginsAt: Instant,
): Instant | null {
  const rules = rulesAt(plus(beginsAt, -1));
  const [day = '', time = ''] = rules.reading('lead-assignment', 'roster.dueOn').split('T');
  const last = String(
    new Date(Date.UTC(Number(before.slice(0, 4)), Number(before.slice(5)), 0)).getUTCDate(),
  );
  const dueAt = atLocal(`${before}-${day > last ? last : day}T${time}`, zone);
  return rulesAt(dueAt).cite('lead-assignment', 'P1') === null ? null : dueAt;
}
