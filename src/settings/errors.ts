import type { ErrorEntry } from '../platform/errors.ts';

/** Refusals about procedures and their versions. */
export const procedureErrors: readonly ErrorEntry[] = [
  {
    code: 'procedure-unknown',
    status: 404,
    es: 'Ese procedimiento no existe.',
    en: 'There is no such procedure.',
  },
  {
    code: 'adoption-faulty',
    status: 422,
    es: 'La versión no se puede publicar: {field} debe ser {expected}.',
    en: 'The version cannot be published: {field} must be {expected}.',
  },
  {
    code: 'effective-in-the-past',
    status: 422,
    es: 'La vigencia no puede empezar antes de mañana: lo ya decidido no se cambia.',
    en: 'It cannot take effect before tomorrow: what has been decided is not changed.',
  },
  {
    code: 'version-exists',
    status: 409,
    es: 'Ya hay una versión con esa fecha de vigencia.',
    en: 'There already is a version with that effective date.',
  },
  {
    code: 'no-such-proposal',
    status: 404,
    es: 'Esa propuesta no existe.',
    en: 'There is no such proposal.',
  },
  {
    code: 'proposal-exists',
    status: 409,
    es: 'Esa propuesta ya está hecha.',
    en: 'That proposal has been made already.',
  },
  {
    code: 'proposal-closed',
    status: 409,
    es: 'Esa propuesta ya se decidió. Actualiza la pantalla para ver cómo.',
    en: 'That proposal has been decided. Reload the screen to see how.',
  },
  {
    code: 'proposal-changed',
    status: 409,
    es: 'La versión no es la que se propuso. Actualiza la pantalla y revísala otra vez.',
    en: 'The version is not the one proposed. Reload the screen and look at it again.',
  },
  {
    code: 'proposal-outdated',
    status: 409,
    es: 'Desde que se propuso se publicó otra versión de este procedimiento, y esta desharía lo que aquella cambió. Recházala o retírala, y proponla sobre la nueva.',
    en: 'Another version of this procedure was published since it was proposed, and this one would undo what that one changed. Reject or withdraw it, and propose it upon the new one.',
  },
  {
    code: 'second-person-needed',
    status: 403,
    es: 'La publica otra persona que pueda publicar procedimientos: quien la propone no la aprueba.',
    en: 'Another person who may publish procedures publishes it: who proposes it does not approve it.',
  },
  {
    code: 'reasons-needed',
    status: 422,
    es: 'Escribe por qué se rechaza: quien la propuso lo leerá.',
    en: 'Write why it is rejected: who proposed it will read it.',
  },
  {
    code: 'own-proposal',
    status: 403,
    es: 'Es tu propia propuesta: no se rechaza, se retira.',
    en: 'It is your own proposal: it is not rejected but withdrawn.',
  },
  {
    code: 'not-own-proposal',
    status: 403,
    es: 'Solo quien la propuso puede retirarla. Tú puedes rechazarla, con tus razones.',
    en: 'Only who proposed it may withdraw it. You may reject it, with your reasons.',
  },
];
