import {
  addBusinessDays,
  addBusinessMilliseconds,
  addDays,
  atLocal,
  isPublicHoliday,
  localDate,
  startOfDay,
  type BusinessCalendar,
} from '../calendar/index.ts';
import type { Organization } from '../decisions/index.ts';
import { HOUR, plus, SECOND, type Instant } from '../platform/time.ts';
import { houseRule, type ClauseId, type Rules } from '../procedures/index.ts';
import type { RulingFigures } from './ruling.ts';

type Clause = ClauseId<'lead-reassignment'>;

/** These clauses of lead-reassignment as they stand in force; the product's own rule where the procedure is not. */
export function cited(rules: Rules, procedure: 'lead-reassignment', ...clauses: Clause[]): string[] {
  const found = clauses.map((clause) => rules.cite(procedure, clause)).filter((ref) => ref !== null);
  return found.length > 0 ? found : [houseRule('claims')];
}

/** The organization's business days and hours (readings businessDays, clock.72h; figures of R2). */
export function businessCalendar(rules: Rules, { country, zone }: Organization): BusinessCalendar {
  const opens = rules.parameter('lead-reassignment', 'R2', 'opensAt');
  const closes = rules.parameter('lead-reassignment', 'R2', 'closesAt');
  const saturday = rules.reading('lead-reassignment', 'businessDays') === 'mon-sat';
  return {
    zone,
    weekdays: saturday ? [1, 2, 3, 4, 5, 6] : [1, 2, 3, 4, 5],
    holidays: (date) => isPublicHoliday(country, date),
    hours: { opens, closes },
  };
}

/** L7, R2: the same local time of the next business day. */
export function rulingDue(rules: Rules, organization: Organization, from: Instant): Instant {
  const days = rules.parameter('lead-reassignment', 'L7', 'rulingBusinessDays');
  return addBusinessDays(from, days, businessCalendar(rules, organization));
}

/** R3 in its reading evidence.due: the last instant of the day on which evidence was asked. */
export function evidenceDue(rules: Rules, organization: Organization, askedAt: Instant): Instant {
  const reading = rules.reading('lead-reassignment', 'evidence.due');
  if (reading === '24h') return plus(askedAt, 24 * HOUR);
  const { zone } = organization;
  if (reading === 'end-of-day') return plus(startOfDay(addDays(localDate(askedAt, zone), 1), zone), -SECOND);
  return closing(businessCalendar(rules, organization), askedAt);
}

/** The end of the business hours in which it was asked; asked outside them, of the next ones. */
function closing(calendar: BusinessCalendar, askedAt: Instant): Instant {
  const nextOpenAt = addBusinessMilliseconds(askedAt, 1, calendar);
  const day = localDate(nextOpenAt, calendar.zone);
  const { closes } = calendar.hours;
  if (closes === '24:00') return startOfDay(addDays(day, 1), calendar.zone);
  return atLocal(`${day}T${closes}`, calendar.zone);
}

export function figuresOf(rules: Rules): RulingFigures {
  return {
    firstContactHours: rules.parameter('lead-reassignment', 'R4', 'firstContactHours'),
    extensionHours: rules.parameter('lead-reassignment', 'R6', 'extensionHours'),
    betweenDaysMax: rules.parameter('lead-reassignment', 'R5', 'followUpDaysMax'),
    sinceDaysMax: rules.parameter('lead-reassignment', 'R7', 'followUpDaysMax'),
  };
}
