import type { Fact, Feature, OwnDeadline } from '../decisions/index.ts';
import { appointment, appointmentsSlice, evolveAppointments, type Appointment } from './appointment.ts';
import { allAppointments, loadAppointments, saveAppointments } from './appointments.store.ts';

const SUBJECT = 'appointment:';

function deadlinesOfAppointment({ state, remindAt, remindClientAt, askAt }: Appointment): OwnDeadline[] {
  if (state !== 'booked') return [];
  return [
    ...(remindAt === null ? [] : [{ kind: 'appointment.reminder', dueAt: remindAt }]),
    ...(remindClientAt === null ? [] : [{ kind: 'appointment.client-reminder', dueAt: remindClientAt }]),
    ...(askAt === null ? [] : [{ kind: 'appointment.ask', dueAt: askAt }]),
  ];
}

/** Which appointment a deadline is of; null when it is of something else. */
export function appointmentOfSubject(subject: string): string | null {
  return subject.startsWith(SUBJECT) ? subject.slice(SUBJECT.length) : null;
}

type Named = Fact & { readonly appointment?: string | null };

/** The agenda. What may be booked and what follows is decided where the lead is known (follow-up/). */
export const appointmentsFeature: Feature = {
  name: 'appointments',
  load: async (tx, facts, due, { world }) => {
    const named = (facts as readonly Named[]).flatMap((fact) => fact.appointment ?? []);
    const dueIds = due.flatMap(({ subject }) => appointmentOfSubject(subject) ?? []);
    await loadAppointments(tx, world, { ids: [...named, ...dueIds] });
  },
  facts: new Map(),
  deadlines: new Map(),
  evolve: evolveAppointments,
  save: saveAppointments,
  changedSubjects: (world) =>
    world
      .get(appointmentsSlice)
      .appointments.changed()
      .map(([id]) => SUBJECT + id),
  deadlinesOf: (world, subject) => {
    const id = appointmentOfSubject(subject);
    if (id === null) return null;
    const known = appointment(world, id);
    return known === undefined ? null : deadlinesOfAppointment(known);
  },
  tables: [
    {
      table: 'appointments',
      key: ['id'],
      derived: (world) =>
        world
          .get(appointmentsSlice)
          .appointments.values()
          .map((each) => ({ ...each })),
      stored: async (tx) => (await allAppointments(tx)).map((each) => ({ ...each })),
    },
  ],
};
