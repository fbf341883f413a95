import type { ReactNode } from 'react';
import classes from './row-card.module.css';

/** A table's row on a phone: pairs of what it is and how it stands, each on one line whatever its length. */
export function RowCard({ children }: { children: ReactNode }): ReactNode {
  return <div className={classes['card']}>{children}</div>;
}
