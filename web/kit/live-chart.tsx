import { Tooltip, useComputedColorScheme } from '@mantine/core';
import { IconCloudOff, IconInfoCircle } from '@tabler/icons-react';
import { useEffect, useRef, type ReactNode } from 'react';
import type uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { instant, type Instant } from '../../src/platform/time.ts';
import type { Figures } from '../figures.ts';
import { useFigures } from '../session.ts';
import { useWords } from '../words.ts';
import classes from './live-chart.module.css';

export interface Point {
  at: Instant;
  value: number | null;
}

export interface LiveChartProps {
  title: string;
  points: readonly Point[];
  /** "leads", "%", "min". */
  unit: string;
  /** The exact formula, shown on hover of the «i». */
  formula: string;
  target?: number;
  /** A target that moves: drawn dashed like the target, and named beside it. */
  against?: { label: string; points: readonly Point[] };
  /** Since when the figures are old; the chart turns grey and says so. */
  staleSince?: Instant | undefined;
  /** The rows behind a point. */
  onPoint?: (point: Point) => void;
  height?: number;
}

/** A live line with its target, unit and formula. uPlot is loaded when the first chart is drawn. */
export function LiveChart(props: LiveChartProps): ReactNode {
  const { title, points, unit, formula, target, against, staleSince, height = 180 } = props;
  const t = useWords();
  const figures = useFigures();
  const last = points.findLast(({ value }) => value !== null)?.value;
  const box = useChart(props, figures, height);
  const now =
    last === undefined || last === null ? t('kit.chart.no-data') : `${figures.number(last)} ${unit}`;
  return (
    <figure className={classes['chart']} data-stale={staleSince !== undefined}>
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
        {target === undefined ? null : (
          <span className={classes['target']}>
            {t('kit.chart.target', { target: `${figures.number(target)} ${unit}` })}
          </span>
        )}
        {against === undefined ? null : (
          <span className={classes['target']}>{t('kit.chart.target', { target: against.label })}</span>
        )}
      </figcaption>
      {staleSince === undefined ? null : (
        <p className={classes['stale']} role="status">
          <IconCloudOff size={14} aria-hidden /> {t('kit.stale', { time: figures.time(staleSince) })}
        </p>
      )}
      <div ref={box} role="img" aria-label={`${title}: ${now}`} style={{ height }} />
    </figure>
  );
}

function useChart(
  props: LiveChartProps,
  figures: Figures,
  height: number,
): React.RefObject<HTMLDivElement | null> {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot>(undefined);
  const latest = useRef(props);
  const scheme = useComputedColorScheme('light');
  const stale = props.staleSince !== undefined;
  const hasTarget = props.target !== undefined || props.against !== undefined;
  useEffect(() => {
    latest.current = props;
    chart.current?.setData(dataOf(props));
  });
  // Drawn anew when the scheme changes: the canvas holds the colors it was drawn with.
  useEffect(() => {
    const { current: target } = box;
    if (target === null) return undefined;
    let gone = false;
    const watcher = new ResizeObserver(() => chart.current?.setSize({ width: target.clientWidth, height }));
    const draw = async (): Promise<void> => {
      const { default: Plot } = await import('uplot');
      if (gone) return;
      chart.current = new Plot(
        optionsFor(target, figures, height, stale, hasTarget, (at) => {
          const point = latest.current.points[at];
          if (point) latest.current.onPoint?.(point);
        }),
        dataOf(latest.current),
        target,
      );
      watcher.observe(target);
    };
    void draw();
    return () => {
      gone = true;
      watcher.disconnect();
      chart.current?.destroy();
      chart.current = undefined;
    };
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [figures, height, scheme, stale, hasTarget]);
  return box;
}

function dataOf({ points, target, against }: LiveChartProps): uPlot.AlignedData {
  const at = points.map((point) => Date.parse(point.at) / 1_000);
  const values = points.map(({ value }) => value);
  if (against !== undefined) return [at, values, against.points.map(({ value }) => value)];
  return target === undefined ? [at, values] : [at, values, points.map(() => target)];
}

/** A canvas knows no CSS variables: the colors are read where it stands, again when the scheme changes. */
function optionsFor(
  box: HTMLElement,
  figures: Figures,
  height: number,
  stale: boolean,
  hasTarget: boolean,
  choose: (index: number) => void,
): uPlot.Options {
  const style = getComputedStyle(box);
  const color = (name: string): string => style.getPropertyValue(name).trim();
  const ink = color('--ink-soft');
  const grid = { stroke: color('--line'), width: 1 };
  const font = `11px ${style.fontFamily}`;
  const target = { stroke: ink, width: 1.25, dash: [5, 4], points: { show: false } };
  return {
    width: box.clientWidth,
    height,
    legend: { show: false },
    cursor: { y: false, points: { size: 7 } },
    scales: {
      x: { time: true },
      y: { range: (_, low, high) => [Math.min(0, low), high + (high - low || 1) * 0.1] },
    },
    axes: [
      {
        stroke: ink,
        grid: { show: false },
        ticks: grid,
        font,
        values: (_, ticks) => ticks.map((at) => figures.time(instant(at * 1_000))),
        space: 70,
        size: 30,
      },
      {
        stroke: ink,
        grid,
        ticks: { show: false },
        font,
        size: 44,
        values: (_, ticks) => ticks.map((value) => figures.number(value)),
      },
    ],
    series: [
      {},
      { stroke: color(stale ? '--line-strong' : '--accent'), width: 2, points: { show: false } },
      ...(hasTarget ? [target] : []),
    ],
    hooks: {
      ready: [
        (plot) =>
          plot.over.addEventListener('click', () => {
            if (typeof plot.cursor.idx === 'number') choose(plot.cursor.idx);
          }),
      ],
    },
  };
}
