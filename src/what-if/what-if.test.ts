import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { runScenario } from '../../cli/scenario-run.ts';
import { readScenario } from '../../cli/scenario-file.ts';
import { testDatabase, type TestDatabase } from '../../tests/database.ts';
import { makeTraffic } from '../../tests/traffic.ts';
import { features } from '../features.ts';
import { openDatabase, type Database } from '../platform/database.ts';
import { silentLog } from '../platform/log.ts';
import { instant, plus, type Instant } from '../platform/time.ts';
import { readPacks, type Adoption, type Pack } from '../procedures/index.ts';
import { agreement, type Comparison } from './compare.ts';
import { nextWhatIf, readMonth, runAsItWas, runHere, runOnThread, type RunElsewhere } from './index.ts';
import type { Happening } from './recorded-month.ts';
import { insertWhatIf, whatIfById, cancelWhatIf } from './what-ifs.store.ts';

const TRAFFIC_MILLISECONDS_MAX = 120_000;
/** A thread loads the whole program before it runs. */
const THREAD_MILLISECONDS_MAX = 60_000;

let own: TestDatabase;
let database: Database;
let packs: readonly Pack[];

beforeAll(async () => {
  own = await testDatabase();
  database = openDatabase(own.url, { connectionsMax: 4 });
  const loaded = await readPacks(join(import.meta.dirname, '..', '..'));
  if (!('packs' in loaded)) throw new Error('the packs have faults');
  packs = loaded.packs;
});

afterAll(async () => {
  await database.close();
  await own.drop();
});

const UNTIL = instant('2024-09-01T00:00:00Z');
const POLICY = {
  procedure: 'contact-center-policy',
  version: '2023-03-01',
  effectiveOn: '2024-07-01',
} as const;
const never = new AbortController().signal;

function whatIf(organization: string, draft: Partial<Adoption>, until = UNTIL): Promise<Comparison> {
  const job = { organization, month: '2024-07', draft: { ...POLICY, ...draft }, until };
  return runHere({ database, features, packs }, job, { progress: () => undefined, signal: never });
}

const isCall = (each: Happening) => 'fact' in each && each.fact.fact === 'call.ended';

describe('a month of everything, told again', () => {
  let organization: string;
  beforeAll(async () => {
    ({ organization } = await makeTraffic(database, { seed: 11, leads: 80 }));
  }, TRAFFIC_MILLISECONDS_MAX);

  it('comes to what was decided, decision by decision, where nothing is changed', async () => {
    const comparison = await whatIf(organization, {});
    const { assumed, totals, leadsDiffering, roster, clauses, breaches } = comparison;
    expect(comparison.agreement.of).toBeGreaterThan(1_000);
    expect(comparison.agreement.same).toBe(comparison.agreement.of);
    expect(assumed).toEqual({ byOthers: 0, notDone: 0, refused: [], failed: [], erased: [] });
    for (const [was, would] of Object.values(totals)) expect(would).toBe(was);
    for (const { times } of breaches) expect(times[1]).toBe(times[0]);
    expect({ leadsDiffering, roster, clauses }).toEqual({ leadsDiffering: 0, roster: [], clauses: [] });
  });

  it('agrees less where a fact is left out: what is compared can differ', async () => {
    const period = { from: instant('2024-07-01T06:00:00Z'), to: instant('2024-08-01T06:00:00Z') };
    const read = await readMonth({ database, organization, features, ...period, runs: 1 });
    const { month } = read;
    const acts = new Map([...month.acts].map(([lead, own]) => [lead, own.filter((each) => !isCall(each))]));
    const asked = { features, packs, ...period, read: { ...read, month: { ...month, acts } } };
    const { decisions } = runAsItWas(asked);
    const { same, of } = agreement(month.decisions, decisions);
    expect(same).toBeLessThan(of * 0.9);
  });

  it('tells of a person erased since as of somebody, and names what rested on what was erased; the clock was late', async () => {
    const traffic = await makeTraffic(database, { seed: 12, leads: 40, clockLate: 95_000 });
    for (const contact of traffic.contacts.slice(0, 4)) await traffic.erase(contact);
    const { agreement: agreed, assumed, leadsDiffering } = await whatIf(traffic.organization, {});
    expect(agreed.same).toBe(agreed.of);
    expect(assumed).toMatchObject({ byOthers: 0, notDone: 0, refused: [], failed: [] });
    expect(assumed.erased.map(({ fact }) => fact)).toEqual(['claim.requested', 'lead.edited']);
    expect(leadsDiffering).toBe(0);
  });

  it('with half the minutes more are missed, and the same leads come in', async () => {
    const fiveMinutes = { parameters: { L4: { contactMinutes: 5 } } };
    const { totals, agreement: agreed } = await whatIf(organization, fiveMinutes);
    expect(agreed.same).toBe(agreed.of);
    expect(totals.missed[1]).toBeGreaterThan(totals.missed[0]);
    expect(totals.closings[1]).toBeLessThanOrEqual(totals.closings[0]);
  });
});

