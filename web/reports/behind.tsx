import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ErrorState, RowsShape, SidePanel, When } from '../kit/index.ts';
import { useFigures, useMay } from '../session.ts';
import { useWords } from '../words.ts';
import { behindQuery, type Behind } from './answers.ts';
import classes from './reports.module.css';

/** The leads behind one figure, by the very conditions it was counted under. */
export function BehindPanel({
  behind,
  name,
  close,
}: {
  behind: Behind;
  name: string | null;
  close: () => void;
}): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const navigate = useNavigate();
  const maySee = useMay('leads.see');
  const { data, error, refetch } = useQuery(behindQuery(behind));
  const what = t(`reports.${behind.measure}`);
  const title = name === null ? what : t('reports.behind', { what, name: name || t('reports.nobody') });
  return (
    <SidePanel title={title} label={title} close={close}>
      <p className={classes['soft']}>{figures.month(behind.month)}</p>
      {data === undefined ? (
        error === null ? (
          <RowsShape rows={6} />
        ) : (
          <ErrorState error={error} retry={() => void refetch()} />
        )
      ) : (
        <ul className={classes['leads']}>
          {data.leads.map(({ lead, number, at, personName, source }) => (
            <li key={`${lead} ${at}`}>
              {maySee ? (
                <a
                  href={`/leads/${lead}`}
                  onClick={(event) => {
                    if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
                    event.preventDefault();
                    void navigate({ to: `/leads/${lead}` });
                  }}
                >
                  {t('reports.lead-number', { number: String(number) })}
                </a>
              ) : (
                <span>{t('reports.lead-number', { number: String(number) })}</span>
              )}
              <span>{personName}</span>
              <span className={classes['soft']}>{source}</span>
              <span className={classes['soft']}>
                <When at={at} as="moment" />
              </span>
            </li>
          ))}
        </ul>
      )}
    </SidePanel>
  );
}
