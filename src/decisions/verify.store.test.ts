import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { features } from '../../cli/scenario-run.ts';
import { sealedTraffic, type SealedTraffic } from '../../tests/sealed-traffic.ts';
import { verifyOrganization } from './verify.store.ts';

let traffic: SealedTraffic;

beforeAll(async () => {
  const t = performance.now();
  traffic = await sealedTraffic({ seed: 7, leads: 300, together: 3 });
  console.log('traffic', performance.now() - t);
}, 180_000);

afterAll(() => traffic.close());

describe('an honest database', () => {
  it('agrees with its journal, row by row and link by link', async () => {
    const t = performance.now();
    const verified = await verifyOrganization(
      traffic.database,
      features,
      traffic.organization,
      await traffic.heads(),
    );
    console.log('verify', performance.now() - t, verified.journal);
    expect(verified.journal.findings).toEqual([]);
    expect(verified.differences).toEqual([]);
  });
});
