import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useRouter, useSearch, useNavigate } from '@tanstack/react-router';
import {
  IconReportAnalytics,
  IconUserCheck,
  IconUserOff,
  IconUsersGroup,
  IconInbox,
} from '@tabler/icons-react';
import { useMemo, type ReactNode } from 'react';
import { z } from 'zod';
import {
  DataTable,
  EmptyState,
  ListAndPanel,
  Num,
  Page,
  SidePanel,
  Sparkline,
  StatusBadge,
  When,
  type Column,
} from '../kit/index.ts';
import { nameOf } from '../leads/acts.tsx';
import { listQuery, teamQuery, type TeamRow } from '../leads/data.ts';
import { teamBehindQuery } from '../leads/follow-data.ts';
import { LeadState } from '../leads/lead-state.tsx';
import { reasonText } from '../leads/words-of.ts';
import { Awaiting } from '../money/awaiting.tsx';
import { useFigures } from '../session.ts';
import { useWords, type Say } from '../words.ts';
import type { Figures } from '../figures.ts';
import classes from './team.module.css';

const address = z.object({ advisor: z.string().optional().catch(undefined) });

/** Leads of one advisor shown beside the team; the list has them all. */
const LEADS_BESIDE = 100;

type Go = (search: Readonly<Record<string, string>>) => void;

/** Each advisor's leads, the ten minutes and who is waiting longest; every figure opens its leads. */
export default function Team(): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const router = useRouter();
  const navigate = useNavigate();
  const { advisor } = address.parse(useSearch({ strict: false }));
  const { data, error, refetch } = useQuery(teamQuery);
  const { data: late } = useQuery(teamBehindQuery);
  const open = (id: string | null): void =>
    void navigate({ to: '/team', search: id === null ? {} : { advisor: id }, replace: true });
  const columns = useMemo(() => {
    const go: Go = (search) => void router.navigate({ to: '/leads', search: search });
    const most = Math.max(1, ...(data?.rows.map(({ held }) => held) ?? []));
    return columnsOf({
      t,
      figures,
      go,
      most,
      todayFrom: data?.todayFrom ?? '',
      weekFrom: data?.weekFrom ?? '',
      behind: new Map(late?.rows.map((row) => [row.person, row.behind])),
    });
  }, [t, figures, router, data, late]);
  const rows = data?.rows;
  const opened = rows?.find(({ id }) => id === advisor);
  const sum = (of: (row: TeamRow) => number): number => (rows ?? []).reduce((all, row) => all + of(row), 0);
  return (
    <Page
      title={t('leads.team.title')}
      shape="full"
      actions={
        <Button
          variant="default"
          leftSection={<IconReportAnalytics size={17} aria-hidden />}
          onClick={() => void router.navigate({ to: '/cut' })}
        >
          {t('follow.cut.link')}
        </Button>
      }
      lead={
        rows === undefined
          ? undefined
          : t('leads.team.lead', {
              count: rows.length,
              running: figures.number(sum(({ running }) => running)),
              missed: figures.number(sum(({ today }) => today.missed)),
            })
      }
    >
      <div className={classes['whole']}>
        <Awaiting />
        <div className={classes['rest']}>
          <ListAndPanel
            list={
              <DataTable
                label={t('leads.team.title')}
                rows={rows}
                columns={columns}
                rowId={(row) => row.id}
                openId={advisor}
                onOpen={open}
                error={error}
                retry={() => void refetch()}
                narrow={narrowRow}
                narrowHeight={92}
                empty={
                  <EmptyState icon={IconUsersGroup} title={t('leads.team.empty')}>
                    {t('leads.team.empty-help')}
                  </EmptyState>
                }
              />
            }
            panel={opened === undefined ? null : <AdvisorPanel row={opened} close={() => open(null)} />}
          />
        </div>
      </div>
    </Page>
  );
}

const narrowRow = (row: TeamRow): ReactNode => <Card row={row} />;

interface ColumnParts {
  t: Say;
  figures: Figures;
  go: Go;
  most: number;
  todayFrom: string;
  weekFrom: string;
  /** Open leads that are not up to date (contact-center-policy L5). */
  behind: ReadonlyMap<string, number>;
}

