import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Instant } from '../../src/platform/time.ts';
import { When } from './figure.tsx';
import classes from './timeline.module.css';
import { toneStyle, type Tone } from './tone.ts';

export interface TimelineEntry {
  id: string;
  at: Instant;
  icon: Icon;
  tone?: Tone;
  /** What happened: «Lead asignado a Ana». */
  title: ReactNode;
  /** Who or what did it. */
  by?: ReactNode;
  /** «¿Por qué?», a player, the text of a message. */
  children?: ReactNode;
}

/** Everything that happened to one thing, in the order given. */
export function Timeline({
  entries,
  label,
}: {
  entries: readonly TimelineEntry[];
  label: string;
}): ReactNode {
  return (
    <ol className={classes['timeline']} aria-label={label}>
      {entries.map(({ id, at, icon: Mark, tone = 'quiet', title, by, children }) => (
        <li key={id} className={classes['entry']}>
          <span className={classes['mark']} style={toneStyle(tone)}>
            <Mark size={15} aria-hidden />
          </span>
          <div className={classes['body']}>
            <div className={classes['head']}>
              <span className={classes['title']}>{title}</span>
              <span className={classes['at']}>
                <When at={at} as="moment" />
              </span>
            </div>
            {by ? <div className={classes['by']}>{by}</div> : null}
            {children}
          </div>
        </li>
      ))}
    </ol>
  );
}
