import { ActionIcon } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCheck,
  IconChevronLeft,
  IconChevronRight,
  IconEar,
  IconListCheck,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, type ReactNode } from 'react';
import { DataTable, EmptyState, ListAndPanel, RowCard, StatusBadge, type Column } from '../kit/index.ts';
import { useFigures } from '../session.ts';
import { useWords, type Say } from '../words.ts';
import { sampleQuery, type Sample, type SampleRow } from './answers.ts';
import { AuditForm } from './audit-form.tsx';
import classes from './audits.module.css';

interface Props {
  week: string | undefined;
  openRow: string | undefined;
  open: (row: string | null) => void;
  choose: (week: string) => void;
  recorded: (audit: string) => void;
}

const keyOf = (row: SampleRow): string => `${row.person}~${row.lead}`;

function weekOn(week: string, days: number): string {
  return new Date(Date.parse(`${week}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** The week's draw, one row a lead to look into; the rule of the draw stands above it. */
export function SampleList({ week, openRow, open, choose, recorded }: Props): ReactNode {
  const t = useWords();
  const { data, error, refetch } = useQuery(sampleQuery(week));
  const columns = useMemo(() => columnsFor(t), [t]);
  const found = data?.rows.find((row) => keyOf(row) === openRow);
  return (
    <>
      {data === undefined ? null : <WeekHead sample={data} choose={choose} />}
      <div className={classes['rest']}>
        <ListAndPanel
          list={
            <DataTable
              label={t('audits.view.sample')}
              rows={data?.rows}
              columns={columns}
              rowId={keyOf}
              openId={openRow}
              onOpen={open}
              error={error}
              retry={() => void refetch()}
              narrow={narrowRow}
              narrowHeight={64}
              empty={
                <EmptyState icon={IconEar} title={t('audits.sample.empty')}>
                  {t('audits.sample.empty-help')}
                </EmptyState>
              }
            />
          }
          panel={
            found === undefined || data === undefined ? null : (
              <AuditForm
                key={keyOf(found)}
                row={found}
                week={data.week}
                close={() => open(null)}
                recorded={recorded}
              />
            )
          }
        />
      </div>
    </>
  );
}

function WeekHead({ sample, choose }: { sample: Sample; choose: (week: string) => void }): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const { week, last, rows, each, seal } = sample;
  const done = rows.filter(({ audit }) => audit !== null).length;
  return (
    <div className={classes['week']}>
      <div className={classes['pick']} role="group" aria-label={t('audits.week')}>
        <ActionIcon
          variant="subtle"
          aria-label={t('audits.week-before')}
          onClick={() => choose(weekOn(week, -7))}
        >
          <IconChevronLeft size={18} aria-hidden />
        </ActionIcon>
        <strong>{t('audits.week-of', { from: figures.day(week), to: figures.day(weekOn(week, 6)) })}</strong>
        <ActionIcon
          variant="subtle"
          disabled={week >= last}
          aria-label={t('audits.week-after')}
          onClick={() => choose(weekOn(week, 7))}
        >
          <IconChevronRight size={18} aria-hidden />
        </ActionIcon>
      </div>
      {rows.length === 0 ? null : (
        <span>{t('audits.progress', { done: figures.number(done), all: figures.number(rows.length) })}</span>
      )}
      <p className={classes['rule']}>
        {t('audits.rule', { each: figures.number(each) })}
        {seal === null ? null : <code title={seal}>{seal.slice(0, 12)}…</code>}
      </p>
    </div>
  );
}

const narrowRow = (row: SampleRow): ReactNode => <Card row={row} />;

function Card({ row }: { row: SampleRow }): ReactNode {
  return (
    <RowCard>
      <strong>{row.leadName ?? row.lead}</strong>
      <SampleState row={row} />
      <span className={classes['soft']}>{row.name}</span>
    </RowCard>
  );
}

function SampleState({ row }: { row: SampleRow }): ReactNode {
  const t = useWords();
  if (row.finding === 'bad-care')
    return (
      <StatusBadge tone="late" icon={IconAlertTriangle}>
        {t('audits.finding.bad-care')}
      </StatusBadge>
    );
  return row.finding === 'ok' ? (
    <StatusBadge tone="good" icon={IconCheck}>
      {t('audits.finding.ok')}
    </StatusBadge>
  ) : (
    <StatusBadge tone="soon" icon={IconListCheck}>
      {t('audits.sample.to-do')}
    </StatusBadge>
  );
}

function columnsFor(t: Say): Column<SampleRow>[] {
  return [
    { id: 'lead', title: t('audits.col.lead'), value: (row) => row.leadName ?? row.lead, width: 10, grow: 2 },
    { id: 'person', title: t('audits.col.person'), value: (row) => row.name, width: 9, grow: 1 },
    {
      id: 'why',
      title: t('audits.col.why'),
      value: (row) => row.why,
      cell: (row) => t(row.why === 'listed' ? 'audits.why.listed' : 'audits.why.drawn'),
      width: 10,
    },
    {
      id: 'state',
      title: t('audits.col.state'),
      value: (row) => row.finding ?? '',
      cell: (row) => <SampleState row={row} />,
      width: 9,
    },
  ];
}
