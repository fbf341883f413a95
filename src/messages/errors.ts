import type { ErrorEntry } from '../platform/errors.ts';

/** What a refusal about channels and messages says, and what to do. */
export const messageErrors: readonly ErrorEntry[] = [
  { code: 'no-such-message', status: 404, es: 'Ese mensaje no existe.', en: 'There is no such message.' },
  {
    code: 'message-gone',
    status: 409,
    es: 'El mensaje ya salió: no se puede deshacer.',
    en: 'The message has gone: it cannot be taken back.',
  },
  {
    code: 'message-not-open',
    status: 409,
    es: 'Ese mensaje ya tiene resultado o ya se envió de nuevo.',
    en: 'That message has its outcome, or has been sent again already.',
  },
  {
    code: 'message-empty',
    status: 400,
    es: 'El mensaje no dice nada: escribe algo o elige una plantilla.',
    en: 'The message says nothing: write something or choose a template.',
  },
  {
    code: 'subject-missing',
    status: 400,
    es: 'Al correo le falta el asunto.',
    en: 'The e-mail needs a subject.',
  },
  {
    code: 'needs-template',
    status: 409,
    es: 'Pasaron más de 24 horas desde su último mensaje: WhatsApp solo deja escribirle con una plantilla.',
    en: 'More than 24 hours have passed since their last message: WhatsApp lets one write only by template.',
  },
  {
    code: 'template-channel',
    status: 400,
    es: 'Las plantillas son de WhatsApp: por correo escribe tus palabras.',
    en: 'Templates are for WhatsApp: by e-mail write your own words.',
  },
  {
    code: 'no-such-media',
    status: 404,
    es: 'Ese archivo no existe o ya no se conserva.',
    en: 'There is no such file, or it is no longer kept.',
  },
  {
    code: 'no-such-channel',
    status: 404,
    es: 'Ese canal no está configurado.',
    en: 'That channel is not set up.',
  },
  {
    code: 'secret-missing',
    status: 400,
    es: 'Falta un dato secreto que el canal necesita: {field}.',
    en: 'A secret that the channel needs is missing: {field}.',
  },
  {
    code: 'push-endpoint',
    status: 400,
    es: 'Este navegador usa un servicio de avisos que no se conoce. Prueba con Chrome, Firefox, Safari o Edge.',
    en: 'This browser uses a push service we do not know. Try Chrome, Firefox, Safari or Edge.',
  },
  {
    code: 'bad-signature',
    status: 401,
    es: 'La firma no corresponde al secreto de la aplicación de Meta.',
    en: 'The signature is not that of the Meta app’s secret.',
  },
  {
    code: 'wrong-token',
    status: 403,
    es: 'El token de verificación no es el configurado.',
    en: 'The verification token is not the one set up.',
  },
];
