/** Leads for every seat: the list, one lead's page, and its panel beside any list. */
import { lazy } from 'react';
import { ENTRY_WORDS } from '../entry-words.ts';
import type { Seat } from '../seat.ts';
import { loadWords } from '../words.ts';

export const leads: Seat = {
  words: 'leads',
  screens: [
    {
      path: '/leads',
      page: () => import('./leads-list.tsx'),
      may: 'leads.see',
      roles: ['advisor', 'kam', 'manager', 'director', 'direction', 'administrator', 'marketing', 'control'],
    },
    {
      path: '/leads/$lead',
      page: async () => {
        await Promise.all([loadWords(ENTRY_WORDS), loadWords('follow')]);
        return import('./lead-page.tsx');
      },
      may: 'leads.see',
      roles: ['advisor', 'kam', 'manager', 'director', 'direction', 'administrator', 'marketing', 'control'],
    },
  ],
};

/** `<LeadPanel lead={id} close={…} />` at the right of a list; brings its own words. */
export const LeadPanel = lazy(async () => {
  await Promise.all([loadWords('leads'), loadWords('follow'), loadWords(ENTRY_WORDS)]);
  return import('./lead-panel.tsx');
});
