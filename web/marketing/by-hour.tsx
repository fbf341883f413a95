import type { CSSProperties, ReactNode } from 'react';
import { weekdayName } from '../procedures/words-of.ts';
import { useFigures } from '../session.ts';
import { useWords } from '../words.ts';
import type { Range, Report } from './answers.ts';
import classes from './marketing.module.css';
import { byHour, heatOf } from './report.ts';

interface Props {
  report: Report;
  range: Range;
  /** Null: all sources together. */
  source: string | null;
  /** That source's name. */
  name: string;
}

/** When leads arrive: bars of the day, or a heat of days and hours. The figures stand in it, color only helps. */
export function ByHour({ report, range, source, name }: Props): ReactNode {
  return range === 'today' ? (
    <Bars report={report} source={source} name={name} />
  ) : (
    <Heat report={report} range={range} source={source} name={name} />
  );
}

function Caption({ source, name }: Pick<Props, 'source' | 'name'>): ReactNode {
  const t = useWords();
  return (
    <span className={classes['chartTitle']}>
      {source === null ? t('marketing.by-hour') : t('marketing.by-hour-of', { source: name })}
    </span>
  );
}

function Bars({ report, source, name }: Omit<Props, 'range'>): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const hours = byHour(report, source);
  const most = Math.max(1, ...hours);
  return (
    <figure className={classes['chart']}>
      <figcaption>
        <Caption source={source} name={name} />
      </figcaption>
      <ol className={classes['bars']}>
        {hours.map((leads, hour) => (
          <li
            // oxlint-disable-next-line react/no-array-index-key -- an hour is its place
            key={hour}
            title={t('marketing.hour-leads', { hour: `${hour}:00`, count: figures.number(leads) })}
            style={{ '--share': leads / most } as CSSProperties}
          >
            <span className={classes['barCount']}>{leads > 0 ? figures.number(leads) : ''}</span>
            <span className={classes['bar']} aria-hidden />
            <span className={classes['barHour']}>{hour}</span>
          </li>
        ))}
      </ol>
    </figure>
  );
}

function Heat({ report, range, source, name: sourceName }: Props): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const rows = heatOf(report, source, range === '30');
  const most = Math.max(1, ...rows.flatMap(({ hours }) => hours));
  const name = (of: string | number): string =>
    typeof of === 'number' ? weekdayName(figures, of) : shortDay(of);
  const shortDay = (day: string): string =>
    new Intl.DateTimeFormat(figures.place.figures, {
      weekday: 'short',
      day: 'numeric',
      timeZone: 'UTC',
    }).format(Date.parse(`${day}T00:00:00Z`));
  return (
    <figure className={classes['chart']}>
      <figcaption>
        <Caption source={source} name={sourceName} />
      </figcaption>
      <div className={classes['heatScroll']} tabIndex={0} role="region" aria-label={t('marketing.by-hour')}>
        <table className={classes['heat']}>
          <thead>
            <tr>
              <th aria-label={t('marketing.day')} />
              {rows[0]?.hours.map((_, hour) => (
                // oxlint-disable-next-line react/no-array-index-key -- an hour is its place
                <th key={hour} scope="col">
                  {hour}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ of, hours }) => (
              <tr key={of}>
                <th scope="row">{name(of)}</th>
                {hours.map((leads, hour) => (
                  <td
                    // oxlint-disable-next-line react/no-array-index-key -- an hour is its place
                    key={hour}
                    data-strong={leads / most > 0.55}
                    style={{ '--share': leads / most } as CSSProperties}
                    title={t('marketing.hour-leads', {
                      hour: `${name(of)} ${hour}:00`,
                      count: figures.number(leads),
                    })}
                  >
                    {leads > 0 ? figures.number(leads) : ''}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  );
}
