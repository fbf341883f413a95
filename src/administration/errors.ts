import type { ErrorEntry } from '../platform/errors.ts';

/** What a refused act on people or rosters says, and what to do. */
export const staffErrors: readonly ErrorEntry[] = [
  {
    code: 'person-exists',
    status: 409,
    es: 'Esa persona ya está en la plantilla.',
    en: 'That person is already on the staff.',
  },
  {
    code: 'person-out-of-reach',
    status: 403,
    es: 'Esa persona no es de tu equipo.',
    en: 'That person is not on your team.',
  },
  {
    code: 'reports-to-ring',
    status: 422,
    es: 'Nadie puede depender de alguien que depende de él: elige a otra persona.',
    en: 'Nobody can report to somebody who reports to them: choose another person.',
  },
  {
    code: 'phone-not-understood',
    status: 422,
    es: 'Ese teléfono no se entiende: escríbelo con sus diez dígitos.',
    en: 'That phone is not understood: write its ten digits.',
  },
  {
    code: 'nobody-submitted',
    status: 409,
    es: 'Ese mes todavía no tiene lista.',
    en: 'That month has no list yet.',
  },
  {
    code: 'not-on-the-roster',
    status: 409,
    es: 'Esa persona no está propuesta en ese mes: inclúyela primero en la lista.',
    en: 'That person is not proposed for that month: put them on the list first.',
  },
  {
    code: 'roster-not-yours',
    status: 403,
    es: 'Solo puedes entregar la lista de tu zona.',
    en: 'You can only hand in the list of your own zone.',
  },
];
