import { expect, it } from 'vitest';

import { torturedByKills } from './torture-kill.ts';
import { raced } from './torture-race.ts';

/** The short version; `npm run torture` kills a hundred times and races ten thousand leads. */
const KILLS = 4;
const RACED_LEADS = 600;
const PATIENCE_MILLISECONDS = 180_000;
const quiet = (): void => undefined;

it(
  'kill -9 of the program and of its PostgreSQL under fifty leads a second: nothing acknowledged is lost or held twice',
  async () => {
    const report = await torturedByKills(KILLS, 7, quiet);
    expect(report.faults).toEqual([]);
    expect(report.acknowledged).toBeGreaterThan(0);
  },
  PATIENCE_MILLISECONDS,
);

it(
  'two programs on one database: turns come out as if one had taken every lead',
  async () => {
    const report = await raced(RACED_LEADS, quiet);
    expect(report.faults).toEqual([]);
    expect(report.spread).toBeLessThanOrEqual(1);
  },
  PATIENCE_MILLISECONDS,
);
