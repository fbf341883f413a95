import type { CSSProperties, ReactNode } from 'react';
import { plus, type Instant } from '../../src/platform/time.ts';
import { LiveChart } from '../kit/index.ts';
import { useServerNow } from '../server-clock.ts';
import { useFigures } from '../session.ts';
import { useWords } from '../words.ts';
import type { BoardFigures } from './board-answers.ts';
import type { Drill } from './drill-panel.tsx';
import classes from './now.module.css';

const HOUR_MILLISECONDS = 3_600_000;
const EARLIEST_HOUR = 8;

interface Props {
  figures: BoardFigures;
  minutes: number;
  stale: Instant | undefined;
  open: (drill: Drill) => void;
}

/** The day by the hour, and how long the first contact takes. */
export function DayCharts({ figures, minutes, stale, open }: Props): ReactNode {
  const t = useWords();
  const now = useServerNow(60);
  const { day, hours } = figures;
  const first = Math.min(EARLIEST_HOUR, ...hours.map(({ hour }) => hour));
  const last = Math.max(first, Math.floor((Date.parse(now) - Date.parse(day)) / HOUR_MILLISECONDS));
  const byHour = new Map(hours.map((each) => [each.hour, each]));
  const span = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  const points = (what: 'received' | 'inTime') =>
    span.map((hour) => ({ at: plus(day, hour * HOUR_MILLISECONDS), value: byHour.get(hour)?.[what] ?? 0 }));
  return (
    <div className={classes['pair']}>
      <section className={classes['block']}>
        <LiveChart
          title={t('administration.chart.hours', { minutes: String(minutes) })}
          unit={t('administration.chart.leads')}
          formula={t('administration.chart.hours-formula', { minutes: String(minutes) })}
          points={points('inTime')}
          against={{ label: t('administration.chart.all-received'), points: points('received') }}
          staleSince={stale}
          height={150}
          onPoint={({ at }) =>
            open({
              measure: 'received',
              hour: Math.round((Date.parse(at) - Date.parse(day)) / HOUR_MILLISECONDS),
            })
          }
        />
      </section>
      <Times times={figures.times} minutes={minutes} />
    </div>
  );
}

function Times({ times, minutes }: { times: BoardFigures['times']; minutes: number }): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const most = Math.max(1, ...times.map(({ leads }) => leads));
  const all = times.reduce((sum, { leads }) => sum + leads, 0);
  return (
    <section className={classes['block']}>
      <table className={classes['times']}>
        <caption>
          {t('administration.chart.times')}
          <span className={classes['target']}>
            {t('administration.chart.times-target', { minutes: String(minutes) })}
          </span>
        </caption>
        <tbody>
          {times.map(({ from, below, leads }) => (
            <tr key={from} data-late={from >= minutes} data-limit={from === minutes}>
              <th scope="row">
                {below === null
                  ? t('administration.chart.over', { from: String(from) })
                  : from === 0
                    ? t('administration.chart.under', { below: String(below) })
                    : t('administration.chart.between', { from: String(from), below: String(below) })}
              </th>
              <td>
                <span
                  className={classes['timeBar']}
                  style={{ '--share': leads / most } as CSSProperties}
                  aria-hidden
                />
              </td>
              <td>{figures.number(leads)}</td>
              <td>{all === 0 ? '' : figures.percent(leads / all, 0)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
