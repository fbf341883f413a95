import type { Icon } from '@tabler/icons-react';
import { Menu, UnstyledButton } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useWords } from '../words.ts';
import classes from './app-shell.module.css';

export const RAIL_ENTRIES_MAX = 7;
/** On a phone's tab bar; the others stand under «Más». */
const TABS_MAX = 5;

export interface RailEntry {
  to: string;
  word: string;
  icon: Icon;
}

export interface AppShellProps {
  entries: readonly RailEntry[];
  /** The path shown now. */
  current: string;
  go: (to: string) => void;
  bar: ReactNode;
  /** A line over everything: no live connection, a trial of another reading. */
  notice?: ReactNode;
  children: ReactNode;
}

/** The frame of every screen: the rail at the left (a tab bar below, on a phone), the bar at the top, the screen. */
export function AppShell({ entries, current, go, bar, notice, children }: AppShellProps): ReactNode {
  const t = useWords();
  const shown = entries.slice(0, RAIL_ENTRIES_MAX);
  const tabs = shown.length > TABS_MAX ? shown.slice(0, TABS_MAX - 1) : shown;
  const more = shown.slice(tabs.length);
  const link = (entry: RailEntry): ReactNode => (
    <RailLink key={entry.to} entry={entry} current={isAt(current, entry.to)} go={go} />
  );
  return (
    <div className={classes['shell']}>
      <a className={classes['skip']} href="#content">
        {t('kit.shell.skip')}
      </a>
      <header className={classes['bar']}>{bar}</header>
      {shown.length > 0 ? (
        <nav className={classes['rail']} aria-label={t('kit.shell.rail')}>
          {shown.map(link)}
        </nav>
      ) : null}
      {/* Only one of the two is displayed, by width, so only one is in the accessibility tree. */}
      {shown.length > 0 ? (
        <nav className={classes['tabs']} aria-label={t('kit.shell.rail')}>
          {tabs.map(link)}
          {more.length > 0 ? (
            <Menu position="top-end">
              <Menu.Target>
                <UnstyledButton
                  className={classes['entry']}
                  data-current={more.some(({ to }) => isAt(current, to))}
                >
                  <IconDots size={20} stroke={1.7} aria-hidden />
                  <span>{t('kit.shell.more')}</span>
                </UnstyledButton>
              </Menu.Target>
              <Menu.Dropdown>
                {more.map(({ to, word, icon: Mark }) => (
                  <Menu.Item key={to} leftSection={<Mark size={18} aria-hidden />} onClick={() => go(to)}>
                    {word}
                  </Menu.Item>
                ))}
              </Menu.Dropdown>
            </Menu>
          ) : null}
        </nav>
      ) : null}
      <main id="content" className={classes['content']} tabIndex={-1} data-rail={shown.length > 0}>
        {notice}
        {children}
      </main>
    </div>
  );
}

function RailLink({
  entry,
  current,
  go,
}: {
  entry: RailEntry;
  current: boolean;
  go: (to: string) => void;
}): ReactNode {
  const { to, word, icon: Mark } = entry;
  return (
    <a
      className={classes['entry']}
      href={to}
      aria-current={current ? 'page' : undefined}
      data-current={current}
      onClick={(event) => {
        // A middle or Ctrl click opens a new tab, as with any link.
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        go(to);
      }}
    >
      <Mark size={20} stroke={1.7} aria-hidden />
      <span>{word}</span>
    </a>
  );
}

function isAt(current: string, to: string): boolean {
  return current === to || current.startsWith(`${to}/`);
}
