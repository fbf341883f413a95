import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { PageTabs } from '../kit/index.ts';
import { useSession } from '../session.ts';
import { useWords, type WordId } from '../words.ts';

const TABS = [
  { to: '/people', may: 'staff.see', word: 'administration.people.title' },
  { to: '/roster', may: 'roster.see', word: 'administration.roster.title' },
  { to: '/roster/proposal', may: 'roster.enter', word: 'administration.tab.proposal' },
  { to: '/shifts', may: 'shifts.see', word: 'administration.tab.shifts' },
  { to: '/papers', may: 'papers.see', word: 'administration.tab.papers' },
  { to: '/signatures', may: 'signatures.give', word: 'administration.tab.signatures' },
] as const satisfies readonly { to: string; may: string; word: WordId }[];

/** People, their month's roster and guards, their files and signatures are sides of one room. */
export function PeopleTabs({ at }: { at: (typeof TABS)[number]['to'] }): ReactNode {
  const t = useWords();
  const { may } = useSession();
  const open = TABS.filter((tab) => may.includes(tab.may));
  if (open.length < 2) return null;
  return (
    <PageTabs label={t('administration.people.tabs')}>
      {open.map(({ to, word }) => (
        <Link
          key={to}
          to={to}
          // Exact: the roster's address begins the proposal's.
          activeOptions={{ exact: true }}
          aria-current={at === to ? 'page' : undefined}
        >
          {t(word)}
        </Link>
      ))}
    </PageTabs>
  );
}