const of = (comparison: Comparison, person: string) =>
  comparison.people.find((each) => each.person === person);

/** Two advisors; L1 is called in its eighth minute, L2 never by the first and at once by the second. */
const TWO = `
scenario: two leads
organization: { country: MX, zone: America/Mexico_City }
procedures: [lead-assignment, contact-center-policy]
readings: { contact-center-policy: { best.top: 1 } }
staff:
  - { id: dora, role: director, zone: norte }
  - { id: gil, role: manager, reportsTo: dora }
  - { id: ana, role: advisor, reportsTo: gil, lastMonth: { sales: 4, leads: 40, closings: 4 } }
  - { id: beto, role: advisor, reportsTo: gil, lastMonth: { sales: 9, leads: 50, closings: 8 } }
facts:
  - { at: "2024-06-24T10:00", roster.submitted: { month: "2024-07", zone: norte, by: dora, advisors: [ana, beto] } }
  - { at: "2024-07-01T08:05", roster.confirmed: { month: "2024-07", by: ana } }
  - { at: "2024-07-01T08:06", roster.confirmed: { month: "2024-07", by: beto } }
  - { at: "2024-07-01T09:00", lead.received: { lead: L1, phone: "55 1234 5678", source: facebook } }
  - { at: "2024-07-01T09:08", call.started: { call: c1, by: ana, lead: L1 } }
  - { at: "2024-07-01T09:08:40", call.ended: { call: c1, answered: true, talkSeconds: 30, ringSeconds: 10 } }
  - { at: "2024-07-01T10:00", lead.received: { lead: L2, phone: "55 1234 5679", source: facebook } }
  - { at: "2024-07-01T10:12", call.started: { call: c2, by: ana, lead: L2 } }
  - { at: "2024-07-01T10:12:40", call.ended: { call: c2, answered: true, talkSeconds: 30, ringSeconds: 10 } }
  - { at: "2024-07-01T11:00", note: { lead: L1, by: ana, text: "Vuelve el martes" } }
until: "2024-07-01T12:00"
expect:
  - { at: "2024-07-01T10:00", lead.assigned: { lead: L2, to: beto } }
  - { at: "2024-07-01T10:10", lead.reassigned: { lead: L2, from: beto, to: ana } }
`;

