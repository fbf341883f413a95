import type { ErrorEntry } from '../platform/errors.ts';

export const reportErrors: readonly ErrorEntry[] = [
  {
    code: 'no-such-month',
    status: 422,
    es: 'Ese mes no ha llegado. El último es {last}.',
    en: 'That month has not come. The last one is {last}.',
  },
];
