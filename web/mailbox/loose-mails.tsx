/** Mails of nobody we know, and those that could not be read: each with a clear line, none lost. */
import { useQuery } from '@tanstack/react-query';
import { IconMailOpened } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { EmptyState, ErrorState, RowsShape } from '../kit/index.ts';
import { useWords } from '../words.ts';
import { looseQuery } from './data.ts';
import { Mail } from './draft-panel.tsx';
import classes from './mailbox.module.css';

export function LooseMails(): ReactNode {
  const t = useWords();
  const { data, error, refetch } = useQuery(looseQuery);
  if (data === undefined)
    return error === null ? <RowsShape /> : <ErrorState error={error} retry={() => void refetch()} />;
  if (data.mails.length === 0)
    return (
      <EmptyState icon={IconMailOpened} title={t('mailbox.loose-empty')}>
        {t('mailbox.loose-empty-help')}
      </EmptyState>
    );
  return (
    <div className={classes['loose']}>
      {data.mails.map((mail) => (
        <Mail key={mail.id} mail={mail} />
      ))}
    </div>
  );
}
