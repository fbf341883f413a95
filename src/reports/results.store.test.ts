import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { testDatabase, type TestDatabase } from '../../tests/database.ts';
import { makeTraffic } from '../../tests/traffic.ts';
import { openDatabase, type Database, type Tx } from '../platform/database.ts';
import { instant } from '../platform/time.ts';
import { listPeople } from '../staff/index.ts';
import { lineOfPeople } from './hierarchy.ts';
import { countMoves, leadsBehind, measures, tallyResults, type Measure } from './results.store.ts';
import { courseOf, dimensions, type Floor, type ResultRow } from './results.ts';

const TRAFFIC_MILLISECONDS_MAX = 120_000;
const JULY = {
  from: instant('2024-07-01T06:00:00Z'),
  to: instant('2024-08-01T06:00:00Z'),
  zone: 'America/Mexico_City',
};

let own: TestDatabase;
let database: Database;
let organization: string;
let floor: Floor;

beforeAll(async () => {
  own = await testDatabase();
  database = openDatabase(own.url, { connectionsMax: 2 });
  ({ organization } = await makeTraffic(database, { seed: 31, leads: 90, together: 2 }));
  floor = lineOfPeople(await database.inOrganization(organization, listPeople));
}, TRAFFIC_MILLISECONDS_MAX);

afterAll(async () => {
  await database.close();
  await own.drop();
});

const july = async (tx: Tx, of: Floor = floor) => tallyResults(tx, JULY, of, await countMoves(tx, JULY, of));

const inOrder = <Row extends { person: string }>(rows: readonly Row[]) =>
  rows.toSorted((a, b) => (a.person < b.person ? -1 : 1));

const FIGURE: Readonly<Record<Measure, keyof ResultRow>> = {
  received: 'received',
  closings: 'closings',
  'in-time': 'inTime',
  missed: 'missed',
  passed: 'passed',
  referred: 'referred',
};

describe('results of a month (lead-assignment O1)', () => {
  it('are those the staff’s months are counted by, person by person', async () => {
    await database.inOrganization(organization, async (tx) => {
      const { by } = await july(tx);
      const months = await sql<{ person: string; received: number; closings: number }>`
        select person, received, closings from person_months
         where organization_id = (select pauta_organization()) and month = '2024-07' and received + closings > 0`.execute(
        tx,
      );
      const told = by.advisor
        .filter(({ received, closings }) => received + closings > 0)
        .map(({ key, received, closings }) => ({ person: key, received, closings }));
      expect(inOrder(told)).toEqual(inOrder(months.rows));
      expect(told.length).toBeGreaterThan(10);
    });
  });

  it('come to the same whichever way they are put side by side', async () => {
    await database.inOrganization(organization, async (tx) => {
      const { all, by } = await july(tx);
      for (const dimension of dimensions)
        for (const figure of [
          'received',
          'closings',
          'clocked',
          'inTime',
          'missed',
          'passed',
          'referred',
        ] as const) {
          const sum = by[dimension].reduce((total, row) => total + row[figure], 0);
          expect(sum, `${dimension} ${figure}`).toBe(all?.[figure]);
        }
      expect(all?.referred).toBeGreaterThan(0);
      expect(all?.missed).toBeGreaterThan(0);
      expect(by.zone.map(({ key }) => key).toSorted()).toEqual(['norte', 'sur']);
    });
  });

  it('open as many leads as each figure says', async () => {
    await database.inOrganization(organization, async (tx) => {
      const { all, by } = await july(tx);
      for (const measure of measures) {
        const whole = await leadsBehind(tx, JULY, floor, { measure, by: null, key: '', limit: 10_000 });
        expect(whole.length, measure).toBe(all?.[FIGURE[measure]]);
        for (const dimension of dimensions)
          for (const row of by[dimension]) {
            const asked = { measure, by: dimension, key: row.key, limit: 10_000 };
            const leads = await leadsBehind(tx, JULY, floor, asked);
            expect(leads.length, `${measure} ${dimension} ${row.key}`).toBe(row[FIGURE[measure]]);
          }
      }
    });
  });

  it('are of the people within reach and of nobody else', async () => {
    await database.inOrganization(organization, async (tx) => {
      const north = floor.filter(({ zone }) => zone === 'norte');
      const { all, by } = await july(tx, north);
      const { by: whole } = await july(tx);
      expect(by.zone.map(({ key }) => key)).toEqual(['norte']);
      expect(all?.received).toBe(whole.zone.find(({ key }) => key === 'norte')?.received);
    });
  });

  it('go month by month over the turn of the year’s months, each the same as on its own', async () => {
    await database.inOrganization(organization, async (tx) => {
      const wide = { ...JULY, from: instant('2023-09-01T06:00:00Z'), to: instant('2024-09-01T06:00:00Z') };
      const course = courseOf(await countMoves(tx, wide, floor), floor);
      const { all } = await july(tx);
      expect(course.all.find(({ month }) => month === '2024-07')).toMatchObject({
        received: all?.received,
        closings: all?.closings,
      });
      expect(course.all.map(({ month }) => month)).toEqual(['2024-07', '2024-08']);
    });
  });
});
