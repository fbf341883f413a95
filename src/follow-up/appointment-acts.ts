import {
  appointment as appointmentOf,
  appointmentsOfLead,
  appointmentsSlice,
  clash,
  heldAt,
  isWalkIn,
  type Appointment,
} from '../appointments/index.ts';
import { localDate } from '../calendar/index.ts';
import type { Deciding, Fact, Refusal } from '../decisions/index.ts';
import type { Lead } from '../leads/index.ts';
import { MINUTE, plus, type Instant } from '../platform/time.ts';
import { houseRule } from '../procedures/index.ts';
import { NO_REMINDERS, reminders } from './reminders.ts';
import { frozen, worked } from './who-may.ts';

export const APPOINTMENT_MINUTES = 60;

export interface AppointmentBooked extends Fact {
  readonly fact: 'appointment.booked';
  readonly appointment: string;
  readonly lead: string;
  readonly by: string;
  readonly startsAt: Instant;
  /** Default: an hour. */
  readonly minutes?: number;
  readonly kind?: string;
  readonly place?: string | null;
}

interface OnAppointment extends Fact {
  readonly lead: string;
  readonly by: string;
  /** Default: the lead's own that is open. */
  readonly appointment?: string | null;
}

/** Without a booking, a meeting that was not planned: it is noted all the same. */
export interface AppointmentHeld extends OnAppointment {
  readonly fact: 'appointment.held';
}

/** The person did not come. */
export interface AppointmentMissed extends OnAppointment {
  readonly fact: 'appointment.missed';
}

export interface AppointmentCanceled extends OnAppointment {
  readonly fact: 'appointment.canceled';
}

/** What was noted of it was a mistake. */
export interface AppointmentReopened extends OnAppointment {
  readonly fact: 'appointment.reopened';
}

const BECAUSE = [houseRule('follow-up')];

export function book(fact: AppointmentBooked, deciding: Deciding): Refusal | void {
  const on = worked(deciding, fact, { open: true });
  if ('refused' in on) return on;
  const { world, now } = deciding;
  const before = appointmentOf(world, fact.appointment);
  if (before !== undefined)
    return before.lead === fact.lead ? undefined : { refused: 'no-such-appointment', because: BECAUSE };
  const { lead, credited } = on;
  const held = frozen(deciding, lead);
  if (held !== null) return held;
  const { startsAt, minutes = APPOINTMENT_MINUTES, kind = 'meeting', place = null } = fact;
  if (startsAt <= now) return { refused: 'date-past', because: BECAUSE };
  const endsAt = plus(startsAt, minutes * MINUTE);
  const wanted = { startsAt, endsAt, person: credited, contact: lead.contact };
  const inTheWay = clash(world.get(appointmentsSlice).appointments.values(), wanted);
  if (inTheWay !== undefined)
    return {
      refused: 'appointment-clash',
      because: [houseRule('agenda')],
      detail: { appointment: inTheWay.id, lead: inTheWay.lead, startsAt: inTheWay.startsAt },
    };
  deciding.record({
    entry: 'appointment.booked',
    kind: 'fact',
    because: [],
    lead: lead.id,
    contact: lead.contact,
    person: fact.by,
    fields: {
      appointment: fact.appointment,
      lead: lead.id,
      by: fact.by,
      person: credited,
      kind,
      startsAt,
      endsAt,
      ...reminders({ startsAt, endsAt }, now),
    },
    personal: { place },
  });
  return undefined;
}

type Settling = AppointmentHeld | AppointmentMissed | AppointmentCanceled;

/** The one that is meant: named, or else the lead's next that is open. */
function meant(deciding: Deciding, fact: OnAppointment): Appointment | undefined {
  const { world } = deciding;
  if (fact.appointment == null)
    return appointmentsOfLead(world, fact.lead).find(({ state }) => state === 'booked');
  const named = appointmentOf(world, fact.appointment);
  return named?.lead === fact.lead ? named : undefined;
}

