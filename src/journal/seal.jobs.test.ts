import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { testDatabase, type TestDatabase } from '../../tests/database.ts';
import { insertOrganization } from '../decisions/index.ts';
import { openDatabase, type Database } from '../platform/database.ts';
import { silentLog } from '../platform/log.ts';
import { createMetrics, type Metrics } from '../platform/metrics.ts';
import { instant, systemClock } from '../platform/time.ts';
import type { Worker } from '../platform/work.ts';
import { headsKey, publishHeads, readHeads } from './heads.store.ts';
import { appendEntries, entryPages, lastSeal, sealPages, unsealedIds } from './journal.store.ts';
import { startSealer, type SealerParts } from './seal.jobs.ts';
import { verifyJournal } from './verify.store.ts';

const SECRET = 'a secret of the tests, of no installation';
const AT = instant('2024-07-01T15:00:00Z');
const SEALED_WITHIN_MILLISECONDS = 1_000;
const WAIT = { timeout: 15_000, interval: 20 };

let scratch: TestDatabase;
let database: Database;
let dataDir: string;
let metrics: Metrics;
let running: Worker[];
let organizations = 0;

beforeAll(async () => {
  scratch = await testDatabase();
  database = openDatabase(scratch.url, { connectionsMax: 6 });
});
afterAll(async () => {
  await database.close();
  await scratch.drop();
});
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'pauta-seal-'));
  metrics = createMetrics({ processMetrics: false });
  running = [];
});
afterEach(async () => {
  await Promise.all(running.map((worker) => worker.stop()));
  rmSync(dataDir, { recursive: true });
});

async function newOrganization(): Promise<string> {
  organizations += 1;
  const id = `sealed-${organizations}`;
  const about = { name: id, country: 'MX' as const, zone: 'America/Mexico_City', locale: 'es-MX' };
  await insertOrganization(database.kysely, { id, openedAt: AT, ...about });
  return id;
}

async function append(organization: string, count: number): Promise<void> {
  const entries = Array.from({ length: count }, (_, index) => ({
    entry: {
      entry: 'note',
      kind: 'fact' as const,
      at: AT,
      actor: 'ana',
      because: [],
      contact: `c${index % 7}`,
      fields: { lead: `L${index}`, share: index * 0.1 },
      ...(index % 3 === 0 ? { personal: { text: `nota ${index}` } } : {}),
    },
    causedBy: index === 0 ? null : 0,
  }));
  await database.inOrganization(organization, (tx) =>
    appendEntries(tx, organization, entries, () => `salt-${Math.random()}`),
  );
}

function start(more: Partial<SealerParts> = {}): Worker {
  const worker = startSealer({
    database,
    clock: systemClock,
    dataDir,
    secret: SECRET,
    log: silentLog,
    metrics,
    everyMilliseconds: 50,
    ...more,
  });
  running.push(worker);
  return worker;
}

function waiting(organization: string): Promise<number> {
  return database.inOrganization(organization, async (tx) => (await unsealedIds(tx)).length);
}

function report(organization: string) {
  return database.inSnapshot(organization, (tx) =>
    verifyJournal(tx, organization, new Map(), () => undefined),
  );
}

async function published(organization: string): Promise<number[]> {
  const { heads } = await readHeads(dataDir, headsKey(SECRET));
  return [...(heads.get(organization)?.keys() ?? [])];
}

