import { SegmentedControl } from '@mantine/core';
import { IconScale } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState, type ReactNode } from 'react';
import {
  Countdown,
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
import { claimsQuery, type ClaimRow, type Claims } from './answers.ts';
import { CasePanel } from './case-panel.tsx';
import classes from './control.module.css';
import { RulingsDrawn } from './rulings-drawn.tsx';
import { dueOf, lineText, outcomeText, standing } from './words-of.ts';

/** Casos: the control area's desk, what is due first at the top. */
export default function Cases(): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const [open, setOpen] = useState(true);
  const [chosen, setChosen] = useState<string | null>(null);
  const claims = useQuery(claimsQuery(open));
  const people = claims.data?.people;
  const columns = useMemo(() => columnsFor(t, people ?? {}), [t, people]);
  const card = useMemo(() => cardsWith(people ?? {}), [people]);
  const rows = claims.data?.rows;
  return (
    <Page
      title={t('control.cases.title')}
      shape="full"
      lead={
        rows === undefined || !open
          ? undefined
          : t(
              'control.cases.lead',
              loadOf(rows, (value) => figures.number(value)),
            )
      }
      actions={
        <SegmentedControl
          size="xs"
          value={open ? 'open' : 'done'}
          onChange={(value) => (setChosen(null), setOpen(value === 'open'))}
          data={[
            { value: 'open', label: t('control.cases.open') },
            { value: 'done', label: t('control.cases.done') },
          ]}
        />
      }
    >
      <div className={classes['whole']}>
        {open ? null : <RulingsDrawn rulings={claims.data?.rulings ?? []} />}
        <div className={classes['rest']}>
          <ListAndPanel
            list={
              <DataTable
                label={t('control.cases.title')}
                rows={rows}
                columns={columns}
                rowId={({ id }) => id}
                openId={chosen ?? undefined}
                onOpen={setChosen}
                error={claims.error}
                retry={() => void claims.refetch()}
                narrow={card}
                tone={({ rulingMissedAt, state }) =>
                  rulingMissedAt !== null && state !== 'ruled' ? 'late' : undefined
                }
                empty={
                  <EmptyState
                    icon={IconScale}
                    title={t(open ? 'control.cases.empty' : 'control.cases.none-done')}
                  >
                    {t('control.cases.empty-help')}
                  </EmptyState>
                }
              />
            }
            panel={
              chosen === null ? null : <CasePanel key={chosen} claim={chosen} close={() => setChosen(null)} />
            }
          />
        </div>
      </div>
    </Page>
  );
}

function loadOf(rows: Claims['rows'], number: (value: number) => string) {
  return {
    open: number(rows.length),
    frozen: number(rows.filter(({ askedAt, releasedAt }) => askedAt !== null && releasedAt === null).length),
    late: number(rows.filter(({ rulingMissedAt }) => rulingMissedAt !== null).length),
  };
}

function columnsFor(t: Say, people: Record<string, string>): Column<ClaimRow>[] {
  const name = (id: string | null): string => (id === null ? '' : (people[id] ?? id));
  return [
    {
      id: 'state',
      title: t('control.col.state'),
      value: ({ state }) => state,
      cell: (row) => <Standing row={row} />,
      width: 11,
    },
    {
      id: 'lead',
      title: t('control.col.lead'),
      value: (row) => row.name ?? String(row.number),
      width: 9,
      grow: 2,
    },
    {
      id: 'requester',
      title: t('control.col.requester'),
      value: ({ requester }) => name(requester),
      width: 8,
      grow: 1,
    },
    {
      id: 'holder',
      title: t('control.col.holder'),
      value: (row) => name(row.holder ?? row.leadHolder),
      width: 8,
      grow: 1,
    },
    {
      id: 'due',
      title: t('control.col.due'),
      value: (row) => dueOf(row)?.until ?? row.ruledAt ?? row.closedAt,
      cell: (row) => <Due row={row} />,
      width: 11,
    },
    {
      id: 'frozen',
      title: t('control.col.frozen'),
      value: ({ askedAt, releasedAt }) => (releasedAt === null ? askedAt : null),
      cell: ({ askedAt, releasedAt }) =>
        askedAt === null || releasedAt !== null ? null : <When at={askedAt} />,
      width: 7,
      wideOnly: true,
    },
    {
      id: 'ruling',
      title: t('control.col.ruling'),
      value: (row) => rulingOf(t, row),
      width: 12,
      grow: 2,
      wideOnly: true,
    },
  ];
}

/** What is proposed or was ruled, with the reason in words. */
export function rulingOf(t: Say, row: ClaimRow): string {
  const outcome = row.appealOutcome ?? row.ruledOutcome ?? row.outcome;
  if (outcome === null) return '';
  const why = row.otherwise ? t('control.otherwise') : lineText(t, row.line);
  return `${outcomeText(t, outcome)} · ${why}`;
}

export function Standing({ row }: { row: ClaimRow }): ReactNode {
  const t = useWords();
  const { tone, icon, text } = standing(t, row);
  return (
    <StatusBadge tone={tone} icon={icon}>
      {text}
    </StatusBadge>
  );
}

export function Due({ row }: { row: ClaimRow }): ReactNode {
  const t = useWords();
  const due = dueOf(row);
  const ended = row.ruledAt ?? row.closedAt;
  if (due !== null)
    return <Countdown {...due} label={t('control.due-label', { lead: row.name ?? '' })} own={false} />;
  return ended === null ? null : <When at={ended} as="moment" />;
}

/** A row as a card, with the names of the people in it. */
export function cardsWith(people: Record<string, string>): (row: ClaimRow) => ReactNode {
  return (row) => <ClaimCard row={row} people={people} />;
}

function ClaimCard({ row, people }: { row: ClaimRow; people: Record<string, string> }): ReactNode {
  const t = useWords();
  const holder = row.holder ?? row.leadHolder;
  return (
    <div className={classes['card']}>
      <span className={classes['card-top']}>
        <strong>{row.name ?? row.number}</strong>
        <Standing row={row} />
      </span>
      <span className={classes['card-low']}>
        {t('control.versus', {
          requester: people[row.requester] ?? row.requester,
          holder: holder === null ? '—' : (people[holder] ?? holder),
        })}
      </span>
    </div>
  );
}
