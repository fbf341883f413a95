/** The designated mailbox as the control area works it. */
import type { Seat } from '../seat.ts';

export const mailbox: Seat = {
  words: 'mailbox',
  screens: [
    {
      path: '/mailbox',
      page: () => import('./mailbox.tsx'),
      may: 'drafts.settle',
      roles: ['control', 'administrator'],
    },
  ],
};