describe('one month, two leads', () => {
  let organization: string;
  let until: Instant;
  beforeAll(async () => {
    const read = readScenario(TWO, 'two-leads.yaml', packs);
    if (!('scenario' in read)) throw new Error(JSON.stringify(read.faults));
    ({ organization } = await runScenario(database, packs, read.scenario));
    until = plus(read.scenario.until, 1);
  });

  it('in five minutes L1 is missed and goes on; whoever has it then makes the call of the eighth', async () => {
    const draft = { readings: { 'best.top': 1 }, parameters: { L4: { contactMinutes: 5 } } };
    const comparison = await whatIf(organization, draft, until);
    expect(of(comparison, 'ana')?.missed).toEqual([0, 1]);
    expect(of(comparison, 'beto')?.missed).toEqual([1, 1]);
    expect(comparison.leads).toEqual([
      { lead: 'L1', number: 1, held: [['ana'], ['ana', 'beto']], holder: ['ana', 'beto'] },
    ]);
    // The call of L1 and its note.
    expect(comparison.assumed.byOthers).toBe(2);
    expect(of(comparison, 'beto')?.contacted).toEqual([0, 1]);
    expect(of(comparison, 'ana')?.contacted).toEqual([2, 1]);
    expect(comparison.breaches).toContainEqual({ what: 'first-contact', times: [1, 2] });
  });

  it('in fifteen minutes who did not call does not call either, and what the next did is done as long after', async () => {
    const draft = { readings: { 'best.top': 1 }, parameters: { L4: { contactMinutes: 15 } } };
    const comparison = await whatIf(organization, draft, until);
    expect(comparison.totals.missed).toEqual([1, 1]);
    expect(comparison.totals.contacted).toEqual([2, 2]);
    expect(comparison.leadsDiffering).toBe(0);
  });

  it('with the administrator reassigning, nobody goes on by the clock, and what nobody could do is said', async () => {
    const draft = { readings: { 'best.top': 1, 'reassign.by': 'administrator' } };
    const comparison = await whatIf(organization, draft, until);
    expect(comparison.leads.map(({ lead, held }) => [lead, held])).toEqual([
      ['L2', [['beto', 'ana'], ['beto']]],
    ]);
    // The call of L2, begun and ended, was the second holder's.
    expect(comparison.assumed.notDone).toBe(2);
    expect(comparison.clauses.length).toBeGreaterThan(0);
  });

  const found = (id: string) => database.inOrganization(organization, (tx) => whatIfById(tx, id));

  describe('as work', { timeout: THREAD_MILLISECONDS_MAX }, () => {
    const NOW = instant('2024-09-01T12:00:00Z');
    let ids = 0;
    async function ask(): Promise<string> {
      ids += 1;
      const id = `w${ids}`;
      await database.inOrganization(organization, (tx) =>
        insertWhatIf(tx, organization, {
          id,
          procedure: POLICY.procedure,
          draft: { ...POLICY, readings: { 'best.top': 1 }, parameters: { L4: { contactMinutes: 5 } } },
          month: '2024-07',
          askedBy: 'dora',
          askedAt: NOW,
        }),
      );
      return id;
    }
    const next = (run: RunElsewhere, now = NOW, signal = never) =>
      nextWhatIf({ database, clock: { now: () => now }, log: silentLog, run }, signal);

    it('runs on a thread of its own and keeps what it came to', async () => {
      const id = await ask();
      expect(await next(runOnThread(own.url))).toBe(1);
      const done = await found(id);
      expect(done).toMatchObject({ state: 'done', progress: 1, why: null });
      expect(done?.result?.totals.missed).toEqual([1, 2]);
      expect(await next(runOnThread(own.url))).toBe(0);
    });

    it('begins again after the process stopped, and after one that died', async () => {
      const id = await ask();
      const stopping = new AbortController();
      const stopped: RunElsewhere = () => {
        stopping.abort();
        return Promise.reject(new Error('stopped'));
      };
      await next(stopped, NOW, stopping.signal);
      expect(await found(id)).toMatchObject({ state: 'running', tries: 0 });
      const dead = Promise.withResolvers<never>();
      const dies = next(() => dead.promise);
      await expect.poll(() => found(id)).toMatchObject({ tries: 1 });
      // Its lease still holds: nobody else takes it.
      expect(await next(runOnThread(own.url))).toBe(0);
      expect(await next(runOnThread(own.url), plus(NOW, 31_000))).toBe(1);
      expect(await found(id)).toMatchObject({ state: 'done', tries: 2 });
      dead.reject(new Error('died'));
      await dies;
      expect(await found(id)).toMatchObject({ state: 'done' });
    });

    it('is stopped by a person', async () => {
      const id = await ask();
      const run: RunElsewhere = (_job, { signal }) =>
        database
          .inOrganization(organization, (tx) => cancelWhatIf(tx, id, NOW))
          .then(() => runHere({ database, features, packs }, _job, { progress: () => undefined, signal }));
      await next(run);
      expect(await found(id)).toMatchObject({ state: 'canceled', result: null });
    });

    it('says so when it fails, and goes on with the next', async () => {
      const id = await ask();
      await next(() => Promise.reject(new Error('no memory left')));
      expect(await found(id)).toMatchObject({ state: 'failed', why: 'failed', result: null });
      expect(await next(runOnThread(own.url))).toBe(0);
    });
  });
});
