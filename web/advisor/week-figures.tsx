import type { ReactNode } from 'react';
import { Num } from '../kit/index.ts';
import type { Figures } from '../leads/follow-data.ts';
import { useWords } from '../words.ts';
import classes from './report.module.css';

const SHOWN = [
  ['received', 'follow.week.received'],
  ['inFollowUp', 'follow.week.in-follow-up'],
  ['appointments', 'follow.week.appointments'],
  ['opportunities', 'follow.week.opportunities'],
  ['reservations', 'follow.week.reservations'],
] as const;

/** The week as contact-center-policy L6 asks for it: five figures, and who is AAA by name. */
export function WeekFigures({
  figures,
  names,
}: {
  figures: Figures;
  names: Readonly<Record<string, string | null>>;
}): ReactNode {
  const t = useWords();
  const people = figures.leads.map((lead) => names[lead] ?? t('follow.week.erased'));
  return (
    <>
      <dl className={classes['figures']}>
        {SHOWN.map(([name, word]) => (
          <div key={name} data-figure={name}>
            <dt>{t(word)}</dt>
            <dd>
              <Num value={figures[name]} />
            </dd>
          </div>
        ))}
        <div data-figure="aaa">
          <dt>{t('follow.week.aaa')}</dt>
          <dd>
            <Num value={people.length} />
          </dd>
        </div>
      </dl>
      <p className={classes['names']}>
        <span className={classes['soft']}>{t('follow.week.aaa')}: </span>
        {people.length === 0 ? t('follow.week.no-aaa') : people.join(', ')}
      </p>
    </>
  );
}
