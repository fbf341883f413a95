import { Menu, UnstyledButton, useMantineColorScheme } from '@mantine/core';
import {
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
import { isLanguage, LANGUAGES, speak, useLanguage, useWords, type Language, type WordId } from '../words.ts';
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
          <span className={classes['dueWord']}>{t('shell.bar.due', { count: due.count })}</span>
          <span className={classes['dueCount']} aria-hidden>
            {due.count}
          </span>
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
  const change = (to: Language): void => {
    chooseLanguage(to);
    void speak(to, organization.locale);
  };
  return (
    <Menu position="bottom-end" width={264} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <UnstyledButton className={classes['own']}>
          {state ? (
            <StatusBadge tone={state.tone} icon={state.icon}>
              {state.word}
            </StatusBadge>
          ) : null}
          <span className={classes['initials']}>{initials(user.name)}</span>
          <span className={classes['spoken']}>{t('shell.bar.own', { name: user.name })}</span>
          <IconChevronDown className={classes['chevron']} size={14} aria-hidden />
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
        <Menu.Item
          leftSection={<IconKeyboard size={17} aria-hidden />}
          rightSection={<Shortcut keys="?" />}
          onClick={openKeys}
        >
          {t('shell.bar.keys')}
        </Menu.Item>
        <Menu.Label>{t('shell.bar.language')}</Menu.Label>
        <Menu.RadioGroup
          value={language}
          onChange={(chosen) => (isLanguage(chosen) ? change(chosen) : undefined)}
        >
          {LANGUAGES.map((one) => (
            <Menu.RadioItem key={one} value={one} lang={one}>
              {t(`shell.language.${one}`)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
        <Menu.Label>{t('shell.bar.theme')}</Menu.Label>
        <Menu.RadioGroup
          value={colorScheme}
          onChange={(chosen) => setColorScheme(chosen === 'dark' || chosen === 'light' ? chosen : 'auto')}
        >
          {SCHEMES.map(({ scheme, word, icon: Sign }) => (
            <Menu.RadioItem key={scheme} value={scheme} rightSection={<Sign size={16} aria-hidden />}>
              {t(word)}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
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
