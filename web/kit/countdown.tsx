import { Tooltip } from '@mantine/core';
import { IconAlarm, IconClock, IconClockX } from '@tabler/icons-react';
import { useEffect, useState, type ReactNode } from 'react';
import type { Instant } from '../../src/platform/time.ts';
import { clockText } from '../figures.ts';
import { useServerNow } from '../server-clock.ts';
import { useFigures } from '../session.ts';
import { useWords } from '../words.ts';
import classes from './countdown.module.css';
import { timeLeft, type Urgency } from './time-left.ts';
import type { Tone } from './tone.ts';

const LOOK: Record<Urgency, { tone: Tone; icon: typeof IconClock }> = {
  calm: { tone: 'good', icon: IconClock },
  soon: { tone: 'soon', icon: IconAlarm },
  last: { tone: 'late', icon: IconAlarm },
  over: { tone: 'late', icon: IconClockX },
};

export interface CountdownProps {
  /** From when the time runs: the full bar. */
  from: Instant;
  /** When it is over. */
  until: Instant;
  /** Spoken with the time, so that one countdown is told from another: «Contactar a Carla». */
  label: string;
  size?: 'row' | 'large';
  /** «Te quedan» to the one it is about; «quedan» on somebody else's screen. */
  own?: boolean;
}

/**
 * Time left: a shrinking bar, «Te quedan 6:12», the exact instant on hover; color, icon and word change together.
 * Counts by the server's clock. Screen readers hear it at five minutes, one minute and the end, not every second.
 */
export function Countdown({ from, until, label, size = 'row', own = true }: CountdownProps): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const left = timeLeft(from, until, useServerNow());
  const { tone, icon: Mark } = LOOK[left.urgency];
  const clock = clockText(left.milliseconds);
  const text =
    left.urgency === 'over'
      ? t('kit.countdown.over')
      : t(own ? 'kit.countdown.left' : 'kit.countdown.left-other', { time: clock });
  const [spoken, setSpoken] = useState('');
  useEffect(() => {
    if (left.announce) setSpoken(`${label}: ${text}`);
    // Said once for each threshold, hence not with every tick's text.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [left.announce]);
  const exact = t('kit.countdown.until', { at: figures.exact(until) });
  const look = { className: classes['countdown'], 'data-size': size, style: { color: `var(--${tone})` } };
  const body = (
    <>
      <span className={classes['text']}>
        <Mark size={size === 'large' ? 20 : 15} stroke={2} aria-hidden />
        {text}
      </span>
      <span className={classes['track']} style={{ backgroundColor: `var(--${tone}-soft)` }} aria-hidden>
        <span className={classes['bar']} style={{ transform: `scaleX(${left.share.toFixed(4)})` }} />
      </span>
      <span className={classes['spoken']} role="status">
        {spoken}
      </span>
    </>
  );
  // In a list there may be dozens: the browser's own hover costs nothing. The large one also answers the keyboard.
  return size === 'row' ? (
    <div {...look} role="timer" aria-label={label} title={exact}>
      {body}
    </div>
  ) : (
    <Tooltip label={exact}>
      <div {...look} role="timer" aria-label={label} tabIndex={0}>
        {body}
      </div>
    </Tooltip>
  );
}
