import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useRouter, useSearch } from '@tanstack/react-router';
import { IconSunHigh, IconUserPlus } from '@tabler/icons-react';
import { z } from 'zod';
import { Suspense, useMemo, useState, type ReactNode } from 'react';
import {
  EmptyState,
  ErrorState,
  ListAndPanel,
  Page,
  RowsShape,
  Shortcut,
  useCommands,
  useKeys,
} from '../kit/index.ts';
import { useActKeys, useLeadActs } from '../leads/acts.tsx';
import { myDayQuery, type LeadRow, type MyDay } from '../leads/data.ts';
import { LeadPanel } from '../leads/index.ts';
import { termFrom } from '../leads/lead-state.tsx';
import { Awaiting } from '../money/awaiting.tsx';
import { useShowDue, useShowOwnState } from '../shell/due.ts';
import { useWords } from '../words.ts';
import { useArrivals } from './arrivals.ts';
import { DayRow } from './day-row.tsx';
import { Due } from './due.tsx';
import { Duty, dutyState } from './duty.tsx';
import { GoneToday } from './gone-today.tsx';
import classes from './my-day.module.css';
import { NewLead } from './new-lead.tsx';
import { Register } from './register.tsx';
import { SoundSwitch } from './sound.tsx';
import { Week } from './week.tsx';

const PHONE = '(max-width: 48em)';
const address = z.object({ lead: z.string().optional().catch(undefined) });

export default function MyDayScreen(): ReactNode {
  const t = useWords();
  const { data, error, refetch } = useQuery(myDayQuery);
  if (data === undefined)
    return (
      <Page title={t('leads.day.title')}>
        {error ? <ErrorState error={error} retry={() => void refetch()} /> : <RowsShape />}
      </Page>
    );
  return <Day day={data} />;
}

/** The new lead first, then what is to contact, then what is being followed. */
function Day({ day }: { day: MyDay }): ReactNode {
  const t = useWords();
  const router = useRouter();
  const navigate = useNavigate();
  const { lead: open } = address.parse(useSearch({ strict: false }));
  const [registering, setRegistering] = useState(false);
  const [chosen, setChosen] = useState<string>();
  const acts = useLeadActs();
  useArrivals(day);
  const shown = day.leads.filter(({ id }) => !acts.passing.has(id));
  const pending = shown.filter(({ contactedAt }) => contactedAt === null);
  const following = shown.filter(({ contactedAt }) => contactedAt !== null);
  const [first, ...others] = pending;
  const order = [...pending, ...following];
  const active = order.find(({ id }) => id === chosen) ?? first;
  const openLead = (id: string | undefined): void =>
    void navigate({ to: '/my-day', search: id === undefined ? {} : { lead: id }, replace: true });
  const step = (by: number): void => {
    const at = active === undefined ? -1 : order.indexOf(active);
    const next = order[Math.min(order.length - 1, Math.max(0, at + by))];
    if (next === undefined) return;
    setChosen(next.id);
    document.getElementById(`lead-${next.id}`)?.scrollIntoView({ block: 'nearest' });
    if (open !== undefined) openLead(next.id);
  };
  useActKeys(acts, active);
  useKeys([
    { keys: 'ArrowDown', label: t('leads.day.down'), run: () => step(1), hidden: true },
    { keys: 'ArrowUp', label: t('leads.day.up'), run: () => step(-1), hidden: true },
    { keys: 'Enter', label: t('leads.day.open'), run: () => openLead(active?.id), hidden: true },
    { keys: 'r', label: t('leads.day.register'), run: () => setRegistering(true) },
  ]);
  useCommands([
    {
      id: 'register-lead',
      label: t('leads.reg.title'),
      group: t('leads.day.title'),
      icon: IconUserPlus,
      keys: 'r',
      run: () => setRegistering(true),
    },
    ...order.slice(0, 50).map((lead) => ({
      id: `lead-${lead.id}`,
      label: lead.name ?? t('leads.page.unnamed'),
      group: t('leads.list.title'),
      ...(lead.phone === null ? {} : { detail: lead.phone }),
      run: () => openLead(lead.id),
    })),
  ]);
  useTopBar(first, pending.length, day);
  const rowOf = (lead: LeadRow): ReactNode => (
    <DayRow
      key={lead.id}
      lead={lead}
      active={lead.id === active?.id}
      opened={lead.id === open}
      open={openLead}
    />
  );
  return (
    <Page
      title={t('leads.day.title')}
      actions={
        <>
          <SoundSwitch />
          <Button
            variant="light"
            leftSection={<IconUserPlus size={17} aria-hidden />}
            rightSection={<Shortcut keys="r" />}
            onClick={() => setRegistering(true)}
          >
            {t('leads.day.register')}
          </Button>
        </>
      }
    >
      <ListAndPanel
        list={
          <div className={classes['day']}>
            <Duty turn={day.turn} />
            <Awaiting />
            {first === undefined ? (
              <Calm day={day} />
            ) : (
              <NewLead
                lead={first}
                active={first.id === active?.id}
                acts={acts}
                open={() => openLead(first.id)}
              />
            )}
            {others.length > 0 ? (
              <Section title={t('leads.day.pending')} count={others.length}>
                {others.map(rowOf)}
              </Section>
            ) : null}
            <Due open={openLead} opened={open} />
            {following.length > 0 ? (
              <Section title={t('leads.day.following')} count={following.length}>
                {following.map(rowOf)}
              </Section>
            ) : null}
            <GoneToday gone={day.gone} />
            <Week week={day.week} />
          </div>
        }
        panel={
          open === undefined ? null : (
            <div className={classes['beside']}>
              <Suspense fallback={null}>
                <LeadPanel lead={open} close={() => openLead(undefined)} />
              </Suspense>
            </div>
          )
        }
      />
      {acts.dialogs}
      {registering ? (
        <Register
          close={() => setRegistering(false)}
          done={(id) => {
            setRegistering(false);
            void router.invalidate();
            openLead(id);
          }}
        />
      ) : null}
    </Page>
  );
}

function Section({
  title,
  count,
  children,
}: {
  title: string;
  count: number;
  children: ReactNode;
}): ReactNode {
  return (
    <section>
      <h2 className={classes['heading']}>
        {title} <span className={classes['count']}>{count}</span>
      </h2>
      <ul className={classes['rows']}>{children}</ul>
    </section>
  );
}

/** Nothing new: what will happen, and what can be done meanwhile. */
function Calm({ day: { turn } }: { day: MyDay }): ReactNode {
  const t = useWords();
  const help = turn.onDuty
    ? turn.after === 0
      ? t('leads.day.calm-next')
      : t('leads.day.calm-on-duty')
    : t('leads.day.calm-off-duty');
  return (
    <div className={classes['calm']}>
      <EmptyState icon={IconSunHigh} title={t('leads.day.calm')}>
        {help}
      </EmptyState>
    </div>
  );
}

function useTopBar(first: LeadRow | undefined, count: number, { turn }: MyDay): void {
  const t = useWords();
  const due = useMemo(
    () => ({
      count,
      to: '/my-day',
      next:
        first?.dueAt == null || first.waitsForCall !== null
          ? undefined
          : {
              from: termFrom(first),
              until: first.dueAt,
              label: t('leads.day.contact', { name: first.name ?? '' }),
            },
    }),
    [first, count, t],
  );
  useShowDue(due);
  const { onDuty } = turn;
  // On a phone the bar is short, and the page says it in its first line.
  useShowOwnState(useMemo(() => (matchMedia(PHONE).matches ? undefined : dutyState(onDuty, t)), [onDuty, t]));
}
