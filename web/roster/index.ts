import type { Seat } from '../seat.ts';
import { loadWords } from '../words.ts';

/** Who is proposed, who is on guard when, what stands in each one's file, what each has signed. */
const withPeople =
  <Page>(page: () => Promise<Page>) =>
  async () => {
    await loadWords('administration');
    return page();
  };

export const roster: Seat = {
  words: 'roster',
  screens: [
    {
      path: '/roster/proposal',
      page: withPeople(() => import('./proposal.tsx')),
      may: 'roster.enter',
      roles: ['director', 'manager', 'administrator'],
    },
    {
      path: '/shifts',
      page: withPeople(() => import('./shifts.tsx')),
      may: 'shifts.see',
      roles: ['advisor', 'kam', 'manager', 'director', 'direction', 'administrator'],
    },
    {
      path: '/papers',
      page: withPeople(() => import('./papers.tsx')),
      may: 'papers.see',
      roles: ['manager', 'director', 'direction', 'administrator', 'control'],
    },
    {
      path: '/signatures',
      page: withPeople(() => import('./signatures.tsx')),
      may: 'signatures.give',
      roles: ['advisor', 'kam', 'manager', 'director', 'direction', 'administrator', 'marketing', 'control'],
    },
  ],
};
