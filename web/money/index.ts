import type { Seat } from '../seat.ts';

/** Commissions, statements and cases, in every seat that sees them. */
export const money: Seat = {
  words: 'money',
  screens: [
    {
      path: '/money',
      page: () => import('./money.tsx'),
      may: 'money.see',
      roles: ['manager', 'director', 'direction', 'administrator'],
    },
    {
      path: '/statement',
      page: () => import('./statement.tsx'),
      may: 'money.see',
      roles: ['advisor', 'kam', 'manager', 'support'],
    },
    {
      path: '/sanctions',
      page: () => import('./sanctions.tsx'),
      may: 'sanctions.see',
      roles: ['advisor', 'kam', 'manager', 'director', 'direction', 'administrator', 'control'],
    },
  ],
};
