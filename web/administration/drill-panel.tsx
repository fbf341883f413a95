import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ask } from '../api.ts';
import { ErrorState, RowsShape, SidePanel, When } from '../kit/index.ts';
import { useSourceName } from '../leads/source-names.ts';
import { useFigures } from '../session.ts';
import { useWords } from '../words.ts';
import { drillSchema, type BoardFigures, type LeadRow, type Measure } from './board-answers.ts';
import { MEASURES } from './now-figures.tsx';
import classes from './now.module.css';
import { leadName } from './eye-kinds.tsx';

/** Which number was opened. */
export interface Drill {
  measure: Measure;
  advisor?: string;
  source?: string;
  hour?: number;
  /** Of the advisor or source, for the title. */
  name?: string;
}

interface Props {
  drill: Drill;
  figures: BoardFigures | undefined;
  close: () => void;
  open: (row: LeadRow) => void;
}

/** The leads behind a number. */
export function DrillPanel({ drill, figures, close, open }: Props): ReactNode {
  const t = useWords();
  const write = useFigures();
  const sourceName = useSourceName();
  const { measure, advisor, source, hour, name } = drill;
  const query = new URLSearchParams({
    measure,
    ...(advisor === undefined ? {} : { advisor }),
    ...(source === undefined ? {} : { source }),
    ...(hour === undefined ? {} : { hour: String(hour) }),
  });
  // Asked again with every change of the day's figures, so that number and list stay one.
  const leads = useQuery({
    queryKey: ['now', 'drill', query.toString(), figures?.now],
    queryFn: () => ask(`/api/board/leads?${query.toString()}`, drillSchema),
    placeholderData: (before) => before,
  });
  const what = t(MEASURES[measure].word);
  const hourText = hour === undefined ? undefined : `${String(hour).padStart(2, '0')}:00`;
  const title = [what, name ?? hourText].filter((part) => part !== undefined).join(' · ');
  const rows = leads.data?.rows;
  return (
    <SidePanel title={title} label={title} close={close}>
      <p className={classes['formula']}>{t(MEASURES[measure].formula)}</p>
      {leads.isError ? <ErrorState error={leads.error} retry={() => void leads.refetch()} /> : null}
      {rows === undefined ? <RowsShape rows={5} /> : null}
      {rows?.length === 0 ? <p className={classes['none']}>{t('administration.now.none-today')}</p> : null}
      <ul className={classes['drill']}>
        {rows?.map((row) => (
          <li key={row.id}>
            <button type="button" onClick={() => open(row)}>
              <span className={classes['cardLine']}>
                <strong>{leadName(row)}</strong>
                <When at={row.receivedAt} as="time" />
              </span>
              <span className={classes['cardLine']}>
                <span>{row.holderName ?? t('administration.drill.no-holder')}</span>
                <span>{sourceName(row.source)}</span>
              </span>
              {row.misses > 0 ? (
                <span className={classes['misses']}>
                  {t('administration.drill.misses', { many: row.misses, count: write.number(row.misses) })}
                </span>
              ) : null}
            </button>
          </li>
        ))}
      </ul>
    </SidePanel>
  );
}
