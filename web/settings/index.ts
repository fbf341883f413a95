import type { Seat } from '../seat.ts';

const roles = ['administrator', 'system'] as const;

/** How the organization is set up, and how the installation is. */
export const settings: Seat = {
  words: 'settings',
  screens: [
    { path: '/settings', page: () => import('./organization.tsx'), may: 'settings.manage', roles },
    { path: '/settings/channels', page: () => import('./channels.tsx'), may: 'settings.manage', roles },
    { path: '/settings/keys', page: () => import('./keys.tsx'), may: 'keys.manage', roles },
    { path: '/settings/messages', page: () => import('./messages.tsx'), may: 'settings.manage', roles },
    { path: '/state', page: () => import('./state.tsx'), may: 'health.see', roles },
  ],
};
