import { Button, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { IconFileImport, IconPlugConnected, IconPlus } from '@tabler/icons-react';
import { useMemo, useState, type ReactNode } from 'react';
import { z } from 'zod';
import { Act, DataTable, EmptyState, ListAndPanel, Page, SidePanel } from '../kit/index.ts';
import { minutesText } from '../figures.ts';
import { useFigures, useMay } from '../session.ts';
import { useWords } from '../words.ts';
import { RANGES, reportQuery, sourcesQuery, type Range, type Report } from './answers.ts';
import { ByHour } from './by-hour.tsx';
import { SourceState } from './marks.tsx';
import classes from './marketing.module.css';
import { SourceForm } from './source-form.tsx';
import { SourcePanel } from './source-panel.tsx';
import { columnsOf, rowsOf, type SourceRow } from './source-rows.tsx';

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
          <SourceForm
            taken={list.data.sources.map(({ key }) => key)}
            zones={list.data.zones}
            saved={go}
            cancel={close}
          />
        </SidePanel>
      );
    const source = list.data.sources.find(({ key }) => key === open);
    return source === undefined ? null : (
      <SourcePanel
        key={source.key}
        source={source}
        people={list.data.people}
        zones={list.data.zones}
        close={close}
      />
    );
  }
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

const card = (row: SourceRow): ReactNode => <Card row={row} />;

function Card({ row }: { row: SourceRow }): ReactNode {
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
