import { useQueryClient } from '@tanstack/react-query';
import { Outlet, useLocation, useRouter } from '@tanstack/react-router';
import { IconCloudOff, IconKeyboard, IconLogout, IconUserCircle } from '@tabler/icons-react';
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { z } from 'zod';
import { between } from '../../src/platform/time.ts';
import { ask } from '../api.ts';
import { AppShell } from '../kit/app-shell.tsx';
import { CheatSheet } from '../kit/cheat-sheet.tsx';
import { useCommands, type Command } from '../kit/commands.ts';
import { useKeys } from '../kit/use-keys.ts';
import { followLive, live, useLiveState } from '../live.ts';
import { useServerNow } from '../server-clock.ts';
import { useFigures, useSession } from '../session.ts';
import { useWords } from '../words.ts';
import { besideRail, railOf } from './rail.ts';
import classes from './shell.module.css';
import { TopBar } from './top-bar.tsx';

const palette = () => import('../kit/command-palette.tsx');
const CommandPalette = lazy(palette);

/** The frame round every screen of somebody signed in. `exists`: whether a screen of that path can be opened. */
export function Shell({ exists }: { exists: (path: string) => boolean }): ReactNode {
  const t = useWords();
  const router = useRouter();
  const client = useQueryClient();
  const { user } = useSession();
  const { pathname } = useLocation();
  const [paletteWanted, setPaletteWanted] = useState(false);
  const [keys, setKeys] = useState(false);
  const go = useCallback((to: string) => void router.navigate({ to }), [router]);
  const openPalette = useCallback(() => {
    setPaletteWanted(true);
    void palette().then((loaded) => loaded.openPalette());
  }, []);
  const signOut = useCallback(() => {
    void ask('/api/auth/sign-out', z.unknown(), { method: 'POST', body: {} })
      .catch(() => undefined)
      // A full load: nothing of this person stays in memory for the next.
      .then(() => window.location.assign('/sign-in'));
  }, []);

  useEffect(() => {
    live.start();
    const stop = followLive(client);
    return () => {
      stop();
      live.stop();
    };
  }, [client]);
  useFocusOnNavigation(pathname);

  const entries = useMemo(
    () => railOf(user.role, exists).map(({ to, word, icon }) => ({ to, word: t(word), icon })),
    [user.role, exists, t],
  );
  const commands: Command[] = [
    ...entries.map(({ to, word, icon }, index) => ({
      id: to,
      label: word,
      group: t('shell.palette.screens'),
      icon,
      keys: `alt+${index + 1}`,
      run: () => go(to),
    })),
    ...besideRail(user.role, exists).map(({ to, word, icon }) => ({
      id: to,
      label: t(word),
      group: t('shell.palette.screens'),
      icon,
      run: () => go(to),
    })),
    {
      id: 'account',
      label: t('shell.bar.account'),
      group: t('shell.palette.own'),
      icon: IconUserCircle,
      run: () => go('/account'),
    },
    {
      id: 'keys',
      label: t('shell.bar.keys'),
      group: t('shell.palette.own'),
      icon: IconKeyboard,
      keys: '?',
      run: () => setKeys(true),
    },
    {
      id: 'sign-out',
      label: t('shell.bar.sign-out'),
      group: t('shell.palette.own'),
      icon: IconLogout,
      run: signOut,
    },
  ];
  useCommands(commands);
  useKeys([
    { keys: 'mod+k', label: t('shell.bar.search'), whileTyping: true, run: openPalette },
    { keys: '?', label: t('shell.bar.keys'), run: () => setKeys(true) },
    ...entries.map(({ to, word }, index) => ({ keys: `alt+${index + 1}`, label: word, run: () => go(to) })),
  ]);

  return (
    <>
      <AppShell
        entries={entries}
        current={pathname}
        go={go}
        bar={<TopBar go={go} openPalette={openPalette} openKeys={() => setKeys(true)} signOut={signOut} />}
        notice={<LiveNotice />}
      >
        <Outlet />
      </AppShell>
      {paletteWanted ? (
        <Suspense fallback={null}>
          <CommandPalette />
        </Suspense>
      ) : null}
      <CheatSheet opened={keys} close={() => setKeys(false)} />
    </>
  );
}

/** A blink of the network is nobody's business; past this the screen says that it may be old. */
const STALE_SHOWN_AFTER_MILLISECONDS = 4_000;

function LiveNotice(): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const { staleSince } = useLiveState();
  const now = useServerNow();
  const shown = staleSince !== undefined && between(staleSince, now) >= STALE_SHOWN_AFTER_MILLISECONDS;
  return (
    <div role="status">
      {shown ? (
        <div className={classes['stale']}>
          <IconCloudOff size={16} aria-hidden />
          <span>{t('kit.stale', { time: figures.time(staleSince) })}</span>
          <button type="button" onClick={() => live.retryNow()}>
            {t('kit.retry')}
          </button>
        </div>
      ) : null}
    </div>
  );
}

/** After a change of screen the keyboard and the reader go on from its beginning, not from the old link. */
function useFocusOnNavigation(pathname: string): void {
  const before = useRef(pathname);
  useEffect(() => {
    if (before.current === pathname) return;
    before.current = pathname;
    document.getElementById('content')?.focus({ preventScroll: true });
  }, [pathname]);
}
