import type { ReactNode } from 'react';
import { When } from '../kit/index.ts';
import type { MyDay } from '../leads/data.ts';
import { useWords } from '../words.ts';
import classes from './my-day.module.css';

/** Leads that left today: which and why, without their person, who is another's now. */
export function GoneToday({ gone }: { gone: MyDay['gone'] }): ReactNode {
  const t = useWords();
  if (gone.length === 0) return null;
  return (
    <section>
      <h2 className={classes['heading']}>{t('leads.day.gone')}</h2>
      <ul className={classes['gone']}>
        {gone.map(({ id, number, at, missed }) => (
          <li key={id + at}>
            <When at={at} as="time" />
            <span>
              {t(missed ? 'leads.day.gone-missed' : 'leads.day.gone-other', { number: String(number) })}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
