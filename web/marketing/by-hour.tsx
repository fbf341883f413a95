import type { CSSProperties, ReactNode } from 'react';
import { shortDay, weekdayName } from '../figures.ts';
import { useFigures, useMay } from '../session.ts';
import { useWords } from '../words.ts';
import type { Range, Report } from './answers.ts';
import { stepBetweenPoints, useLeadsBehind, type Behind } from './leads-behind.ts';
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

/**
 * When leads arrive: bars of the day, or a heat of days and hours. The figures stand in it, color only helps; each opens
 * the leads behind it.
 */
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

interface PointProps {
  /** What it says: when, and how many. */
  title: string;
  leads: number;
  behind: Behind;
  place: { row: number; column: number; first: boolean };
  className: string | undefined;
  children: ReactNode;
}

/** One figure of a chart; a link where there are leads behind it and the reader may see them. */
function Point({ title, leads, behind, place, className, children }: PointProps): ReactNode {
  const maySee = useMay('leads.see');
  const linkTo = useLeadsBehind();
  if (leads === 0 || !maySee)
    return (
      <span className={className} title={title}>
        {children}
      </span>
    );
  return (
    <a
      {...linkTo(behind)}
      className={className}
      title={title}
      aria-label={title}
      data-row={place.row}
      data-column={place.column}
      tabIndex={place.first ? 0 : -1}
    >
      {children}
    </a>
  );
}

function Bars({ report, source, name }: Omit<Props, 'range'>): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const hours = byHour(report, source);
  const most = Math.max(1, ...hours);
  const first = hours.findIndex((leads) => leads > 0);
  return (
    <figure className={classes['chart']}>
      <figcaption>
        <Caption source={source} name={name} />
      </figcaption>
      <ol className={classes['bars']} onKeyDown={stepBetweenPoints}>
        {hours.map((leads, hour) => (
          // oxlint-disable-next-line react/no-array-index-key -- an hour is its place
          <li key={hour} style={{ '--share': leads / most } as CSSProperties}>
            <Point
              title={t('marketing.hour-leads', { hour: `${hour}:00`, count: figures.number(leads) })}
              leads={leads}
              behind={{ source: source ?? undefined, day: report.to, hour }}
              place={{ row: 0, column: hour, first: hour === first }}
              className={classes['barPoint']}
            >
              <span className={classes['barCount']}>{leads > 0 ? figures.number(leads) : ''}</span>
              <span className={classes['bar']} aria-hidden />
              <span className={classes['barHour']}>{hour}</span>
            </Point>
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
  const firstRow = rows.findIndex(({ hours }) => hours.some((leads) => leads > 0));
  const firstHour = rows[firstRow]?.hours.findIndex((leads) => leads > 0);
  const name = (of: string | number): string =>
    typeof of === 'number' ? weekdayName(figures, of) : shortDay(figures, of);
  const behind = (of: string | number, hour: number): Behind => ({
    source: source ?? undefined,
    hour,
    ...(typeof of === 'number' ? { day: report.from, until: report.to, weekday: of } : { day: of }),
  });
  return (
    <figure className={classes['chart']}>
      <figcaption>
        <Caption source={source} name={sourceName} />
      </figcaption>
      <div className={classes['heatScroll']} tabIndex={0} role="region" aria-label={t('marketing.by-hour')}>
        <table className={classes['heat']} onKeyDown={stepBetweenPoints}>
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
            {rows.map(({ of, hours }, row) => (
              <tr key={of}>
                <th scope="row">{name(of)}</th>
                {hours.map((leads, hour) => (
                  <td
                    // oxlint-disable-next-line react/no-array-index-key -- an hour is its place
                    key={hour}
                    data-strong={leads / most > 0.55}
                    style={{ '--share': leads / most } as CSSProperties}
                  >
                    <Point
                      title={t('marketing.hour-leads', {
                        hour: `${name(of)} ${hour}:00`,
                        count: figures.number(leads),
                      })}
                      leads={leads}
                      behind={behind(of, hour)}
                      place={{ row, column: hour, first: row === firstRow && hour === firstHour }}
                      className={classes['heatPoint']}
                    >
                      {leads > 0 ? figures.number(leads) : ''}
                    </Point>
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
