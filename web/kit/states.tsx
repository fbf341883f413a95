import { Button, Skeleton } from '@mantine/core';
import { IconAlertTriangle, IconCloudOff, type Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { asApiError } from '../api.ts';
import { useWords } from '../words.ts';
import classes from './states.module.css';

export interface EmptyStateProps {
  icon: Icon;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  /** Where this is the whole page, its title is the page's. */
  level?: 1 | 2;
}

/** Nothing here yet: says what would be here and teaches the next step. */
export function EmptyState({ icon: Mark, title, children, action, level = 2 }: EmptyStateProps): ReactNode {
  const Title = level === 1 ? 'h1' : 'h2';
  return (
    <div className={classes['state']}>
      <Mark size={34} stroke={1.4} aria-hidden />
      <Title className={classes['title']}>{title}</Title>
      {children ? <p>{children}</p> : null}
      {action}
    </div>
  );
}

/** Something failed: what happened, what to do, and a way to try again. */
export function ErrorState({ error, retry }: { error: unknown; retry?: () => void }): ReactNode {
  const t = useWords();
  const fault = asApiError(error);
  const Mark = fault.code === 'offline' ? IconCloudOff : IconAlertTriangle;
  return (
    <div className={classes['state']} role="alert">
      <Mark size={34} stroke={1.4} aria-hidden />
      <h2 className={classes['title']}>{fault.message}</h2>
      {fault.remedy ? <p>{fault.remedy}</p> : null}
      {retry ? (
        <Button variant="light" onClick={retry}>
          {t('kit.retry')}
        </Button>
      ) : null}
    </div>
  );
}

/** The shape of a list about to come. */
export function RowsShape({ rows = 8 }: { rows?: number }): ReactNode {
  const t = useWords();
  return (
    <div className={classes['rows']} role="status" aria-label={t('kit.loading')}>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className={classes['row']}>
          <Skeleton height={12} width={`${28 + ((row * 17) % 23)}%`} />
          <Skeleton height={12} width={`${12 + ((row * 7) % 11)}%`} />
          <Skeleton height={12} width="10%" />
        </div>
      ))}
    </div>
  );
}
