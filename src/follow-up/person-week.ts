import { localDate, weekOf } from '../calendar/index.ts';
import { currentOrganization, Rows, type World } from '../decisions/index.ts';
import type { JournalEntry, NewEntry } from '../journal/index.ts';
import type { Instant, LocalDate } from '../platform/time.ts';

/** What one person did from Monday to Sunday, local (contact-center-policy L6). */
export interface PersonWeek {
  /** Its Monday. */
  readonly week: LocalDate;
  readonly person: string;
  /** Leads assigned by turn or by reassignment, less reversals and duplicates. */
  readonly received: number;
  readonly appointments: number;
  readonly opportunities: number;
  readonly reservations: number;
}

export const weeksSlice = {
  name: 'person-weeks',
  empty: (): { readonly weeks: Rows<PersonWeek> } => ({ weeks: new Rows<PersonWeek>() }),
};

export function weekKey(week: LocalDate, person: string): string {
  return `${week} ${person}`;
}

export function weekAt(world: World, at: Instant): LocalDate {
  return weekOf(localDate(at, currentOrganization(world).zone));
}

export function personWeek(world: World, week: LocalDate, person: string): PersonWeek {
  return (
    world.get(weeksSlice).weeks.get(weekKey(week, person)) ?? {
      week,
      person,
      received: 0,
      appointments: 0,
      opportunities: 0,
      reservations: 0,
    }
  );
}

interface Fields {
  readonly to?: string;
  readonly counts?: boolean;
  readonly undone?: readonly { readonly person: string; readonly at: Instant }[];
  readonly person: string;
  readonly heldAt: Instant;
  readonly madeAt: Instant;
  readonly appointment: string;
  readonly was?: string;
}

type Counted = 'received' | 'appointments' | 'opportunities' | 'reservations';

/** Counts what the journal says; the entries are public. */
export function evolveWeeks(world: World, entry: JournalEntry | NewEntry): void {
  const fields = entry.fields as unknown as Fields;
  const count = (person: string, at: Instant, what: Counted, more: number): void => {
    const before = personWeek(world, weekAt(world, at), person);
    const after = { ...before, [what]: Math.max(0, before[what] + more) };
    world.get(weeksSlice).weeks.set(weekKey(before.week, person), after);
  };
  switch (entry.entry) {
    case 'lead.assigned':
    case 'lead.reassigned':
      if (fields.to !== undefined && fields.counts !== false) count(fields.to, entry.at, 'received', 1);
      return;
    case 'lead.duplicate':
    case 'lead.refused':
    case 'lead.reassignment-reversed':
      for (const { person, at } of fields.undone ?? []) count(person, at, 'received', -1);
      return;
    case 'appointment.held':
      count(fields.person, fields.heldAt, 'appointments', 1);
      return;
    case 'appointment.reopened':
      if (fields.was === 'held') count(fields.person, fields.heldAt, 'appointments', -1);
      return;
    case 'opportunity.opened':
      count(fields.person, entry.at, 'opportunities', 1);
      return;
    case 'opportunity.canceled':
      count(fields.person, fields.madeAt, 'opportunities', -1);
      return;
    case 'reservation.made':
      count(fields.person, entry.at, 'reservations', 1);
      return;
    case 'reservation.canceled':
      count(fields.person, fields.madeAt, 'reservations', -1);
      return;
    default:
  }
}
