import type { ReactNode } from 'react';
import classes from './facts.module.css';

/** Names and values of one thing, in two columns: `dt` and `dd` within. */
export function Facts({ children }: { children: ReactNode }): ReactNode {
  return <dl className={classes['facts']}>{children}</dl>;
}
