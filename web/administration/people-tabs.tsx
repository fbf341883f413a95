import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useMay } from '../session.ts';
import { useWords } from '../words.ts';
import classes from './people.module.css';

/** People and their month's roster are two sides of one room. */
export function PeopleTabs({ at }: { at: '/people' | '/roster' }): ReactNode {
  const t = useWords();
  const people = useMay('staff.see');
  const roster = useMay('roster.see');
  if (!people || !roster) return null;
  return (
    <nav className={classes['tabs']} aria-label={t('administration.people.tabs')}>
      <Link to="/people" aria-current={at === '/people' ? 'page' : undefined}>
        {t('administration.people.title')}
      </Link>
      <Link to="/roster" aria-current={at === '/roster' ? 'page' : undefined}>
        {t('administration.roster.title')}
      </Link>
    </nav>
  );
}
