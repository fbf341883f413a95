import type { Minute } from './day.ts';

/** Colours that stay apart for colour-blind readers and on white paper; Pauta's own stands out. */
const COLORS: Readonly<Record<string, string>> = {
  pauta: '#c2410c',
  reference: '#78716c',
  'vicidial-tuned': '#1d4ed8',
  'vicidial-default': '#93c5fd',
  'fixed-ratio': '#0f766e',
  progressive: '#a1a1aa',
};
const NAMES: Readonly<Record<string, string>> = {
  pauta: 'Pauta',
  reference: 'knows the true rates',
  'vicidial-tuned': 'VICIdial, tuned in hindsight',
  'vicidial-default': 'VICIdial, defaults',
  'fixed-ratio': 'fixed ratio, tuned in hindsight',
  progressive: 'one call per free agent',
};
const INK = '#1c1917';
const QUIET = '#57534e';
const RULE = '#e7e5e4';
const FONT = 'font-family="Inter, Segoe UI, Helvetica, Arial, sans-serif"';

export interface Point {
  readonly pacer: string;
  readonly occupancy: number;
  readonly abandonedShare: number;
}

interface Frame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

const text = (x: number, y: number, said: string, more = ''): string =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" ${more}>${said}</text>`;
const line = (x1: number, y1: number, x2: number, y2: number, more: string): string =>
  `<line x1="${x1.toFixed(1)}" y1="${y1.toFixed(1)}" x2="${x2.toFixed(1)}" y2="${y2.toFixed(1)}" ${more}/>`;

function page(width: number, height: number, title: string, what: string, body: readonly string[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" ${FONT} font-size="12" fill="${QUIET}" role="img">`,
    `<title>${title}</title>`,
    `<rect width="${width}" height="${height}" fill="#ffffff"/>`,
    text(24, 32, title, `font-size="17" font-weight="600" fill="${INK}"`),
    text(24, 52, what, 'font-size="12.5"'),
    ...body,
    '</svg>',
    '',
  ].join('\n');
}

const LEGEND_WIDTH = 218;
const WIDTH_MIN = 760;

/** Occupancy against abandoned share: one panel a team size, a point a pacer; right of the red line is not legal. */
export function spreadChart(
  title: string,
  what: string,
  panels: readonly { readonly name: string; readonly points: readonly Point[] }[],
): string {
  const panelWidth = 172;
  const left = 58;
  const top = 96;
  const height = 250;
  const width = Math.max(WIDTH_MIN, left + panels.length * (panelWidth + 14) + 20);
  const shareMost = 0.036;
  const all = panels.flatMap(({ points }) => points.map(({ occupancy }) => occupancy));
  const least = Math.floor(Math.min(...all, 0.9) * 10) / 10;
  const most = 1;
  const y = (occupancy: number): number => top + height * (1 - (occupancy - least) / (most - least));
  const body: string[] = [];
  panels.forEach(({ name, points }, index) => {
    const x0 = left + index * (panelWidth + 14);
    const x = (share: number): number => x0 + (panelWidth * Math.min(share, shareMost)) / shareMost;
    body.push(
      `<rect x="${x(0.03).toFixed(1)}" y="${top}" width="${(x0 + panelWidth - x(0.03)).toFixed(1)}" height="${height}" fill="#fef2f2"/>`,
      text(x0, top - 12, name, `font-weight="600" fill="${INK}"`),
    );
    for (let tick = least; tick <= most + 1e-9; tick += 0.1) {
      body.push(line(x0, y(tick), x0 + panelWidth, y(tick), `stroke="${RULE}"`));
      if (index === 0)
        body.push(text(x0 - 8, y(tick) + 4, `${Math.round(tick * 100)} %`, 'text-anchor="end"'));
    }
    for (const share of [0, 0.01, 0.02, 0.03]) {
      body.push(text(x(share), top + height + 18, `${Math.round(share * 100)} %`, 'text-anchor="middle"'));
    }
    body.push(line(x(0.03), top, x(0.03), top + height, 'stroke="#dc2626" stroke-dasharray="4 3"'));
    for (const point of points.toSorted(
      (a, b) => Number(a.pacer === 'pauta') - Number(b.pacer === 'pauta'),
    )) {
      const color = COLORS[point.pacer] ?? QUIET;
      const hollow = point.pacer === 'reference';
      body.push(
        `<circle cx="${x(point.abandonedShare).toFixed(1)}" cy="${y(point.occupancy).toFixed(1)}" r="${hollow ? 8.5 : point.pacer === 'pauta' ? 6 : 5}" fill="${hollow ? 'none' : color}" stroke="${hollow ? color : '#ffffff'}" stroke-width="1.5"/>`,
      );
      if (point.pacer === 'pauta') {
        body.push(
          text(
            x(point.abandonedShare) - 12,
            y(point.occupancy) - 7,
            `${(100 * point.occupancy).toFixed(1)} %`,
            `text-anchor="end" font-weight="600" fill="${color}"`,
          ),
        );
      }
    }
  });
  body.push(
    text(
      left,
      top + height + 40,
      'abandoned / answered by a person, at the end of the day; the law ends at the red line',
    ),
  );
  const shown = Object.keys(NAMES).filter((pacer) =>
    panels.some(({ points }) => points.some((point) => point.pacer === pacer)),
  );
  const across = Math.max(1, Math.floor((width - left) / LEGEND_WIDTH));
  shown.forEach((pacer, index) => {
    const at = left + (index % across) * LEGEND_WIDTH;
    const y = top + height + 66 + Math.floor(index / across) * 22;
    const hollow = pacer === 'reference';
    const color = COLORS[pacer] ?? QUIET;
    body.push(
      `<circle cx="${at + 5}" cy="${y - 4}" r="5" fill="${hollow ? 'none' : color}" stroke="${color}" stroke-width="1.5"/>`,
      text(at + 16, y, NAMES[pacer] ?? pacer, `fill="${INK}"`),
    );
  });
  const rows = Math.ceil(shown.length / across);
  return page(width, top + height + 66 + rows * 22, title, what, body);
}

