import type { Seat } from '../seat.ts';

export const audits: Seat = {
  words: 'audits',
  screens: [
    {
      path: '/audits',
      page: () => import('./audits.tsx'),
      may: 'audits.see',
      roles: ['advisor', 'kam', 'manager', 'director', 'direction', 'administrator'],
    },
  ],
};
