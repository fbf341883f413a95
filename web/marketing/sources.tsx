import { Button, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { IconFileImport, IconPlugConnected, IconPlus } from '@tabler/icons-react';
import { useMemo, useState, type ReactNode } from 'react';
import { z } from 'zod';
import { clockText } from '../figures.ts';
import {
  Act,
  DataTable,
  EmptyState,
  ListAndPanel,
  Page,
  SidePanel,
  When,
  type Column,
} from '../kit/index.ts';
import { useFigures, useMay } from '../session.ts';
import { useWords, type Say } from '../words.ts';
import {
  RANGES,
  reportQuery,
  sourcesQuery,
  type Range,
  type Report,
  type Source,
  type Tally,
} from './answers.ts';
import { ByHour } from './by-hour.tsx';
import { KindMark, SourceState } from './marks.tsx';
import classes from './marketing.module.css';
import { costPerLead } from './report.ts';
import { SourceForm } from './source-form.tsx';
import { SourcePanel } from './source-panel.tsx';

/** One line of the list: a source that is set up, one that only sent leads, or both. */
interface Row {
  readonly key: string;
  readonly source: Source | null;
  readonly tally: Tally | null;
  readonly costPerLead: string | null;
}

const addressShape = z.object({ source: z.string().optional().catch(undefined) });
const NEW = ' new';
const DAYS: Record<Range, number> = { today: 1, '7': 7, '30': 30 };

/** Fuentes: what each source brings, how soon it is contacted, and how it is set up. */
export default function SourcesPage(): ReactNode {
  const t = useWords();
  const navigate = useNavigate();
  const manages = useMay('sources.manage');
  const imports = useMay('leads.import');
  const address = addressShape.parse(useSearch({ strict: false }));
  const [range, setRange] = useState<Range>('today');
  const list = useQuery(sourcesQuery);
  const report = useQuery(reportQuery(range));
  const rows = useMemo(
    () => rowsOf(list.data?.sources, report.data, DAYS[range]),
    [list.data, report.data, range],
  );
  const figures = useFigures();
  const currency = figures.place.figures === 'es-CO' ? 'COP' : 'MXN';
  const columns = useMemo(() => columnsOf(t, figures, currency), [t, figures, currency]);
  const open = address.source;
  const go = (source: string | null): void =>
    void navigate({ to: '/sources', search: source === null ? {} : { source }, replace: true });
  return (
    <Page
      title={t('marketing.title')}
      lead={t('marketing.lead')}
      shape="full"
      actions={
        <>
          <SegmentedControl
            aria-label={t('marketing.range')}
            value={range}
            onChange={(value) => setRange(RANGES.find((one) => one === value) ?? 'today')}
            data={RANGES.map((value) => ({ value, label: t(`marketing.range.${value}`) }))}
          />
          {imports ? (
            <Button
              variant="default"
              leftSection={<IconFileImport size={16} aria-hidden />}
              onClick={() => void navigate({ to: '/import' })}
            >
              {t('marketing.import')}
            </Button>
          ) : null}
          {manages ? (
            <Act
              keys="n"
              label={t('marketing.add')}
              leftSection={<IconPlus size={16} aria-hidden />}
              run={() => go(NEW)}
            />
          ) : null}
        </>
      }
    >
      <ListAndPanel
        list={
          <div className={classes['floor']}>
            <Totals report={report.data} />
            {report.data === undefined ? null : (
              <ByHour
                report={report.data}
                range={range}
                source={rows?.some(({ key }) => key === open) ? (open ?? null) : null}
                name={list.data?.sources.find(({ key }) => key === open)?.name ?? open ?? ''}
              />
            )}
            <div className={classes['rows']}>
              <DataTable
                label={t('marketing.title')}
                rows={rows}
                columns={columns}
                rowId={({ key }) => key}
                openId={open}
                onOpen={go}
                error={list.error}
                retry={() => void list.refetch()}
                narrow={card}
                empty={
                  <EmptyState
                    icon={IconPlugConnected}
                    title={t('marketing.none')}
                    action={
                      manages ? <Button onClick={() => go(NEW)}>{t('marketing.add')}</Button> : undefined
                    }
                  >
                    {t('marketing.none-help')}
                  </EmptyState>
                }
              />
            </div>
          </div>
        }
        panel={panelOf()}
      />
    </Page>
  );

  function panelOf(): ReactNode {
    const close = (): void => go(null);
    if (list.data === undefined || open === undefined) return null;
    if (open === NEW)
      return (
        <SidePanel title={t('marketing.add')} label={t('marketing.add')} close={close}>
          <SourceForm taken={list.data.sources.map(({ key }) => key)} saved={go} cancel={close} />
        </SidePanel>
      );
    const source = list.data.sources.find(({ key }) => key === open);
    return source === undefined ? null : (
      <SourcePanel key={source.key} source={source} people={list.data.people} close={close} />
    );
  }
}

function rowsOf(
  sources: readonly Source[] | undefined,
  report: Report | undefined,
  days: number,
): Row[] | undefined {
  if (sources === undefined) return undefined;
  const tallies = new Map(report?.sources.map((tally) => [tally.source, tally]));
  const known = sources.map((source): Row => {
    const tally = tallies.get(source.key) ?? null;
    return {
      key: source.key,
      source,
      tally,
      costPerLead: costPerLead(source.settings.monthlyCost, days, tally?.leads ?? 0),
    };
  });
  const others = [...tallies.values()].filter(({ source }) => !sources.some(({ key }) => key === source));
  return [
    ...known,
    ...others.map((tally): Row => ({ key: tally.source, source: null, tally, costPerLead: null })),
  ];
}

const share = (tally: Tally | null): number | null =>
  tally === null || tally.clocked === 0 ? null : tally.inTime / tally.clocked;

function columnsOf(t: Say, figures: ReturnType<typeof useFigures>, currency: 'MXN' | 'COP'): Column<Row>[] {
  return [
    {
      id: 'name',
      title: t('marketing.col.source'),
      value: (row) => row.source?.name ?? row.key,
      width: 9,
      grow: 2,
    },
    {
      id: 'state',
      title: t('marketing.col.state'),
      value: (row) => row.source?.today?.faulty ?? 0,
      cell: (row) => <SourceState source={row.source} brought={row.tally?.leads ?? 0} />,
      align: 'left',
      width: 10.5,
      grow: 1,
    },
    {
      id: 'leads',
      title: t('marketing.col.leads'),
      value: (row) => row.tally?.leads ?? 0,
      cell: (row) => figures.number(row.tally?.leads ?? 0),
      width: 4.5,
    },
    {
      id: 'in-time',
      title: t('marketing.col.in-time'),
      align: 'right',
      value: (row) => share(row.tally),
      cell: (row) => {
        const inTime = share(row.tally);
        return inTime === null ? '—' : figures.percent(inTime, 0);
      },
      width: 5.5,
    },
    {
      id: 'speed',
      title: t('marketing.col.speed'),
      align: 'right',
      value: (row) => row.tally?.secondsToContact,
      cell: (row) => minutesText(row.tally?.secondsToContact ?? null),
      width: 7,
    },
    {
      id: 'cost',
      title: t('marketing.col.cost'),
      align: 'right',
      value: (row) => (row.costPerLead === null ? null : Number(row.costPerLead)),
      cell: (row) => (row.costPerLead === null ? '—' : figures.money(row.costPerLead, currency)),
      width: 6,
      wideOnly: true,
    },
    {
      id: 'last',
      title: t('marketing.col.last'),
      value: (row) => row.source?.state?.lastReceivedAt,
      cell: (row) => {
        const last = row.source?.state?.lastReceivedAt ?? null;
        return last === null ? '—' : <When at={last} />;
      },
      width: 6.5,
      wideOnly: true,
    },
    {
      id: 'kind',
      title: t('marketing.col.kind'),
      value: (row) => row.source?.kind ?? '',
      cell: (row) => (row.source === null ? '—' : <KindMark kind={row.source.kind} />),
      width: 9.5,
      wideOnly: true,
    },
  ];
}

function minutesText(seconds: number | null): string {
  return seconds === null ? '—' : clockText(seconds * 1_000);
}

const one = (title: string, value: string, help: string): ReactNode => (
  <div className={classes['total']} title={help}>
    <dt>{title}</dt>
    <dd>{value}</dd>
  </div>
);

function Totals({ report }: { report: Report | undefined }): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const all = report?.all ?? null;
  return (
    <dl className={classes['totals']}>
      {one(
        t('marketing.total.leads'),
        all === null ? '—' : figures.number(all.leads),
        t('marketing.formula.leads'),
      )}
      {one(
        t('marketing.total.in-time'),
        all === null || all.clocked === 0 ? '—' : figures.percent(all.inTime / all.clocked, 0),
        t('marketing.formula.in-time'),
      )}
      {one(
        t('marketing.total.speed'),
        minutesText(all?.secondsToContact ?? null),
        t('marketing.formula.speed'),
      )}
      {one(
        t('marketing.total.speed90'),
        minutesText(all?.secondsToContact90 ?? null),
        t('marketing.formula.speed90'),
      )}
      {one(
        t('marketing.total.duplicates'),
        all === null ? '—' : figures.number(all.duplicates),
        t('marketing.formula.duplicates'),
      )}
    </dl>
  );
}

const card = (row: Row): ReactNode => <Card row={row} />;

function Card({ row }: { row: Row }): ReactNode {
  const t = useWords();
  const figures = useFigures();
  return (
    <div className={classes['card']}>
      <span className={classes['cardLine']}>
        <strong>{row.source?.name ?? row.key}</strong>
        <span>{t('marketing.leads-many', { count: figures.number(row.tally?.leads ?? 0) })}</span>
      </span>
      <span className={classes['cardLine']}>
        <SourceState source={row.source} brought={row.tally?.leads ?? 0} />
        <span>{minutesText(row.tally?.secondsToContact ?? null)}</span>
      </span>
    </div>
  );
}
