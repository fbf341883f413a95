import type { ErrorEntry } from '../platform/errors.ts';

export const whatIfErrors: readonly ErrorEntry[] = [
  {
    code: 'no-such-what-if',
    status: 404,
    es: 'Esa prueba ya no está. Pídela otra vez.',
    en: 'That trial is no longer here. Ask for it again.',
  },
  {
    code: 'what-if-month',
    status: 422,
    es: 'Elige un mes del que haya registro: de {first} a {last}.',
    en: 'Choose a month on record: from {first} to {last}.',
  },
  {
    code: 'what-if-over',
    status: 409,
    es: 'Esa prueba ya terminó: no hay nada que detener.',
    en: 'That trial is over: there is nothing to stop.',
  },
  {
    code: 'too-many-what-ifs',
    status: 429,
    es: 'Ya hay {limit} pruebas en espera. Detén una o espera a que acaben.',
    en: 'There are {limit} trials waiting already. Stop one, or wait until they are over.',
  },
];
