import { IconAlertTriangle, IconCircleCheck, IconCircleDashed, IconPlayerPause } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { SourceKind } from '../../src/sources/source.ts';
import { StatusBadge } from '../kit/index.ts';
import { useFigures } from '../session.ts';
import { useWords } from '../words.ts';
import type { Source } from './answers.ts';
import { KIND_ICONS } from './kinds.ts';
import classes from './marketing.module.css';

export function KindMark({ kind }: { kind: SourceKind }): ReactNode {
  const t = useWords();
  const Mark = KIND_ICONS[kind];
  return (
    <span className={classes['kind']}>
      <Mark size={16} aria-hidden />
      {t(`marketing.kind.${kind}`)}
    </span>
  );
}

/** Works, has trouble, was switched off, has sent nothing yet, or is not set up at all. */
export function SourceState({
  source,
  brought = 0,
}: {
  source: Source | null;
  /** Leads of the period: a file brings some without ever calling. */
  brought?: number;
}): ReactNode {
  const t = useWords();
  const figures = useFigures();
  if (source === null)
    return (
      <StatusBadge tone="quiet" icon={IconCircleDashed}>
        {t('marketing.state.unknown')}
      </StatusBadge>
    );
  const faulty = source.today?.faulty ?? 0;
  if (!source.enabled)
    return (
      <StatusBadge tone="quiet" icon={IconPlayerPause}>
        {t('marketing.state.disabled')}
      </StatusBadge>
    );
  if (source.state?.trouble)
    return (
      <StatusBadge tone="late" icon={IconAlertTriangle}>
        {t('marketing.state.trouble')}
      </StatusBadge>
    );
  if (faulty > 0)
    return (
      <StatusBadge tone="soon" icon={IconAlertTriangle}>
        {t('marketing.state.faulty', { count: figures.number(faulty) })}
      </StatusBadge>
    );
  return source.state?.lastReceivedAt == null && brought === 0 ? (
    <StatusBadge tone="quiet" icon={IconCircleDashed}>
      {t('marketing.state.silent')}
    </StatusBadge>
  ) : (
    <StatusBadge tone="good" icon={IconCircleCheck}>
      {t('marketing.state.ok')}
    </StatusBadge>
  );
}
