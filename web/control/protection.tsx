import { Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconShieldCheck, IconShieldX, IconSnowflake } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { StatusBadge, When } from '../kit/index.ts';
import { useWords } from '../words.ts';
import { protectionQuery } from './answers.ts';
import classes from './control.module.css';
import { lineText } from './words-of.ts';

/** How a lead is protected: whether a claim of now would take it away and why, and the clock that runs. */
export default function Protection({ lead, own }: { lead: string; own: boolean }): ReactNode {
  const t = useWords();
  const { data } = useQuery(protectionQuery(lead));
  if (data === undefined || (data.ruling === null && data.frozen === null)) return null;
  const { frozen, ruling, term, dueAt } = data;
  const claim = frozen?.claim ?? data.claims[0];
  return (
    <section className={classes['part']} aria-label={t('control.protection.title')}>
      {frozen === null ? null : (
        <StatusBadge tone="busy" icon={IconSnowflake}>
          {t('control.case.frozen')}
        </StatusBadge>
      )}
      {claim === undefined ? null : (
        <Anchor size="sm" href={`/claims/${encodeURIComponent(claim)}`}>
          {t('control.protection.claim')}
        </Anchor>
      )}
      {ruling === null || frozen !== null ? null : (
        <StatusBadge
          tone={ruling.outcome === 'keep' ? 'good' : 'soon'}
          icon={ruling.outcome === 'keep' ? IconShieldCheck : IconShieldX}
        >
          {t(ruling.outcome === 'keep' ? 'control.protection.on' : 'control.protection.off')}
        </StatusBadge>
      )}
      {ruling === null || frozen !== null ? null : (
        <p className={classes['help']}>
          {t(own ? 'control.protection.if-own' : 'control.protection.if', { why: lineText(t, ruling.line) })}{' '}
          ({ruling.clauses.join(', ')})
        </p>
      )}
      {term === null || dueAt === null ? null : (
        <p className={classes['help']}>
          {t(`control.term.${term}`)}: <When at={dueAt} as="moment" />
        </p>
      )}
    </section>
  );
}
