import type { ReactNode } from 'react';
import { useFigures } from '../session.ts';
import { useWords } from '../words.ts';
import type { Claims } from './answers.ts';
import classes from './control.module.css';
import { lineText, outcomeText } from './words-of.ts';

/** How the last ninety days were ruled, by reason: one bar a reason, its number at the end. */
export function RulingsDrawn({ rulings }: { rulings: Claims['rulings'] }): ReactNode {
  const t = useWords();
  const figures = useFigures();
  if (rulings.length === 0) return null;
  const most = Math.max(...rulings.map(({ count }) => count));
  return (
    <figure className={classes['drawn']} title={t('control.drawn.formula')}>
      <figcaption>{t('control.drawn.title')}</figcaption>
      {rulings.map(({ line, outcome, otherwise, count }) => {
        const why = otherwise ? t('control.otherwise') : lineText(t, line);
        return (
          <div key={`${line} ${outcome} ${otherwise}`} className={classes['bar-row']}>
            <span>
              {outcomeText(t, outcome)} · {why}
            </span>
            <span
              className={classes['bar']}
              data-outcome={outcome}
              style={{ width: `${(count / most) * 100}%` }}
            />
            <strong>{figures.number(count)}</strong>
          </div>
        );
      })}
    </figure>
  );
}
