/** Every address of the product. A seat is one line in `seats`; its screens come with their own chunks and words. */
import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
  type AnyRoute,
} from '@tanstack/react-router';
import type { ComponentType, ReactNode } from 'react';
import { z } from 'zod';
import { advisor } from './advisor/index.ts';
import { administration } from './administration/index.ts';
import { ask } from './api.ts';
import { audits } from './audits/index.ts';
import { control } from './control/index.ts';
import { ErrorState, RowsShape } from './kit/states.tsx';
import { marketing } from './marketing/index.ts';
import { money } from './money/index.ts';
import { leads } from './leads/index.ts';
import { mailbox } from './mailbox/index.ts';
import { chosenLanguage } from './preferences.ts';
import { procedures } from './procedures/index.ts';
import { reports } from './reports/index.ts';
import { roster } from './roster/index.ts';
import type { Screen, Seat } from './seat.ts';
import { sessionQuery, useSession } from './session.ts';
import { settings } from './settings/index.ts';
import { NoPermission, NotFound } from './shell/nowhere.tsx';
import { homeOf } from './shell/rail.ts';
import { Shell } from './shell/shell.tsx';
import { team } from './team/index.ts';
import { loadWords, speak } from './words.ts';

const seats: readonly Seat[] = [
  marketing,
  procedures,
  settings,
  advisor,
  leads,
  team,
  money,
  audits,
  { words: 'account', screens: [{ path: '/account', page: () => import('./account/account.tsx') }] },
  administration,
  reports,
  control,
  roster,
  mailbox,
];

const setupSchema = z.object({ needed: z.boolean() });
const entranceSearch = z.object({
  next: z.string().optional(),
  token: z.string().optional(),
  error: z.string().optional(),
});

const screens = new Map(seats.flatMap((seat) => seat.screens).map((screen) => [screen.path, screen]));

function canOpen(may: readonly string[]): (path: string) => boolean {
  return (path) => {
    const screen = screens.get(path);
    return screen !== undefined && (screen.may === undefined || may.includes(screen.may));
  };
}

const root = createRootRouteWithContext<{ client: QueryClient }>()({
  component: Outlet,
  notFoundComponent: NotFound,
});

const inside = createRoute({
  id: 'inside',
  getParentRoute: () => root,
  beforeLoad: async ({ context, location }) => {
    const session = await context.client.ensureQueryData(sessionQuery);
    // TanStack Router's way to lead elsewhere is to throw.
    if (session === null)
      throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { next: location.href } });
    // Their role asks for a second factor: until it is on, the server lets them do nothing else.
    if (session.needs === 'second-factor' && location.pathname !== '/account')
      throw redirect({ to: '/account' });
    await speak(chosenLanguage() ?? session.organization.locale, session.organization.locale);
    return { session };
  },
  component: function Inside(): ReactNode {
    return <Shell exists={canOpen(useSession().may)} />;
  },
});

const home = createRoute({
  path: '/',
  getParentRoute: () => inside,
  beforeLoad: ({ context: { session } }) => {
    throw redirect({ to: homeOf(session.user.role, canOpen(session.may)) });
  },
});

/** A page of the entrance: nobody need be signed in. */
function entrance(
  path: string,
  page: () => Promise<{ default: ComponentType }>,
  beforeLoad?: () => Promise<void>,
): AnyRoute {
  return createRoute({
    path,
    getParentRoute: () => root,
    validateSearch: entranceSearch,
    ...(beforeLoad ? { beforeLoad } : {}),
    component: withWords('entrance', page),
  });
}

async function setupFirst(): Promise<void> {
  const setup = await ask('/api/setup', setupSchema).catch(() => undefined);
  if (setup?.needed) throw redirect({ to: '/setup' });
}

function withWords(words: string, page: Screen['page']): ReturnType<typeof lazyRouteComponent> {
  return lazyRouteComponent(async () => {
    const [component] = await Promise.all([page(), loadWords(words)]);
    return component;
  });
}

function seatRoute(seat: Seat, screen: Screen): AnyRoute {
  const Page = withWords(seat.words, screen.page);
  return createRoute({
    path: screen.path,
    getParentRoute: () => inside,
    component: function Guarded(): ReactNode {
      const { may } = useSession();
      return screen.may === undefined || may.includes(screen.may) ? (
        <Page />
      ) : (
        <NoPermission screen={screen} />
      );
    },
    loader: async () => {
      await Page.preload?.();
    },
  });
}

/** An unknown address inside the frame: the rail stays at hand. */
const nowhere = createRoute({ path: '$', getParentRoute: () => inside, component: NotFound });

const tree = root.addChildren([
  entrance('/sign-in', () => import('./entrance/sign-in.tsx'), setupFirst),
  entrance('/setup', () => import('./entrance/first-run.tsx')),
  entrance('/forgotten-password', () => import('./entrance/forgotten-password.tsx')),
  entrance('/reset-password', () => import('./entrance/reset-password.tsx')),
  entrance('/invitations/$token', () => import('./entrance/invitation.tsx')),
  entrance('/enter/$token', () => import('./entrance/enter.tsx')),
  inside.addChildren([
    home,
    nowhere,
    ...seats.flatMap((seat) => seat.screens.map((screen) => seatRoute(seat, screen))),
  ]),
]);

export function makeRouter(client: QueryClient) {
  return createRouter({
    routeTree: tree,
    context: { client },
    defaultPreload: 'intent',
    defaultPendingComponent: () => <RowsShape />,
    defaultErrorComponent: ({ error, reset }) => <ErrorState error={error} retry={reset} />,
    defaultNotFoundComponent: NotFound,
    scrollRestoration: true,
  });
}
