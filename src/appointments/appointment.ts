import { Rows, type World } from '../decisions/index.ts';
import type { JournalEntry, NewEntry } from '../journal/index.ts';
import type { Instant } from '../platform/time.ts';

/**
 * A meeting with the person of a lead:
 *
 *   booked ─▶ held       it took place
 *      ├────▶ missed     the person did not come
 *      └────▶ canceled   called off in time
 *
 * Held, missed and canceled go back to booked by the counter-entry `appointment.reopened`; a meeting that was noted
 * without having been booked (`walkIn`) goes to canceled instead.
 */
export interface Appointment {
  readonly id: string;
  readonly lead: string;
  readonly contact: string | null;
  /** Who attends: the lead's holder, also after it has changed hands. */
  readonly person: string;
  readonly bookedBy: string;
  readonly kind: string;
  /** Where, in the words of whoever booked it; gone when the person is erased. */
  readonly place: string | null;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly bookedAt: Instant;
  readonly state: 'booked' | 'held' | 'missed' | 'canceled';
  readonly settledAt: Instant | null;
  readonly settledBy: string | null;
  /** When the one who attends is reminded; null once that was done, or when it was booked too late for one. */
  readonly remindAt: Instant | null;
  readonly remindClientAt: Instant | null;
  /** When whoever attended is asked how it went. */
  readonly askAt: Instant | null;
}

export const appointmentsSlice = {
  name: 'appointments',
  empty: (): { readonly appointments: Rows<Appointment> } => ({
    appointments: new Rows<Appointment>((each) => [`lead:${each.lead}`, `person:${each.person}`]),
  }),
};

export function appointment(world: World, id: string): Appointment | undefined {
  return world.get(appointmentsSlice).appointments.get(id);
}

/** All of a lead, the earliest first. */
export function appointmentsOfLead(world: World, lead: string): Appointment[] {
  return world
    .get(appointmentsSlice)
    .appointments.having(`lead:${lead}`)
    .toSorted((a, b) => (a.startsAt < b.startsAt ? -1 : Number(a.startsAt > b.startsAt)));
}

/** Noted as held without having been booked. */
export function isWalkIn({ startsAt, bookedAt }: Appointment): boolean {
  return startsAt === bookedAt;
}

/** When it took place: at its hour, or earlier when it was noted before that. Null when it did not. */
export function heldAt({ state, startsAt, settledAt }: Appointment): Instant | null {
  if (state !== 'held' || settledAt === null) return null;
  return startsAt < settledAt ? startsAt : settledAt;
}

/** Two meetings of one person at one time cannot both be kept: the one in the way, if there is one. */
export function clash(
  appointments: readonly Appointment[],
  wanted: Pick<Appointment, 'startsAt' | 'endsAt'> & {
    readonly person: string;
    readonly contact: string | null;
  },
): Appointment | undefined {
  return appointments.find(
    (each) =>
      each.state === 'booked' &&
      (each.person === wanted.person || (each.contact !== null && each.contact === wanted.contact)) &&
      each.startsAt < wanted.endsAt &&
      wanted.startsAt < each.endsAt,
  );
}

interface Fields {
  readonly appointment: string;
  readonly by: string;
  readonly person: string;
  readonly kind: string;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly remindAt: Instant | null;
  readonly remindClientAt: Instant | null;
  readonly askAt: Instant | null;
  readonly walkIn?: boolean;
  readonly to?: string;
  readonly what?: string;
  readonly kept: string;
  readonly absorbed: string;
  readonly merge: { readonly leads: readonly string[] };
  readonly leads: readonly string[];
}

const SETTLED: Readonly<Record<string, Appointment['state']>> = {
  'appointment.held': 'held',
  'appointment.missed': 'missed',
  'appointment.canceled': 'canceled',
};
const NO_REMINDERS = { remindAt: null, remindClientAt: null, askAt: null };

