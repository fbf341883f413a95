import { useState, type CSSProperties, type ReactNode } from 'react';
import { clockText } from '../figures.ts';
import { useSourceName } from '../leads/source-names.ts';
import { useFigures } from '../session.ts';
import { useWords } from '../words.ts';
import type { Measure, Tally } from './board-answers.ts';
import type { Drill } from './drill-panel.tsx';
import classes from './now.module.css';

const SHOWN_AT_FIRST = 8;

interface Props {
  title: string;
  of: 'advisor' | 'source';
  tallies: readonly Tally[];
  minutes: number;
  open: (drill: Drill) => void;
}

/** Today by advisor or by source, most leads first; each number opens its leads. */
export function TallyTable({ title, of, tallies, minutes, open }: Props): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const [all, setAll] = useState(false);
  const source = useSourceName();
  const nameOf = ({ key, name }: Tally): string => (of === 'source' ? source(key) : name);
  const count = (tally: Tally): number => (of === 'source' ? tally.received : tally.assigned);
  const ordered = tallies.toSorted((one, other) => count(other) - count(one));
  const most = Math.max(1, ...ordered.map(count));
  const shown = all ? ordered : ordered.slice(0, SHOWN_AT_FIRST);
  const cell = (tally: Tally, measure: Measure, value: number): ReactNode => (
    <td>
      {value === 0 ? (
        <span className={classes['zero']}>0</span>
      ) : (
        <button
          type="button"
          className={classes['number']}
          data-late={measure === 'missed'}
          onClick={() => open({ measure, [of]: tally.key, name: nameOf(tally) })}
        >
          {figures.number(value)}
        </button>
      )}
    </td>
  );
  return (
    <section className={classes['block']}>
      <table className={classes['tally']}>
        <caption>{title}</caption>
        <thead>
          <tr>
            <th scope="col">
              {t(of === 'advisor' ? 'administration.col.advisor' : 'administration.col.source')}
            </th>
            <th scope="col">{t('administration.col.leads')}</th>
            <th scope="col">{t('administration.col.in-time')}</th>
            <th scope="col">{t('administration.col.missed')}</th>
            <th scope="col" title={t('administration.formula.median')}>
              {t('administration.col.median')}
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((tally) => (
            <tr key={tally.key}>
              <th scope="row">
                {nameOf(tally)}
                <span
                  className={classes['bar']}
                  aria-hidden
                  style={
                    {
                      '--all': count(tally) / most,
                      '--good-share': tally.inTime / Math.max(1, count(tally)),
                      '--late-share': tally.missed / Math.max(1, count(tally)),
                    } as CSSProperties
                  }
                />
              </th>
              {cell(tally, of === 'source' ? 'received' : 'assigned', count(tally))}
              {cell(tally, 'in-time', tally.inTime)}
              {cell(tally, 'missed', tally.missed)}
              <td data-late={(tally.secondsToContact ?? 0) > minutes * 60}>
                {tally.secondsToContact === null ? '—' : clockText(tally.secondsToContact * 1_000)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {ordered.length === 0 ? <p className={classes['none']}>{t('administration.now.none-today')}</p> : null}
      {ordered.length > SHOWN_AT_FIRST ? (
        <button type="button" className={classes['more']} onClick={() => setAll(!all)}>
          {all
            ? t('administration.now.fewer')
            : t('administration.now.more', { count: figures.number(ordered.length - SHOWN_AT_FIRST) })}
        </button>
      ) : null}
    </section>
  );
}
