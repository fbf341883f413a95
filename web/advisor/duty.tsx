import { IconUserCheck, IconUserOff } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { StatusBadge } from '../kit/index.ts';
import type { Turn } from '../leads/data.ts';
import { WhyNot } from '../leads/reasons.tsx';
import { reasonText } from '../leads/words-of.ts';
import { useServerNow } from '../server-clock.ts';
import { useFigures } from '../session.ts';
import type { OwnState } from '../shell/due.ts';
import { useWords, type Say } from '../words.ts';
import classes from './my-day.module.css';

export function dutyState(onDuty: boolean, t: Say): OwnState {
  return onDuty
    ? { tone: 'good', icon: IconUserCheck, word: t('leads.day.on-duty') }
    : { tone: 'quiet', icon: IconUserOff, word: t('leads.day.off-duty') };
}

/** «De guardia · te toca después de 2», or why no leads come, with the clause. */
export function Duty({ turn }: { turn: Turn }): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const now = useServerNow(30);
  const { tone, icon, word } = dutyState(turn.onDuty, t);
  const badge = (
    <StatusBadge tone={tone} icon={icon}>
      {word}
    </StatusBadge>
  );
  if (!turn.onDuty) {
    const why = reasonText(t, turn.why ?? '');
    return (
      <span className={classes['duty']}>
        {badge} {why}
        {turn.confirmBy !== null && turn.confirmBy > now
          ? ` · ${t('leads.day.confirm-by', { when: figures.moment(turn.confirmBy, now) })}`
          : null}
        {turn.because.length === 0 ? null : (
          <WhyNot
            label={t('kit.why.ask')}
            sentence={`${t('leads.day.why-off')}: ${why}.`}
            refs={turn.because}
          />
        )}
      </span>
    );
  }
  const place =
    turn.after === null
      ? t('leads.day.by-source')
      : turn.after === 0
        ? t('leads.day.next')
        : t('leads.day.after', { count: turn.after });
  return (
    <span className={classes['duty']}>
      {badge}{' '}
      {turn.opensAt === null
        ? place
        : t('leads.day.closed-until', { when: figures.moment(turn.opensAt, now) })}
    </span>
  );
}