describe('the sealing worker', () => {
  it('seals what is committed within a second', async () => {
    const organization = await newOrganization();
    start({ everyMilliseconds: 200 });
    for (let round = 0; round < 3; round += 1) {
      await append(organization, 10);
      const committed = performance.now();
      await vi.waitFor(async () => expect(await waiting(organization)).toBe(0), WAIT);
      expect(performance.now() - committed).toBeLessThan(SEALED_WITHIN_MILLISECONDS);
    }
    expect((await report(organization)).findings).toEqual([]);
  });

  it('catches up after a stop, in batches, without letting one organization keep the others waiting', async () => {
    const [busy, quiet] = [await newOrganization(), await newOrganization()];
    await append(busy, 4_500);
    await append(quiet, 3);
    start();
    await vi.waitFor(async () => expect([await waiting(busy), await waiting(quiet)]).toEqual([0, 0]), WAIT);
    const { entries, seals, findings } = await report(busy);
    expect({ entries, seals, findings }).toEqual({ entries: 4_500, seals: 4_500, findings: [] });
  });

  it('works in two processes at once, one at a time for each organization', async () => {
    const all = await Promise.all([newOrganization(), newOrganization(), newOrganization()]);
    start({ everyMilliseconds: 5 });
    start({ everyMilliseconds: 5, metrics: createMetrics({ processMetrics: false }) });
    for (let round = 0; round < 20; round += 1) await Promise.all(all.map((each) => append(each, 25)));
    for (const each of all) {
      await vi.waitFor(async () => expect(await waiting(each)).toBe(0), WAIT);
      const { seals, findings } = await report(each);
      expect({ seals, findings }).toEqual({ seals: 500, findings: [] });
    }
  });

  it('seals what is left and publishes the heads when it stops', async () => {
    const organization = await newOrganization();
    const worker = start({ everyMilliseconds: 60_000, publishSeconds: 60 });
    await append(organization, 30);
    await worker.stop();
    expect(await waiting(organization)).toBe(0);
    const head = await database.inOrganization(organization, lastSeal);
    expect(await published(organization)).toEqual([head?.number]);
  });

  it('publishes at the next start what a killed process sealed and did not come to publish', async () => {
    const organization = await newOrganization();
    await append(organization, 5);
    const elsewhere = mkdtempSync(join(tmpdir(), 'pauta-seal-'));
    await start({ dataDir: elsewhere, metrics: createMetrics({ processMetrics: false }) }).stop();
    rmSync(elsewhere, { recursive: true });
    expect(await published(organization)).toEqual([]);
    start();
    await vi.waitFor(async () => expect(await published(organization)).toEqual([5]), WAIT);
  });

  it('tells the age of the oldest entry without a seal', async () => {
    await newOrganization();
    start();
    await vi.waitFor(async () => {
      const { body } = await metrics.page();
      expect(body).toMatch(/^pauta_journal_unsealed_age_seconds \d/m);
      expect(body).toMatch(/^pauta_journal_entries_sealed_total \d/m);
    }, WAIT);
  });

  it('killed at any moment it leaves a chain that goes on', async () => {
    const organization = await newOrganization();
    await append(organization, 12_000);
    const source = join(import.meta.dirname, 'seal.jobs.ts');
    const program = `
        const { startSealer } = await import(${JSON.stringify(source)});
        const { openDatabase } = await import(${JSON.stringify(join(import.meta.dirname, '../platform/database.ts'))});
        const { createMetrics } = await import(${JSON.stringify(join(import.meta.dirname, '../platform/metrics.ts'))});
        const { silentLog } = await import(${JSON.stringify(join(import.meta.dirname, '../platform/log.ts'))});
        const { systemClock } = await import(${JSON.stringify(join(import.meta.dirname, '../platform/time.ts'))});
        startSealer({ database: openDatabase(${JSON.stringify(scratch.url)}), clock: systemClock, dataDir: ${JSON.stringify(dataDir)},
          secret: ${JSON.stringify(SECRET)}, log: silentLog, metrics: createMetrics({ processMetrics: false }), publishSeconds: 0 });
        console.log('sealing');`;
    for (const afterSealed of [1, 3_000, 7_000]) {
      const child = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: 'pipe' });
      const left = 12_000 - afterSealed;
      await vi.waitFor(async () => expect(await waiting(organization)).toBeLessThanOrEqual(left), WAIT);
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      const after = await report(organization);
      expect(after.findings).toEqual([]);
      expect(after.seals + after.tail.count).toBe(12_000);
    }
    start();
    await vi.waitFor(async () => expect(await waiting(organization)).toBe(0), WAIT);
    const { seals, findings } = await report(organization);
    expect({ seals, findings }).toEqual({ seals: 12_000, findings: [] });
    expect((await readHeads(dataDir, headsKey(SECRET))).faults).toEqual([]);
  }, 60_000);
});

