import { IconArrowDown } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { StatusBadge } from '../kit/index.ts';
import { minutesText } from '../figures.ts';
import { useFigures } from '../session.ts';
import { useWords } from '../words.ts';
import { conversionOf, type Dimension, type Measure, type NamedRow } from './answers.ts';
import classes from './reports.module.css';

interface Props {
  rows: readonly NamedRow[];
  by: Dimension;
  /** Whose course is drawn. */
  chosen: string | undefined;
  choose: (key: string) => void;
  open: (measure: Measure, key: string) => void;
}

/** Everybody side by side, most leads first; who is below the aim by color, sign and word. */
export function ResultsTable({ rows, by, chosen, choose, open }: Props): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const count = (value: number, measure: Measure, row: NamedRow): ReactNode => (
    <td>
      {value === 0 ? (
        <span className={classes['zero']}>0</span>
      ) : (
        <button
          type="button"
          className={classes['number']}
          data-late={measure === 'missed'}
          onClick={() => open(measure, row.key)}
        >
          {figures.number(value)}
        </button>
      )}
    </td>
  );
  const percent = (value: number | null, decimals: number): string =>
    value === null ? '—' : figures.percent(value, decimals);
  return (
    <div className={classes['scroll']} tabIndex={0} role="region" aria-label={t(`reports.by.${by}`)}>
      <table className={classes['table']}>
        <thead>
          <tr>
            <th scope="col">{t(`reports.dimension.${by}`)}</th>
            <th scope="col" title={t('reports.formula.conversion')}>
              {t('reports.conversion')}
            </th>
            <th scope="col" title={t('reports.formula.received')}>
              {t('reports.received')}
            </th>
            <th scope="col" title={t('reports.formula.closings')}>
              {t('reports.closings')}
            </th>
            <th scope="col" title={t('reports.formula.in-time')}>
              {t('reports.in-time')}
            </th>
            <th scope="col" title={t('reports.formula.speed')}>
              {t('reports.speed')}
            </th>
            <th scope="col" title={t('reports.formula.missed')}>
              {t('reports.missed')}
            </th>
            <th scope="col" title={t('reports.formula.passed')}>
              {t('reports.passed')}
            </th>
            <th scope="col" title={t('reports.formula.referred')}>
              {t('reports.referred')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key} data-chosen={row.key === chosen}>
              <th scope="row">
                <button type="button" className={classes['name']} onClick={() => choose(row.key)}>
                  {row.name || t('reports.nobody')}
                </button>
              </th>
              <td>
                <span className={classes['conversion']}>
                  {row.below ? (
                    <StatusBadge tone="late" icon={IconArrowDown}>
                      {t('reports.below')}
                    </StatusBadge>
                  ) : null}
                  {percent(conversionOf(row), 1)}
                </span>
              </td>
              {count(row.received, 'received', row)}
              {count(row.closings, 'closings', row)}
              <td>{percent(row.clocked === 0 ? null : row.inTime / row.clocked, 0)}</td>
              <td>{minutesText(row.secondsToContact)}</td>
              {count(row.missed, 'missed', row)}
              {count(row.passed, 'passed', row)}
              {count(row.referred, 'referred', row)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
