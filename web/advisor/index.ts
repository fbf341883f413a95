import { ENTRY_WORDS } from '../entry-words.ts';
import type { Seat } from '../seat.ts';
import { loadWords } from '../words.ts';

export const advisor: Seat = {
  words: 'leads',
  screens: [
    {
      path: '/my-day',
      page: async () => {
        await loadWords('follow');
        return import('./my-day.tsx');
      },
      may: 'leads.call',
      roles: ['advisor', 'kam', 'manager'],
    },
    {
      path: '/agenda',
      page: async () => {
        await Promise.all([loadWords('follow'), loadWords(ENTRY_WORDS)]);
        return import('./agenda.tsx');
      },
      may: 'leads.follow-up',
      roles: ['advisor', 'kam', 'manager', 'director', 'administrator'],
    },
    {
      path: '/report',
      page: async () => {
        await loadWords('follow');
        return import('./report.tsx');
      },
      may: 'weekly.send',
      roles: ['advisor', 'kam'],
    },
  ],
};
