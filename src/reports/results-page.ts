import type { ColumnKind, ReportCell, ReportColumn, ReportTable } from '../platform/tables/index.ts';
import { conversionOf, dimensions, type Dimension, type ResultPoint, type ResultRow } from './results.ts';
import { resultsTexts } from './results-texts.ts';

export type Named = ResultRow & { readonly name: string };

export interface ResultsOfMonth {
  readonly all: ResultRow | null;
  readonly by: Readonly<Record<Dimension, readonly Named[]>>;
  readonly course: readonly ResultPoint[];
}

type Language = keyof typeof resultsTexts;
const SECONDS_A_MINUTE = 60;

/** The same tables on paper and in a spreadsheet. */
export function tablesOf({ all, by, course }: ResultsOfMonth, language: Language): ReportTable[] {
  const t = resultsTexts[language];
  const columns: ReportColumn[] = [
    { title: t.name, kind: 'text' },
    { title: t.received, kind: 'count' },
    { title: t.closings, kind: 'count' },
    { title: t.conversion, kind: 'percent' },
    { title: t.inTime, kind: 'percent' },
    { title: t.missed, kind: 'count' },
    { title: t.passed, kind: 'count' },
    { title: t.referred, kind: 'count' },
    { title: t.minutes, kind: 'minutes' },
  ];
  const whole = all === null ? [] : [row(t.all, all)];
  return [
    ...dimensions.map((dimension) => ({
      name: t.by[dimension],
      columns,
      rows: [...by[dimension].map((each) => row(each.name, each)), ...whole],
    })),
    {
      name: t.course,
      columns: [
        { title: t.month, kind: 'text' as const },
        { title: t.received, kind: 'count' as const },
        { title: t.closings, kind: 'count' as const },
        { title: t.conversion, kind: 'percent' as const },
      ],
      rows: course.map((point) => [point.month, point.received, point.closings, conversionOf(point)]),
    },
  ];
}

function row(name: string, of: ResultRow): ReportCell[] {
  return [
    name,
    of.received,
    of.closings,
    conversionOf(of),
    of.clocked === 0 ? null : of.inTime / of.clocked,
    of.missed,
    of.passed,
    of.referred,
    of.secondsToContact === null ? null : of.secondsToContact / SECONDS_A_MINUTE,
  ];
}

/** A cell as people read it, in the figures of the organization. */
export function cellText(locale: string): (cell: ReportCell, kind: ColumnKind) => string {
  const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  // Rounded down, as on the screen: what falls short of the aim is not shown as reaching it.
  const share = new Intl.NumberFormat(locale, {
    style: 'percent',
    maximumFractionDigits: 1,
    roundingMode: 'floor',
  });
  const minutes = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  return (cell, kind) => {
    if (cell === null) return '—';
    if (typeof cell === 'string') return cell;
    if (kind === 'percent') return share.format(cell.toPrecision(12) as Intl.StringNumericLiteral);
    return (kind === 'minutes' ? minutes : whole).format(cell);
  };
}
