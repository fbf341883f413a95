import { ActionIcon } from '@mantine/core';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useFigures } from '../session.ts';
import { useWords } from '../words.ts';
import classes from './money.module.css';
import { monthAfter, monthBefore, monthTitle } from './words-of.ts';

/** One month at a time, by arrows; never past the current one. */
export function MonthPicker({
  month,
  current,
  choose,
}: {
  month: string;
  current: string;
  choose: (month: string) => void;
}): ReactNode {
  const t = useWords();
  const figures = useFigures();
  return (
    <div className={classes['months']} role="group" aria-label={t('money.month')}>
      <ActionIcon
        variant="subtle"
        onClick={() => choose(monthBefore(month))}
        aria-label={t('money.month-before')}
      >
        <IconChevronLeft size={18} aria-hidden />
      </ActionIcon>
      <strong aria-live="polite">{monthTitle(figures, month)}</strong>
      <ActionIcon
        variant="subtle"
        disabled={month >= current}
        onClick={() => choose(monthAfter(month))}
        aria-label={t('money.month-after')}
      >
        <IconChevronRight size={18} aria-hidden />
      </ActionIcon>
    </div>
  );
}
