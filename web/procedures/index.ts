import type { Seat } from '../seat.ts';

/** The written rules as this organization runs them; everybody may read them. */
export const procedures: Seat = {
  words: 'procedures',
  screens: [{ path: '/procedures', page: () => import('./procedures.tsx'), may: 'procedures.see' }],
};