export function evolveAppointments(world: World, entry: JournalEntry | NewEntry): void {
  const { appointments } = world.get(appointmentsSlice);
  const fields = entry.fields as unknown as Fields;
  const known = appointments.get(fields.appointment);
  switch (entry.entry) {
    case 'appointment.booked':
      appointments.set(fields.appointment, booked(entry, fields));
      return;
    case 'appointment.held':
    case 'appointment.missed':
    case 'appointment.canceled': {
      const before = known ?? (fields.walkIn === true ? booked(entry, fields) : undefined);
      const state = SETTLED[entry.entry];
      if (before === undefined || state === undefined) return;
      const settled = { settledAt: entry.at, settledBy: fields.by, ...NO_REMINDERS };
      appointments.set(before.id, { ...before, state, ...settled });
      return;
    }
    case 'appointment.reopened':
      if (known !== undefined) {
        const { remindAt, remindClientAt, askAt } = fields;
        const state = fields.walkIn === true ? 'canceled' : 'booked';
        const back = { settledAt: null, settledBy: null, remindAt, remindClientAt, askAt };
        appointments.set(known.id, { ...known, state, ...back });
      }
      return;
    case 'appointment.reminded':
      if (known !== undefined) appointments.set(known.id, { ...known, ...reminded(fields.what) });
      return;
    case 'appointment.reminder-waits':
      // No later than the meeting itself: a reminder due then is one that waits.
      if (known !== undefined) appointments.set(known.id, { ...known, remindClientAt: known.startsAt });
      return;
    case 'lead.released':
      for (const each of entry.lead == null ? [] : appointmentsOfLead(world, entry.lead))
        if (each.remindClientAt === each.startsAt && each.startsAt > entry.at)
          appointments.set(each.id, { ...each, remindClientAt: entry.at });
      return;
    case 'lead.given':
    case 'lead.assigned':
    case 'lead.reassigned':
    case 'lead.reassignment-reversed':
      // Who has the lead now keeps its appointments.
      for (const each of entry.lead == null ? [] : appointmentsOfLead(world, entry.lead))
        if (each.state === 'booked' && fields.to !== undefined && each.person !== fields.to)
          appointments.set(each.id, { ...each, person: fields.to });
      return;
    case 'lead.refused':
      for (const each of entry.lead == null ? [] : appointmentsOfLead(world, entry.lead))
        if (each.state === 'booked')
          appointments.set(each.id, { ...each, state: 'canceled', settledAt: entry.at, ...NO_REMINDERS });
      return;
    case 'contact.merged':
      moveTo(world, fields.merge.leads, fields.kept);
      return;
    case 'contact.unmerged':
      moveTo(world, fields.leads, fields.absorbed);
      return;
    case 'contact.erased':
      for (const lead of fields.leads)
        for (const each of appointmentsOfLead(world, lead))
          appointments.set(each.id, {
            ...each,
            place: null,
            ...NO_REMINDERS,
            state: each.state === 'booked' ? 'canceled' : each.state,
          });
      return;
    default:
  }
}

function booked(entry: JournalEntry | NewEntry, fields: Fields): Appointment {
  const { place } = (entry.personal ?? {}) as { readonly place?: string | null };
  return {
    id: fields.appointment,
    lead: entry.lead ?? '',
    contact: entry.contact ?? null,
    person: fields.person,
    bookedBy: fields.by,
    kind: fields.kind,
    place: place ?? null,
    startsAt: fields.startsAt,
    endsAt: fields.endsAt,
    bookedAt: entry.at,
    state: 'booked',
    settledAt: null,
    settledBy: null,
    remindAt: fields.remindAt ?? null,
    remindClientAt: fields.remindClientAt ?? null,
    askAt: fields.askAt ?? null,
  };
}

function reminded(what: string | undefined): Partial<Appointment> {
  if (what === 'client') return { remindClientAt: null };
  return what === 'ask' ? { askAt: null } : { remindAt: null };
}

function moveTo(world: World, leads: readonly string[], contact: string): void {
  const { appointments } = world.get(appointmentsSlice);
  for (const lead of leads)
    for (const each of appointmentsOfLead(world, lead)) appointments.set(each.id, { ...each, contact });
}
