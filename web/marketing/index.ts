import type { Seat } from '../seat.ts';

/** Where leads come from: what each source brings, how it is set up, and files of leads. */
export const marketing: Seat = {
  words: 'marketing',
  screens: [
    {
      path: '/sources',
      page: () => import('./sources.tsx'),
      may: 'sources.see',
      roles: ['marketing', 'administrator', 'direction'],
    },
    {
      path: '/import',
      page: () => import('./import.tsx'),
      may: 'leads.import',
      roles: ['marketing', 'administrator'],
    },
  ],
};
