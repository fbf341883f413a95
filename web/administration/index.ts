import { ENTRY_WORDS } from '../entry-words.ts';
import type { Seat } from '../seat.ts';
import { loadWords } from '../words.ts';

/** The contact center's administrator; managers and directors see the same of their own people. */
export const administration: Seat = {
  words: 'administration',
  screens: [
    {
      path: '/now',
      page: () => import('./now.tsx'),
      may: 'board.see',
      roles: ['administrator', 'manager', 'director', 'direction'],
    },
    {
      path: '/turn',
      page: () => import('./turn.tsx'),
      may: 'turn.see',
      roles: ['administrator', 'manager', 'director', 'direction', 'advisor', 'kam'],
    },
    {
      path: '/people',
      page: () => import('./people.tsx'),
      may: 'staff.see',
      roles: ['administrator', 'manager', 'director', 'direction', 'control', 'system'],
    },
    {
      path: '/roster',
      page: () => import('./roster.tsx'),
      may: 'roster.see',
      roles: ['administrator', 'director'],
    },
    {
      path: '/duplicates',
      page: () => import('./duplicates.tsx'),
      may: 'duplicates.settle',
      roles: ['administrator'],
    },
    {
      path: '/journal',
      page: async () => {
        await loadWords(ENTRY_WORDS);
        return import('./journal.tsx');
      },
      may: 'journal.see',
      roles: ['administrator', 'manager', 'director', 'direction', 'control', 'system'],
    },
  ],
};
