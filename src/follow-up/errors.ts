import type { ErrorEntry } from '../platform/errors.ts';

/** What a refused act of follow-up says, and what to do. */
export const followUpErrors: readonly ErrorEntry[] = [
  {
    code: 'lead-lost',
    status: 409,
    es: 'El lead está marcado como perdido. Reábrelo primero.',
    en: 'The lead is marked as lost. Reopen it first.',
  },
  { code: 'lead-open', status: 409, es: 'El lead sigue abierto.', en: 'The lead is still open.' },
  {
    code: 'already-opportunity',
    status: 409,
    es: 'La oportunidad ya está anotada.',
    en: 'The opportunity is noted already.',
  },
  {
    code: 'no-opportunity',
    status: 409,
    es: 'No hay oportunidad que quitar.',
    en: 'There is no opportunity to take back.',
  },
  {
    code: 'already-reserved',
    status: 409,
    es: 'El apartado ya está anotado.',
    en: 'The reservation is noted already.',
  },
  {
    code: 'no-reservation',
    status: 409,
    es: 'No hay apartado que cancelar.',
    en: 'There is no reservation to cancel.',
  },
  {
    code: 'date-past',
    status: 422,
    es: 'Esa fecha ya pasó. Elige una que esté por venir.',
    en: 'That date is past. Choose one that is still to come.',
  },
  {
    code: 'no-next-action',
    status: 409,
    es: 'No hay siguiente acción pendiente.',
    en: 'There is no next action pending.',
  },
  {
    code: 'no-such-appointment',
    status: 404,
    es: 'Esa cita no existe o ya no está pendiente.',
    en: 'There is no such appointment, or it is no longer pending.',
  },
  {
    code: 'appointment-clash',
    status: 409,
    es: 'A esa hora ya hay otra cita con la misma persona. Elige otra hora.',
    en: 'There is another appointment with the same person at that time. Choose another time.',
  },
  {
    code: 'appointment-settled',
    status: 409,
    es: 'Ya está anotado cómo quedó esa cita.',
    en: 'How that appointment went is noted already.',
  },
  {
    code: 'appointment-open',
    status: 409,
    es: 'La cita sigue pendiente.',
    en: 'The appointment is still pending.',
  },
  {
    code: 'appointment-not-yet',
    status: 409,
    es: 'La cita aún no llega. Anota cómo quedó cuando haya pasado.',
    en: 'The appointment is still to come. Note how it went once it is over.',
  },
  {
    code: 'no-weekly-report',
    status: 403,
    es: 'El reporte semanal lo mandan los asesores y los KAM.',
    en: 'The weekly report is sent by advisors and key account managers.',
  },
  {
    code: 'no-such-week',
    status: 422,
    es: 'Esa semana no se puede reportar: o no ha empezado, o ya es muy antigua.',
    en: 'That week cannot be reported: it has not begun, or is too long ago.',
  },
  {
    code: 'report-sent',
    status: 409,
    es: 'El reporte ya está enviado con esos mismos datos.',
    en: 'The report was sent already, with these very figures.',
  },
];
