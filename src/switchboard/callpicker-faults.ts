import type { Fault, Told } from '../platform/fault.ts';

/** Why an event of the PBX proves nothing, and what to do. The raw body was stored before. */
export const PBX_FAULTS = {
  'pbx-not-readable': {
    message: {
      es: 'El aviso de la central no se puede leer ({value}).',
      en: 'The PBX event cannot be read ({value}).',
    },
    remedy: {
      es: 'Revise en la central que el evento se envíe como JSON o formulario a esta dirección.',
      en: 'Check that the PBX sends the event as JSON or as a form to this address.',
    },
  },
  'pbx-call-id-missing': {
    message: { es: 'El aviso de la central no trae id de llamada.', en: 'The PBX event has no call id.' },
    remedy: {
      es: 'Active en la central los campos call_id o request_id del evento: sin ellos una repetición contaría dos veces.',
      en: 'Switch on call_id or request_id in the PBX event: without them a repeat would count twice.',
    },
  },
  'pbx-direction-unknown': {
    message: {
      es: 'El aviso no dice si la llamada fue de entrada o de salida.',
      en: 'The event does not say whether the call was inbound or outbound.',
    },
    remedy: {
      es: 'Active el campo call_type del evento; revise la llamada a mano mientras tanto.',
      en: 'Switch on the call_type field of the event; check the call by hand meanwhile.',
    },
  },
  'pbx-time-missing': {
    message: {
      es: 'El aviso no dice cuándo empezó la llamada.',
      en: 'The event does not say when the call started.',
    },
    remedy: {
      es: 'Active los campos date y created del evento: la hora en que llega el aviso no es la de la llamada.',
      en: 'Switch on the date and created fields of the event: when the event arrives is not when the call was.',
    },
  },
  'pbx-time-in-future': {
    message: {
      es: 'La llamada habría empezado en el futuro ({value}).',
      en: 'The call would have started in the future ({value}).',
    },
    remedy: {
      es: 'Compare la hora y la zona horaria de la central con las de la organización.',
      en: 'Compare clock and time zone of the PBX with those of the organization.',
    },
  },
  'pbx-time-too-old': {
    message: {
      es: 'La llamada es de hace más de 7 días ({value}).',
      en: 'The call is more than 7 days old ({value}).',
    },
    remedy: {
      es: 'Si es real, regístrela como evidencia a mano; si no, revise la fecha de la central.',
      en: 'If it is real, enter it as evidence by hand; if not, check the date of the PBX.',
    },
  },
  'pbx-start-after-end': {
    message: {
      es: 'La llamada habría empezado después de terminar ({value}).',
      en: 'The call would have started after it ended ({value}).',
    },
    remedy: {
      es: 'Revise la zona horaria configurada para la central.',
      en: 'Check the time zone configured for the PBX.',
    },
  },
} as const satisfies Record<string, { message: Told; remedy: Told }>;

export type PbxFaultCode = keyof typeof PBX_FAULTS;

export function pbxFault(code: PbxFaultCode, field?: string, value = ''): Fault {
  const { message, remedy } = PBX_FAULTS[code];
  const told = ({ es, en }: Told): Told => ({
    es: es.replaceAll('{value}', () => value),
    en: en.replaceAll('{value}', () => value),
  });
  return { code, ...(field === undefined ? {} : { field }), message: told(message), remedy: told(remedy) };
}
