import { UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { When } from '../kit/index.ts';
import { dueQuery, type DueRow } from '../leads/follow-data.ts';
import { useServerNow } from '../server-clock.ts';
import { useWords, type Say } from '../words.ts';
import classes from './my-day.module.css';

const BEHIND_SHOWN_MAX = 20;

/** What is due today or was due before, in order; then what is not up to date for the cut (contact-center-policy L5). */
export function Due({
  open,
  opened,
}: {
  open: (lead: string) => void;
  opened: string | undefined;
}): ReactNode {
  const t = useWords();
  const now = useServerNow(30);
  const { data } = useQuery(dueQuery);
  if (data === undefined) return null;
  const due = data.rows
    .filter(({ at }) => at !== null && at < data.endOfToday)
    .toSorted((a, b) => ((a.at ?? '') < (b.at ?? '') ? -1 : 1));
  const shown = new Set(due.map(({ lead }) => lead));
  const behind = data.rows.filter(({ lead, behind: reasons }) => reasons.length > 0 && !shown.has(lead));
  const rowOf = (row: DueRow, about: ReactNode, late: boolean): ReactNode => (
    <li key={row.lead}>
      <UnstyledButton
        className={classes['row']}
        data-opened={row.lead === opened}
        data-due={row.lead}
        onClick={() => open(row.lead)}
      >
        <span className={classes['name']}>{row.name ?? t('leads.page.unnamed')}</span>
        <span className={classes['mark']}>
          {late ? <IconAlertTriangle size={16} color="var(--late)" aria-hidden /> : null}
        </span>
        <span className={classes['about']}>{about}</span>
      </UnstyledButton>
    </li>
  );
  return (
    <>
      {due.length === 0 ? null : (
        <section aria-label={t('follow.due.title')}>
          <h2 className={classes['heading']}>
            {t('follow.due.title')} <span className={classes['count']}>{due.length}</span>
          </h2>
          <ul className={classes['rows']}>
            {due.map((row) => rowOf(row, <Next row={row} t={t} />, row.at !== null && row.at < now))}
          </ul>
        </section>
      )}
      {behind.length === 0 ? null : (
        <section aria-label={t('follow.due.behind')}>
          <h2 className={classes['heading']}>
            {t('follow.due.behind')} <span className={classes['count']}>{behind.length}</span>
          </h2>
          <ul className={classes['rows']}>
            {behind.slice(0, BEHIND_SHOWN_MAX).map((row) => rowOf(row, reasonsText(row, t), false))}
          </ul>
        </section>
      )}
    </>
  );
}

function reasonsText({ behind }: DueRow, t: Say): string {
  return behind.map((reason) => t(`follow.behind.${reason}`)).join(' · ');
}

function Next({ row, t }: { row: DueRow; t: Say }): ReactNode {
  if (row.at === null || row.next === null) return null;
  const what = row.next === 'action' ? (row.text ?? t('follow.due.action')) : t(`follow.due.${row.next}`);
  const where = row.next === 'appointment' && row.text !== null ? ` · ${row.text}` : '';
  return (
    <>
      {what}
      {where} · <When at={row.at} as="moment" />
    </>
  );
}
