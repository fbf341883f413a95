import type { Seat } from '../seat.ts';

export const team: Seat = {
  words: 'leads',
  screens: [
    {
      path: '/team',
      page: () => import('./team.tsx'),
      may: 'board.see',
      roles: ['manager', 'director', 'direction', 'administrator'],
    },
  ],
};
