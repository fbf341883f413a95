import type { ReactNode } from 'react';

const WIDTH = 96;
const HEIGHT = 24;
const MARGIN = 2;

/** A trend in the height of a line of text. `label` says in words what it shows; `target` is drawn dashed. */
export function Sparkline({
  values,
  label,
  target,
}: {
  values: readonly number[];
  label: string;
  target?: number;
}): ReactNode {
  const all = target === undefined ? values : [...values, target];
  const low = Math.min(...all);
  const range = Math.max(...all) - low || 1;
  const x = (at: number): number => MARGIN + (at / Math.max(1, values.length - 1)) * (WIDTH - 2 * MARGIN);
  const y = (value: number): number => HEIGHT - MARGIN - ((value - low) / range) * (HEIGHT - 2 * MARGIN);
  const last = values.at(-1);
  return (
    <svg width={WIDTH} height={HEIGHT} role="img" aria-label={label} style={{ color: 'var(--accent)' }}>
      {target === undefined ? null : (
        <line
          x1={MARGIN}
          x2={WIDTH - MARGIN}
          y1={y(target)}
          y2={y(target)}
          stroke="var(--ink-soft)"
          strokeDasharray="3 3"
        />
      )}
      <polyline
        points={values.map((value, at) => `${x(at).toFixed(1)},${y(value).toFixed(1)}`).join(' ')}
        fill="none"
        stroke="currentColor"
        strokeWidth={1.75}
        strokeLinejoin="round"
      />
      {last === undefined ? null : (
        <circle cx={x(values.length - 1)} cy={y(last)} r={2.25} fill="currentColor" />
      )}
    </svg>
  );
}
