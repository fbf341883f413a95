import { Button, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import {
  IconAlertTriangle,
  IconCalendarEvent,
  IconCalendarOff,
  IconChevronLeft,
  IconChevronRight,
  IconCircleCheck,
  IconUserX,
} from '@tabler/icons-react';
import { Suspense, type ReactNode } from 'react';
import { z } from 'zod';
import { addDays } from '../../src/calendar/dates.ts';
import { localDate } from '../../src/calendar/zones.ts';
import { shortDay } from '../figures.ts';
import {
  ChoiceField,
  EmptyState,
  ErrorState,
  ListAndPanel,
  Page,
  RowsShape,
  StatusBadge,
  useKeys,
  When,
} from '../kit/index.ts';
import { agendaQuery, type AgendaRow } from '../leads/follow-data.ts';
import { LeadPanel } from '../leads/index.ts';
import { useFollow, type Follow } from '../leads/use-follow.tsx';
import { serverNow, useServerNow } from '../server-clock.ts';
import { useFigures, useSession } from '../session.ts';
import { useWords } from '../words.ts';
import classes from './agenda.module.css';
import day from './my-day.module.css';

const DAYS = 7;
const address = z.object({
  from: z.iso.date().optional().catch(undefined),
  person: z.string().optional().catch(undefined),
  lead: z.string().optional().catch(undefined),
});

/** A week of meetings, each with what may be noted of it. */
export default function Agenda(): ReactNode {
  const t = useWords();
  const navigate = useNavigate();
  const { place } = useFigures();
  const { user } = useSession();
  const search = address.parse(useSearch({ strict: false }));
  const today = localDate(serverNow(), place.zone);
  const from = search.from ?? today;
  const person = search.person ?? (user.role === 'advisor' || user.role === 'kam' ? user.person : undefined);
  const { data, error, refetch } = useQuery(agendaQuery(from, DAYS, person ?? undefined));
  const follow = useFollow();
  const go = (more: Partial<z.infer<typeof address>>): void =>
    void navigate({ to: '/agenda', search: { ...search, ...more }, replace: true });
  useKeys([
    { keys: 'ArrowLeft', label: t('follow.agenda.before'), run: () => go({ from: addDays(from, -DAYS) }) },
    { keys: 'ArrowRight', label: t('follow.agenda.after'), run: () => go({ from: addDays(from, DAYS) }) },
  ]);
  const rows = data?.rows;
  const inDays = rows?.filter(({ startsAt }) => localDate(startsAt, place.zone) >= from) ?? [];
  return (
    <Page
      title={t('follow.agenda.title')}
      lead={rows === undefined ? undefined : t('follow.agenda.lead', { count: inDays.length })}
      actions={
        <div className={classes['bar']}>
          {data !== undefined && data.people.length > 1 ? (
            <ChoiceField
              aria-label={t('follow.agenda.whose')}
              value={search.person ?? ''}
              onChange={(event) => go({ person: event.currentTarget.value || undefined })}
              data={[
                { value: '', label: t('follow.agenda.everybody') },
                ...data.people.map(({ id, name }) => ({ value: id, label: name })),
              ]}
            />
          ) : null}
          <Button.Group>
            <Button
              variant="default"
              aria-label={t('follow.agenda.before')}
              onClick={() => go({ from: addDays(from, -DAYS) })}
            >
              <IconChevronLeft size={17} aria-hidden />
            </Button>
            <Button variant="default" onClick={() => go({ from: undefined })}>
              {t('follow.agenda.today')}
            </Button>
            <Button
              variant="default"
              aria-label={t('follow.agenda.after')}
              onClick={() => go({ from: addDays(from, DAYS) })}
            >
              <IconChevronRight size={17} aria-hidden />
            </Button>
          </Button.Group>
        </div>
      }
    >
      <ListAndPanel
        list={
          rows === undefined ? (
            error ? (
              <ErrorState error={error} retry={() => void refetch()} />
            ) : (
              <RowsShape />
            )
          ) : (
            <Days
              rows={rows}
              from={from}
              today={today}
              follow={follow}
              names={
                person === undefined ? new Map(data?.people.map(({ id, name }) => [id, name])) : undefined
              }
              open={(lead) => go({ lead })}
            />
          )
        }
        panel={
          search.lead === undefined ? null : (
            <div className={day['beside']}>
              <Suspense fallback={null}>
                <LeadPanel lead={search.lead} close={() => go({ lead: undefined })} />
              </Suspense>
            </div>
          )
        }
      />
      {follow.dialogs}
    </Page>
  );
}

interface DaysProps {
  readonly rows: readonly AgendaRow[];
  readonly from: string;
  readonly today: string;
  readonly follow: Follow;
  /** Whose each meeting is, where more than one person's are shown. */
  readonly names: ReadonlyMap<string, string> | undefined;
  readonly open: (lead: string) => void;
}

function Days({ rows, from, today, ...rest }: DaysProps): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const { zone } = figures.place;
  if (rows.length === 0)
    return (
      <EmptyState icon={IconCalendarEvent} title={t('follow.agenda.empty')}>
        {t('follow.agenda.empty-help')}
      </EmptyState>
    );
  const earlier = rows.filter(({ startsAt }) => localDate(startsAt, zone) < from);
  const dates = Array.from({ length: DAYS }, (_, index) => addDays(from, index));
  return (
    <div className={classes['days']}>
      {earlier.length === 0 ? null : (
        <OneDay title={t('follow.agenda.overdue')} rows={earlier} dated {...rest} />
      )}
      {dates.map((date) => {
        const own = rows.filter(({ startsAt }) => localDate(startsAt, zone) === date);
        return own.length === 0 ? null : (
          <OneDay
            key={date}
            title={date === today ? t('follow.agenda.today') : shortDay(figures, date)}
            isToday={date === today}
            rows={own}
            {...rest}
          />
        );
      })}
    </div>
  );
}

