import { gateRefusals } from '../gate/index.ts';
import type { ErrorEntry } from '../platform/errors.ts';

/** What a refused act on a lead says, and what to do. */
export const leadErrors: readonly ErrorEntry[] = [
  // The gate's own refusals, one sentence each: what holds, and what can be done.
  ...Object.entries(gateRefusals)
    .filter(([code]) => code !== 'not-holder')
    .map(([code, { status, es, en }]) => ({
      code,
      status,
      es: `${es.says} ${es.todo}`,
      en: `${en.says} ${en.todo}`,
    })),
  {
    code: 'no-such-lead',
    status: 404,
    es: 'Ese lead no existe o no es de los tuyos.',
    en: 'There is no such lead, or it is not yours to see.',
  },
  {
    code: 'lead-exists',
    status: 409,
    es: 'Ese lead ya está registrado.',
    en: 'That lead is already registered.',
  },
  {
    code: 'not-holder',
    status: 403,
    es: 'El lead ya no está contigo: solo su titular puede hacerlo.',
    en: 'The lead is no longer yours: only its holder may do that.',
  },
  {
    code: 'already-holder',
    status: 409,
    es: 'Esa persona ya es la titular.',
    en: 'That person already holds it.',
  },
  {
    code: 'lead-refused',
    status: 409,
    es: 'El lead fue rechazado y no se asigna.',
    en: 'The lead was refused and is not assigned.',
  },
  {
    code: 'not-administrator',
    status: 403,
    es: 'Solo el administrador puede hacerlo.',
    en: 'Only the administrator may do that.',
  },
  {
    code: 'lead-closed',
    status: 409,
    es: 'El lead ya tiene un cierre: no es una prueba.',
    en: 'The lead has a closing: it is no test.',
  },
  {
    code: 'nobody-on-duty',
    status: 409,
    es: 'No hay nadie de guardia que lo pueda recibir; elige a una persona.',
    en: 'Nobody on duty can take it; choose a person.',
  },
  {
    code: 'call-in-hand',
    status: 409,
    es: 'La central ya tiene esta llamada: espera a que suene. Si en un minuto no suena, vuelve a llamar.',
    en: 'The PBX already has this call: wait for it to ring. If it does not ring within a minute, call again.',
  },
  {
    code: 'not-your-role',
    status: 403,
    es: 'Tu puesto no incluye hacer esto.',
    en: 'Your role does not include this.',
  },
  {
    code: 'email-not-understood',
    status: 422,
    es: 'Ese correo no está completo, por ejemplo ana@example.com.',
    en: 'That e-mail is not complete, for example ana@example.com.',
  },
  {
    code: 'phone-or-email-needed',
    status: 422,
    es: 'Hace falta un teléfono o un correo para poder contactar a la persona.',
    en: 'A phone or an e-mail is needed to reach the person.',
  },
  { code: 'no-such-call', status: 422, es: 'Esa llamada no está registrada.', en: 'That call is not known.' },
];
