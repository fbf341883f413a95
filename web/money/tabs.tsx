import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { PageTabs } from '../kit/index.ts';
import { useMay, useSession } from '../session.ts';
import { useWords } from '../words.ts';

/** Who has others' money in sight begins there; everybody paid has their own statement. */
const OVERSEERS: ReadonlySet<string> = new Set(['manager', 'director', 'direction', 'administrator']);
const PAID: ReadonlySet<string> = new Set(['advisor', 'kam', 'manager', 'support']);

export type MoneyRoom = '/money' | '/statement' | '/sanctions' | '/audits';

/** Money and conduct are sides of one room: what one sees of them depends on the seat. */
export function MoneyTabs({ at }: { at: MoneyRoom }): ReactNode {
  const t = useWords();
  const { role } = useSession().user;
  const rooms: readonly { to: MoneyRoom; word: string; shown: boolean }[] = [
    { to: '/money', word: t('shell.money.tab.money'), shown: useMay('money.see') && OVERSEERS.has(role) },
    { to: '/statement', word: t('shell.money.tab.statement'), shown: useMay('money.see') && PAID.has(role) },
    { to: '/sanctions', word: t('shell.money.tab.sanctions'), shown: useMay('sanctions.see') },
    { to: '/audits', word: t('shell.money.tab.audits'), shown: useMay('audits.see') },
  ];
  const shown = rooms.filter((room) => room.shown);
  if (shown.length < 2) return null;
  return (
    <PageTabs label={t('shell.money.tabs')}>
      {shown.map(({ to, word }) => (
        <Link key={to} to={to} search={{}} aria-current={at === to ? 'page' : undefined}>
          {word}
        </Link>
      ))}
    </PageTabs>
  );
}