/** One day under one pacer: occupancy, calls in the air, and the abandoned share so far, minute by minute. */
export function dayChart(
  title: string,
  what: string,
  minutes: readonly Minute[],
  marks: readonly { readonly at: number; readonly name: string }[] = [],
): string {
  const width = 960;
  const left = 64;
  const inner = width - left - 130;
  const x = (minute: number): number => left + (inner * minute) / Math.max(1, minutes.length);
  const body: string[] = [];
  const bottom = 96 + 3 * 150 - 30;
  for (const { at, name } of marks) {
    body.push(
      line(x(at / 60), 84, x(at / 60), bottom, `stroke="${QUIET}" stroke-dasharray="2 3"`),
      text(x(at / 60) + 4, 82, name, 'font-size="11"'),
    );
  }
  const panel = (
    index: number,
    name: string,
    values: readonly (number | null)[],
    range: { least: number; most: number; step: number; percent: boolean; limit?: number },
    color: string,
  ): void => {
    const frame: Frame = { left, top: 96 + index * 150, width: inner, height: 112 };
    const y = (value: number): number =>
      frame.top +
      frame.height *
        (1 - (Math.min(range.most, Math.max(range.least, value)) - range.least) / (range.most - range.least));
    for (let tick = range.least; tick <= range.most + 1e-9; tick += range.step) {
      const said = range.percent ? `${Number((tick * 100).toFixed(1))} %` : String(Math.round(tick));
      body.push(
        line(left, y(tick), left + inner, y(tick), `stroke="${RULE}"`),
        text(left - 8, y(tick) + 4, said, 'text-anchor="end"'),
      );
    }
    if (range.limit !== undefined) {
      body.push(
        line(left, y(range.limit), left + inner, y(range.limit), 'stroke="#dc2626" stroke-dasharray="4 3"'),
        text(left + inner + 8, y(range.limit) + 4, 'the law', 'fill="#dc2626"'),
      );
    }
    const path = values
      .map((value, minute) => (value === null ? '' : `${x(minute).toFixed(1)},${y(value).toFixed(1)}`))
      .filter((point) => point !== '')
      .join(' ');
    body.push(
      `<polyline points="${path}" fill="none" stroke="${color}" stroke-width="1.4" stroke-linejoin="round"/>`,
    );
    const last = values.findLast((value) => value !== null) ?? 0;
    body.push(
      text(left, frame.top - 10, name, `font-weight="600" fill="${INK}"`),
      ...(range.limit === undefined
        ? []
        : [
            text(
              left + inner + 8,
              y(last) + 16,
              `${(100 * last).toFixed(2)} %`,
              `font-weight="600" fill="${color}"`,
            ),
          ]),
    );
  };
  const smooth = smoothed(minutes.map(({ occupancy }) => occupancy));
  panel(
    0,
    'Occupancy (five minutes)',
    smooth,
    { least: Math.min(0.5, Math.floor(Math.min(...smooth) * 4) / 4), most: 1, step: 0.25, percent: true },
    '#c2410c',
  );
  const air = minutes.map(({ inTheAir }) => inTheAir);
  const airMost = Math.max(4, Math.ceil(Math.max(...air) / 10) * 10);
  panel(
    1,
    'Calls in the air',
    air,
    { least: 0, most: airMost, step: airMost / 2, percent: false },
    '#0f766e',
  );
  let answered = 0;
  let abandoned = 0;
  const shares = minutes.map((minute) => {
    answered += minute.answered;
    abandoned += minute.abandoned;
    return answered < 20 ? null : abandoned / answered;
  });
  panel(
    2,
    'Abandoned so far / answered so far',
    shares,
    { least: 0, most: 0.06, step: 0.02, percent: true, limit: 0.03 },
    '#1d4ed8',
  );
  const hours = Math.round(minutes.length / 60);
  for (let hour = 0; hour <= hours; hour += 1)
    body.push(text(x(hour * 60), bottom + 10, `${hour} h`, 'text-anchor="middle"'));
  return page(width, bottom + 28, title, what, body);
}

function smoothed(values: readonly number[]): number[] {
  return values.map((_, at) => {
    const near = values.slice(Math.max(0, at - 2), at + 3);
    return near.reduce((sum, value) => sum + value, 0) / near.length;
  });
}
