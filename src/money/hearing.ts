import { addBusinessDays, isPublicHoliday, type BusinessCalendar, type Weekday } from '../calendar/index.ts';
import type { Deciding } from '../decisions/index.ts';
import type { Instant } from '../platform/time.ts';
import { directionFor, person, type Person, type Role } from '../staff/index.ts';

/** How long a person has to answer before it is decided (house rule "hearing"): the same local time, business days. */
export const HEARING_BUSINESS_DAYS = 2;

const WEEK: readonly Weekday[] = [1, 2, 3, 4, 5];
const WEEK_WITH_SATURDAY: readonly Weekday[] = [1, 2, 3, 4, 5, 6];

export function hearingDueAt({ now, organization, rules }: Deciding): Instant {
  const { zone, country } = organization;
  const calendar: BusinessCalendar = {
    zone,
    weekdays: rules.reading('lead-reassignment', 'businessDays') === 'mon-sat' ? WEEK_WITH_SATURDAY : WEEK,
    holidays: (date) => isPublicHoliday(country, date),
    hours: { opens: '08:00', closes: '18:00' },
  };
  return addBusinessDays(now, HEARING_BUSINESS_DAYS, calendar);
}

/** Who may decide on somebody else's case, the higher the later in appeal. */
const RANK: Readonly<Partial<Record<Role, number>>> = {
  administrator: 1,
  control: 1,
  director: 2,
  direction: 3,
};

/** Why this person may not decide on that one's case; null when they may. */
export function whyNotRule(deciding: Deciding, by: string, about: string): string | null {
  const judge = person(deciding.world, by);
  if (judge === undefined) return 'no-such-person';
  if (by === about) return 'own-case';
  return RANK[judge.role] === undefined || judge.leftAt !== null ? 'not-a-judge' : null;
}

/** What one has decided falls only by somebody of the same rank or a higher one. */
export function outranks(deciding: Deciding, by: string, who: string): boolean {
  const rank = (id: string): number => RANK[person(deciding.world, id)?.role ?? 'advisor'] ?? 0;
  return rank(by) >= rank(who);
}

/** Who is asked to decide: the direction, or with none the director of the zone; never the person whose case it is. */
export function judgesOf(deciding: Deciding, about: string): Person[] {
  return directionFor(deciding.world, about).filter(({ id }) => id !== about);
}
