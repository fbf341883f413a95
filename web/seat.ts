/** What a seat's folder gives the shell: its screens, each its own chunk, and the file of its words. */
import type { ComponentType } from 'react';
import type { Role } from './session.ts';

export interface Screen {
  /** "/leads/$lead"; a rail entry appears once a screen has its path (shell/rail.ts). */
  path: string;
  /** `() => import('./my-day.tsx')`, whose default export is the screen. */
  page: () => Promise<{ default: ComponentType }>;
  /** The permission the server asks for; without it the person sees why not, and who can. */
  may?: string;
  /** Who has that permission, for that sentence. */
  roles?: readonly Role[];
}

export interface Seat {
  /** File in locales/<locale>/, without ".json". */
  words: string;
  screens: readonly Screen[];
}
