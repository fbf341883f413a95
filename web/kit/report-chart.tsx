import { Tooltip, useComputedColorScheme } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useEffect, useRef, type ReactNode } from 'react';
import type { EChartsCoreOption, ECharts } from 'echarts/core';
import { useFigures } from '../session.ts';
import { useWords } from '../words.ts';
import classes from './live-chart.module.css';

export interface ReportPoint {
  readonly key: string;
  readonly label: string;
  /** A ratio; null: there is none. */
  readonly value: number | null;
  /** What stands behind it, in words: "7 of 100". */
  readonly detail: string;
}

export interface ReportChartProps {
  title: string;
  /** A course over months, or keys side by side. */
  kind: 'line' | 'bar';
  points: readonly ReportPoint[];
  unit: string;
  /** The exact formula, shown on hover of the «i». */
  formula: string;
  /** A ratio. */
  target: number | null;
  /** What stands over the chart at its right. */
  now?: string;
  /** The rows behind a point. */
  onPoint?: (key: string) => void;
  height?: number;
}

/** A chart of ratios with its target line, unit and formula. ECharts is loaded when the first one is drawn. */
export function ReportChart(props: ReportChartProps): ReactNode {
  const { title, unit, formula, target, now, height = 220 } = props;
  const t = useWords();
  const figures = useFigures();
  const box = useChart(props);
  return (
    <figure className={classes['chart']}>
      <figcaption className={classes['caption']}>
        <span className={classes['title']}>{title}</span>
        <Tooltip label={formula} multiline maw={320}>
          <button
            type="button"
            className={classes['formula']}
            aria-label={t('kit.chart.formula', { formula })}
          >
            <IconInfoCircle size={15} aria-hidden />
          </button>
        </Tooltip>
        <span className={classes['now']}>{now}</span>
        {target === null ? null : (
          <span className={classes['target']}>
            {t('kit.chart.target', { target: figures.percent(target) })}
          </span>
        )}
      </figcaption>
      <div ref={box} role="img" aria-label={`${title} (${unit})`} style={{ height }} />
    </figure>
  );
}

function useChart(props: ReportChartProps): React.RefObject<HTMLDivElement | null> {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts>(undefined);
  const latest = useRef(props);
  const figures = useFigures();
  const scheme = useComputedColorScheme('light');
  const draw = useRef<() => void>(() => undefined);
  useEffect(() => {
    latest.current = props;
    draw.current();
  });
  // Made anew when the scheme changes: the canvas holds the colors it was drawn with.
  useEffect(() => {
    const { current: target } = box;
    if (target === null) return undefined;
    let gone = false;
    const watcher = new ResizeObserver(() => chart.current?.resize());
    const open = async (): Promise<void> => {
      const { openChart } = await import('./report-chart-engine.ts');
      if (gone) return;
      chart.current = openChart(target);
      chart.current.on('click', ({ dataIndex }: { dataIndex?: number }) => {
        const point = dataIndex === undefined ? undefined : latest.current.points[dataIndex];
        if (point !== undefined) latest.current.onPoint?.(point.key);
      });
      draw.current = () =>
        chart.current?.setOption(
          optionsFor(target, latest.current, (value) => figures.percent(value)),
          true,
        );
      draw.current();
      watcher.observe(target);
    };
    void open();
    return () => {
      gone = true;
      watcher.disconnect();
      draw.current = () => undefined;
      chart.current?.dispose();
      chart.current = undefined;
    };
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [figures, scheme]);
  return box;
}

/** What the values at the left take of the width. */
const AXIS_PIXELS = 48;
/** A name with its surname on one line. */
const LABEL_PIXELS = 96;
const LABEL_PIXELS_MIN = 24;
const LABEL_GAP_PIXELS = 6;
const LABELS = { interval: 0, overflow: 'truncate', lineHeight: 13 } as const;

/** A canvas knows no CSS variables: the colors are read where it stands. */
function optionsFor(
  box: HTMLElement,
  { kind, points, target, onPoint }: ReportChartProps,
  percent: (value: number) => string,
): EChartsCoreOption {
  const style = getComputedStyle(box);
  const color = (name: string): string => style.getPropertyValue(name).trim();
  const font = { fontFamily: style.fontFamily, color: color('--ink-soft'), fontSize: 11 };
  const below = (value: number | null): boolean => target !== null && value !== null && value < target;
  const series = points.map(({ value }) => ({
    value,
    itemStyle: { color: below(value) ? color('--late') : color('--accent') },
  }));
  const aim =
    target === null
      ? {}
      : {
          markLine: {
            silent: true,
            symbol: 'none',
            lineStyle: { color: color('--ink-soft'), type: 'dashed' },
            label: { ...font, formatter: percent(target), position: 'insideEndTop' },
            data: [{ yAxis: target }],
          },
        };
  const room = Math.floor((box.clientWidth - AXIS_PIXELS) / Math.max(1, points.length));
  const isCrowded = room < LABEL_PIXELS;
  return {
    animation: false,
    textStyle: font,
    grid: { left: 8, right: 12, top: 14, bottom: 4, containLabel: true },
    xAxis: {
      type: 'category',
      // Two short lines, each cut to its room, rather than every other name left out.
      data: points.map(({ label }) => (isCrowded ? label.replace(' ', '\n') : label)),
      axisLabel: { ...font, ...LABELS, width: Math.max(room - LABEL_GAP_PIXELS, LABEL_PIXELS_MIN) },
      axisLine: { lineStyle: { color: color('--line-strong') } },
      axisTick: { show: false },
    },
    yAxis: {
      type: 'value',
      min: 0,
      axisLabel: { ...font, formatter: percent },
      splitLine: { lineStyle: { color: color('--line') } },
    },
    tooltip: {
      trigger: 'axis',
      backgroundColor: color('--surface-raised'),
      borderColor: color('--line'),
      textStyle: { ...font, color: color('--ink') },
      formatter: (found: readonly { readonly dataIndex: number }[]) => {
        const point = points[found[0]?.dataIndex ?? -1];
        if (point === undefined) return '';
        const { value, label, detail } = point;
        return `${escaped(label)}<br><b>${value === null ? '—' : percent(value)}</b> · ${escaped(detail)}`;
      },
    },
    series: [
      {
        type: kind,
        data: series,
        barMaxWidth: 36,
        symbolSize: 8,
        lineStyle: { color: color('--accent'), width: 2 },
        cursor: onPoint === undefined ? 'default' : 'pointer',
        connectNulls: false,
        ...aim,
      },
    ],
  };
}

/** A name may hold any sign; the tooltip is HTML. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
