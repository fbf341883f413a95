import type { Seat } from '../seat.ts';
import { loadWords } from '../words.ts';

export const team: Seat = {
  words: 'leads',
  screens: [
    {
      path: '/team',
      page: async () => {
        await loadWords('follow');
        return import('./team.tsx');
      },
      may: 'board.see',
      roles: ['manager', 'director', 'direction', 'administrator'],
    },
    {
      path: '/cut',
      page: async () => {
        await loadWords('follow');
        return import('./cut.tsx');
      },
      may: 'board.see',
      roles: ['manager', 'director', 'direction', 'administrator'],
    },
  ],
};
