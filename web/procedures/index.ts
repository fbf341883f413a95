import { ENTRY_WORDS } from '../entry-words.ts';
import type { Seat } from '../seat.ts';
import { loadWords } from '../words.ts';

/** The written rules as this organization runs them; everybody may read them. */
export const procedures: Seat = {
  words: 'procedures',
  screens: [
    {
      path: '/procedures',
      page: async () => {
        await loadWords(ENTRY_WORDS);
        return import('./procedures.tsx');
      },
      may: 'procedures.see',
    },
  ],
};
