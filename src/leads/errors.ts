import type { ErrorEntry } from '../platform/errors.ts';

/** What a refused act on a lead says, and what to do. */
export const leadErrors: readonly ErrorEntry[] = [
  { code: 'no-such-lead', status: 404, es: 'Ese lead no existe o no es de los tuyos.', en: 'There is no such lead, or it is not yours to see.' },
  { code: 'lead-exists', status: 409, es: 'Ese lead ya está registrado.', en: 'That lead is already registered.' },
  {
    code: 'not-holder',
    status: 403,
    es: 'El lead ya no está contigo: solo su titular puede hacerlo.',
    en: 'The lead is no longer yours: only its holder may do that.',
  },
  { code: 'already-holder', status: 409, es: 'Esa persona ya es la titular.', en: 'That person already holds it.' },
  { code: 'lead-refused', status: 409, es: 'El lead fue rechazado y no se asigna.', en: 'The lead was refused and is not assigned.' },
  {
    code: 'nobody-on-duty',
    status: 409,
    es: 'No hay nadie de guardia que lo pueda recibir; elige a una persona.',
    en: 'Nobody on duty can take it; choose a person.',
  },
  { code: 'no-such-call', status: 422, es: 'Esa llamada no está registrada.', en: 'That call is not known.' },
];
