import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { IconChevronLeft, IconChevronRight, IconReportAnalytics } from '@tabler/icons-react';
import { useMemo, type ReactNode } from 'react';
import { z } from 'zod';
import { addDays } from '../../src/calendar/dates.ts';
import { weekText, SentState } from '../advisor/report.tsx';
import { WeekFigures } from '../advisor/week-figures.tsx';
import {
  DataTable,
  EmptyState,
  ListAndPanel,
  Num,
  Page,
  RowCard,
  SidePanel,
  When,
  type Column,
} from '../kit/index.ts';
import { cutQuery, type Cut, type CutRow, type Version } from '../leads/follow-data.ts';
import { useFigures } from '../session.ts';
import { useWords, type Say } from '../words.ts';
import classes from '../advisor/report.module.css';

const address = z.object({
  week: z.iso.date().optional().catch(undefined),
  person: z.string().optional().catch(undefined),
});

/** The week's reports of the team: sent, late, missing; what was behind at the cut. */
export default function WeeklyCut(): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const navigate = useNavigate();
  const search = address.parse(useSearch({ strict: false }));
  const { data, error, refetch } = useQuery(cutQuery(search.week));
  const go = (more: Partial<z.infer<typeof address>>): void =>
    void navigate({ to: '/cut', search: { ...search, ...more }, replace: true });
  const columns = useMemo(() => columnsOf(t, data), [t, data]);
  const rows = data?.rows;
  const opened = rows?.find(({ person }) => person === search.person);
  const sent = rows?.filter(({ versions }) => versions.at(-1)?.sentAt != null).length ?? 0;
  const behind = rows?.reduce((all, row) => all + row.behind, 0) ?? 0;
  return (
    <Page
      title={t('follow.cut.title')}
      shape="full"
      lead={
        data === undefined
          ? undefined
          : `${weekText(t, figures, data.week)} · ${t('follow.cut.lead', {
              sent: figures.number(sent),
              all: figures.number(rows?.length ?? 0),
              many: behind,
              behind: figures.number(behind),
            })}`
      }
      actions={
        data === undefined ? undefined : (
          <Button.Group>
            <Button
              variant="default"
              aria-label={t('follow.agenda.before')}
              onClick={() => go({ week: addDays(data.week, -7) })}
            >
              <IconChevronLeft size={17} aria-hidden />
            </Button>
            <Button
              variant="default"
              aria-label={t('follow.agenda.after')}
              onClick={() => go({ week: addDays(data.week, 7) })}
            >
              <IconChevronRight size={17} aria-hidden />
            </Button>
          </Button.Group>
        )
      }
    >
      <ListAndPanel
        list={
          <DataTable
            label={t('follow.cut.title')}
            rows={rows}
            columns={columns}
            rowId={rowId}
            openId={search.person}
            onOpen={(id) => go({ person: id ?? undefined })}
            narrow={(row) => <Card row={row} cut={data} />}
            narrowHeight={64}
            error={error}
            retry={() => void refetch()}
            empty={
              <EmptyState icon={IconReportAnalytics} title={t('follow.cut.empty')}>
                {t('follow.cut.empty-help')}
              </EmptyState>
            }
          />
        }
        panel={
          opened === undefined || data === undefined ? null : (
            <SidePanel title={opened.name} label={opened.name} close={() => go({ person: undefined })}>
              <One row={opened} cut={data} />
            </SidePanel>
          )
        }
      />
    </Page>
  );
}

function Card({ row, cut }: { row: CutRow; cut: Cut | undefined }): ReactNode {
  const t = useWords();
  const figures = useFigures();
  return (
    <RowCard>
      <strong>{row.name}</strong>
      <span>
        {t('follow.cut.behind')}: {figures.number(row.behind)}
      </span>
      <Sent row={row} cut={cut} />
    </RowCard>
  );
}

function Sent({ row, cut }: { row: CutRow; cut: Cut | undefined }): ReactNode {
  const cutAt = cut?.cutAt ?? null;
  return (
    <SentState
      last={last(row)}
      cutAt={cutAt}
      clause={cutAt === null ? null : ''}
      isCut={cut?.isCut ?? false}
    />
  );
}

const rowId = ({ person }: CutRow): string => person;

function last(row: CutRow): Version | undefined {
  return row.versions.at(-1);
}

function figure(id: string, title: string, of: (row: CutRow) => number | null): Column<CutRow> {
  return {
    id,
    title,
    value: (row) => of(row) ?? -1,
    cell: (row) => {
      const value = of(row);
      return value === null ? '–' : <Num value={value} />;
    },
    align: 'right',
    width: 7.75,
    wideOnly: true,
  };
}

function columnsOf(t: Say, cut: Cut | undefined): Column<CutRow>[] {
  return [
    { id: 'name', title: t('follow.cut.person'), value: (row) => row.name, width: 8, grow: 2 },
    {
      id: 'state',
      title: t('follow.cut.state'),
      value: (row) => last(row)?.sentAt ?? '',
      cell: (row) => <Sent row={row} cut={cut} />,
      width: 15.5,
      grow: 1,
    },
    {
      id: 'behind',
      title: t('follow.cut.behind'),
      value: (row) => row.behind,
      cell: (row) => <Num value={row.behind} />,
      align: 'right',
      width: 7.5,
    },
    figure('received', t('follow.week.received'), (row) => last(row)?.received ?? null),
    figure('appointments', t('follow.week.appointments'), (row) => last(row)?.appointments ?? null),
    figure('opportunities', t('follow.week.opportunities'), (row) => last(row)?.opportunities ?? null),
    figure('reservations', t('follow.week.reservations'), (row) => last(row)?.reservations ?? null),
    figure('aaa', t('follow.week.aaa'), (row) => last(row)?.leads.length ?? null),
  ];
}

function One({ row, cut }: { row: CutRow; cut: Cut }): ReactNode {
  const t = useWords();
  if (row.versions.length === 0) return <p className={classes['soft']}>{t('follow.week.open')}</p>;
  return (
    <div className={classes['versions']}>
      {row.versions.toReversed().map((version) => (
        <div key={version.version}>
          <p className={classes['soft']}>
            {t('follow.week.version', { version: String(version.version) })} ·{' '}
            {version.sentAt === null ? t('follow.week.missing') : <When at={version.sentAt} as="moment" />}
          </p>
          {version.comment === null ? null : <p>{version.comment}</p>}
          <WeekFigures figures={version} names={cut.names} />
        </div>
      ))}
    </div>
  );
}
