import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import {
  IconAlertTriangle,
  IconChevronLeft,
  IconChevronRight,
  IconCircleCheck,
  IconClock,
  IconSend,
} from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { z } from 'zod';
import { addDays, weekOf } from '../../src/calendar/dates.ts';
import { localDate } from '../../src/calendar/zones.ts';
import {
  ErrorState,
  FormFault,
  LongField,
  Page,
  RowsShape,
  showDone,
  StatusBadge,
  When,
} from '../kit/index.ts';
import { myWeekQuery, sendWeek, type Figures, type MyWeek, type Version } from '../leads/follow-data.ts';
import { Clauses } from '../leads/reasons.tsx';
import { serverNow } from '../server-clock.ts';
import type { Figures as Written } from '../figures.ts';
import { useFigures } from '../session.ts';
import { useWords, type Say } from '../words.ts';
import classes from './report.module.css';
import { WeekFigures } from './week-figures.tsx';

const address = z.object({ week: z.iso.date().optional().catch(undefined) });

/** The week's report: it writes itself; whoever it is of checks it, says a word, and sends it. */
export default function Report(): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const navigate = useNavigate();
  const { week } = address.parse(useSearch({ strict: false }));
  const { data, error, refetch } = useQuery(myWeekQuery(week));
  const go = (to: string): void => void navigate({ to: '/report', search: { week: to }, replace: true });
  const running = weekOf(localDate(serverNow(), figures.place.zone));
  return (
    <Page
      title={t('follow.week.title')}
      lead={data === undefined ? undefined : weekText(t, figures, data.week)}
      actions={
        data === undefined ? undefined : (
          <Button.Group>
            <Button
              variant="default"
              aria-label={t('follow.agenda.before')}
              onClick={() => go(addDays(data.week, -7))}
            >
              <IconChevronLeft size={17} aria-hidden />
            </Button>
            <Button
              variant="default"
              aria-label={t('follow.agenda.after')}
              disabled={data.week >= running}
              onClick={() => go(addDays(data.week, 7))}
            >
              <IconChevronRight size={17} aria-hidden />
            </Button>
          </Button.Group>
        )
      }
    >
      {data === undefined ? (
        error ? (
          <ErrorState error={error} retry={() => void refetch()} />
        ) : (
          <RowsShape />
        )
      ) : (
        <OneWeek key={data.week} own={data} />
      )}
    </Page>
  );
}

export function weekText(t: Say, figures: Written, week: string): string {
  return t('follow.week.of', { from: figures.day(week), to: figures.day(addDays(week, 6)) });
}

function same(one: Figures, other: Figures): boolean {
  return (
    one.received === other.received &&
    one.inFollowUp === other.inFollowUp &&
    one.appointments === other.appointments &&
    one.opportunities === other.opportunities &&
    one.reservations === other.reservations &&
    one.leads.join() === other.leads.join()
  );
}

function OneWeek({ own }: { own: MyWeek }): ReactNode {
  const t = useWords();
  const client = useQueryClient();
  const last = own.versions.at(-1);
  const sent = last?.sentAt == null ? undefined : last;
  const [comment, setComment] = useState(sent?.comment ?? '');
  const words = comment.trim() === '' ? null : comment.trim();
  const isSame = sent !== undefined && same(sent, own.figures) && sent.comment === words;
  const send = useMutation({
    mutationFn: () => sendWeek(own.week, words),
    onSuccess: () => {
      showDone(t('follow.week.done'));
      void client.invalidateQueries({ queryKey: ['leads'] });
    },
  });
  return (
    <form
      className={classes['report']}
      onSubmit={(event) => {
        event.preventDefault();
        if (!isSame) send.mutate();
      }}
    >
      <div className={classes['state']}>
        <SentState last={last} cutAt={own.cutAt} clause={own.clause} isCut={own.isCut} />
      </div>
      <WeekFigures figures={own.figures} names={own.names} />
      {own.behind !== null && own.behind.behind > 0 && !own.isCut ? (
        <p className={classes['soft']}>{t('follow.week.behind', { count: own.behind.behind })}</p>
      ) : null}
      <LongField
        label={t('follow.week.comment')}
        description={t('follow.week.comment-help')}
        maxLength={1_000}
        value={comment}
        onChange={(event) => setComment(event.currentTarget.value)}
      />
      {sent !== undefined && !same(sent, own.figures) ? (
        <p className={classes['soft']}>{t('follow.week.changed')}</p>
      ) : null}
      <FormFault error={send.error} />
      <div className={classes['state']}>
        <Button
          type="submit"
          size="md"
          leftSection={<IconSend size={17} aria-hidden />}
          loading={send.isPending}
          disabled={isSame}
        >
          {t(sent === undefined ? 'follow.week.send' : 'follow.week.send-again')}
        </Button>
        {isSame ? <span className={classes['soft']}>{t('follow.week.same')}</span> : null}
      </div>
      {own.clause === null ? null : <Clauses refs={[own.clause]} />}
      {own.versions.length > 1 ? <Versions own={own} /> : null}
    </form>
  );
}

/** Sent, sent late, missing, or still to be sent: with its time. */
export function SentState({
  last,
  cutAt,
  clause,
  isCut,
}: {
  last: Version | undefined;
  cutAt: MyWeek['cutAt'] | null;
  clause: string | null;
  isCut: boolean;
}): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const now = serverNow();
  if (last?.sentAt != null)
    return (
      <StatusBadge tone={last.late ? 'soon' : 'good'} icon={IconCircleCheck}>
        {t(last.late ? 'follow.week.sent-late' : 'follow.week.sent', {
          when: figures.moment(last.sentAt, now),
        })}
      </StatusBadge>
    );
  if (last !== undefined)
    return (
      <StatusBadge tone="late" icon={IconAlertTriangle}>
        {t('follow.week.missing')}
      </StatusBadge>
    );
  if (clause === null || cutAt === null) return <span>{t('follow.week.none')}</span>;
  return (
    <StatusBadge tone={isCut ? 'quiet' : 'soon'} icon={IconClock}>
      {isCut ? t('follow.week.open') : t('follow.week.due', { when: figures.moment(cutAt, now) })}
    </StatusBadge>
  );
}

/** What was sent stays as it was, whatever came later. */
function Versions({ own }: { own: MyWeek }): ReactNode {
  const t = useWords();
  return (
    <section className={classes['versions']}>
      <h2 className={classes['heading']}>{t('follow.week.versions')}</h2>
      {own.versions.toReversed().map((version) => (
        <div key={version.version}>
          <p className={classes['soft']}>
            {t('follow.week.version', { version: String(version.version) })} ·{' '}
            <When at={version.at} as="moment" />
            {version.comment === null ? '' : ` · ${version.comment}`}
          </p>
          <WeekFigures figures={version} names={own.names} />
        </div>
      ))}
    </section>
  );
}
