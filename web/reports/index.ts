import type { Seat } from '../seat.ts';

/** What the leads came to, beside the aim. */
export const reports: Seat = {
  words: 'reports',
  screens: [
    {
      path: '/reports',
      page: () => import('./results.tsx'),
      may: 'reports.see',
      roles: ['manager', 'director', 'direction', 'administrator', 'marketing'],
    },
  ],
};
