import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Money, Shortcut, StatusBadge, useKeys, When } from '../kit/index.ts';
import { useServerNow } from '../server-clock.ts';
import { useFigures, useMay } from '../session.ts';
import { useWords } from '../words.ts';
import { nameOf } from './acts.tsx';
import type { LeadRow } from './data.ts';
import { progressQuery, type Meeting, type Progress as Told, type ProgressRow } from './follow-data.ts';
import type { FormName } from './follow-forms.tsx';
import { STATUS_MARKS } from './progress-words.ts';
import classes from './progress.module.css';
import { WhyNot } from './reasons.tsx';
import { Referrals } from './referrals.tsx';
import { useFollow, type Follow, type FollowLead } from './use-follow.tsx';
import { reasonText } from './words-of.ts';

/** How far the lead has come, what comes next, and the acts that move it on. `frozen`: nobody meets the person now. */
export function Progress({ lead, frozen }: { lead: LeadRow; frozen: boolean }): ReactNode {
  const { data } = useQuery(progressQuery(lead.id));
  const follow = useFollow();
  const may = useMay('leads.follow-up');
  const t = useWords();
  const who = { id: lead.id, name: nameOf(lead) };
  const usable = may && data?.row?.open === true && data.refusal === null;
  useKeys([
    { keys: 's', label: t('follow.next'), run: () => follow.open('next', who), when: () => usable },
    {
      keys: 'a',
      label: t('follow.book'),
      run: () => follow.open('book', who),
      when: () => usable && !frozen,
    },
  ]);
  if (data?.row == null) return null;
  return (
    <section className={classes['progress']} aria-label={t('follow.title')}>
      <Standing row={data.row} />
      <Behind reasons={data.behind} />
      <NextStep row={data.row} lead={who} follow={usable ? follow : undefined} />
      {data.appointments
        .filter(({ state }) => state === 'booked')
        .map((each) => (
          <MeetingBox key={each.id} meeting={each} lead={who} follow={usable ? follow : undefined} />
        ))}
      {may ? <Steps told={data} row={data.row} lead={who} follow={follow} frozen={frozen} /> : null}
      <Referrals told={data} lead={who} />
      {follow.dialogs}
    </section>
  );
}

function Standing({ row }: { row: ProgressRow }): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const { tone, icon } = STATUS_MARKS[row.status];
  return (
    <div className={classes['status']}>
      <StatusBadge tone={tone} icon={icon}>
        {t(`follow.status.${row.status}`)}
      </StatusBadge>
      {row.status === 'reservation' && row.reservationPrice !== null ? (
        <Money amount={row.reservationPrice} currency={figures.place.figures === 'es-CO' ? 'COP' : 'MXN'} />
      ) : null}
      {row.lostReason === null ? null : (
        <span className={classes['soft']}>
          {t(`follow.lost.${row.lostReason}`)}
          {row.lostText === null ? '' : `: ${row.lostText}`}
        </span>
      )}
      {row.nextContactOn === null ? null : (
        <span className={classes['soft']}>
          {t(row.incubatedEvidence === true ? 'follow.until-shown' : 'follow.until', {
            day: figures.day(row.nextContactOn),
          })}
        </span>
      )}
    </div>
  );
}

/** What keeps it from being up to date (contact-center-policy L5). */
function Behind({ reasons }: { reasons: Told['behind'] }): ReactNode {
  const t = useWords();
  if (reasons.length === 0) return null;
  return (
    <ul className={classes['behind']}>
      {reasons.map((reason) => (
        <li key={reason}>
          <IconAlertTriangle size={15} aria-hidden />
          {t(`follow.behind.${reason}`)}
        </li>
      ))}
    </ul>
  );
}

function NextStep({
  row,
  lead,
  follow,
}: {
  row: ProgressRow;
  lead: FollowLead;
  follow: Follow | undefined;
}): ReactNode {
  const t = useWords();
  const now = useServerNow(30);
  if (row.nextActionDueAt === null) return null;
  return (
    <div className={classes['box']} data-late={row.nextActionDueAt < now}>
      <p className={classes['soft']}>{t('follow.next')}</p>
      <p>
        {row.nextAction ?? t(`follow.kind.${row.nextActionKind ?? 'other'}`)} ·{' '}
        <When at={row.nextActionDueAt} as="moment" />
      </p>
      {follow === undefined ? null : (
        <div className={classes['buttons']}>
          <Button
            size="compact-sm"
            variant="light"
            onClick={() => follow.act(lead, { act: 'next-action.done' })}
          >
            {t('follow.next-done')}
          </Button>
          <Button size="compact-sm" variant="subtle" onClick={() => follow.open('next', lead)}>
            {t('follow.next-change')}
          </Button>
        </div>
      )}
    </div>
  );
}

