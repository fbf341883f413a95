import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './status-badge.module.css';
import { toneStyle, type Tone } from './tone.ts';

/** A state: color, icon and word together, never color alone (WCAG 1.4.1). */
export function StatusBadge({
  tone,
  icon: Mark,
  children,
}: {
  tone: Tone;
  icon: Icon;
  children: ReactNode;
}): ReactNode {
  return (
    <span className={classes['badge']} style={toneStyle(tone)}>
      <Mark size={14} stroke={2} aria-hidden />
      <span className={classes['word']}>{children}</span>
    </span>
  );
}