function OneDay({
  title,
  rows,
  follow,
  names,
  open,
  isToday = false,
  dated = false,
}: Omit<DaysProps, 'from' | 'today'> & {
  readonly title: string;
  readonly isToday?: boolean;
  readonly dated?: boolean;
}): ReactNode {
  return (
    <section className={classes['day']} data-today={isToday} aria-label={title}>
      <h2>{title}</h2>
      <ul className={classes['rows']}>
        {rows.map((row) => (
          <li key={row.id} data-appointment={row.id}>
            <span className={classes['hour']}>
              <When at={row.startsAt} as={dated ? 'moment' : 'time'} />
            </span>
            <Whom row={row} name={names?.get(row.person)} open={open} />
            <How row={row} follow={follow} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function Whom({
  row,
  name,
  open,
}: {
  row: AgendaRow;
  name: string | undefined;
  open: (lead: string) => void;
}): ReactNode {
  const t = useWords();
  const about = [row.place, name].filter((part) => part != null);
  return (
    <span>
      <UnstyledButton className={classes['who']} onClick={() => open(row.lead)}>
        {row.leadName ?? t('leads.page.unnamed')}
      </UnstyledButton>
      {about.length === 0 ? null : <span className={classes['soft']}>{about.join(' · ')}</span>}
    </span>
  );
}

const HOW = {
  held: { tone: 'good', icon: IconCircleCheck },
  missed: { tone: 'late', icon: IconUserX },
  canceled: { tone: 'quiet', icon: IconCalendarOff },
} as const;

function How({ row, follow }: { row: AgendaRow; follow: Follow }): ReactNode {
  const t = useWords();
  const now = useServerNow(30);
  if (row.state !== 'booked')
    return (
      <span className={classes['acts']}>
        <StatusBadge {...HOW[row.state]}>{t(`follow.agenda.${row.state}`)}</StatusBadge>
      </span>
    );
  const lead = { id: row.lead, name: row.leadName ?? t('leads.page.unnamed') };
  const settle = (act: string) => (): void => follow.act(lead, { act, appointment: row.id });
  return (
    <span className={classes['acts']}>
      {row.endsAt <= now ? (
        <StatusBadge tone="soon" icon={IconAlertTriangle}>
          {t('follow.agenda.late')}
        </StatusBadge>
      ) : null}
      {row.startsAt <= now ? (
        <>
          <Button size="compact-sm" variant="light" onClick={settle('appointment.held')}>
            {t('follow.held')}
          </Button>
          <Button size="compact-sm" variant="default" onClick={settle('appointment.missed')}>
            {t('follow.missed')}
          </Button>
        </>
      ) : (
        <Button size="compact-sm" variant="subtle" onClick={settle('appointment.canceled')}>
          {t('follow.call-off')}
        </Button>
      )}
    </span>
  );
}