/** A meeting to come, or one whose time is over and of which nobody has said how it went. */
export function MeetingBox({
  meeting,
  lead,
  follow,
}: {
  meeting: Meeting;
  lead: FollowLead;
  follow: Follow | undefined;
}): ReactNode {
  const t = useWords();
  const now = useServerNow(30);
  const begun = meeting.startsAt <= now;
  const settle = (act: string) => (): void => follow?.act(lead, { act, appointment: meeting.id });
  return (
    <div className={classes['box']} data-late={meeting.endsAt <= now}>
      <p className={classes['soft']}>{t(begun ? 'follow.meeting-how' : 'follow.meeting')}</p>
      <p>
        <When at={meeting.startsAt} as="moment" />
        {meeting.place === null ? '' : ` · ${meeting.place}`}
      </p>
      {follow === undefined ? null : (
        <div className={classes['buttons']}>
          {begun ? (
            <>
              <Button size="compact-sm" variant="light" onClick={settle('appointment.held')}>
                {t('follow.held')}
              </Button>
              <Button size="compact-sm" variant="light" color="gray" onClick={settle('appointment.missed')}>
                {t('follow.missed')}
              </Button>
            </>
          ) : null}
          <Button size="compact-sm" variant="subtle" onClick={settle('appointment.canceled')}>
            {t('follow.call-off')}
          </Button>
        </div>
      )}
    </div>
  );
}

/** Only what may be done now; what may not says why. */
function Steps({
  told,
  row,
  lead,
  follow,
  frozen,
}: {
  told: Told;
  row: ProgressRow;
  lead: FollowLead;
  follow: Follow;
  frozen: boolean;
}): ReactNode {
  const t = useWords();
  const isOver = row.lostAt !== null || row.closedAt !== null;
  if (told.refusal !== null && !isOver) {
    const why = reasonText(t, told.refusal.refused);
    return (
      <WhyNot
        label={t('follow.why-not')}
        sentence={t('leads.why.fact-refused', { why })}
        refs={told.refusal.because}
      />
    );
  }
  if (row.closedAt !== null) return null;
  if (row.lostAt !== null || row.incubatedAt !== null)
    return (
      <div className={classes['buttons']}>
        <Button size="compact-sm" variant="light" onClick={() => follow.act(lead, { act: 'lead.reopened' })}>
          {t(row.lostAt === null ? 'follow.wake' : 'follow.reopen')}
        </Button>
      </div>
    );
  const form = (name: FormName) => (): void => follow.open(name, lead);
  const act = (name: string) => (): void => follow.act(lead, { act: name });
  return (
    <div className={classes['buttons']}>
      {row.nextActionDueAt === null ? <Step label={t('follow.next')} run={form('next')} keys="s" /> : null}
      {frozen ? null : <Step label={t('follow.book')} run={form('book')} keys="a" />}
      {row.opportunityAt === null ? (
        <Step label={t('follow.opportunity')} run={act('opportunity.opened')} />
      ) : (
        <Step label={t('follow.opportunity-back')} run={act('opportunity.canceled')} quiet />
      )}
      {row.reservationAt === null ? (
        <Step label={t('follow.reserve')} run={form('reserve')} />
      ) : (
        <Step label={t('follow.reserve-back')} run={act('reservation.canceled')} quiet />
      )}
      <Step label={t('follow.close')} run={form('close')} busy={follow.closing === lead.id} />
      <Step label={t('follow.incubate')} run={form('incubate')} quiet />
      <Step label={t('follow.lose')} run={form('lose')} quiet />
    </div>
  );
}

function Step({
  label,
  run,
  keys,
  quiet = false,
  busy = false,
}: {
  label: string;
  run: () => void;
  keys?: string;
  quiet?: boolean;
  busy?: boolean;
}): ReactNode {
  return (
    <Button
      size="compact-sm"
      variant={quiet ? 'subtle' : 'default'}
      loading={busy}
      rightSection={keys === undefined ? undefined : <Shortcut keys={keys} />}
      onClick={run}
    >
      {label}
    </Button>
  );
}
