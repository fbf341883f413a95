import { Button, Checkbox } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCircleX,
  IconClipboardCheck,
  IconClipboardList,
  IconClockX,
  IconFileAlert,
} from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import { useCallback, useMemo, useState, type ReactNode } from 'react';
import { z } from 'zod';
import { ask } from '../api.ts';
import { Marks } from '../administration/marks.tsx';
import { rosterSchema, type Roster, type RosterPerson } from '../administration/people-answers.ts';
import { PeopleTabs } from '../administration/people-tabs.tsx';
import { monthName } from '../administration/person-panel.tsx';
import { PlacePanel } from '../administration/roster-panel.tsx';
import {
  Act,
  ChoiceField,
  Countdown,
  DataTable,
  EmptyState,
  FormFault,
  ListAndPanel,
  Page,
  showDone,
  StatusBadge,
  When,
  type Column,
} from '../kit/index.ts';
import { useServerNow } from '../server-clock.ts';
import { useFigures } from '../session.ts';
import { useWords, type Say } from '../words.ts';
import classes from './roster.module.css';

const enteredSchema = z.object({ month: z.string() });

/** Propuesta del mes: whom a zone's director proposes, each condition with its figures, and the time left. */
export default function ProposalPage(): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const { month: asked } = z.object({ month: z.string().optional() }).parse(useSearch({ strict: false }));
  const [month, setMonth] = useState(asked);
  const current = useQuery({
    queryKey: ['roster', 'current'],
    queryFn: () => ask('/api/roster', rosterSchema),
  });
  const shown = month ?? current.data?.next;
  const roster = useQuery({
    queryKey: ['roster', shown ?? ''],
    queryFn: () => ask(`/api/roster?month=${shown ?? ''}`, rosterSchema),
    enabled: shown !== undefined,
    placeholderData: (before) => before,
  });
  const { data } = roster;
  const zones = useMemo(
    () =>
      [...new Set(data?.people.flatMap((each) => (each.mayTake ? (each.zone ?? []) : [])) ?? [])].toSorted(),
    [data],
  );
  const [chosenZone, setChosenZone] = useState<string>();
  const zone = data?.ownZone ?? chosenZone ?? zones[0] ?? '';
  return (
    <Page
      title={t('roster.proposal.title')}
      shape="full"
      lead={t('roster.proposal.lead', { month: shown === undefined ? '' : monthName(figures, shown) })}
    >
      <div className={classes['whole']}>
        <PeopleTabs at="/roster/proposal" />
        {data === undefined || shown === undefined ? (
          <DataTable
            label={t('roster.proposal.title')}
            rows={undefined}
            columns={[]}
            rowId={() => ''}
            empty={null}
            error={current.error ?? roster.error}
          />
        ) : (
          <Proposal
            key={`${data.month} ${zone} ${data.people.filter((each) => each.place !== null).length}`}
            roster={data}
            zone={zone}
            choices={
              <>
                <div className={classes['months']} role="group" aria-label={t('administration.roster.month')}>
                  {[data.current, data.next].map((each) => (
                    <Button
                      key={each}
                      size="compact-sm"
                      variant={each === data.month ? 'light' : 'subtle'}
                      aria-pressed={each === data.month}
                      onClick={() => setMonth(each)}
                    >
                      {monthName(figures, each)}
                    </Button>
                  ))}
                </div>
                {data.ownZone === null && zones.length > 1 ? (
                  <ChoiceField
                    aria-label={t('administration.col.zone')}
                    value={zone}
                    onChange={(event) => setChosenZone(event.currentTarget.value)}
                    data={zones}
                  />
                ) : null}
              </>
            }
          />
        )}
      </div>
    </Page>
  );
}

