import type { ErrorEntry } from '../platform/errors.ts';
import { PBX_FAULTS } from '../switchboard/index.ts';
import { SOURCE_FAULTS } from './faults.ts';

/** Faults of a body answer 422, except where the body was not even one, or its sender nobody. */
const STATUS: Readonly<Record<string, number>> = {
  'not-an-object': 400,
  'not-readable': 400,
  'pbx-not-readable': 400,
  'not-a-notification': 400,
  'bad-key': 403,
};

export function statusOfFault(code: string): number {
  return STATUS[code] ?? 422;
}

const faults: readonly ErrorEntry[] = Object.entries({ ...SOURCE_FAULTS, ...PBX_FAULTS }).map(
  ([code, { message, remedy }]) => ({
    code,
    status: statusOfFault(code),
    es: `${message.es} ${remedy.es}`,
    en: `${message.en} ${remedy.en}`,
  }),
);

/** Every refusal of the intake: what happened and what to do now. */
export const sourceErrors: readonly ErrorEntry[] = [
  ...faults,
  {
    code: 'key-used-for-another-body',
    status: 422,
    es: 'Esa Idempotency-Key ya se usó con otro cuerpo. Use una clave nueva para cada lead.',
    en: 'That Idempotency-Key was used with another body. Use a new key for each lead.',
  },
  {
    code: 'idempotency-key-not-valid',
    status: 400,
    es: 'La Idempotency-Key debe tener de 1 a 255 caracteres imprimibles.',
    en: 'The Idempotency-Key must have 1 to 255 printable characters.',
  },
  {
    code: 'request-in-flight',
    status: 409,
    es: 'La misma petición se está procesando. Espere {seconds} segundo y pregunte otra vez.',
    en: 'The same request is being processed. Wait {seconds} second and ask again.',
  },
  {
    code: 'signature-not-valid',
    status: 401,
    es: 'La firma no coincide. Revise el secreto de la aplicación en Fuentes.',
    en: 'The signature does not match. Check the app secret in Sources.',
  },
  {
    code: 'handshake-refused',
    status: 403,
    es: 'El token de verificación no coincide con el de Fuentes.',
    en: 'The verify token is not the one in Sources.',
  },
  {
    code: 'source-kind-fixed',
    status: 409,
    es: 'El tipo de una fuente no se cambia. Cree otra fuente.',
    en: 'The kind of a source cannot be changed. Make another source.',
  },
  {
    code: 'secret-not-known',
    status: 400,
    es: 'Esta clase de fuente no tiene el secreto «{name}».',
    en: 'This kind of source has no secret "{name}".',
  },
  {
    code: 'no-such-receipt',
    status: 404,
    es: 'Ese cuerpo recibido no existe.',
    en: 'There is no such received body.',
  },
  {
    code: 'receipt-not-open',
    status: 409,
    es: 'Solo se procesa de nuevo lo que quedó con falla, y no si su lead ya llegó de otro modo.',
    en: 'Only what was put aside with a fault is processed again, and not if its lead came in another way.',
  },
  {
    code: 'no-such-import',
    status: 404,
    es: 'Esa importación no existe.',
    en: 'There is no such import.',
  },
  {
    code: 'import-not-a-table',
    status: 422,
    es: 'El archivo no se puede leer como tabla ({why}). Guárdelo como .xlsx o CSV y súbalo de nuevo.',
    en: 'The file cannot be read as a table ({why}). Save it as .xlsx or CSV and upload it again.',
  },
  {
    code: 'import-state',
    status: 409,
    es: 'La importación está en «{state}»; eso ya no se puede hacer.',
    en: 'The import is in state "{state}"; that can no longer be done.',
  },
];
