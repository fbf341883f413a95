/** Claims: the control area's desk, and what parties and their line see and do. */
import { lazy } from 'react';
import type { Seat } from '../seat.ts';
import { loadWords } from '../words.ts';

const PARTIES = ['advisor', 'kam', 'manager', 'director', 'direction', 'administrator', 'control'] as const;

export const control: Seat = {
  words: 'control',
  screens: [
    {
      path: '/cases',
      page: () => import('./cases.tsx'),
      may: 'claims.rule',
      roles: ['control', 'administrator'],
    },
    { path: '/claims', page: () => import('./my-claims.tsx'), may: 'claims.see', roles: PARTIES },
    {
      path: '/claims/new',
      page: () => import('./request-page.tsx'),
      may: 'claims.request',
      roles: ['advisor', 'kam', 'manager'],
    },
    { path: '/claims/$claim', page: () => import('./case-page.tsx'), may: 'claims.see', roles: PARTIES },
  ],
};

/** `<Protection lead={id} own={…} />` on a lead's page; brings its own words. */
export const Protection = lazy(async () => {
  await loadWords('control');
  return import('./protection.tsx');
});
