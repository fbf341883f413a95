import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Page, PageTabs } from '../kit/index.ts';
import { useWords, type WordId } from '../words.ts';
import classes from './settings.module.css';

const TABS: readonly { to: string; word: WordId }[] = [
  { to: '/settings', word: 'settings.tab.organization' },
  { to: '/settings/channels', word: 'settings.tab.channels' },
  { to: '/settings/messages', word: 'settings.tab.messages' },
  { to: '/settings/keys', word: 'settings.tab.keys' },
];

/** The frame of the four pages of settings: each has its own address. */
export function SettingsPage({
  at,
  lead,
  actions,
  children,
}: {
  at: string;
  lead: string;
  actions?: ReactNode;
  children: ReactNode;
}): ReactNode {
  const t = useWords();
  return (
    <Page title={t('settings.title')} lead={lead} actions={actions}>
      <div className={classes['tabs']}>
        <PageTabs label={t('settings.title')}>
          {TABS.map(({ to, word }) => (
            <Link
              key={to}
              to={to}
              activeOptions={{ exact: true }}
              aria-current={to === at ? 'page' : undefined}
            >
              {t(word)}
            </Link>
          ))}
        </PageTabs>
      </div>
      {children}
    </Page>
  );
}

/** One thing that is set, under its own heading. */
export function Card({
  title,
  aside,
  help,
  children,
}: {
  title: string;
  aside?: ReactNode;
  help?: ReactNode;
  children: ReactNode;
}): ReactNode {
  return (
    <section className={classes['card']} aria-label={title}>
      <header className={classes['cardHead']}>
        <h2>{title}</h2>
        {aside}
      </header>
      {help ? <p className={classes['help']}>{help}</p> : null}
      {children}
    </section>
  );
}
