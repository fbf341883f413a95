import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';

import type { PacerName, Run } from './cell.ts';
import { spreadChart } from './chart.ts';
import { readDay } from './scenario-of-day.ts';
import { conditionsOf, confidence, tableOf } from './summary.ts';
import { makeTable, readRuns } from './table-parts.ts';

const folder = mkdtempSync(join(tmpdir(), 'pauta-table-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const run = (pacer: PacerName, occupancy: number, share: number, agents = 25, kind = 'plain'): Run => ({
  kind,
  agents,
  pacer,
  setting: '',
  occupancy: [occupancy, occupancy + 0.01],
  abandonedShare: [share, share],
  callsPerAnswer: 4,
});

describe('the table', () => {
  test('is made in parts: what is there is not made again', () => {
    const plan = {
      file: join(folder, 'days.jsonl'),
      kinds: ['plain', 'talk-60'],
      teams: [6],
      pacers: ['progressive'] as const,
      seeds: 1,
      secondsMax: 60,
    };
    expect(makeTable({ ...plan, kinds: ['plain'] }, () => {})).toBe(0);
    const first = readFileSync(plan.file, 'utf8');
    expect(makeTable({ ...plan, secondsMax: -1 }, () => {})).toBe(1);
    expect(readFileSync(plan.file, 'utf8')).toBe(first);
    expect(makeTable(plan, () => {})).toBe(0);
    expect(readFileSync(plan.file, 'utf8').startsWith(first)).toBe(true);
    expect(readRuns(plan.file).map(({ kind, abandonedShare }) => [kind, abandonedShare])).toEqual([
      ['plain', [0]],
      ['talk-60', [0]],
    ]);
  });

  test('shows occupancy with its confidence, and who is over the limit', () => {
    const [, , row] = tableOf([run('pauta', 0.915, 0.0291), run('vicidial-default', 0.6, 0.031)], 25, [
      'pauta',
      'vicidial-default',
    ]);
    expect(row).toBe('| plain | 92.0 ± 6.4 · 2.91 | 60.5 ± 6.4 · 3.10 **over** |');
  });

  test('confidence: Student of one degree of freedom for two days', () => {
    expect(confidence([0.5, 0.6])).toBeCloseTo(12.71 * 0.05, 6);
    expect(confidence([0.5])).toBe(0);
  });

  test('a baseline that breaks the limit is no rival; a legal one is', () => {
    const runs = [
      run('pauta', 0.92, 0.029),
      run('fixed-ratio', 0.95, 0.04),
      run('vicidial-tuned', 0.88, 0.029),
    ];
    const lead = conditionsOf(runs).find(({ what }) => what.startsWith('above the best legal'));
    expect(lead).toMatchObject({
      met: true,
      measured: 'least lead 4.0 points (plain, 25 agents), over 1 cells',
    });
  });

  test('a cell above the limit, a far reference and too little occupancy are said', () => {
    const runs = [run('pauta', 0.9, 0.0301), run('reference', 0.93, 0.029)];
    const failed = conditionsOf(runs).filter(({ met }) => !met);
    expect(failed.map(({ what }) => what)).toEqual(
      expect.arrayContaining([
        'mean abandoned share of a cell ≤ 3.0 %',
        'occupancy on the plain day, 25 agents ≥ 91.0 %',
        'within 1.5 points of the reference that knows, steady cells',
      ]),
    );
  });

  test('the chart has a point for each pacer, and no number that is none', () => {
    const points = [
      { pacer: 'pauta', occupancy: 0.92, abandonedShare: 0.029 },
      { pacer: 'progressive', occupancy: 0.6, abandonedShare: 0 },
    ];
    const svg = spreadChart('Title', 'what', [{ name: '25 agents', points }]);
    expect(svg.match(/<circle/g)?.length).toBe(4);
    expect(svg).toContain('92.0 %');
    expect(svg).not.toContain('NaN');
  });
});

describe('a day in a file', () => {
  test('what it leaves out is as on the plain day', () => {
    const day = readDay(join(import.meta.dirname, 'example-day.yaml'));
    expect(day).toMatchObject({
      agents: 12,
      machine: 0.1,
      talk: { law: 'log-normal', mean: 150 },
      ringSecondsMax: 26,
      failure: 0.1,
    });
    expect(day.answer.between).toBe('line');
  });
});
