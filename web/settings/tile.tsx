import { IconAlertTriangle, IconCircleCheck, IconClockExclamation } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { StatusBadge } from '../kit/index.ts';
import { useWords } from '../words.ts';
import classes from './settings.module.css';

export interface TileProps {
  title: string;
  value: ReactNode;
  unit?: string | undefined;
  note?: string | undefined;
  /** The figure is not as it should be; `remedy` says what to do then. */
  isOff: boolean;
  /** It needs looking after, though nothing is broken. */
  isSoon?: boolean;
  remedy?: string | undefined;
}

/** One figure with its unit, whether it is well, and what to do where it is not. */
export function Tile({ title, value, unit, note, isOff, isSoon = false, remedy }: TileProps): ReactNode {
  const t = useWords();
  return (
    <div className={classes['tile']} data-off={isOff}>
      <div className={classes['tileHead']}>
        <h3>{title}</h3>
        {isOff ? (
          <StatusBadge tone="late" icon={IconAlertTriangle}>
            {t('settings.state.off')}
          </StatusBadge>
        ) : isSoon ? (
          <StatusBadge tone="soon" icon={IconClockExclamation}>
            {t('settings.state.soon')}
          </StatusBadge>
        ) : (
          <StatusBadge tone="good" icon={IconCircleCheck}>
            {t('settings.state.well')}
          </StatusBadge>
        )}
      </div>
      <strong>
        {value}
        {unit === undefined ? null : <span className={classes['unit']}>{unit}</span>}
      </strong>
      {note === undefined ? null : <p>{note}</p>}
      {(isOff || isSoon) && remedy !== undefined ? <p data-remedy>{remedy}</p> : null}
    </div>
  );
}
