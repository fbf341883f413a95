import { IconAlertTriangle, IconBeach, IconCheck } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, type ReactNode } from 'react';
import { daysOf } from '../../src/staff/coverage.ts';
import { shortDay } from '../figures.ts';
import { useFigures } from '../session.ts';
import { useWords } from '../words.ts';
import { awayOf, codeOf, gapsOf, hoursOnOf, weekdayOf, type Plan } from './plan.ts';
import classes from './shifts.module.css';
import type { Guards } from './shifts-answers.ts';

interface Props {
  guards: Guards;
  plan: Plan;
  minimum: number;
  /** Given where it can be planned: a press on a day of somebody. */
  paint?: (person: string, on: string) => void;
  /** The last day that can no longer be changed. */
  today?: string;
}

/** People down, days across: hours in each cell, away marked, and a last row that says where people are missing. */
export function Calendar({ guards, plan, minimum, paint, today = '' }: Props): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const days = useMemo(() => daysOf(guards.month), [guards.month]);
  const gaps = useMemo(
    () => Map.groupBy(gapsOf(guards, plan, minimum), ({ on }) => on),
    [guards, plan, minimum],
  );
  const isAway = useMemo(() => awayOf(guards), [guards]);
  const hoursOn = useMemo(() => hoursOnOf(guards), [guards]);
  const gapText = (on: string): string =>
    (gaps.get(on) ?? [])
      .map(({ from, until, people }) =>
        t('roster.shifts.gap', { from, until, people: figures.number(people) }),
      )
      .join('; ');
  const box = useRef<HTMLDivElement>(null);
  const firstOpen = days.find((on) => on >= today);
  // What has begun is behind: the month opens where it can still be changed.
  useEffect(() => {
    const name = box.current?.querySelector<HTMLElement>('thead th');
    const day = box.current?.querySelector<HTMLElement>(`[data-day="${firstOpen ?? ''}"]`);
    if (name && day)
      box.current?.scrollBy({ left: day.getBoundingClientRect().left - name.getBoundingClientRect().right });
  }, [firstOpen]);
  return (
    <div
      ref={box}
      className={classes['scroll']}
      role="region"
      aria-label={t('roster.shifts.calendar')}
      tabIndex={0}
    >
      <table className={classes['calendar']}>
        <thead>
          <tr>
            <th scope="col">{t('administration.col.name')}</th>
            {days.map((on) => (
              <th
                key={on}
                scope="col"
                data-day={on}
                data-weekend={weekdayOf(on) > 5}
                data-closed={hoursOn(on) === null}
              >
                {shortDay(figures, on)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {guards.people.map(({ person, name, decision }) => (
            <tr key={person} data-mine={person === guards.me} data-out={decision === 'excluded'}>
              <th scope="row">
                {name}
                {decision === 'excluded' ? <small>{t('roster.shifts.excluded')}</small> : null}
              </th>
              {days.map((on) => {
                const shifts = (plan[person] ?? []).filter((each) => each.on === on);
                const away = isAway(person, on);
                const text = shifts.map(codeOf).join(' ');
                const label = `${name}, ${shortDay(figures, on)}: ${text === '' ? t('roster.shifts.free') : text}${away ? `, ${t('administration.why.absent')}` : ''}`;
                const inside = (
                  <>
                    {away ? <IconBeach size={14} aria-hidden /> : null}
                    {text}
                  </>
                );
                return (
                  <td key={on} data-on={shifts.length > 0} data-away={away} data-weekend={weekdayOf(on) > 5}>
                    {paint === undefined ? (
                      <span title={label}>{inside}</span>
                    ) : (
                      <button
                        type="button"
                        aria-label={label}
                        title={label}
                        disabled={on < today}
                        onClick={() => paint(person, on)}
                        onMouseEnter={(event) => {
                          if (event.buttons === 1 && on >= today) paint(person, on);
                        }}
                      >
                        {inside}
                      </button>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t('roster.shifts.coverage')}</th>
            {days.map((on) => {
              const text = gapText(on);
              if (hoursOn(on) === null) return <td key={on} title={t('roster.shifts.closed')} />;
              return (
                <td key={on} data-gap={text !== ''} title={text === '' ? t('roster.shifts.covered') : text}>
                  {text === '' ? (
                    <IconCheck size={14} aria-label={t('roster.shifts.covered')} />
                  ) : (
                    <IconAlertTriangle size={14} aria-label={text} />
                  )}
                </td>
              );
            })}
          </tr>
        </tfoot>
      </table>
    </div>
  );
}