function columnsOf({ t, figures, go, most, todayFrom, weekFrom, behind }: ColumnParts): Column<TeamRow>[] {
  const drill = (row: TeamRow, value: number, search: Record<string, string>, late = false): ReactNode => (
    <Drill value={value} late={late && value > 0} open={() => go({ ...search, name: row.name })} />
  );
  return [
    { id: 'name', title: t('leads.team.advisor'), value: (row) => row.name, width: 8, grow: 2 },
    {
      id: 'held',
      title: t('leads.team.held'),
      value: (row) => row.held,
      cell: (row) => (
        <span className={classes['bar']}>
          <span className={classes['track']} aria-hidden>
            <span style={{ width: `${(row.held / most) * 100}%` }} />
          </span>
          {drill(row, row.held, { holder: row.id })}
        </span>
      ),
      align: 'right',
      width: 7.25,
    },
    {
      id: 'running',
      title: t('leads.team.running'),
      value: (row) => row.running,
      cell: (row) => drill(row, row.running, { holder: row.id, open: 'running' }),
      align: 'right',
      width: 5.25,
    },
    {
      id: 'behind',
      title: t('follow.team.behind'),
      value: (row) => behind.get(row.id) ?? 0,
      cell: (row) => drill(row, behind.get(row.id) ?? 0, { holder: row.id }, true),
      align: 'right',
      width: 7,
    },
    {
      id: 'today',
      title: t('leads.team.missed-today'),
      value: (row) => row.today.missed,
      cell: (row) => drill(row, row.today.missed, { who: row.id, did: 'missed', from: todayFrom }, true),
      align: 'right',
      width: 7,
    },
    {
      id: 'week',
      title: t('leads.team.missed-week'),
      value: (row) => row.week.missed,
      cell: (row) => (
        <span className={classes['trend']}>
          <Sparkline
            values={row.missedByDay}
            label={t('leads.team.trend-label', { values: row.missedByDay.join(', ') })}
          />
          {drill(row, row.week.missed, { who: row.id, did: 'missed', from: weekFrom }, true)}
        </span>
      ),
      align: 'right',
      width: 9.25,
    },
    {
      id: 'in-time',
      title: t('leads.team.in-time'),
      value: (row) => shareOf(row),
      cell: (row) => (
        <InTime
          row={row}
          figures={figures}
          go={() => go({ who: row.id, did: 'in-time', from: weekFrom, name: row.name })}
        />
      ),
      align: 'right',
      width: 5.5,
    },
    {
      id: 'longest',
      title: t('leads.team.longest'),
      value: (row) => row.waitingSince,
      cell: (row) =>
        row.waitingSince === null || row.waitingLead === null ? (
          <span className={classes['soft']}>{t('leads.team.contact-all')}</span>
        ) : (
          <button
            type="button"
            className={classes['drill']}
            onClick={(event) => {
              event.stopPropagation();
              go({ holder: row.id, name: row.name, open: 'not-contacted', lead: row.waitingLead ?? '' });
            }}
          >
            <When at={row.waitingSince} />
          </button>
        ),
      align: 'right',
      width: 11.5,
    },
    {
      id: 'duty',
      title: t('leads.team.duty'),
      value: (row) => (row.turn?.onDuty ? (row.turn.after ?? 0) : 1_000),
      cell: (row) => <OnDuty row={row} />,
      align: 'left',
      width: 9.5,
      grow: 2,
    },
  ];
}

/** Contacted in time of all terms that have ended; null before the first. */
function shareOf({ week }: TeamRow): number | null {
  const ended = week.inTime + week.missed;
  return ended === 0 ? null : week.inTime / ended;
}

function InTime({ row, figures, go }: { row: TeamRow; figures: Figures; go: () => void }): ReactNode {
  const t = useWords();
  const share = shareOf(row);
  if (share === null) return <span className={classes['soft']}>–</span>;
  const of = t('leads.team.in-time-of', {
    inTime: figures.number(row.week.inTime),
    all: figures.number(row.week.inTime + row.week.missed),
  });
  return (
    <button
      type="button"
      className={classes['drill']}
      title={`${of} · ${t('kit.chart.formula', { formula: t('leads.team.in-time-formula') })}`}
      onClick={(event) => {
        event.stopPropagation();
        go();
      }}
    >
      {figures.percent(share, 0)}
    </button>
  );
}

function Drill({ value, late, open }: { value: number; late: boolean; open: () => void }): ReactNode {
  if (value === 0) return <span className={classes['soft']}>0</span>;
  return (
    <button
      type="button"
      className={classes['drill']}
      data-late={late}
      onClick={(event) => {
        event.stopPropagation();
        open();
      }}
    >
      <Num value={value} />
    </button>
  );
}

function OnDuty({ row }: { row: TeamRow }): ReactNode {
  const t = useWords();
  const { turn } = row;
  if (turn === null || !turn.onDuty)
    return (
      <StatusBadge tone="quiet" icon={IconUserOff}>
        {reasonText(t, turn?.why ?? 'not staff')}
      </StatusBadge>
    );
  const { after } = turn;
  const place =
    after === null
      ? t('leads.day.on-duty')
      : after === 0
        ? t('leads.team.turn-next')
        : t('leads.team.turn-after', { count: String(after) });
  return (
    <StatusBadge tone="good" icon={IconUserCheck}>
      {place}
    </StatusBadge>
  );
}

function Card({ row }: { row: TeamRow }): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const share = shareOf(row);
  return (
    <div className={classes['card']}>
      <strong>{row.name}</strong>
      <OnDuty row={row} />
      <span className={classes['numbers']}>
        {t('leads.team.held')} {figures.number(row.held)} · {t('leads.team.running')}{' '}
        {figures.number(row.running)} · {t('leads.team.in-time')}{' '}
        {share === null ? '–' : figures.percent(share, 0)}
      </span>
      <Sparkline
        values={row.missedByDay}
        label={t('leads.team.trend-label', { values: row.missedByDay.join(', ') })}
      />
    </div>
  );
}

/** The advisor's leads, beside the team. */
function AdvisorPanel({ row, close }: { row: TeamRow; close: () => void }): ReactNode {
  const t = useWords();
  const router = useRouter();
  const { data } = useQuery(listQuery({ holder: row.id }, LEADS_BESIDE));
  const title = t('leads.team.of', { name: row.name });
  return (
    <SidePanel title={title} label={title} close={close}>
      {data?.rows.length === 0 ? (
        <EmptyState icon={IconInbox} title={t('leads.team.no-leads', { name: row.name })}>
          {t('leads.team.no-leads-help')}
        </EmptyState>
      ) : (
        <ul className={classes['leads']}>
          {data?.rows.map((lead) => (
            <li key={lead.id}>
              <button
                type="button"
                className={classes['lead']}
                onClick={() =>
                  void router.navigate({
                    to: '/leads',
                    search: { holder: row.id, name: row.name, lead: lead.id },
                  })
                }
              >
                <span>{nameOf(lead)}</span>
                <LeadState lead={lead} own={false} />
              </button>
            </li>
          ))}
        </ul>
      )}
    </SidePanel>
  );
}
