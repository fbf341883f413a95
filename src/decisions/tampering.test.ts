import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sealedTraffic, type SealedTraffic } from '../../tests/sealed-traffic.ts';
import { tampering, type Tamper } from '../../tests/tampering.ts';
import { journalTampers } from '../../tests/tampers.ts';
import { tableTampers } from '../../tests/tampers-tables.ts';
import { seeded } from '../../tests/traffic.ts';

const TRAFFIC_MILLISECONDS_MAX = 120_000;
/** Each place is drawn at random, so that every kind is tried at its beginnings, middles and ends. */
const TRIES_OF_EACH = 4;

let traffic: SealedTraffic;
let owner: Awaited<ReturnType<typeof tampering>>;

beforeAll(async () => {
  traffic = await sealedTraffic({ seed: 7, leads: 50, together: 3 });
  // After the sealer has stopped: the tail that waits.
  for (const lead of ['L1', 'L2', 'L3'])
    await traffic.submit({ fact: 'note', lead, by: 'advisor1', text: 'Después' });
  owner = await tampering(traffic);
}, TRAFFIC_MILLISECONDS_MAX);

afterAll(async () => {
  await owner.close();
  await traffic.close();
});

describe('whatever an owner of the database does past the house', () => {
  it('looking as the owner, with nothing done, finds nothing', async () => {
    const [, verified] = await owner.tried(
      async () => ({ what: 'nothing', isNamed: () => true }),
      () => 0,
    );
    expect([...verified.journal.findings, ...verified.differences]).toEqual([]);
  });

  it.each(journalTampers)('%s: found, and named', (name, tamper) =>
    expectNamed(name, (random) => owner.tried(tamper, random)),
  );

  it.each(tableTampers)('%s: found, and named', (name, tamper) =>
    expectNamed(name, (random) => owner.triedOnTables(tamper, random)),
  );
});

async function expectNamed(
  name: string,
  tried: (random: () => number) => ReturnType<typeof owner.tried>,
): Promise<void> {
  const random = seeded(name.length * 7_919);
  for (let tries = 0; tries < TRIES_OF_EACH; tries += 1) {
    const [tampered, verified] = await tried(random);
    const found = [...verified.journal.findings.slice(0, 6), ...verified.differences.slice(0, 6)];
    expect(tampered.isNamed(verified), `${tampered.what}: ${JSON.stringify(found)}`).toBe(true);
  }
}

describe('an erasure that was not carried out whole', () => {
  it('is named', async () => {
    const { organization, contacts } = traffic;
    const contact = contacts[0] ?? '';
    await traffic.erase(contact);
    const erasedWithoutRemoving: Tamper = async ({ tx }) => {
      const found = await sql<{ id: number }>`
        select e.id from journal e where e.organization_id = ${organization} and e.entry = 'contact.erased' limit 1`.execute(
        tx,
      );
      const put = await sql<{ entryId: number }>`
        insert into journal_personal (organization_id, entry_id, contact, salt, fields)
        select j.organization_id, j.id, j.contact, 'x', '{}' from journal j
          join journal e on e.organization_id = j.organization_id and e.contact = j.contact
         where e.id = ${found.rows[0]?.id ?? 0} and j.commitment is not null limit 1 returning entry_id`.execute(
        tx,
      );
      const entry = put.rows[0]?.entryId;
      return {
        what: `entry ${entry}`,
        isNamed: ({ journal }) =>
          journal.findings.some((f) => f.finding === 'personal-left' && f.entry === entry),
      };
    };
    const [tampered, verified] = await owner.tried(erasedWithoutRemoving, () => 0);
    expect(tampered.isNamed(verified), tampered.what).toBe(true);
  });
});
