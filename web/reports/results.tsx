import { Button, SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { IconChartBar, IconFileSpreadsheet, IconFileTypePdf, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { z } from 'zod';
import {
  ChoiceField,
  EmptyState,
  ErrorState,
  ListAndPanel,
  Page,
  ReportChart,
  RowsShape,
  useKeys,
} from '../kit/index.ts';
import { useFigures } from '../session.ts';
import { useWords } from '../words.ts';
import { conversionOf, DIMENSIONS, MEASURES, resultsQuery, type Behind, type Results } from './answers.ts';
import { BehindPanel } from './behind.tsx';
import classes from './reports.module.css';
import { ResultsTable } from './results-table.tsx';
import { Totals } from './totals.tsx';

const addressShape = z.object({
  month: z.string().optional().catch(undefined),
  by: z.enum(DIMENSIONS).optional().catch(undefined),
  /** Whose course is drawn. */
  of: z.string().optional().catch(undefined),
  measure: z.enum(MEASURES).optional().catch(undefined),
  key: z.string().optional().catch(undefined),
});
type Address = z.infer<typeof addressShape>;

/** Resultados: conversion against the aim by advisor, manager, zone and source, and how leads are attended to. */
export default function ResultsPage(): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const navigate = useNavigate();
  const address = addressShape.parse(useSearch({ strict: false }));
  const { data, error, refetch } = useQuery(resultsQuery(address.month));
  const go = (next: Partial<Address>): void =>
    void navigate({ to: '/reports', search: { ...address, ...next }, replace: true });
  const month = address.month ?? data?.month ?? '';
  const behind: Behind | null =
    address.measure === undefined || data === undefined
      ? null
      : {
          month,
          measure: address.measure,
          by: address.key === undefined ? null : (address.by ?? 'advisor'),
          key: address.key ?? '',
        };
  const file = (ending: string): string => `/api/reports/results.${ending}?month=${month}`;
  return (
    <Page
      title={t('reports.title')}
      lead={t('reports.lead')}
      shape="full"
      actions={
        <>
          <ChoiceField
            aria-label={t('reports.month')}
            value={month}
            onChange={(event) => go({ month: event.currentTarget.value, measure: undefined, key: undefined })}
            data={monthsOf(data).map((value) => ({ value, label: figures.month(value) }))}
          />
          <Button
            component="a"
            href={file('xlsx')}
            download
            variant="default"
            leftSection={<IconFileSpreadsheet size={16} aria-hidden />}
          >
            {t('reports.xlsx')}
          </Button>
          <Button
            component="a"
            href={file('pdf')}
            download
            variant="default"
            leftSection={<IconFileTypePdf size={16} aria-hidden />}
          >
            {t('reports.pdf')}
          </Button>
        </>
      }
    >
      {data === undefined ? (
        error === null ? (
          <RowsShape rows={10} />
        ) : (
          <ErrorState error={error} retry={() => void refetch()} />
        )
      ) : (
        <ListAndPanel
          list={<Floor results={data} address={address} go={go} />}
          panel={
            behind === null ? null : (
              <BehindPanel
                behind={behind}
                name={nameOf(data, behind)}
                close={() => go({ measure: undefined, key: undefined })}
              />
            )
          }
        />
      )}
    </Page>
  );
}

function Floor({
  results,
  address,
  go,
}: {
  results: Results;
  address: Address;
  go: (next: Partial<Address>) => void;
}): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const by = address.by ?? 'advisor';
  const rows = results.by[by];
  const target = results.aimPercent === null ? null : results.aimPercent / 100;
  const of = rows.find(({ key }) => key === address.of);
  const course =
    of === undefined ? results.course.all : results.course.by[by].filter(({ key }) => key === of.key);
  const detail = ({ closings, received }: { closings: number; received: number }): string =>
    t('reports.closings-of', { closings: figures.number(closings), leads: figures.number(received) });
  const whole = of ?? results.all;
  const now = whole === null ? null : conversionOf(whole);
  useKeys([
    {
      keys: 'Escape',
      label: t('reports.all-of-them'),
      hidden: true,
      when: () => of !== undefined && address.measure === undefined,
      run: () => go({ of: undefined }),
    },
  ]);
  return (
    <div className={classes['floor']}>
      <Totals results={results} open={(measure) => go({ measure, key: undefined })} />
      <div className={classes['charts']}>
        <ReportChart
          kind="line"
          title={
            of === undefined
              ? t('reports.course')
              : t('reports.course-of', { name: of.name || t('reports.nobody') })
          }
          unit="%"
          formula={t('reports.formula.conversion')}
          target={target}
          now={now === null ? '—' : figures.percent(now)}
          points={course.map((point) => ({
            key: point.month,
            label: figures.month(point.month),
            value: conversionOf(point),
            detail: detail(point),
          }))}
          onPoint={(month) => go({ month })}
        />
        <ReportChart
          kind="bar"
          title={t(`reports.by.${by}`)}
          unit="%"
          formula={t('reports.formula.conversion')}
          target={target}
          points={rows
            .filter(({ received }) => received > 0)
            .map((row) => ({
              key: row.key,
              label: row.name || t('reports.nobody'),
              value: conversionOf(row),
              detail: detail(row),
            }))}
          onPoint={(key) => go({ measure: 'received', key })}
        />
      </div>
      <div className={classes['tools']}>
        <SegmentedControl
          aria-label={t('reports.side-by-side')}
          value={by}
          onChange={(value) =>
            go({
              by: DIMENSIONS.find((each) => each === value) ?? 'advisor',
              of: undefined,
              measure: undefined,
              key: undefined,
            })
          }
          data={DIMENSIONS.map((value) => ({ value, label: t(`reports.dimension.${value}`) }))}
        />
        {of === undefined ? null : (
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<IconX size={14} aria-hidden />}
            onClick={() => go({ of: undefined })}
          >
            {t('reports.all-of-them')}
          </Button>
        )}
      </div>
      {rows.length === 0 ? (
        <EmptyState icon={IconChartBar} title={t('reports.none')}>
          {t('reports.none-help')}
        </EmptyState>
      ) : (
        <ResultsTable
          rows={rows}
          by={by}
          chosen={address.of}
          choose={(key) => go({ of: key })}
          open={(measure, key) => go({ measure, key })}
        />
      )}
    </div>
  );
}

function nameOf(results: Results, { by, key }: Behind): string | null {
  return by === null ? null : (results.by[by].find((row) => row.key === key)?.name ?? key);
}

const MONTHS_MAX = 36;

function monthsOf(results: Results | undefined): string[] {
  if (results === undefined) return [];
  const { first, last } = results.months;
  const months: string[] = [];
  for (let month = last; month >= first && months.length < MONTHS_MAX; month = before(month))
    months.push(month);
  return months.includes(results.month) ? months : [...months, results.month];
}

function before(month: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return number === 1 ? `${year - 1}-12` : `${year}-${String(number - 1).padStart(2, '0')}`;
}
