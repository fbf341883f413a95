import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { features } from '../../cli/scenario-run.ts';
import { sealedTraffic, type SealedTraffic } from '../../tests/sealed-traffic.ts';
import { tampers, type Tamper, type Tampered } from '../../tests/tampers.ts';
import { seeded } from '../../tests/traffic.ts';
import { openDatabase, type Database } from '../platform/database.ts';
import { verifyOrganization, verifyWithin, type Verified } from './verify.store.ts';

const TRAFFIC_MILLISECONDS_MAX = 180_000;
/** Each place is drawn at random, so that every kind is tried at its beginnings, middles and ends. */
const TRIES_OF_EACH = 4;

let traffic: SealedTraffic;
let owner: Database;
let heads: ReadonlyMap<number, readonly string[]>;

beforeAll(async () => {
  traffic = await sealedTraffic({ seed: 7, leads: 200, together: 3 });
  heads = await traffic.heads();
  owner = openDatabase(traffic.scratch.adminUrl, { connectionsMax: 1 });
  // After the sealer has stopped: the tail that waits.
  for (const lead of ['L1', 'L2', 'L3'])
    await traffic.submit({ fact: 'note', lead, by: 'advisor1', text: 'Después' });
}, TRAFFIC_MILLISECONDS_MAX);

afterAll(async () => {
  await owner.close();
  await traffic.close();
});

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

class RolledBack extends Error {}

/** Does it as the database's owner with every trigger off, looks, and takes it back. */
async function tried(tamper: Tamper, random: () => number): Promise<[Tampered, Verified]> {
  let result: [Tampered, Verified] | null = null;
  const { organization } = traffic;
  const work = owner.kysely.transaction().execute(async (tx) => {
    await sql`set local session_replication_role = replica`.execute(tx);
    await sql`select set_config('pauta.organization', ${organization}, true)`.execute(tx);
    const tampered = await tamper({ tx, organization, random });
    result = [tampered, await verifyWithin(tx, features, organization, heads)];
    throw new RolledBack();
  });
  await expect(work).rejects.toThrow(RolledBack);
  if (result === null) throw new Error('nothing was tried');
  return result;
}

describe('whatever an owner of the database does past the house', () => {
  it.each(tampers)('%s: found, and named', async (name, tamper) => {
    const random = seeded(name.length * 7_919);
    for (let tries = 0; tries < TRIES_OF_EACH; tries += 1) {
      const [tampered, verified] = await tried(tamper, random);
      const found = [...verified.journal.findings.slice(0, 6), ...verified.differences.slice(0, 6)];
      expect(tampered.isNamed(verified), `${tampered.what}: ${JSON.stringify(found)}`).toBe(true);
    }
  });
});