function Proposal({
  roster,
  zone,
  choices,
}: {
  roster: Roster;
  zone: string;
  choices: ReactNode;
}): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const client = useQueryClient();
  const [open, setOpen] = useState<string | null>(null);
  const candidates = useMemo(
    () => roster.people.filter((each) => each.mayTake && each.zone === zone && isCandidate(each)),
    [roster, zone],
  );
  const handedIn = useMemo(
    () => new Set(candidates.filter(({ place }) => place !== null).map(({ person }) => person)),
    [candidates],
  );
  const hasList = roster.instants?.submitted.includes(zone) === true || handedIn.size > 0;
  // Nothing handed in yet: those who would be on it are marked, so that the list is one key away.
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() =>
    hasList
      ? handedIn
      : new Set(
          candidates.filter(({ judged }) => judged?.decision === 'included').map(({ person }) => person),
        ),
  );
  const changed =
    !hasList || chosen.size !== handedIn.size || [...chosen].some((each) => !handedIn.has(each));
  const entering = useMutation({
    mutationFn: () =>
      ask('/api/roster', enteredSchema, {
        method: 'POST',
        body: { month: roster.month, zone, advisors: [...chosen] },
      }),
    onSuccess: async () => {
      showDone(t('administration.roster.entered', { month: monthName(figures, roster.month) }));
      await Promise.all(
        ['roster', 'turn', 'staff'].map((topic) => client.invalidateQueries({ queryKey: [topic] })),
      );
    },
  });
  const toggle = useCallback(
    (person: string): void =>
      setChosen((before) => {
        const next = new Set(before);
        if (!next.delete(person)) next.add(person);
        return next;
      }),
    [],
  );
  const columns = useMemo(() => columnsFor(t, chosen, toggle), [t, chosen, toggle]);
  const narrow = (each: RosterPerson): ReactNode =>
    card(each, chosen.has(each.person), () => toggle(each.person));
  const row = candidates.find(({ person }) => person === open);
  const failing = candidates.filter(
    ({ person, judged }) => chosen.has(person) && judged?.decision === 'excluded',
  );
  const decided = roster.instants?.decided === true;
  return (
    <>
      <div className={classes['tools']}>
        {choices}
        <Due roster={roster} zone={zone} hasList={hasList} />
        <span className={classes['act']}>
          {decided ? (
            <span className={classes['help']}>{t('roster.proposal.decided')}</span>
          ) : (
            <Act
              keys="n"
              label={t(hasList ? 'roster.proposal.replace' : 'roster.proposal.hand-in', {
                many: chosen.size,
                count: figures.number(chosen.size),
              })}
              loading={entering.isPending}
              disabled={!changed}
              run={() => entering.mutate()}
              leftSection={<IconClipboardCheck size={16} aria-hidden />}
            />
          )}
        </span>
      </div>
      <FormFault error={entering.error} />
      {failing.length > 0 && !decided ? (
        <p className={classes['warning']}>
          <IconAlertTriangle size={16} aria-hidden />{' '}
          {t('roster.proposal.would-fail', {
            many: failing.length,
            names: failing.map(({ name }) => name).join(', '),
          })}
        </p>
      ) : null}
      <div className={classes['rest']}>
        <ListAndPanel
          list={
            <DataTable
              label={t('roster.proposal.title')}
              rows={candidates}
              columns={columns}
              rowId={({ person }) => person}
              openId={open ?? undefined}
              onOpen={setOpen}
              narrow={narrow}
              narrowHeight={84}
              empty={
                <EmptyState icon={IconClipboardList} title={t('roster.proposal.empty')}>
                  {t('roster.proposal.empty-help')}
                </EmptyState>
              }
            />
          }
          panel={
            row === undefined ? null : <PlacePanel row={row} roster={roster} close={() => setOpen(null)} />
          }
        />
      </div>
    </>
  );
}

/** Managers are proposed only where the zone wants them on duty. */
function isCandidate({ role, place }: RosterPerson): boolean {
  return role !== 'manager' || place !== null;
}

/** How long the list is open, whether it is in, and what happens without it. */
function Due({ roster, zone, hasList }: { roster: Roster; zone: string; hasList: boolean }): ReactNode {
  const t = useWords();
  const now = useServerNow(30);
  const { instants } = roster;
  if (instants === null) return null;
  if (instants.forfeited.includes(zone))
    return (
      <StatusBadge tone="late" icon={IconClockX}>
        {t('roster.proposal.forfeited')}
      </StatusBadge>
    );
  const { dueAt } = instants;
  return (
    <span className={classes['due']}>
      {hasList ? (
        <StatusBadge tone="good" icon={IconCircleCheck}>
          {t('roster.proposal.handed-in')}
        </StatusBadge>
      ) : (
        <StatusBadge tone="soon" icon={IconAlertTriangle}>
          {t('roster.proposal.not-handed-in')}
        </StatusBadge>
      )}
      {dueAt === null ? null : dueAt > now ? (
        <>
          <span>
            {t('administration.roster.due')} <When at={dueAt} as="moment" />
          </span>
          {Date.parse(dueAt) - Date.parse(now) < DAY_MILLISECONDS ? (
            <span className={classes['countdown']}>
              <Countdown
                from={new Date(Date.parse(dueAt) - DAY_MILLISECONDS).toISOString() as typeof dueAt}
                until={dueAt}
                label={t('roster.proposal.title')}
              />
            </span>
          ) : null}
          {hasList ? null : <span className={classes['help']}>{t('roster.proposal.or-forfeit')}</span>}
        </>
      ) : (
        <span>{t('roster.proposal.closed')}</span>
      )}
    </span>
  );
}

