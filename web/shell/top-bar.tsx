import { Menu, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import {
  IconCheck,
  IconChevronDown,
  IconClockHour4,
  IconDeviceDesktop,
  IconKeyboard,
  IconLogout,
  IconMoon,
  IconSearch,
  IconSun,
  IconUserCircle,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Countdown } from '../kit/countdown.tsx';
import { Shortcut } from '../kit/shortcut.tsx';
import { StatusBadge } from '../kit/status-badge.tsx';
import { chooseLanguage } from '../preferences.ts';
import { useSession } from '../session.ts';
import { LANGUAGES, speak, useLanguage, useWords, type WordId } from '../words.ts';
import { useShown } from './due.ts';
import { Mark } from './mark.tsx';
import classes from './top-bar.module.css';

export interface TopBarProps {
  go: (to: string) => void;
  openPalette: () => void;
  openKeys: () => void;
  signOut: () => void;
}

export function TopBar({ go, openPalette, openKeys, signOut }: TopBarProps): ReactNode {
  const t = useWords();
  const { organization } = useSession();
  return (
    <div className={classes['bar']}>
      <a
        className={classes['home']}
        href="/"
        onClick={(event) => {
          event.preventDefault();
          go('/');
        }}
      >
        <Mark />
        <span className={classes['organization']}>{organization.name}</span>
      </a>
      <UnstyledButton className={classes['search']} onClick={openPalette} aria-keyshortcuts="Control+K">
        <IconSearch size={16} aria-hidden />
        <span className={classes['searchWord']}>{t('shell.bar.search')}</span>
        <Shortcut keys="mod+k" />
      </UnstyledButton>
      <div className={classes['right']}>
        <DueNow go={go} />
        <OwnMenu go={go} openKeys={openKeys} signOut={signOut} />
      </div>
    </div>
  );
}

function DueNow({ go }: { go: (to: string) => void }): ReactNode {
  const t = useWords();
  const { due } = useShown();
  if (due === undefined || due.count === 0) return null;
  return (
    <UnstyledButton className={classes['due']} onClick={() => go(due.to)}>
      {due.next ? (
        <Countdown {...due.next} />
      ) : (
        <>
          <IconClockHour4 size={16} aria-hidden />
          {t('shell.bar.due', { count: due.count })}
        </>
      )}
    </UnstyledButton>
  );
}

function OwnMenu({ go, openKeys, signOut }: Pick<TopBarProps, 'go' | 'openKeys' | 'signOut'>): ReactNode {
  const t = useWords();
  const { user, organization } = useSession();
  const { state } = useShown();
  const language = useLanguage();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const change = (to: (typeof LANGUAGES)[number]): void => {
    chooseLanguage(to);
    void speak(to, organization.locale);
  };
  return (
    <Menu position="bottom-end" width={264}>
      <Menu.Target>
        <UnstyledButton className={classes['own']} aria-label={t('shell.bar.own', { name: user.name })}>
          {state ? (
            <StatusBadge tone={state.tone} icon={state.icon}>
              {state.word}
            </StatusBadge>
          ) : null}
          <span className={classes['initials']} aria-hidden>
            {initials(user.name)}
          </span>
          <IconChevronDown size={14} aria-hidden />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <div className={classes['who']}>
          <strong>{user.name}</strong>
          <span>{t(`shell.role.${user.role}`)}</span>
        </div>
        <Menu.Item leftSection={<IconUserCircle size={17} aria-hidden />} onClick={() => go('/account')}>
          {t('shell.bar.account')}
        </Menu.Item>
        <Menu.Item leftSection={<IconKeyboard size={17} aria-hidden />} rightSection={<Shortcut keys="?" />} onClick={openKeys}>
          {t('shell.bar.keys')}
        </Menu.Item>
        <Menu.Label>{t('shell.bar.language')}</Menu.Label>
        {LANGUAGES.map((one) => (
          <Menu.Item
            key={one}
            lang={one}
            role="menuitemradio"
            aria-checked={one === language}
            leftSection={one === language ? <IconCheck size={17} aria-hidden /> : <span className={classes['blank']} />}
            onClick={() => change(one)}
          >
            {t(`shell.language.${one}`)}
          </Menu.Item>
        ))}
        <Menu.Label>{t('shell.bar.theme')}</Menu.Label>
        {SCHEMES.map(({ scheme, word, icon: Sign }) => (
          <Menu.Item
            key={scheme}
            role="menuitemradio"
            aria-checked={scheme === colorScheme}
            leftSection={<Sign size={17} aria-hidden />}
            rightSection={scheme === colorScheme ? <IconCheck size={15} aria-hidden /> : undefined}
            onClick={() => setColorScheme(scheme)}
          >
            {t(word)}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={17} aria-hidden />} onClick={signOut}>
          {t('shell.bar.sign-out')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

const SCHEMES = [
  { scheme: 'auto', word: 'shell.theme.auto', icon: IconDeviceDesktop },
  { scheme: 'light', word: 'shell.theme.light', icon: IconSun },
  { scheme: 'dark', word: 'shell.theme.dark', icon: IconMoon },
] as const satisfies { scheme: string; word: WordId; icon: typeof IconSun }[];

function initials(name: string): string {
  return name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word.charAt(0))
    .join('')
    .toLocaleUpperCase('es');
}
