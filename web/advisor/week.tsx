import { useRouter } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Num } from '../kit/index.ts';
import type { MyDay } from '../leads/data.ts';
import { useSession } from '../session.ts';
import { useWords } from '../words.ts';
import classes from './my-day.module.css';

/** The week in one line; each figure opens its leads. */
export function Week({ week }: { week: MyDay['week'] }): ReactNode {
  const t = useWords();
  const router = useRouter();
  const { user } = useSession();
  const figures = [
    { did: 'received', value: week.received, word: t('leads.day.week.received') },
    { did: 'in-time', value: week.inTime, word: t('leads.day.week.in-time') },
    { did: 'missed', value: week.missed, word: t('leads.day.week.missed') },
    { did: 'passed', value: week.passed, word: t('leads.day.week.passed') },
  ];
  return (
    <section aria-label={t('leads.day.week')}>
      <h2 className={classes['heading']}>{t('leads.day.week')}</h2>
      <div className={classes['week']}>
        {figures.map(({ did, value, word }) => {
          const search = { who: user.person ?? '', name: user.name, did, from: week.from };
          return (
            <a
              key={did}
              className={classes['figure']}
              href={`/leads?${new URLSearchParams(search).toString()}`}
              data-late={did === 'missed' && value > 0}
              onClick={(event) => {
                event.preventDefault();
                void router.navigate({ to: '/leads', search: search });
              }}
            >
              <strong>
                <Num value={value} />
              </strong>
              <span>{word}</span>
            </a>
          );
        })}
      </div>
    </section>
  );
}
