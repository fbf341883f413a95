import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { sealedTraffic, type SealedTraffic } from '../../tests/sealed-traffic.ts';
import { makeTraffic } from '../../tests/traffic.ts';
import { features } from '../features.ts';
import { startSealer } from '../journal/index.ts';
import { verifyOrganization } from './verify.store.ts';

const TRAFFIC_MILLISECONDS_MAX = 120_000;

let traffic: SealedTraffic;
let heads: ReadonlyMap<number, readonly string[]>;

beforeAll(async () => {
  traffic = await sealedTraffic({ seed: 5, leads: 250, together: 10 });
  heads = await traffic.heads();
  // After the sealer has stopped: the tail that waits.
  for (const lead of ['L1', 'L2', 'L3'])
    await traffic.submit({ fact: 'note', lead, by: 'advisor1', text: 'Después' });
}, TRAFFIC_MILLISECONDS_MAX);

afterAll(() => traffic.close());

describe('an honest database', () => {
  it('agrees with its journal, row by row and link by link', async () => {
    const { database, organization } = traffic;
    const verified = await verifyOrganization(database, features, organization, heads);
    expect(verified.journal.findings).toEqual([]);
    expect(verified.differences).toEqual([]);
    expect(verified.journal.entries).toBeGreaterThan(3_000);
    expect(verified.journal.seals).toBe(verified.journal.entries - 3);
    expect(verified.journal.publishedTo).toBe(verified.journal.seals);
  });

  it('names the tail that waits for its seal, which is no fault', async () => {
    const { database, organization } = traffic;
    const { journal } = await verifyOrganization(database, features, organization, heads);
    expect(journal.tail.count).toBe(3);
    expect(journal.tail.oldestSeconds).toBeGreaterThan(0);
  });
});

describe('while everybody works on', () => {
  it('looks at one moment: nothing half done is taken for a fault', async () => {
    const { database } = traffic;
    const progress: { busy: string | null; working: boolean } = { busy: null, working: true };
    const seen: number[] = [];
    const sealer = startSealer({ ...traffic.sealing, everyMilliseconds: 5, publishSeconds: 0 });
    const announced = (organization: string): void => void (progress.busy = organization);
    const work = makeTraffic(database, { seed: 21, leads: 10, together: 2, announced }).finally(
      () => void (progress.working = false),
    );
    await vi.waitFor(() => expect(progress.busy).not.toBeNull(), { timeout: 10_000, interval: 5 });
    const busy = progress.busy ?? '';
    while (progress.working) {
      const published = await traffic.heads(busy);
      const { journal, differences } = await verifyOrganization(database, features, busy, published);
      expect([...journal.findings, ...differences]).toEqual([]);
      seen.push(journal.entries);
    }
    await work;
    await sealer.stop();
    expect(seen.length).toBeGreaterThan(3);
    expect(seen.at(-1)).toBeGreaterThan(seen[0] ?? 0);
  }, 60_000);
});

describe('a person who asked to be forgotten', () => {
  it('leaves a chain that still holds, tables that still agree, and no word of theirs', async () => {
    const { database, organization, scratch, contacts } = traffic;
    const erased = contacts.filter((_, index) => index % 10 === 0);
    const admin = new Client({ connectionString: scratch.adminUrl });
    await admin.connect();
    try {
      const needles = new Set<string>();
      for (const contact of erased) {
        const { rows } = await admin.query<{ phones: { value: string }[]; names: { value: string }[] }>(
          'select phones, names from contacts where organization_id = $1 and id = $2',
          [organization, contact],
        );
        for (const held of [...(rows[0]?.phones ?? []), ...(rows[0]?.names ?? [])]) needles.add(held.value);
        await traffic.erase(contact);
      }
      expect(needles.size).toBeGreaterThan(20);
      const verified = await verifyOrganization(database, features, organization, heads);
      expect(verified.journal.findings).toEqual([]);
      expect(verified.differences).toEqual([]);
      const named = await admin.query<{ table: string; own: boolean }>(
        `select tablename as table, exists (
           select from information_schema.columns c
            where c.table_schema = 'public' and c.table_name = tablename and c.column_name = 'organization_id') as own
           from pg_tables where schemaname = 'public'`,
      );
      const left: string[] = [];
      for (const { table, own } of named.rows) {
        // Another organization may know the same person, and keeps what it knows.
        const { rows } = await admin.query<{ row: string }>(
          `select t::text as row from "${table}" t ${own ? 'where organization_id = $1' : ''}`,
          own ? [organization] : [],
        );
        const whole = rows.map(({ row }) => row.toLowerCase()).join('\n');
        for (const needle of needles)
          if (new RegExp(`${needle.toLowerCase().replace('+', '\\+')}(?!\\d)`).test(whole))
            left.push(`${table}: ${needle}`);
      }
      expect(left).toEqual([]);
    } finally {
      await admin.end();
    }
  });
});