const DAY_MILLISECONDS = 86_400_000;

function columnsFor(
  t: Say,
  chosen: ReadonlySet<string>,
  toggle: (person: string) => void,
): Column<RosterPerson>[] {
  return [
    {
      id: 'chosen',
      title: t('roster.proposal.col.proposed'),
      value: ({ person }) => (chosen.has(person) ? 0 : 1),
      cell: ({ person, name }) => (
        <Checkbox
          aria-label={t('roster.proposal.propose', { name })}
          checked={chosen.has(person)}
          onClick={(event) => event.stopPropagation()}
          onChange={() => toggle(person)}
        />
      ),
      align: 'left',
      width: 5.5,
    },
    { id: 'name', title: t('administration.col.name'), value: ({ name }) => name, width: 9, grow: 2 },
    {
      id: 'verdict',
      title: t('roster.proposal.col.verdict'),
      value: ({ judged }) => judged?.decision,
      cell: (row) => <Verdict row={row} />,
      width: 9,
    },
    {
      id: 'conditions',
      title: t('administration.col.conditions'),
      value: ({ judged }) => judged?.clauses.filter(({ holds, excepted }) => !holds && !excepted).length,
      cell: (row) => <Marks row={row} />,
      align: 'left',
      width: 11,
    },
    {
      id: 'sales',
      title: t('administration.col.sales'),
      value: ({ judged }) => judged?.figures.sales,
      width: 5,
      wideOnly: true,
    },
    {
      id: 'conversion',
      title: t('administration.col.conversion'),
      value: ({ judged }) => judged?.figures.conversion,
      cell: ({ judged }) => <Conversion value={judged?.figures.conversion} />,
      align: 'right',
      width: 7,
      wideOnly: true,
    },
    {
      id: 'signals',
      title: t('roster.proposal.col.signals'),
      value: (row) => signalsOf(t, row),
      cell: (row) => <SignalText row={row} />,
      width: 11.5,
      grow: 1,
      wideOnly: true,
    },
  ];
}

function Conversion({ value }: { value: number | null | undefined }): ReactNode {
  const figures = useFigures();
  return value == null ? '—' : figures.percent(value);
}

function Verdict({ row: { judged } }: { row: RosterPerson }): ReactNode {
  const t = useWords();
  if (judged === null) return '—';
  const isIn = judged.decision === 'included';
  return (
    <StatusBadge tone={isIn ? 'good' : 'late'} icon={isIn ? IconCircleCheck : IconCircleX}>
      {t(
        isIn
          ? judged.exception === null
            ? 'roster.verdict.in'
            : 'roster.verdict.excepted'
          : 'roster.verdict.out',
      )}
    </StatusBadge>
  );
}

function signalsOf(t: Say, { judged }: RosterPerson): string {
  if (judged === null) return '';
  const signs = [
    judged.removedAt === null ? null : t('roster.signal.removed'),
    judged.papers.some(({ state }) => state === 'missing' || state === 'expired')
      ? t('roster.signal.papers')
      : null,
    judged.papers.some(({ state }) => state === 'expiring') ? t('roster.signal.expiring') : null,
    judged.signed ? null : t('roster.signal.unsigned'),
    judged.absent || judged.absences.length > 0 ? t('roster.signal.away') : null,
  ];
  return signs.filter((sign) => sign !== null).join(' · ');
}

function SignalText({ row }: { row: RosterPerson }): ReactNode {
  const t = useWords();
  const text = signalsOf(t, row);
  if (text === '') return null;
  return (
    <span className={classes['signal']}>
      <IconFileAlert size={14} aria-hidden /> {text}
    </span>
  );
}

const card = (row: RosterPerson, chosen: boolean, toggle: () => void): ReactNode => (
  <Card row={row} chosen={chosen} toggle={toggle} />
);

function Card({
  row,
  chosen,
  toggle,
}: {
  row: RosterPerson;
  chosen: boolean;
  toggle: () => void;
}): ReactNode {
  const t = useWords();
  return (
    <div className={classes['card']}>
      <Checkbox
        aria-label={t('roster.proposal.propose', { name: row.name })}
        checked={chosen}
        onClick={(event) => event.stopPropagation()}
        onChange={toggle}
      />
      <div>
        <div className={classes['cardLine']}>
          <strong>{row.name}</strong> <Verdict row={row} />
        </div>
        <div className={classes['cardLine']}>
          <Marks row={row} /> <SignalText row={row} />
        </div>
      </div>
    </div>
  );
}
