import { Button } from '@mantine/core';
import { IconAlertTriangle, IconClipboardList } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState, type ReactNode } from 'react';
import { ask } from '../api.ts';
import {
  Act,
  DataTable,
  EmptyState,
  ListAndPanel,
  Page,
  StatusBadge,
  When,
  type Column,
} from '../kit/index.ts';
import { useFigures } from '../session.ts';
import { useWords, type Say } from '../words.ts';
import { roleText } from './floor-words.ts';
import { Marks } from './marks.tsx';
import { rosterSchema, type Roster, type RosterPerson } from './people-answers.ts';
import { PeopleTabs } from './people-tabs.tsx';
import classes from './people.module.css';
import { monthName } from './person-panel.tsx';
import { ListDialog } from './roster-list.tsx';
import { PlacePanel } from './roster-panel.tsx';
import { StateBadge, stateText } from './roster-state.tsx';

/** Rol de guardias: a month's list, each condition met or not with its figures, confirmed and active. */
export default function RosterPage(): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const [month, setMonth] = useState<string>();
  const roster = useQuery({
    queryKey: ['roster', month ?? 'current'],
    queryFn: () => ask(month === undefined ? '/api/roster' : `/api/roster?month=${month}`, rosterSchema),
    placeholderData: (before) => before,
  });
  const { data } = roster;
  const [open, setOpen] = useState<string | null>(null);
  const [entering, setEntering] = useState(false);
  const columns = useMemo(() => columnsFor(t), [t]);
  const row = data?.people.find(({ person }) => person === open);
  const rows = useMemo(() => data?.people.filter(({ place }) => place !== null), [data]);
  const months = data === undefined ? [] : [before(data.current), data.current, data.next];
  return (
    <Page
      title={t('administration.roster.title')}
      shape="full"
      lead={t('administration.roster.lead')}
      actions={
        data?.mayEnter ? (
          <Act
            keys="n"
            label={t('administration.roster.enter')}
            run={() => setEntering(true)}
            leftSection={<IconClipboardList size={16} aria-hidden />}
          />
        ) : undefined
      }
    >
      <div className={classes['whole']}>
        <PeopleTabs at="/roster" />
        <div className={classes['tools']}>
          <div className={classes['months2']} role="group" aria-label={t('administration.roster.month')}>
            {months.map((each) => (
              <Button
                key={each}
                size="compact-sm"
                variant={each === data?.month ? 'light' : 'subtle'}
                aria-pressed={each === data?.month}
                onClick={() => setMonth(each)}
              >
                {monthName(figures, each)}
              </Button>
            ))}
          </div>
          {data ? <Instants roster={data} /> : null}
        </div>
        <div className={classes['rest']}>
          <ListAndPanel
            list={
              <DataTable
                label={t('administration.roster.title')}
                rows={rows}
                columns={columns}
                rowId={({ person }) => person}
                openId={open ?? undefined}
                onOpen={setOpen}
                error={roster.error}
                retry={() => void roster.refetch()}
                empty={
                  <EmptyState
                    icon={IconClipboardList}
                    title={t('administration.roster.empty', {
                      month: data === undefined ? '' : monthName(figures, data.month),
                    })}
                  >
                    {t('administration.roster.empty-help')}
                  </EmptyState>
                }
              />
            }
            panel={
              row === undefined || data === undefined ? null : (
                <PlacePanel row={row} roster={data} close={() => setOpen(null)} />
              )
            }
          />
        </div>
      </div>
      {entering && data ? <ListDialog roster={data} close={() => setEntering(false)} /> : null}
    </Page>
  );
}

function before(month: string): string {
  const [year = 0, of = 1] = month.split('-').map(Number);
  return of === 1 ? `${year - 1}-12` : `${year}-${String(of - 1).padStart(2, '0')}`;
}

/** The month's own dates: handed in by, decided, confirmed by; and the zones that lost it. */
function Instants({ roster: { instants } }: { roster: Roster }): ReactNode {
  const t = useWords();
  if (instants === null) return null;
  return (
    <p className={classes['state']}>
      {instants.dueAt === null ? null : (
        <span>
          {t('administration.roster.due')} <When at={instants.dueAt} as="moment" />
        </span>
      )}
      <span>
        {t(instants.decided ? 'administration.roster.decided' : 'administration.roster.decides')}{' '}
        <When at={instants.beginsAt} as="moment" />
      </span>
      {instants.confirmBy === null ? null : (
        <span>
          {t('administration.roster.confirm-by')} <When at={instants.confirmBy} as="moment" />
        </span>
      )}
      {instants.forfeited.length > 0 ? (
        <StatusBadge tone="late" icon={IconAlertTriangle}>
          {t('administration.roster.forfeited', { zones: instants.forfeited.join(', ') })}
        </StatusBadge>
      ) : null}
    </p>
  );
}

function columnsFor(t: Say): Column<RosterPerson>[] {
  return [
    { id: 'name', title: t('administration.col.name'), value: ({ name }) => name, width: 10, grow: 2 },
    {
      id: 'role',
      title: t('administration.col.role'),
      value: ({ role }) => roleText(t, role),
      width: 6,
      grow: 1,
      wideOnly: true,
    },
    {
      id: 'zone',
      title: t('administration.col.zone'),
      value: ({ zone, place }) => place?.zone ?? zone,
      width: 5,
      wideOnly: true,
    },
    {
      id: 'state',
      title: t('administration.col.state'),
      value: (row) => stateText(t, row),
      cell: (row) => <StateBadge row={row} />,
      width: 9,
      grow: 1,
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
      width: 6,
      wideOnly: true,
    },
    {
      id: 'confirmed',
      title: t('administration.col.confirmed'),
      value: ({ place }) => place?.confirmedAt,
      cell: ({ place }) => (place?.confirmedAt == null ? '—' : <When at={place.confirmedAt} as="moment" />),
      width: 9.5,
      wideOnly: true,
    },
  ];
}

function Conversion({ value }: { value: number | null | undefined }): ReactNode {
  const figures = useFigures();
  return value == null ? '—' : figures.percent(value);
}