export function hold(fact: AppointmentHeld, deciding: Deciding): Refusal | void {
  const on = worked(deciding, fact, { open: false });
  if ('refused' in on) return on;
  const { now, organization } = deciding;
  const known = meant(deciding, fact);
  if (known === undefined && fact.appointment != null)
    return { refused: 'no-such-appointment', because: BECAUSE };
  const today = localDate(now, organization.zone);
  const isLater = known !== undefined && localDate(known.startsAt, organization.zone) > today;
  if (isLater && fact.appointment != null) return { refused: 'appointment-not-yet', because: BECAUSE };
  if (known === undefined || isLater) {
    const id = deciding.newId();
    const unplanned = {
      walkIn: true,
      kind: 'meeting',
      startsAt: now,
      endsAt: plus(now, APPOINTMENT_MINUTES * MINUTE),
    };
    record(deciding, fact, on.lead, { appointment: id, person: on.credited, heldAt: now, ...unplanned });
    return undefined;
  }
  if (known.state !== 'booked') return { refused: 'appointment-settled', because: BECAUSE };
  const took = known.startsAt < now ? known.startsAt : now;
  record(deciding, fact, on.lead, { appointment: known.id, person: known.person, heldAt: took });
  return undefined;
}

export function settle(fact: AppointmentMissed | AppointmentCanceled, deciding: Deciding): Refusal | void {
  const on = worked(deciding, fact, { open: false });
  if ('refused' in on) return on;
  const known = meant(deciding, fact);
  if (known === undefined) return { refused: 'no-such-appointment', because: BECAUSE };
  if (known.state !== 'booked') return { refused: 'appointment-settled', because: BECAUSE };
  if (fact.fact === 'appointment.missed' && deciding.now < known.startsAt)
    return { refused: 'appointment-not-yet', because: BECAUSE };
  record(deciding, fact, on.lead, { appointment: known.id, person: known.person });
  return undefined;
}

export function reopenAppointment(fact: AppointmentReopened, deciding: Deciding): Refusal | void {
  const on = worked(deciding, fact, { open: false });
  if ('refused' in on) return on;
  const known = fact.appointment == null ? undefined : appointmentOf(deciding.world, fact.appointment);
  if (known === undefined || known.lead !== fact.lead)
    return { refused: 'no-such-appointment', because: BECAUSE };
  if (known.state === 'booked') return { refused: 'appointment-open', because: BECAUSE };
  if (known.state !== 'held' && isWalkIn(known)) return { refused: 'appointment-settled', because: BECAUSE };
  record(deciding, fact, on.lead, {
    appointment: known.id,
    person: known.person,
    was: known.state,
    heldAt: heldAt(known),
    walkIn: isWalkIn(known),
    ...(isWalkIn(known) ? NO_REMINDERS : reminders(known, deciding.now)),
  });
  return undefined;
}

type Fields = { readonly [field: string]: string | boolean | null };

function record(deciding: Deciding, fact: Settling | AppointmentReopened, lead: Lead, fields: Fields): void {
  deciding.record({
    entry: fact.fact,
    kind: 'fact',
    because: [],
    lead: lead.id,
    contact: lead.contact,
    person: fact.by,
    fields: { lead: lead.id, by: fact.by, ...fields },
  });
}

/** What was booked with a lead that is lost falls with it. */
export function callOffMeetings(
  deciding: Deciding,
  lead: Lead,
  by: string,
  because: readonly string[],
): void {
  for (const each of appointmentsOfLead(deciding.world, lead.id)) {
    if (each.state !== 'booked') continue;
    deciding.record({
      entry: 'appointment.canceled',
      kind: 'decision',
      because,
      lead: lead.id,
      contact: lead.contact,
      person: each.person,
      fields: { appointment: each.id, lead: lead.id, by, person: each.person },
    });
  }
}