const head = (number: number) => new Map([['org', { number, entryId: number, hash: `h${number}` }]]);
const file = () => join(dataDir, 'journal-heads.jsonl');

describe('published heads', () => {
  const key = headsKey(SECRET);
  it('gives them back by organization and number', async () => {
    await publishHeads(dataDir, key, AT, head(1));
    await publishHeads(dataDir, key, AT, head(9));
    const { heads, faults } = await readHeads(dataDir, key);
    expect(faults).toEqual([]);
    expect(heads.get('org')).toEqual(
      new Map([
        [1, ['h1']],
        [9, ['h9']],
      ]),
    );
  });

  it.each([
    ['changed', (text: string) => text.replace('"h2"', '"h7"')],
    ['signed with another secret', (text: string) => text.replace(/"mac":"..../, '"mac":"0000')],
    ['not a head at all', () => 'nothing\n'],
  ])('names a line that is %s', async (_what, change) => {
    await publishHeads(dataDir, key, AT, head(2));
    writeFileSync(file(), change(readFileSync(file(), 'utf8')));
    expect((await readHeads(dataDir, key)).faults).toEqual([{ file: 'journal-heads.jsonl', line: 1 }]);
  });

  it('half a last line, left by a power cut, is no fault and is written over', async () => {
    await publishHeads(dataDir, key, AT, head(2));
    writeFileSync(file(), `${readFileSync(file(), 'utf8')}{"at":"2024`);
    expect((await readHeads(dataDir, key)).faults).toEqual([]);
    await publishHeads(dataDir, key, AT, head(3));
    const { heads, faults } = await readHeads(dataDir, key);
    expect(faults).toEqual([]);
    expect([...(heads.get('org')?.keys() ?? [])]).toEqual([2, 3]);
  });

  it('a file grown large is put aside with the last head of each hour, and still read', async () => {
    for (let number = 1; number <= 30; number += 1) {
      const at = instant(Date.parse(AT) + number * 10 * 60_000);
      await publishHeads(dataDir, key, at, head(number), 4_000);
    }
    const { heads, faults } = await readHeads(dataDir, key);
    expect(faults).toEqual([]);
    const numbers = [...(heads.get('org')?.keys() ?? [])];
    expect(numbers.length).toBeLessThan(30);
    // 15:10, 15:20 … 20:00: the last of each hour stands for it.
    expect(numbers).toEqual(expect.arrayContaining([5, 11, 30]));
  });
});

describe('the journal is append-only', () => {
  const refused = { code: '23001' };
  it.each([
    "update journal set actor = 'x'",
    'delete from journal',
    'truncate journal cascade',
    "update journal_seals set hash = 'x'",
    'delete from journal_seals',
    'truncate journal_seals',
    "update journal_personal set salt = 'x'",
    'truncate journal_personal',
  ])('%s: refused, for the owner of the tables too', async (statement) => {
    const organization = await newOrganization();
    await append(organization, 4);
    await start().stop();
    const client = await database.pool.connect();
    try {
      await client.query('begin');
      await client.query("select set_config('pauta.organization', $1, true)", [organization]);
      await expect(client.query(statement)).rejects.toMatchObject(refused);
    } finally {
      await client.query('rollback');
      client.release();
    }
    expect((await report(organization)).findings).toEqual([]);
  });

  it('reads back in pages what was appended, entries and seals alike', async () => {
    const organization = await newOrganization();
    await append(organization, 5_001);
    await start().stop();
    const counts = await database.inSnapshot(organization, async (tx) => {
      const found = { entries: [] as number[], seals: [] as number[] };
      for await (const page of entryPages(tx)) found.entries.push(page.length);
      for await (const page of sealPages(tx)) found.seals.push(page.length);
      return found;
    });
    expect(counts).toEqual({ entries: [5_000, 1], seals: [5_000, 1] });
  });
});
