import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { StartupFault } from '../src/platform/startup-fault.ts';
import { FEED_COLUMNS, readFeedFile, type FeedRow } from './feed-file.ts';
import { feedRequests } from './feed-leads.ts';
import { addRefused, differences, emptyTally, totalOf } from './reconcile.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'pauta-feed-test-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(text: string): string {
  const path = join(folder, `${crypto.randomUUID()}.csv`);
  writeFileSync(path, text);
  return path;
}

const HEADER = FEED_COLUMNS.join(',');

describe('a file of leads', () => {
  it('is read by the names of its columns, in any order', () => {
    const [row] = readFeedFile(
      file(
        '\uFEFFConverted,Occupation,Specialization,PageViews,TotalTime,TotalVisits,LeadSource,LeadOrigin,ProspectID\n0,Other,,1,88,2,bing,API,p-1\n',
      ),
    );
    expect(row).toMatchObject({ ProspectID: 'p-1', LeadSource: 'bing', LeadOrigin: 'API' });
  });

  it.each([
    ['a file that is not there', () => join(folder, 'none.csv'), /no se puede leer/],
    ['columns that are missing', () => file('ProspectID,LeadSource\np,bing\n'), /LeadOrigin, TotalVisits/],
    ['a row of another length', () => file(`${HEADER}\na,b\n`), /CSV/],
    ['a row without an id', () => file(`${HEADER}\np,,,,,,,,\n ,,,,,,,,\n`), /:3: falta ProspectID/],
    ['no row', () => file(`${HEADER}\n`), /ningún lead/],
  ])('with %s says so', (_name, path, expected) => {
    expect(() => readFeedFile(path())).toThrow(StartupFault);
    try {
      readFeedFile(path());
    } catch (error) {
      expect((error as StartupFault).text('es')).toMatch(expected);
    }
  });
});

describe('what is sent of it', () => {
  const rows = Array.from({ length: 2_000 }, (_, place) =>
    Object.fromEntries(FEED_COLUMNS.map((column) => [column, `${column} ${place}`])),
  ) as FeedRow[];

  it('is the same for the same seed: every row once, repeats exactly as they were', () => {
    const requests = feedRequests(rows, 1, 'web', 'MX');
    expect(feedRequests(rows, 1, 'web', 'MX')).toEqual(requests);
    const first = requests.filter(({ sentAs }) => sentAs !== 'repeat');
    expect(first.map(({ body }) => body.sourceId)).toEqual(rows.map((row) => row.ProspectID));
    const repeats = requests.filter(({ sentAs }) => sentAs === 'repeat');
    expect(repeats.length).toBeGreaterThan(40);
    for (const { body } of repeats) expect(first.some((one) => one.body === body)).toBe(true);
    expect(new Set(requests.map(({ sentAs }) => sentAs)).size).toBe(6);
  });
});

describe('the reconciliation', () => {
  it('adds up and names what differs', () => {
    const answers = { ...emptyTally(), assigned: 5, repeats: 1 };
    addRefused(answers, 'no-way-to-reach', 2);
    const stored = { ...emptyTally(), assigned: 5, repeats: 2 };
    expect(totalOf(answers)).toBe(8);
    expect(differences(answers, stored)).toEqual(['refused: no-way-to-reach', 'repeats']);
    expect(differences(answers, answers)).toEqual([]);
  });
});
