import { Rows, type World } from '../decisions/index.ts';
import type { JournalEntry, NewEntry } from '../journal/index.ts';
import type { Instant, LocalDate } from '../platform/time.ts';
import { followUpsSlice } from './follow-up-slice.ts';
import { personWeek } from './person-week.ts';

/** What a person's report of a week says (contact-center-policy L6). */
export interface WeeklyFigures {
  readonly received: number;
  /** Open leads the person holds that have been contacted. */
  readonly inFollowUp: number;
  readonly appointments: number;
  readonly opportunities: number;
  readonly reservations: number;
  /** Prospects graded AAA: open ones, and those graded in the week. Whose names stand beside it. */
  readonly leads: readonly string[];
}

/** One version of it; what changed after it was sent is another version, and both are kept. */
export interface WeeklyReport extends WeeklyFigures {
  readonly week: LocalDate;
  readonly person: string;
  readonly version: number;
  readonly at: Instant;
  /** Null: missing at the cut. */
  readonly sentAt: Instant | null;
  readonly late: boolean;
  readonly comment: string | null;
}

export interface Week {
  readonly week: LocalDate;
  readonly remindAt: Instant;
  readonly cutAt: Instant;
  readonly reminded: boolean;
  readonly cut: boolean;
}

export interface LeadsBehind {
  readonly week: LocalDate;
  readonly person: string;
  readonly leads: readonly string[];
}

export const weeklySlice = {
  name: 'weekly',
  empty: () => ({
    weeks: new Rows<Week>(),
    reports: new Rows<WeeklyReport>((each) => [`${each.week} ${each.person}`]),
    behind: new Rows<LeadsBehind>(),
  }),
};

export function week(world: World, monday: LocalDate): Week | undefined {
  return world.get(weeklySlice).weeks.get(monday);
}

/** The latest version. */
export function reportOf(world: World, monday: LocalDate, person: string): WeeklyReport | undefined {
  return world
    .get(weeklySlice)
    .reports.having(`${monday} ${person}`)
    .toSorted((a, b) => a.version - b.version)
    .at(-1);
}

/** The figures as they stand now; those of a week that is over may still change, when something is noted or taken back. */
export function figuresOf(
  world: World,
  person: string,
  of: { readonly monday: LocalDate; readonly from: Instant; readonly to: Instant },
): WeeklyFigures {
  const held = world.get(followUpsSlice).followUps.having(`holder:${person}`);
  const { received, appointments, opportunities, reservations } = personWeek(world, of.monday, person);
  const isOfWeek = (at: Instant | null) => at !== null && at >= of.from && at < of.to;
  return {
    received,
    inFollowUp: held.filter(({ open, contactedAt }) => open && contactedAt !== null).length,
    appointments,
    opportunities,
    reservations,
    leads: held
      .filter(
        ({ grade, gradedAt, open, status }) =>
          grade === 'AAA' && status !== 'refused' && (open || isOfWeek(gradedAt)),
      )
      .map(({ lead }) => lead)
      .toSorted(),
  };
}

export function sameFigures(one: WeeklyFigures, other: WeeklyFigures): boolean {
  return (
    one.received === other.received &&
    one.inFollowUp === other.inFollowUp &&
    one.appointments === other.appointments &&
    one.opportunities === other.opportunities &&
    one.reservations === other.reservations &&
    one.leads.length === other.leads.length &&
    one.leads.every((lead) => other.leads.includes(lead))
  );
}

interface Fields extends WeeklyFigures {
  readonly week: LocalDate;
  readonly person: string;
  readonly version: number;
  readonly sentAt: Instant | null;
  readonly late: boolean;
  readonly remindAt: Instant;
  readonly cutAt: Instant;
  readonly step: 'reminded' | 'cut';
}

export function reportKey({ week: monday, person, version }: WeeklyReport): string {
  return `${monday} ${person} ${version}`;
}

export function evolveWeekly(world: World, entry: JournalEntry | NewEntry): void {
  const { weeks, reports, behind } = world.get(weeklySlice);
  const fields = entry.fields as unknown as Fields;
  switch (entry.entry) {
    case 'week.opened':
    case 'week.rescheduled': {
      const { week: monday, remindAt, cutAt } = fields;
      const before = weeks.get(monday) ?? { reminded: false, cut: false };
      weeks.set(monday, { ...before, week: monday, remindAt, cutAt });
      return;
    }
    case 'week.step': {
      const before = weeks.get(fields.week);
      if (before !== undefined) weeks.set(before.week, { ...before, [fields.step]: true });
      return;
    }
    case 'report.weekly': {
      const { comment = null } = (entry.personal ?? {}) as { readonly comment?: string | null };
      const report = {
        week: fields.week,
        person: fields.person,
        version: fields.version,
        at: entry.at,
        sentAt: fields.sentAt ?? null,
        late: fields.late,
        received: fields.received,
        inFollowUp: fields.inFollowUp,
        appointments: fields.appointments,
        opportunities: fields.opportunities,
        reservations: fields.reservations,
        leads: fields.leads,
        comment,
      };
      reports.set(reportKey(report), report);
      return;
    }
    case 'leads.behind':
      behind.set(`${fields.week} ${fields.person}`, {
        week: fields.week,
        person: fields.person,
        leads: fields.leads,
      });
      return;
    case 'contact.erased':
      // Its words are taken from the journal with the names beside them.
      for (const [key, each] of reports.values().map((one) => [reportKey(one), one] as const))
        if (each.comment !== null && each.leads.some((lead) => fields.leads.includes(lead)))
          reports.set(key, { ...each, comment: null });
      return;
    default:
  }
}
