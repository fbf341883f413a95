import { minutesText, type Figures } from '../figures.ts';
import { When, type Column } from '../kit/index.ts';
import type { Say } from '../words.ts';
import type { Report, Source, Tally } from './answers.ts';
import { KindMark, SourceState } from './marks.tsx';
import { costPerLead } from './report.ts';

/** One line of the list: a source that is set up, one that only sent leads, or both. */
export interface SourceRow {
  readonly key: string;
  readonly source: Source | null;
  readonly tally: Tally | null;
  readonly costPerLead: string | null;
}

/** Sources set up, then those that only sent leads. */
export function rowsOf(
  sources: readonly Source[] | undefined,
  report: Report | undefined,
  days: number,
): SourceRow[] | undefined {
  if (sources === undefined) return undefined;
  const tallies = new Map(report?.sources.map((tally) => [tally.source, tally]));
  const known = sources.map((source): SourceRow => {
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
    ...others.map((tally): SourceRow => ({ key: tally.source, source: null, tally, costPerLead: null })),
  ];
}

const share = (tally: Tally | null): number | null =>
  tally === null || tally.clocked === 0 ? null : tally.inTime / tally.clocked;

export function columnsOf(t: Say, figures: Figures, currency: 'MXN' | 'COP'): Column<SourceRow>[] {
  return [
    {
      id: 'name',
      title: t('marketing.col.source'),
      value: (row) => row.source?.name ?? row.key,
      width: 8.5,
      grow: 2,
    },
    {
      id: 'state',
      title: t('marketing.col.state'),
      value: (row) => row.source?.today?.faulty ?? 0,
      cell: (row) => <SourceState source={row.source} brought={row.tally?.leads ?? 0} />,
      align: 'left',
      width: 12,
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
