import type { Seat } from '../seat.ts';

export const advisor: Seat = {
  words: 'leads',
  screens: [
    {
      path: '/my-day',
      page: () => import('./my-day.tsx'),
      may: 'leads.call',
      roles: ['advisor', 'kam', 'manager'],
    },
  ],
};
