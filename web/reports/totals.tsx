import type { ReactNode } from 'react';
import { minutesText } from '../figures.ts';
import { useFigures } from '../session.ts';
import { useWords } from '../words.ts';
import { conversionOf, type Measure, type Results } from './answers.ts';
import classes from './reports.module.css';

/** The month in one strip; each figure opens the leads behind it, its formula on hover. */
export function Totals({ results, open }: { results: Results; open: (measure: Measure) => void }): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const { all, aimPercent } = results;
  const conversion = all === null ? null : conversionOf(all);
  const below = conversion !== null && aimPercent !== null && conversion * 100 < aimPercent;
  const figure = (name: string, value: string, help: string, measure: Measure | null): ReactNode => (
    <div title={help}>
      <dt>{name}</dt>
      <dd>
        {measure === null || value === '0' ? (
          value
        ) : (
          <button type="button" className={classes['number']} onClick={() => open(measure)}>
            {value}
          </button>
        )}
      </dd>
    </div>
  );
  return (
    <dl className={classes['totals']}>
      <div title={t('reports.formula.conversion')} data-below={below}>
        <dt>{t('reports.conversion')}</dt>
        <dd>
          {conversion === null ? '—' : figures.percent(conversion)}
          {aimPercent === null ? null : (
            <small>{t('reports.aim', { aim: figures.percent(aimPercent / 100) })}</small>
          )}
        </dd>
      </div>
      {figure(
        t('reports.received'),
        figures.number(all?.received ?? 0),
        t('reports.formula.received'),
        'received',
      )}
      {figure(
        t('reports.closings'),
        figures.number(all?.closings ?? 0),
        t('reports.formula.closings'),
        'closings',
      )}
      {figure(
        t('reports.in-time'),
        all === null || all.clocked === 0 ? '—' : figures.percent(all.inTime / all.clocked, 0),
        t('reports.formula.in-time'),
        all === null || all.inTime === 0 ? null : 'in-time',
      )}
      {figure(
        t('reports.speed'),
        minutesText(all?.secondsToContact ?? null),
        t('reports.formula.speed'),
        null,
      )}
      {figure(t('reports.missed'), figures.number(all?.missed ?? 0), t('reports.formula.missed'), 'missed')}
      {figure(t('reports.passed'), figures.number(all?.passed ?? 0), t('reports.formula.passed'), 'passed')}
      {figure(
        t('reports.referred'),
        figures.number(all?.referred ?? 0),
        t('reports.formula.referred'),
        'referred',
      )}
    </dl>
  );
}
