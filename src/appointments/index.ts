/** The agenda: meetings booked, held, missed or called off. */
export {
  appointment,
  appointmentsOfLead,
  appointmentsSlice,
  clash,
  heldAt,
  isWalkIn,
  type Appointment,
} from './appointment.ts';
export { appointmentOfSubject, appointmentsFeature } from './appointments.feature.ts';
export { loadAppointments } from './appointments.store.ts';
